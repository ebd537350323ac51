// The supervisor's page: what is off, how everything is now, what is suggested, and what happened over time.
import { byId, element, keep, rebuilt, setText } from "/elements.js";
import { begin, cell, figure, head, loading, rows } from "/overview.js";
import { sign } from "/tone.js";
import * as suggestions from "/suggestions.js";
import { makeTopic, updateTopic } from "/topic.js";
import { language, t } from "/words.js";

const WEIGHTS = { bad: t("Now"), warn: t("Today"), note: t("To know") };
let asked = new URLSearchParams(location.search);

const ofPeriod = () => {
  const { from, until } = { from: asked.get("from"), until: asked.get("until") };
  return from && until ? `from=${from}&until=${until}` : `days=${Number(asked.get("days")) || 1}`;
};
const now = loading(() => "/api/supervisor/now", showNow, () => 2000);
const told = loading(() => "/api/suggestions", (list) => suggestions.show(list, changed), () => 2000);
const period = loading(() => `/api/supervisor?${ofPeriod()}`, showPeriod, () => (asked.has("from") || Number(asked.get("days")) > 7 ? 60000 : 3000), (why) => setText(byId("period-said"), why));

function changed() {
  told.now();
  now.now();
}

function showNow({ clinic, practice, digest, services, acknowledged, unresolved, kiosks, cases }) {
  setText(byId("clinic"), clinic);
  byId("practice").hidden = !practice;
  byId("digest-none").hidden = digest.length > 0;
  keep(byId("digest"), digest, ({ words, href }) => `${href} ${words.replace(/\d+/g, "")}`, () => element("li", {}, element("b"), element("a")), (item, { weight, words, href }) => {
    item.className = `weight-${weight}`;
    setText(item.querySelector("b"), WEIGHTS[weight]);
    item.querySelector("a").href = href;
    setText(item.querySelector("a"), words);
  });
  rows("services", services, ({ name, waiting, longest, estimate, beyond_promise, with_somebody, done }) => [
    head(name, beyond_promise > 0 ? element("small", { className: "late-words", textContent: t("{n} wait longer than their ticket says", { n: beyond_promise }) }) : null),
    figure(waiting),
    figure(longest === null ? "–" : t("{n} min", { n: Math.round(longest) })),
    figure(estimate),
    figure(with_somebody),
    figure(done),
  ]);
  const { requests, median, ninetieth, in_time } = acknowledged;
  const number = new Intl.NumberFormat(language);
  const minutes = (figure) => (figure === null ? "–" : t("{n} min", { n: number.format(figure) }));
  const tiles = [
    [t("Half within"), minutes(median)],
    [t("Nine in ten within"), minutes(ninetieth)],
    [t("In time"), in_time === null ? "–" : `${number.format(in_time)} %`],
    [t("Requests"), String(requests)],
  ];
  rebuilt(byId("acknowledged"), tiles, () => tiles.map(([name, value]) => element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));
  rows(
    "unresolved",
    unresolved,
    ({ name, emergency, urgent, routine, in_days, overdue }) => [head(name), ...[emergency, urgent, routine, in_days].map((count) => figure(count || "–")), overdue > 0 ? element("td", { className: "figure hot", role: "cell", textContent: String(overdue) }) : figure("–")],
    t("Everything is resolved."),
  );
  keep(byId("kiosks"), kiosks, ({ name }) => name, () => element("li", {}, element("h3"), element("p", { className: "kiosk-state" }), element("p", { className: "heard" }), element("ul", { className: "device-list" }), element("p", { className: "papers" })), showKiosk);
  const late = cases.filter((each) => each.late).length;
  setText(byId("cases-count"), late > 0 ? t("{n} overdue", { n: late }) : "");
  byId("cases-count").classList.toggle("count-hot", late > 0);
  rows("cases", cases, caseRow, t("No case is open."));
}

function showKiosk(item, { name, tone, state, heard, connected, troubles, parts, paper_failures: failures }) {
  const part = (selector) => item.querySelector(selector);
  item.className = tone;
  setText(part("h3"), t("Kiosk {name}", { name }));
  rebuilt(part(".kiosk-state"), [tone, state], () => [sign(tone), ` ${state}`]);
  setText(part(".heard"), heard);
  part(".heard").hidden = connected;
  rebuilt(part(".device-list"), [troubles, parts], () => [
    ...troubles.map(({ words, do_now: doNow }) => element("li", {}, element("b", { textContent: `${words}:` }), ` ${doNow}.`)),
    ...parts.map(({ label, words, more, lang }) =>
      element("li", {}, element("b", { textContent: `${label}:` }), ` ${words}`, more ? element("small", { lang, textContent: more }) : null),
    ),
  ]);
  setText(part(".papers"), failures > 0 ? t("Papers that did not come out today: {n}", { n: failures }) : "");
}

function caseRow({ headline, raised, acknowledged, reported, with: place, late }) {
  const cells = [head(headline), ...[raised, acknowledged, reported, place].map(cell)];
  if (late) cells[0].append(element("small", { className: "late-words", textContent: t("Overdue") }));
  return cells;
}

function showPeriod({ from, until, today, title, topics, late, emergencies, cases, routines, practice }) {
  setText(byId("period-said"), "");
  setText(byId("period-title"), title);
  const [first, last] = [byId("from"), byId("until")];
  first.max = last.max = today;
  if (!byId("period-form").contains(document.activeElement) || !first.value) {
    first.value = from;
    last.value = until;
  }
  const draw = (place) => (item, topic) => updateTopic(item, topic, place.dataset.from, place.dataset.until);
  // What cannot be read now stays as it was.
  const practised = practice.is === "not-readable" ? [] : [["practice-topics", practice.topics ?? []]];
  for (const [id, list] of [["topics", topics], ...practised]) {
    const place = byId(id);
    Object.assign(place.dataset, { from, until });
    keep(place, list, (topic) => topic.id, makeTopic, draw(place));
  }
  byId("practice-none").hidden = practice.is === "here";
  setText(byId("practice-none"), practice.is === "not-here" ? t("No practice desk keeps its store on this machine.") : t("The store of the practice desk cannot be read now."));
  lines("late", late, ({ headline, kiosk, raised, words, waiting }) => ({ title: headline, words: t("{words} · {place}, {raised}", { words, place: placeOf(kiosk), raised }), isBad: waiting }));
  lines("emergencies", emergencies, ({ kiosk, raised, answered_after: after }) => ({
    title: t("{place}, {raised}", { place: placeOf(kiosk), raised }),
    words: after === null ? t("Nobody has answered") : t("Answered after {n} s", { n: after }),
    isBad: after === null,
  }));
  rows("cases-answered", cases, caseRow, t("None in this period."));
  byId("routines-none").hidden = routines.length > 0;
  keep(byId("routines"), routines, (change) => `${change.at} ${change.by} ${change.what.length}`, makeChange, () => {});
}

const placeOf = (kiosk) => (kiosk === "desk" ? t("from the desk") : t("kiosk {kiosk}", { kiosk }));

function lines(id, items, line) {
  setText(byId(`${id}-count`), items.length > 0 ? String(items.length) : "");
  byId(`${id}-none`).hidden = items.length > 0;
  rebuilt(byId(id), items, () =>
    items.map((item) => {
      const { title, words, isBad } = line(item);
      return element("li", { className: isBad ? "bad" : "" }, element("b", { textContent: title }), element("span", {}, element("bdi", { textContent: words })));
    }),
  );
}

function makeChange({ at, by, what }) {
  const diff = what.split("\n").map((line) => {
    const kind = line.startsWith("+++") || line.startsWith("---") ? "file" : { "+": "came", "-": "went", "@": "place" }[line[0]] ?? "";
    return element("span", { className: kind, textContent: `${line}\n` });
  });
  return element("li", {}, element("details", {}, element("summary", { textContent: `${at} · ${by}` }), element("pre", { tabIndex: 0 }, ...diff)));
}

/** Chooses other days; the address of the page keeps them. */
function choose(parameters) {
  asked = new URLSearchParams(parameters);
  history.replaceState(null, "", `?${asked}${location.hash}`);
  press();
  period.now();
}

function press() {
  const days = asked.has("from") ? null : asked.get("days") || "1";
  for (const button of document.querySelectorAll(".periods button[data-days]")) button.setAttribute("aria-pressed", String(button.dataset.days === days));
}

for (const button of document.querySelectorAll(".periods button[data-days]")) button.addEventListener("click", () => choose({ days: button.dataset.days }));
byId("period-form").addEventListener("submit", (event) => {
  event.preventDefault();
  choose({ from: byId("from").value, until: byId("until").value });
});
press();
// Whoever came to one of the figures by a link sees it once it is there.
const led = () => {
  byId(location.hash.slice(1))?.scrollIntoView();
  return true;
};
let isLed = false;
begin(
  "supervise",
  () => {
    now.soon();
    told.soon();
    period.soon();
  },
  async () => {
    await Promise.all([now.now(), told.now(), period.now()]);
    isLed ||= led();
  },
);
