// Arrivals of the day, what is wrong with paper and devices, and the kiosks.
import { accountButton } from "/account.js";
import { answersButton, showButton } from "/answers.js";
import { byId, capital, element, keep, rebuilt, say, setText } from "/elements.js";
import { act } from "/person.js";
import * as relation from "/relation.js";
import * as turnedAway from "/turned-away.js";
import { showProof } from "/records.js";
import { parts, t } from "/words.js";

// What a ticket in want of paper is told as. "reserved": the kiosk never said how its printing ended.
const PAPER = {
  reserved: (place) => t("Nobody knows whether paper came out at kiosk {kiosk}", place),
  "not-known": (place) => t("Perhaps no paper came out at kiosk {kiosk}", place),
  "not-printed": (place) => t("No paper came out at kiosk {kiosk}", place),
};

let shown = { arrivals: [], troubles: [], kiosks: [], routines: [] };

/** Shows everything but the requests. */
export function show(board) {
  shown = board;
  keep(byId("arrival-list"), board.arrivals, (row) => row.ticket, makeRow, updateRow);
  setText(byId("arrivals-count"), board.arrivals.length > 0 ? String(board.arrivals.length) : "");
  byId("arrivals-none").hidden = board.arrivals.length > 0;
  byId("arrivals").hidden = board.arrivals.length === 0;
  turnedAway.show(board.turned_away);
  showKiosks(board.kiosks, board.now);
}

/** Shows when each kiosk was heard of. */
export function showKiosks(kiosks, now) {
  keep(byId("kiosk-list"), kiosks, (kiosk) => kiosk.name, makeKiosk, (item, kiosk) => {
    item.className = kiosk.connected ? "connected" : kiosk.silent ? "silent" : "waiting";
    setText(item.querySelector("b"), kiosk.name);
    setText(item.querySelector("span.since"), silence(kiosk, now));
  });
  // What is wrong stands above the lists, so that nobody has to look for it there.
  const notes = [
    ...shown.routines.map((routines) => ({ key: routines, routines })),
    ...kiosks.filter((kiosk) => kiosk.silent && !kiosk.told.includes("silent")).map((kiosk) => ({ key: kiosk.name, kiosk, words: silence(kiosk, now) })),
    ...kiosks.filter((kiosk) => kiosk.twice && !kiosk.told.includes("two-machines")).map((kiosk) => ({ key: `${kiosk.name} twice`, kiosk, twice: true })),
    ...shown.troubles.map((trouble) => ({ key: `${trouble.kiosk}/${trouble.device}`, trouble })),
    ...shown.arrivals.filter((row) => row.needs_paper).map((row) => ({ key: row.ticket, row })),
  ];
  byId("attention").hidden = notes.length === 0;
  keep(byId("trouble-list"), notes, (note) => note.key, makeNote, updateNote);
}

function silence(kiosk, now) {
  if (kiosk.connected) return t("connected");
  if (kiosk.heard_at === null) return kiosk.silent ? t("not heard of since the desk started") : t("not heard of yet");
  const minutes = Math.floor((now - kiosk.heard_at) / 60000);
  return minutes === 0 ? t("not heard of for a moment") : t("not heard of for {minutes} min", { minutes });
}

function makeKiosk() {
  return element("li", {}, element("span", { className: "dot", "aria-hidden": "true" }), element("b"), element("span", { className: "since" }));
}

function copyButton(ticket, kind) {
  const button = element("button", { type: "button", className: `small copy ${kind}`, textContent: t("Print a copy") });
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(await act(`/api/tickets/${ticket}/copy`));
    button.disabled = false;
  });
  return button;
}

function makeNote(note) {
  const words = element("p", {}, element("b", {}, element("span"), element("bdi")), element("small"));
  return element("li", {}, words, note.row ? copyButton(note.row.ticket, "") : null);
}

function updateNote(item, { trouble, row, kiosk, words, twice, routines }) {
  const [title, name, small] = item.querySelectorAll("span, bdi, small");
  if (routines) {
    setText(title, t("Routines"));
    setText(small, routines);
    return;
  }
  if (twice) {
    setText(title, t("Kiosk {name}: two machines use this name", kiosk));
    setText(small, t("They give the same ticket numbers. Stop one of them and give it a [[kiosk]] with its own name and series."));
    return;
  }
  if (kiosk) {
    setText(title, t("Kiosk {name}: {words}", { name: kiosk.name, words }));
    setText(small, t("Patients there cannot reach you through it. Check that it runs and that its network cable is in."));
    return;
  }
  if (trouble) {
    setText(title, t("Kiosk {name}: {words}", { name: trouble.kiosk, words: trouble.device }));
    const words = element("span", { lang: trouble.lang, textContent: capital(trouble.words).replace(/\.$/, "") });
    rebuilt(small, trouble, () => parts(t("{words}. Since {time}."), { words, time: trouble.since }));
    return;
  }
  setText(title, t("Ticket {number}", row) + (row.patient ? ", " : ""));
  setText(name, row.patient?.name ?? "");
  const paper = PAPER[row.paper](row);
  const { cause: why, cause_lang: lang } = row;
  rebuilt(small, [paper, why], () => (why ? [`${paper}: `, element("span", { lang, textContent: why })] : [`${paper}.`]));
  askedFor(item, row);
}

// The roles are said because browsers forget what a table is where its rows are laid out as blocks.
function makeRow(row) {
  const cell = (className, ...children) => element("td", { className, role: "cell" }, ...children);
  const paper = element("div", { className: "paper-line" }, element("span"), copyButton(row.ticket, "bare"));
  return element(
    "tr",
    { role: "row" },
    cell("time"),
    cell("number"),
    cell(
      "patient",
      element("bdi"),
      element("small"),
      element("div", { className: "beside" }),
      element("div", { className: "proof-place" }),
      answersButton(row.visit),
      element("div", { className: "account-place" }),
    ),
    cell("appointment", element("span"), element("small")),
    cell("paper", paper),
  );
}

function updateRow(tr, row) {
  const cell = (selector) => tr.querySelector(selector);
  tr.classList.toggle("wanting", row.needs_paper);
  setText(cell(".time"), row.arrived);
  setText(cell(".number"), row.number);
  setText(cell(".patient bdi"), row.patient?.name ?? t("Record not here yet"));
  setText(cell(".patient small"), row.patient ? [t("born {day}", { day: row.patient.born }), row.patient.number && t("no. {number}", row.patient)].filter(Boolean).join(" · ") : "");
  relation.show(cell(".beside"), row);
  showProof(cell(".proof-place"), row.patient);
  showButton(cell(".answers-open"), row);
  rebuilt(cell(".account-place"), row.patient?.id ?? null, () => (row.patient ? [accountButton(row.patient.id)] : []));
  setText(cell(".appointment span"), row.appointment ? `${row.appointment} · ${row.clinician}` : t("Walk-in"));
  setText(cell(".appointment small"), row.service);
  setText(cell(".paper span"), row.paper_words);
  cell(".paper span").classList.toggle("paper-bad", row.needs_paper);
  askedFor(tr, row);
}

function askedFor(place, row) {
  const button = place.querySelector(".copy");
  setText(button, row.copy_asked ? t("Copy asked: {by}", { by: row.copy_asked }) : t("Print a copy"));
  button.disabled = Boolean(row.copy_asked);
}
