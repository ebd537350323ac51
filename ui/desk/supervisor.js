// The supervisor's page: counts, what was late, reports to answer, and how the routines changed.
import * as connection from "/connection.js";
import { byId, element, keep, keepDrafts, rebuilt, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import { ending, field, writing } from "/forms.js";
import * as person from "/person.js";
import * as sound from "/sound.js";

// A burst of facts makes the desk send many boards; counts need not follow each.
const AT_MOST_EVERY = 2000;
let days = 1;
let offset = null;
let ahead = 0;
let waiting = null;
let asked = 0;

async function load() {
  const mine = ++asked;
  try {
    const response = await fetch(`/api/supervisor?days=${days}`, { signal: AbortSignal.timeout(10000) });
    // Whoever chose another period meanwhile wants to see that one.
    if (response.ok && mine === asked) show(await response.json());
  } catch {
    // The strip says that the connection is lost; the next board brings another try.
  }
}

function soon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    load();
  }, AT_MOST_EVERY);
}

function show(overview) {
  setText(byId("clinic"), overview.clinic);
  byId("practice").hidden = !overview.practice;
  setText(byId("since"), overview.since);
  setText(byId("requests-total"), String(overview.requests));
  showCases(overview.cases);
  table("flagged", overview.flagged, ({ name, count, urgent, emergencies }) => [name, count, urgent || "", emergencies || ""]);
  table("places", overview.places, ({ name, in_time, late, open }) => [name, in_time, late || "", open || ""]);
  table("gave-up", overview.gave_up, ({ step, went_away, started_over }) => [step, went_away, started_over]);
  table("not-checked-in", overview.not_checked_in, ({ name, count }) => [name, count]);
  table("helped", overview.helped_at, ({ name, count }) => [name, count]);
  lines("late", overview.late, ({ headline, kiosk, raised, words, waiting: waits }) => ({ title: headline, words: `${words} · ${place(kiosk)}, ${raised}`, isBad: waits }));
  lines("emergencies", overview.emergencies, ({ kiosk, raised, answered_after, by }) => ({
    title: `Kiosk ${kiosk}, ${raised}`,
    words: answered_after === null ? "Nobody has answered" : `${by} answered after ${answered_after} s`,
    isBad: answered_after === null,
  }));
  const open = overview.reports.filter((report) => !report.answered_by).length;
  setText(byId("reports-count"), open > 0 ? `${open} to answer` : "");
  byId("reports-none").hidden = overview.reports.length > 0;
  keep(byId("reports"), overview.reports, (report) => report.id, makeReport, updateReport);
  byId("routines-none").hidden = overview.routines.length > 0;
  keep(byId("routines"), overview.routines, (change) => `${change.at} ${change.by} ${change.what.length}`, makeChange, () => {});
}

const place = (kiosk) => (kiosk === "desk" ? "from the desk" : `kiosk ${kiosk}`);

function table(id, rows, cells) {
  rebuilt(byId(id), rows, () =>
    rows.length === 0
      ? [element("tr", {}, element("td", { className: "nothing", colSpan: 4, textContent: "Nothing in this period." }))]
      : rows.map((row) => {
          const [name, ...figures] = cells(row);
          return element("tr", {}, element("th", { scope: "row", textContent: name }), ...figures.map((figure) => element("td", { className: "figure", textContent: String(figure) })));
        }),
  );
}

function showCases(cases) {
  const late = cases.filter((each) => each.late).length;
  setText(byId("cases-count"), late > 0 ? `${late} overdue` : "");
  byId("cases-count").classList.toggle("count-hot", late > 0);
  rebuilt(byId("cases"), cases, () =>
    cases.length === 0
      ? [element("tr", {}, element("td", { className: "nothing", colSpan: 4, textContent: "None is open, and none came in this period." }))]
      : cases.map(({ number, headline, raised, acknowledged, reported, late: isLate }) =>
          element(
            "tr",
            { className: isLate ? "wanting" : "" },
            element("th", { scope: "row" }, number, element("small", { textContent: headline })),
            ...[raised, acknowledged, reported].map((words) => element("td", {}, element("bdi", { textContent: words }))),
          ),
        ),
  );
}

function lines(id, rows, line) {
  setText(byId(`${id}-count`), rows.length > 0 ? String(rows.length) : "");
  byId(`${id}-none`).hidden = rows.length > 0;
  rebuilt(byId(id), rows, () =>
    rows.map((row) => {
      const { title, words, isBad } = line(row);
      return element("li", { className: isBad ? "bad" : "" }, element("b", { textContent: title }), element("span", {}, element("bdi", { textContent: words })));
    }),
  );
}

function makeReport(report) {
  const answer = writing(2, 2000, true);
  const said = element("p", { className: "said", role: "status" });
  const form = element("form", { className: "note" }, ...field(`answer-${report.id}`, "Answer, and what will change", answer), ending("Answer", false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const wrong = await person.act(`/api/requests/${report.id}/resolve`, { note: answer.value });
    button.disabled = false;
    setText(said, wrong ?? "");
    if (wrong) return;
    form.reset();
    load();
  });
  return element(
    "li",
    {},
    element("h3", {}, element("bdi")),
    element("small", { className: "from" }),
    element("blockquote", { className: "words" }),
    element("p", { className: "answered" }),
    form,
    said,
  );
}

function updateReport(item, report) {
  const part = (selector) => item.querySelector(selector);
  item.classList.toggle("bad", report.late);
  setText(part("h3 bdi"), report.headline);
  const taken = report.taken_by ? ` · ${report.taken_by} has it` : "";
  const due = report.answered_by ? "" : ` · answer ${report.late ? "was due" : "by"} ${report.due}`;
  setText(part(".from"), `${report.from}, ${report.raised}${due}${taken}`);
  const words = part(".words");
  words.lang = report.lang;
  words.dir = "auto";
  setText(words, report.words);
  part("form").hidden = Boolean(report.answered_by);
  part(".answered").hidden = !report.answered_by;
  if (report.answered_by) {
    rebuilt(part(".answered"), [report.answered_by, report.answer], () => [element("b", { textContent: `${report.answered_by}: ` }), element("bdi", { textContent: report.answer })]);
  }
}

function makeChange({ at, by, what }) {
  const diff = what.split("\n").map((line) => {
    const kind = line.startsWith("+++") || line.startsWith("---") ? "file" : { "+": "came", "-": "went", "@": "place" }[line[0]] ?? "";
    return element("span", { className: kind, textContent: `${line}\n` });
  });
  return element("li", {}, element("details", {}, element("summary", { textContent: `${at} · ${by}` }), element("pre", { tabIndex: 0 }, ...diff)));
}

keepDrafts();
person.begin();
sound.begin();
emergency.begin();
setInterval(() => emergency.tick(Date.now() + ahead), 250);
for (const button of document.querySelectorAll(".periods button")) {
  button.addEventListener("click", () => {
    days = Number(button.dataset.days);
    for (const each of document.querySelectorAll(".periods button")) each.setAttribute("aria-pressed", String(each === button));
    load();
  });
}
connection.begin(
  (board) => {
    offset = board.offset;
    ahead = board.now - Date.now();
    emergency.show(board.requests, ahead);
    soon();
  },
  () => {},
  () => {},
  (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16)),
);
load();
