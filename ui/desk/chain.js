// Those who must answer a request, one after the other.
import { element, rebuilt } from "/elements.js";

/** Who must answer now, and who is next. */
export function showChain(line, request) {
  line.hidden = request.chain.length === 0 || Boolean(request.acknowledged_by);
  rebuilt(line, request.chain, () => {
    const reached = ({ name, person, reach }) => [name, person, reach].filter(Boolean).join(", ");
    const now = request.chain.find((rung) => rung.turn === "now");
    const next = request.chain.filter((rung) => rung.turn === "next").map(reached);
    return [
      now ? element("b", { textContent: reached(now) }) : null,
      now ? ` by ${now.answer_by}` : null,
      next.length > 0 ? `, then ${next.join("; then ")}` : null,
    ];
  });
}
