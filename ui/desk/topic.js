// What is counted: a chart with the ways to divide it, its table, and the file of it.
import { chart, table } from "/chart.js";
import { element, rebuilt, setText } from "/elements.js";
import { t } from "/words.js";

// How somebody divided a topic stays so when other days are chosen.
const chosen = new Map();

/** A place for a topic. */
export function makeTopic({ id }) {
  const heading = element("h3", { id: `title-${id}` });
  return element(
    "section",
    { className: "topic", id: `topic-${id}`, tabIndex: -1, "aria-labelledby": heading.id },
    heading,
    element("p", { className: "hint" }),
    element("div", { className: "splits", role: "group" }),
    element("div", { className: "drawn" }),
    element("details", { className: "as-table" }, element("summary", { textContent: t("The figures as a table") }), element("div", { className: "sheet scrolls", tabIndex: 0, role: "group" })),
    element("a", { className: "button quiet small", download: "", textContent: t("Keep as a file (CSV)") }),
  );
}

/** Brings it up to date for the days from one to another. */
export function updateTopic(place, topic, from, until) {
  const { id, title, explains, splits } = topic;
  const part = (selector) => place.querySelector(selector);
  setText(part("h3"), title);
  setText(part(".hint"), explains);
  const usual = from === until ? splits[0] : (splits[0].what.endsWith("-by-hour") && splits.find(({ what }) => what.endsWith("-by-day"))) || splits[0];
  const shown = splits.find(({ what }) => what === chosen.get(id)) ?? usual;
  const buttons = part(".splits");
  buttons.hidden = splits.length < 2;
  buttons.setAttribute("aria-label", t("{title}: how it is divided", { title }));
  if (buttons.childElementCount !== splits.length) {
    buttons.replaceChildren(...splits.map(({ what, by }) => element("button", { type: "button", className: "small", "data-what": what, textContent: by })));
  }
  for (const button of buttons.children) {
    button.setAttribute("aria-pressed", String(button.dataset.what === shown.what));
    button.onclick = () => {
      chosen.set(id, button.dataset.what);
      updateTopic(place, topic, from, until);
    };
  }
  rebuilt(part(".drawn"), [shown, title], () => [chart(shown, title)]);
  const sheet = part(".sheet");
  sheet.setAttribute("aria-label", `${title}, ${shown.by}`);
  rebuilt(sheet, [shown, title], () => [table(shown, title)]);
  const file = part("a");
  file.href = `/api/supervisor.csv?what=${encodeURIComponent(shown.what)}&from=${from}&until=${until}`;
  file.setAttribute("aria-label", t("{title}, {by}: keep as a file (CSV)", { title, by: shown.by }));
}
