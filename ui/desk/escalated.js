// What nobody has answered in time stays in sight of everybody, with whose turn it is by now, until somebody takes it: it
// is made of the board, so that neither a page that was closed nor a desk that was restarted forgets it.
import { isNamedBelow } from "/alarm.js";
import { byId, element, keep, setText, span } from "/elements.js";
import { t } from "/words.js";

// More would cover what they are about.
const AT_MOST = 3;

/** Makes the place. */
export function begin() {
  const list = element("ul", { id: "escalated", className: "escalated", "aria-label": t("Not answered in time"), hidden: true });
  byId("banner").after(list);
}

/** Takes the requests of a board. */
export function show(requests) {
  const late = requests.filter(isNamedBelow);
  byId("escalated").hidden = late.length === 0;
  const rows = late.slice(0, AT_MOST).map((request) => ({ ...request, more: 0 }));
  if (late.length > AT_MOST) rows.push({ id: "more", more: late.length - AT_MOST });
  keep(byId("escalated"), rows, ({ id }) => id, make, update);
}

/** Counts on how late each is. `now` is the desk's time. */
export function tick(now) {
  for (const item of byId("escalated").children) {
    if (item.dataset.dueAt) setText(item.querySelector("b"), t("{span} late", { span: span(now - item.dataset.dueAt) }));
  }
}

function make({ id }) {
  if (id === "more") return element("li");
  const button = element("button", { type: "button", className: "small", textContent: t("Show it") });
  button.addEventListener("click", () => {
    const card = document.querySelector(`.card[data-key="${id}"]`);
    card?.querySelector(".fold[aria-expanded=false]")?.click();
    card?.scrollIntoView({ block: "center" });
    card?.querySelector(".acknowledge")?.focus({ preventScroll: true });
  });
  return element("li", {}, element("b"), element("span"), button);
}

function update(item, { more, first_due, headline, kiosk, chain, exhausted }) {
  if (more > 0) {
    setText(item, t("and {count} more, not answered in time", { count: more }));
    return;
  }
  item.dataset.dueAt = first_due;
  const place = kiosk === "desk" ? t("from the desk") : t("kiosk {kiosk}", { kiosk });
  const now = chain.find((rung) => rung.turn === "now");
  const who = now && [now.name, now.person, now.reach].filter(Boolean).join(", ");
  const words = !now
    ? t("{headline} ({place}). Nobody else is next: whoever reads this, go.", { headline, place })
    : exhausted
    ? t("{headline} ({place}). Everybody in turn was asked, last {who}: whoever reads this, go.", { headline, place, who })
    : t("{headline} ({place}). It is now the turn of {who}, by {time}.", { headline, place, who, time: now.answer_by });
  setText(item.querySelector("span"), words);
  item.querySelector("button").setAttribute("aria-label", t("Show it: {headline}", { headline }));
}
