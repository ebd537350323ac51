// The queue: whom the service points see, who is next, and everybody who waits, with the reason for each place.
import { byId, element, keep, rebuilt, setText } from "/elements.js";
import * as jump from "/jump.js";
import * as keys from "/keys.js";
import * as points from "/points.js";
import * as dialogs from "/queue-dialogs.js";
import * as waiting from "/waiting.js";
import { act } from "/person.js";
import { t } from "/words.js";

// From this width on three columns stand side by side.
const WIDE = matchMedia("(min-width: 1600px)");

let board = null;

/** Builds what never changes, and makes it work. */
export function begin() {
  dialogs.begin();
  byId("queue").append(points.make(), waiting.make(), makeEnded());
  keys.begin({
    n: { words: t("call next"), does: points.callNext },
    r: { words: t("call again"), does: points.callAgain },
    w: { words: t("waiting list"), does: () => focus("waiting") },
    p: { words: t("needs a person"), does: () => focus("requests") },
  });
  byId("queue").append(keys.make());
  jump.begin();
  place();
  document.addEventListener("points", () => board && show(board));
  WIDE.addEventListener("change", place);
}

/** Takes the queue of a board. */
export function show(shown) {
  board = shown;
  const answers = new Map(board.arrivals.map((row) => [row.visit, row]));
  points.show(board.queue, answers);
  waiting.show(board.queue, points.mine(board.queue));
  showEnded(board.queue.ended);
  jump.show(board);
}

/** Counts every wait on. `now` is the desk's time. */
export function tick(now) {
  points.tick(now);
  waiting.tick(now);
}

/** What keeps patients from being served stands before the waiting list where there is one column beside the requests. */
function place() {
  const attention = byId("attention");
  if (WIDE.matches) byId("beside").prepend(attention);
  else byId("waiting").before(attention);
}

function focus(id) {
  const part = byId(id);
  part.scrollIntoView({ block: "start" });
  part.focus({ preventScroll: true });
}

function makeEnded() {
  return element(
    "details",
    { id: "ended", hidden: true },
    element("summary", {}, element("span", { textContent: t("Done today") }), " ", element("span", { id: "ended-count", className: "count" })),
    element("ul", { id: "ended-list", className: "resolved" }),
  );
}

function showEnded(ended) {
  byId("ended").hidden = ended.length === 0;
  setText(byId("ended-count"), String(ended.length));
  keep(byId("ended-list"), ended, ({ visit }) => visit, makeEnd, updateEnd);
}

function makeEnd({ visit }) {
  const said = element("p", { className: "said", role: "status" });
  const button = element("button", { type: "button", className: "small bare" });
  button.addEventListener("click", async () => {
    setText(said, (await act(`/api/queue/${visit}/reopen`)) ?? "");
    if (!said.textContent) byId("ended").querySelector("summary").focus();
  });
  return element("li", {}, element("p", { className: "ended-who" }), button, said);
}

function updateEnd(item, { number, name, how, can_reopen }) {
  rebuilt(item.querySelector(".ended-who"), [number, name, how], () => [
    element("b", { textContent: number }),
    " ",
    name ? element("bdi", { textContent: name }) : null,
    element("small", { dir: "auto", textContent: how }),
  ]);
  const button = item.querySelector("button");
  button.hidden = !can_reopen;
  setText(button, t("Take it back"));
  button.setAttribute("aria-label", t("Take it back: {number} is not done", { number }));
}
