// Requests: what needs a person now, and what is answered in days; one card each.
import { makeCard, updateCard } from "/card.js";
import { byId, element, keep, rebuilt, say, setText, span } from "/elements.js";
import { t } from "/words.js";

const lists = ["request-list", "later-list"];

/** Shows the open and the resolved requests of a board. */
export function show(board) {
  const { requests, resolved } = board;
  const now = requests.filter((request) => !request.later);
  const later = requests.filter((request) => request.later);
  rescue(requests);
  keep(byId("request-list"), now, (request) => request.id, makeCard, (card, request) => updateCard(card, request, board));
  keep(byId("later-list"), later, (request) => request.id, makeCard, (card, request) => updateCard(card, request, board));
  byId("requests-none").hidden = now.length > 0;
  count("requests-count", now.filter((request) => !request.acknowledged_by).length, true);
  byId("later").hidden = later.length === 0;
  const overdue = later.filter((request) => request.case?.overdue || (request.escalated && !request.acknowledged_by)).length;
  count("later-count", overdue || later.length, overdue > 0);
  setText(byId("later-words"), overdue > 0 ? t("overdue") : "");
  byId("resolved").hidden = resolved.length === 0;
  setText(byId("resolved-count"), String(resolved.length));
  keep(byId("resolved-list"), resolved, (request) => request.id, () => element("li"), updateResolved);
}

function count(id, number, isHot) {
  setText(byId(id), number > 0 ? String(number) : "");
  byId(id).classList.toggle("count-hot", isHot && number > 0);
}

/**
 * A card that goes because somebody else was faster must not take with it what it says ("Tom has resolved it
 * already"), nor what was half written on it.
 */
function rescue(requests) {
  const here = new Set(requests.map((request) => request.id));
  for (const card of lists.flatMap((id) => [...byId(id).children])) {
    if (here.has(card.dataset.key)) continue;
    const drafts = card.dataset.sending ? [] : [...card.querySelectorAll("textarea")].map((field) => field.value.trim()).filter(Boolean);
    const words = drafts.length > 0
      ? t("“{headline}” was resolved meanwhile. You had written: “{drafts}”", { headline: card.querySelector("h3").textContent, drafts: drafts.join("” “") })
      : "";
    const told = [...card.querySelectorAll(".said")].map((said) => said.textContent).find(Boolean) ?? words;
    if (told) say(told);
  }
}

/** Counts every age on. `now` is the desk's time. */
export function tick(now) {
  for (const card of lists.flatMap((id) => [...byId(id).children])) {
    const { raisedAt, dueAt, state, later, takenAt } = card.dataset;
    if (later) continue;
    setText(card.querySelector(".age b"), span(now - raisedAt));
    const left = dueAt - now;
    const taken = () => (takenAt ? t("since it was raised, taken {span} ago", { span: span(now - takenAt) }) : t("since it was raised"));
    const words = state === "taken" ? taken() : left > 0 ? t("answer within {time}", { time: span(left) }) : t("{time} late", { time: span(-left) });
    setText(card.querySelector(".age small"), words);
  }
}

function updateResolved(item, request) {
  const { note, headline, kiosk, raised, by, outcome, is_unsolved } = request;
  rebuilt(item, request, () => [
    outcome ? element("b", { className: is_unsolved ? "outcome unsolved" : "outcome", textContent: outcome }) : null,
    element("bdi", { translate: false, textContent: note }),
    element("small", { textContent: `${headline} · ${kiosk === "desk" ? t("from the desk") : t("kiosk {name}", { name: kiosk })}, ${raised} · ${by}` }),
  ]);
}
