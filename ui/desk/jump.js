// Where one column is all there is room for, a bar at its foot leads to each part and says how much is in it.
import { byId, element, setText } from "/elements.js";
import { t } from "/words.js";

const PARTS = ["requests", "point", "waiting", "beside"];

/** Builds the bar. */
export function begin() {
  const links = PARTS.map((id) => element("a", { href: `#${id}`, id: `to-${id}` }));
  byId("beside").tabIndex = -1;
  document.body.append(element("nav", { className: "jump", "aria-label": t("On this page") }, ...links));
}

/** Takes a board. */
export function show({ requests, queue, arrivals }) {
  const open = requests.filter((request) => !request.later && !request.acknowledged_by).length;
  const link = byId("to-requests");
  setText(link, open > 0 ? t("{count} need a person", { count: open }) : t("Needs a person"));
  link.classList.toggle("hot", open > 0);
  setText(byId("to-point"), t("My point"));
  setText(byId("to-waiting"), t("{count} waiting", { count: queue.waiting.length }));
  setText(byId("to-beside"), t("{count} arrivals", { count: arrivals.length }));
}
