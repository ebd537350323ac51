// The book as columns in which time goes downwards: appointments, free times, and what is closed.
import { byId, element, keep, rebuilt, setText } from "/elements.js";
import { t } from "/words.js";

// A slot of ten minutes is high enough for a finger: 44 px.
const HEIGHT_OF_A_MINUTE = 4.4;
// Hours in which nobody has anything are only hinted at.
const HEIGHT_OF_AN_EMPTY_MINUTE = 0.35;
const NARROWEST_COLUMN = 168;
const GUTTER = 56;

let board = null;
let first = 0;
let shown = [];
let chooses = null;
let hears = null;

/** Makes the columns work: `onAppointment` and `onSlot` get what somebody opens, `onKey` keys on a card. */
export function begin(onAppointment, onSlot, onKey) {
  chooses = { appointment: onAppointment, slot: onSlot };
  hears = onKey;
  byId("pager-before").addEventListener("click", () => turn(-1));
  byId("pager-after").addEventListener("click", () => turn(1));
  byId("book").addEventListener("keydown", keys);
  byId("book").addEventListener("focusin", ({ target }) => roving(target));
  new ResizeObserver(() => board && draw()).observe(byId("book"));
}

/** A day in words: "Monday 30 November". */
export function dayWords(day, style = {}) {
  const lang = document.documentElement.lang || "en";
  const format = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC", ...style };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, format).format(new Date(`${day}T00:00:00Z`));
}

/** "Monday 30 November, 10:15, Dr Chen". */
export const placeWords = ({ day, time, slot }) => t("{day}, {time}, {clinician}", { day: dayWords(day), time, clinician: slot.clinician });

/** Shows a part of the book. */
export function show(told) {
  const other = !board || board.day !== told.day || board.clinician !== told.clinician;
  board = told;
  if (other) first = 0;
  draw();
  if (other) toNow();
}

/** The columns that are on the screen. */
export const columns = () => shown;

/** Brings a clinician's column onto the screen. */
export function reveal(clinician, day) {
  const at = board.columns.findIndex((column) => column.clinician === clinician && column.day === day);
  if (at < 0 || shown.includes(board.columns[at])) return;
  first = at;
  draw();
}

/** The button of a free time or an appointment. */
export const buttonOf = (key) => byId("book").querySelector(`[data-key="${CSS.escape(key)}"] > button`);
export const keyOfSlot = ({ slot }) => `f ${slot.clinician} ${slot.starts_at} ${slot.service}`;
export const keyOfAppointment = ({ id }) => `a ${id}`;

const perPage = () => Math.max(1, Math.floor((byId("book").clientWidth - GUTTER) / NARROWEST_COLUMN));

function turn(by) {
  first = Math.min(Math.max(0, first + by * perPage()), Math.max(0, board.columns.length - 1));
  draw();
  byId("book").focus({ preventScroll: true });
}

/** Days of a week on which there is nothing are left out. */
const worthShowing = (column) => !board.clinician || column.works || column.appointments.length > 0 || column.free.length > 0;

function draw() {
  const all = board.columns.filter(worthShowing);
  const fits = perPage();
  first = Math.min(first, Math.max(0, all.length - fits));
  shown = all.slice(first, first + fits);
  byId("pager").hidden = all.length <= fits;
  const name = (column) => (board.clinician ? dayWords(column.day, { weekday: "short", month: "short" }) : column.clinician);
  if (all.length > fits) {
    setText(byId("pager-words"), t("{first} to {last}, of {count}", { first: name(shown[0]), last: name(shown.at(-1)), count: all.length }));
    byId("pager-before").disabled = first === 0;
    byId("pager-after").disabled = first + fits >= all.length;
  }
  byId("book-none").hidden = shown.length > 0;
  const lines = linesOf(shown);
  const book = byId("book");
  book.hidden = shown.length === 0;
  book.style.gridTemplateRows = `auto ${lines.rows.join(" ")}`;
  book.style.gridTemplateColumns = `${GUTTER}px repeat(${shown.length}, minmax(0, 1fr))`;
  keep(book, [{ gutter: true }, ...shown], (column) => (column.gutter ? "gutter" : `${column.clinician} ${column.day}`), (column) => (column.gutter ? element("div", { className: "gutter", "aria-hidden": "true" }) : makeColumn()), (part, column) => {
    if (column.gutter) drawGutter(part, lines);
    else updateColumn(part, column, lines, name(column));
  });
  if (!book.querySelector("button[tabindex='0']")) book.querySelector("li > button")?.setAttribute("tabindex", "0");
}

/** The lines of the grid: where something begins or ends, and every five minutes. */
function linesOf(all) {
  const items = all.flatMap((column) => [...column.appointments, ...column.free]);
  const closed = all.flatMap((column) => column.closed);
  if (items.length === 0 && closed.length === 0) return { at: [], rows: [], from: 0, to: 0 };
  // What is closed for the whole day does not make the day longer.
  const spans = items.length > 0 ? items : closed;
  const from = Math.floor(Math.min(...spans.map((item) => item.from)) / 30) * 30;
  const to = Math.ceil(Math.max(...spans.map((item) => item.to)) / 30) * 30;
  const at = new Set([from, to]);
  for (let minute = from; minute < to; minute += 5) at.add(minute);
  for (const { from: begins, to: ends } of items) [begins, ends].forEach((minute) => at.add(minute));
  for (const { from: begins, to: ends } of closed) [begins, ends].filter((minute) => from < minute && minute < to).forEach((minute) => at.add(minute));
  const sorted = [...at].sort((one, other) => one - other);
  const busy = (minute) => items.some((item) => item.from <= minute && minute < item.to);
  const rows = sorted.slice(1).map((minute, line) => {
    const before = sorted[line];
    const height = (minute - before) * (busy(before) ? HEIGHT_OF_A_MINUTE : HEIGHT_OF_AN_EMPTY_MINUTE);
    return `minmax(${height.toFixed(1)}px, auto)`;
  });
  return { at: sorted, rows, from, to, busy };
}

/** The row of a minute within a column, which begins behind the row of the names. */
const row = (lines, minute) => lines.at.indexOf(Math.min(Math.max(minute, lines.from), lines.to)) + 1;

function drawGutter(part, lines) {
  const hours = lines.at.filter((minute) => minute % 30 === 0 && minute < lines.to && lines.busy(minute));
  rebuilt(part, [hours, lines.at], () =>
    hours.map((minute) => {
      const clock = `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      const label = element("span", { className: minute % 60 === 0 ? "hour" : "half", textContent: clock });
      label.style.gridRow = String(row(lines, minute) + 1);
      return label;
    }),
  );
}

function makeColumn() {
  const title = element("h3");
  return element("section", { className: "book-column" }, title, element("ol"));
}

function updateColumn(part, column, lines, name) {
  const id = `column ${column.clinician} ${column.day}`.replaceAll(/\s+/gu, "-");
  const title = part.querySelector("h3");
  title.id = id;
  part.setAttribute("aria-labelledby", id);
  const count = t("{count} booked", { count: column.appointments.length });
  const off = column.called_off > 0 ? t("{count} called off", { count: column.called_off }) : "";
  const [only, ...more] = new Set(column.free.map(({ service }) => service));
  const free = column.free.length === 0 ? "" : more.length > 0 ? t("{count} free", { count: column.free.length }) : t("{count} free for {service}", { count: column.free.length, service: only });
  const away = !column.works && column.appointments.length === 0 && column.free.length === 0 ? t("Not here on this day") : count;
  rebuilt(title, [name, away, free, off], () => [element("bdi", { textContent: name }), element("small", { textContent: [away, free, off].filter(Boolean).join(" · ") })]);
  const items = [
    ...column.closed.map((closed) => ({ ...closed, kind: "closed", key: `c ${closed.closure ?? closed.name} ${closed.from}` })),
    ...column.appointments.map((appointment) => ({ ...appointment, kind: "appointment", key: keyOfAppointment(appointment) })),
    // Where all free times are of one service, its name stands once, at the head.
    ...column.free.map((slot) => ({ ...slot, kind: "free", key: keyOfSlot(slot), alike: more.length === 0 })),
  ];
  items.sort((one, other) => one.from - other.from || one.to - other.to);
  const lanes = lanesOf(items.filter((item) => item.kind !== "closed"));
  const list = part.querySelector("ol");
  list.style.gridTemplateColumns = `repeat(${lanes.count}, minmax(0, 1fr))`;
  keep(list, items, (item) => item.key, makeItem, (child, item) => {
    updateItem(child, item);
    child.style.gridRow = `${row(lines, item.from)} / ${Math.max(row(lines, item.to), row(lines, item.from) + 1)}`;
    const lane = lanes.of.get(item.key);
    child.style.gridColumn = lane === undefined ? "1 / -1" : lanes.alone.has(item.key) ? "1 / -1" : `${lane + 1}`;
  });
}

/** What is at the same time stands side by side. */
function lanesOf(items) {
  const ends = [];
  const of = new Map();
  const alone = new Set();
  for (const item of items) {
    let lane = ends.findIndex((end) => end <= item.from);
    if (lane < 0) lane = ends.length;
    ends[lane] = item.to;
    of.set(item.key, lane);
    if (!items.some((other) => other !== item && other.from < item.to && item.from < other.to)) alone.add(item.key);
  }
  return { count: Math.max(1, ends.length), of, alone };
}

function makeItem(item) {
  if (item.kind === "closed") return element("li", { className: "closed-time" }, element("span"));
  const button = element("button", { type: "button", tabIndex: -1 });
  const child = element("li", { className: item.kind }, button);
  button.addEventListener("click", (event) => {
    // What was dragged was not pressed.
    if (child.dataset.dragged) delete child.dataset.dragged;
    else chooses[item.kind === "free" ? "slot" : "appointment"](child.item, event);
  });
  return child;
}

function updateItem(child, item) {
  child.item = item;
  if (item.kind === "closed") {
    rebuilt(child.firstElementChild, [item.time, item.name], () => [element("b", { textContent: t("Closed {span}", { span: item.time }) }), " ", element("bdi", { textContent: item.name })]);
    return;
  }
  const button = child.firstElementChild;
  if (item.kind === "free") {
    rebuilt(button, [item.time, item.service, item.alike], () => [
      element("b", { textContent: item.time }),
      " ",
      element("span", { textContent: t("free") }),
      element("small", { className: item.alike ? "hidden" : "" }, element("bdi", { textContent: item.service })),
    ]);
    return;
  }
  const name = item.patient?.name ?? t("A patient whose record is not here");
  const states = statesOf(item);
  child.classList.toggle("here", Boolean(item.ticket));
  child.classList.toggle("untold", item.untold || item.open);
  rebuilt(button, [item.time, name, item.service, states], () => [
    element("b", { textContent: item.time }),
    " ",
    element("bdi", { className: "name", textContent: name }),
    element("small", {}, element("bdi", { textContent: item.service }), ...states.map((words) => element("i", { textContent: words }))),
    element("span", { className: "handle", "aria-hidden": "true", textContent: "⠿" }),
  ]);
}

/** How an appointment stands, in words. */
export function statesOf(item) {
  return [
    item.ticket && { waiting: t("Here: {number}", { number: item.ticket }), called: t("Called: {number}", { number: item.ticket }), seen: t("Seen"), left: t("Left again") }[item.queue ?? "waiting"],
    item.open && t("Closed time: decide with the patient"),
    !item.open && item.untold && t("Not told yet"),
  ].filter(Boolean);
}

/** Opens the day where it is now. */
function toNow() {
  if (board.now === null || board.clinician) return;
  const items = [...byId("book").querySelectorAll("li")].filter((child) => child.item.to > board.now);
  items.sort((one, other) => one.item.from - other.item.from)[0]?.scrollIntoView({ block: "center" });
}

/** One card of the book is reached by the tabulator; the arrows go from there. */
function roving(target) {
  if (!target.matches("li > button")) return;
  for (const other of byId("book").querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
  target.tabIndex = 0;
}

function keys(event) {
  const child = event.target.closest("li");
  if (!child || event.ctrlKey || event.altKey || event.metaKey) return;
  if (hears(event, child.item)) {
    event.preventDefault();
    return;
  }
  const next = { ArrowDown: () => sibling(child, 1), ArrowUp: () => sibling(child, -1), ArrowRight: () => beside(child, 1), ArrowLeft: () => beside(child, -1), Home: () => edge(child, 0), End: () => edge(child, -1) }[event.key];
  if (!next) return;
  event.preventDefault();
  next()?.focus();
}

const buttonsOf = (list) => [...list.querySelectorAll("li > button")];

function sibling(child, by) {
  const all = buttonsOf(child.parentElement);
  return all[all.indexOf(child.firstElementChild) + by];
}

const edge = (child, at) => buttonsOf(child.parentElement).at(at);

function beside(child, by) {
  const lists = [...byId("book").querySelectorAll(".book-column > ol")];
  for (let at = lists.indexOf(child.parentElement) + by; at >= 0 && at < lists.length; at += by) {
    const all = buttonsOf(lists[at]);
    all.sort((one, other) => Math.abs(one.parentElement.item.from - child.item.from) - Math.abs(other.parentElement.item.from - child.item.from));
    if (all.length > 0) return all[0];
  }
  return undefined;
}
