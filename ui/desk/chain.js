// Those who must answer a request, one after the other.
import { element, rebuilt } from "/elements.js";
import { parts, t } from "/words.js";

/** Who must answer now, and who is next. */
export function showChain(line, request) {
  line.hidden = request.chain.length === 0 || Boolean(request.acknowledged_by);
  rebuilt(line, request.chain, () => {
    const reached = ({ name, person, reach }) => [name, person, reach].filter(Boolean).join(", ");
    const now = request.chain.find((rung) => rung.turn === "now");
    const next = request.chain.filter((rung) => rung.turn === "next").map(reached);
    if (!now) return [];
    const first = element("b", { textContent: reached(now) });
    const then = next.join("; ");
    const words = then ? t("{first} by {time}, then {others}") : t("{first} by {time}");
    return parts(words, { first, time: now.answer_by, others: then });
  });
}
