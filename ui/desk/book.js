// The book's page: the day by clinician, or the week of one; booking, moving, calling off, closing a time.
import { refresh as refreshAccount } from "/account.js";
import * as calls from "/book-calls.js";
import * as closing from "/book-closing.js";
import * as grid from "/book-grid.js";
import * as moving from "/book-moving.js";
import * as patient from "/book-patient.js";
import * as connection from "/connection.js";
import { byId, element, keepDrafts, rebuilt, say, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import * as person from "/person.js";
import * as sound from "/sound.js";
import * as unattended from "/unattended.js";
import { t } from "/words.js";

// A burst of facts makes the desk send many boards; the book need not follow each.
const AT_MOST_EVERY = 400;
let board = null;
let day = null;
let clinician = "";
let offset = null;
let ahead = 0;
let waiting = null;
let asked = 0;
let current = null;
let undoes = null;

/** Reads the book; answers whether the page shows it as it is now. */
function load() {
  const mine = ++asked;
  current = read(mine);
  return current;
}

async function read(mine) {
  const which = new URLSearchParams([day && ["day", day], clinician && ["clinician", clinician]].filter(Boolean));
  try {
    const told = await person.read(`/api/book?${which}`);
    // Whoever chose another day meanwhile wants to see that one; what was asked later is newer too.
    if (mine !== asked) return current;
    if (told.error) {
      say(told.error);
      return false;
    }
    show(told);
    return true;
  } catch {
    // The strip says that the connection is lost; the next board brings another try.
    return false;
  }
}

function soon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    load();
  }, AT_MOST_EVERY);
}

function show(told) {
  board = told;
  day = told.day;
  setText(byId("clinic"), told.clinic);
  byId("practice").hidden = !told.practice;
  const words = clinician ? t("{who}, week of {day}", { who: clinician, day: grid.dayWords(told.columns[0].day) }) : grid.dayWords(told.day, { year: "numeric" });
  setText(byId("day-title"), words);
  setText(byId("title"), t("Book: {what}", { what: words }));
  if (document.activeElement !== byId("day")) byId("day").value = told.day;
  setText(byId("previous"), clinician ? t("‹ Week before") : t("‹ Day before"));
  setText(byId("next"), clinician ? t("Week after ›") : t("Day after ›"));
  byId("to-today").disabled = told.day === told.today;
  choices(byId("whose"), [["", t("Everybody, one day")], ...told.clinicians.map((name) => [name, t("{who}, one week", { who: name })])], clinician);
  choices(byId("find-service"), told.services.map(({ id, text }) => [id, text]), byId("find-service").value);
  grid.show(told);
  calls.show(told.closures);
  moving.refresh();
}

function choices(select, all, value) {
  rebuilt(select, all, () => all.map(([id, text]) => element("option", { value: id, textContent: text })));
  if (value || all[0]?.[0] === "") select.value = value;
}

const shifted = (from, days) => {
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

async function goTo(wanted) {
  if (wanted === day) return true;
  const before = day;
  day = wanted;
  const loaded = await load();
  if (!loaded && day === wanted && board.day !== wanted) day = before;
  return board.day === wanted;
}

const byDays = (by) => goTo(shifted(day, clinician ? by * 7 : by));

/** The next day with a free time of a service; answers it. */
async function nextFree(service, from) {
  const answer = await person.look("/api/book/next", { service, clinician, from });
  if (answer.error) {
    say(answer.error);
    return null;
  }
  if (!answer.free) return null;
  await goTo(answer.free.day);
  return answer.free;
}

function done(words, undo = null) {
  undoes = undo;
  setText(byId("done-words"), words);
  byId("done").hidden = false;
  byId("undo").hidden = !undo;
  moving.announce(undo ? t("{words} U undoes it.", { words }) : words);
}

const nameOf = (appointment) => appointment.patient?.name ?? t("A patient whose record is not here");

/** Sends a change of the book; what it refuses is said in words, and the page shows how it stands. */
async function change(path, details) {
  const answer = await person.look(path, details);
  await load();
  return answer;
}

const does = {
  board: () => board,
  day: () => day,
  load,
  nextFree: (service) => nextFree(service, shifted(clinician ? board.columns.at(-1).day : day, 1)),
  dayBefore: async () => day > board.today && (await byDays(-1)),
  startMoving: (appointment) => moving.start(appointment),
  async move(appointment, target) {
    const answer = await change(`/api/book/appointments/${appointment.id}/move`, { from: appointment.slot.starts_at, slot: target.slot });
    if (answer.error) {
      say(answer.error);
      return false;
    }
    say("");
    const undo = { id: appointment.id, from: target.slot.starts_at, slot: appointment.slot, name: nameOf(appointment), place: grid.placeWords(appointment) };
    done(t("{name} is moved to {place}.", { name: nameOf(appointment), place: grid.placeWords(target) }), undo);
    return true;
  },
  async callOff(appointment) {
    const answer = await change(`/api/book/appointments/${appointment.id}/call-off`, { from: appointment.slot.starts_at });
    if (!answer.error) done(t("{name}, {place}: called off.", { name: nameOf(appointment), place: grid.placeWords(appointment) }));
    return answer.error;
  },
  async book(order, name, free) {
    const answer = await change("/api/book/appointments", order);
    if (!answer.error) done(t("Booked for {name}: {place}.", { name, place: grid.placeWords(free) }));
    return answer.error;
  },
  async closed() {
    await load();
    done(t("The time is closed."));
    calls.openNewest();
  },
  /** An appointment that stands on some day is moved: the page goes there first. */
  async moveThat(id, there) {
    if (clinician) {
      clinician = "";
      byId("whose").value = "";
    }
    if (!(await goTo(there)) && !(await load())) return;
    const found = board.columns.flatMap((column) => column.appointments).find((appointment) => appointment.id === id);
    if (found) moving.start(found);
    else say(t("The appointment is not there any more: the page shows how it stands now."));
  },
};

async function undo() {
  const { id, from, slot, name, place } = undoes;
  const answer = await change(`/api/book/appointments/${id}/put-back`, { from, slot });
  if (answer.error) say(answer.error);
  else done(t("{name} is back at {place}.", { name, place }));
}

const LABELS = {
  "to-today": t("Today"),
  "day-label": t("Day"),
  "whose-label": t("Show"),
  "find-label": t("Next free time for"),
  "find-does": t("Find"),
  "close-time": t("Close a time…"),
  "pager-before": t("‹ Others"),
  "pager-after": t("Others ›"),
  "book-none": t("Nobody is in the book on this day."),
  "book-hint": t("Arrows go from card to card, Enter opens one, M moves an appointment, U undoes that. Cards can be dragged to a free time."),
};
for (const [id, words] of Object.entries(LABELS)) setText(byId(id), words);

keepDrafts();
person.begin("book");
person.onChange((who) => who && load());
unattended.begin();
sound.begin();
emergency.begin();
patient.begin(does);
closing.begin(does);
calls.begin(does);
moving.begin(does);
grid.begin(
  patient.openAppointment,
  (free) => moving.takes(free) || patient.openSlot(free),
  (event, item) => {
    if (event.key.toLowerCase() === "u" && undoes && !byId("done").hidden) {
      undo();
      return true;
    }
    if (event.key.toLowerCase() !== "m" || !item.id || item.ticket) return false;
    moving.start(item);
    return true;
  },
);
setInterval(() => emergency.tick(Date.now() + ahead), 250);
byId("done-close").addEventListener("click", () => (byId("done").hidden = true));
byId("undo").addEventListener("click", undo);
byId("previous").addEventListener("click", () => byDays(-1));
byId("next").addEventListener("click", () => byDays(1));
byId("to-today").addEventListener("click", () => goTo(board.today));
byId("day").addEventListener("change", () => byId("day").value && goTo(byId("day").value));
byId("whose").addEventListener("change", () => {
  clinician = byId("whose").value;
  load();
});
byId("find-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const from = day > board.today ? day : board.today;
  const free = await nextFree(byId("find-service").value, from);
  if (!free) {
    say(t("Nothing is free for this service in the two months after this day."));
    return;
  }
  grid.reveal(free.slot.clinician, free.day);
  const button = grid.buttonOf(grid.keyOfSlot(free));
  button?.scrollIntoView({ block: "center" });
  button?.focus();
});
byId("close-time").addEventListener("click", () => closing.open());
document.addEventListener("money-changed", soon);
connection.begin(
  (told) => {
    offset = told.offset;
    ahead = told.now - Date.now();
    emergency.show(told.requests, ahead);
    refreshAccount();
    soon();
  },
  () => {},
  () => {},
  (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16)),
);
