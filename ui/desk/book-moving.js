// Moving an appointment to another time: with the keyboard alone, by touching a free time, or by dragging its card.
import * as grid from "/book-grid.js";
import { byId, setText } from "/elements.js";
import { t } from "/words.js";

// So far a pointer must go before it is a drag and not a press.
const BEGINS_AFTER = 6;
const EDGE = 60;
const TURNS_AFTER = 700;

let page = null;
let moving = null;
let drag = null;

/** Makes moving work. `does` is what the page can: load a day, look for the next free one, and move. */
export function begin(does) {
  page = does;
  const bar = byId("moving");
  bar.addEventListener("keydown", keys);
  byId("moving-does").addEventListener("click", finish);
  byId("moving-leaves").addEventListener("click", () => leave());
  byId("book").addEventListener("pointerdown", press);
  addEventListener("pointermove", pull);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", () => endDrag());
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (drag) endDrag();
    else if (moving && !document.querySelector("dialog[open]")) leave();
  });
}

export const isMoving = () => moving !== null;

/** Begins: the keyboard goes to the bar, whose arrows choose a free time. */
export function start(appointment) {
  moving = { appointment, target: null };
  const name = appointment.patient?.name ?? t("A patient whose record is not here");
  setText(byId("moving-what"), t("Move {name}, {service}, from {place}", { name, service: appointment.service, place: grid.placeWords(appointment) }));
  setText(byId("moving-keys"), t("Up and down choose a time, left and right another column, Page Up and Page Down another day. Enter moves, Escape leaves it where it is."));
  byId("moving").hidden = false;
  byId("book").classList.add("choosing");
  choose(nearest(targets(), appointment), false);
  byId("moving").focus({ preventScroll: true });
}

/** The book was drawn anew: what was free may be so no longer. */
export function refresh() {
  if (!moving) return;
  const before = moving.target;
  const still = before && targets().find((free) => grid.keyOfSlot(free) === grid.keyOfSlot(before));
  if (before && !still && before.day === page.day()) {
    announce(t("{time} is not free any more.", { time: before.time }));
    choose(nearest(targets(), before));
  } else mark();
}

/** The free times of the service on the screen, column by column. */
function targets() {
  const { appointment } = moving;
  return page.board().columns.flatMap((column) => column.free.filter(({ slot }) => slot.service === appointment.slot.service));
}

function nearest(all, { from, slot, day }) {
  const far = (free) => [free.day === day ? 0 : 1, free.slot.clinician === slot.clinician ? 0 : 1, Math.abs(free.from - from)];
  const closer = (one, other) => {
    const [a, b] = [far(one), far(other)];
    const at = a.findIndex((value, position) => value !== b[position]);
    return at < 0 ? 0 : a[at] - b[at];
  };
  return [...all].sort(closer)[0] ?? null;
}

function choose(target, aloud = true) {
  moving.target = target;
  const words = target ? grid.placeWords(target) : t("Nothing is free for this service on this day. Page Down goes to the next day with a free time.");
  setText(byId("moving-target"), words);
  byId("moving-does").disabled = !target;
  if (target) grid.reveal(target.slot.clinician, target.day);
  if (aloud) announce(words);
  mark();
}

/** Shows on the book what is chosen, and where else it could go. */
function mark() {
  for (const part of byId("book").querySelectorAll("li")) part.classList.remove("target", "chosen", "moves");
  if (!moving) return;
  for (const free of targets()) grid.buttonOf(grid.keyOfSlot(free))?.parentElement.classList.add("target");
  grid.buttonOf(grid.keyOfAppointment(moving.appointment))?.parentElement.classList.add("moves");
  const chosen = moving.target && grid.buttonOf(grid.keyOfSlot(moving.target));
  chosen?.parentElement.classList.add("chosen");
  if (!drag) chosen?.scrollIntoView({ block: "nearest" });
}

async function keys(event) {
  if (!moving || event.target.matches("button") || event.ctrlKey || event.altKey || event.metaKey) return;
  const all = targets();
  const { target } = moving;
  const column = (free) => all.filter((other) => other.slot.clinician === free.slot.clinician && other.day === free.day);
  const step = (by) => {
    if (!target) return undefined;
    const times = column(target);
    return times[times.findIndex((other) => grid.keyOfSlot(other) === grid.keyOfSlot(target)) + by];
  };
  const side = (by) => {
    if (!target) return undefined;
    const names = [...new Set(all.map((free) => `${free.slot.clinician} ${free.day}`))];
    const name = names[names.indexOf(`${target.slot.clinician} ${target.day}`) + by];
    const there = all.filter((free) => `${free.slot.clinician} ${free.day}` === name);
    return there.sort((one, other) => Math.abs(one.from - target.from) - Math.abs(other.from - target.from))[0];
  };
  const does = {
    ArrowDown: () => choose(step(1) ?? target),
    ArrowUp: () => choose(step(-1) ?? target),
    ArrowRight: () => choose(side(1) ?? target),
    ArrowLeft: () => choose(side(-1) ?? target),
    Home: () => target && choose(column(target)[0]),
    End: () => target && choose(column(target).at(-1)),
    PageDown: () => toDay(1),
    PageUp: () => toDay(-1),
    Enter: finish,
  }[event.key];
  if (!does) return;
  event.preventDefault();
  await does();
}

/** Another day: forwards the next one with a free time, backwards the one before. */
async function toDay(by) {
  const before = moving.target ?? moving.appointment;
  const { service } = moving.appointment.slot;
  if (!(by > 0 ? await page.nextFree(service) : await page.dayBefore())) {
    announce(by > 0 ? t("Nothing is free for this service in the next two months.") : t("Today is the first day."));
    return;
  }
  if (moving) choose(nearest(targets(), { ...before, day: page.day() }));
}

async function finish() {
  if (!moving?.target || moving.busy) return;
  const { appointment, target } = moving;
  moving.busy = true;
  const done = await page.move(appointment, target);
  if (!moving) return;
  moving.busy = false;
  if (done) leave(false);
}

/** Ends; the keyboard goes back to the card. */
export function leave(aloud = true) {
  if (!moving) return;
  const { appointment } = moving;
  moving = null;
  byId("moving").hidden = true;
  byId("book").classList.remove("choosing");
  mark();
  if (aloud) announce(t("It stays where it is."));
  (grid.buttonOf(grid.keyOfAppointment(appointment)) ?? byId("day-title")).focus();
}

/** Somebody pressed a free time while an appointment waits for one. Answers whether it was for that. */
export function takes(free) {
  if (!moving) return false;
  if (free.slot.service !== moving.appointment.slot.service) {
    announce(t("This time is for another service."));
    return true;
  }
  choose(free, false);
  finish();
  return true;
}

export function announce(words) {
  const place = byId("announce");
  // The same words twice are said twice.
  setText(place, "");
  requestAnimationFrame(() => setText(place, words));
}

function press(event) {
  const child = event.target.closest("li.appointment");
  if (!child || event.button !== 0 || child.item.ticket) return;
  // A finger on the card scrolls; on the handle it drags.
  if (event.pointerType !== "mouse" && !event.target.closest(".handle")) return;
  drag = { child, item: child.item, x: event.clientX, y: event.clientY, pointer: event.pointerId, ghost: null };
}

function pull(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < BEGINS_AFTER) return;
    drag.ghost = drag.child.cloneNode(true);
    drag.ghost.className = "ghost";
    drag.ghost.style.width = `${drag.child.offsetWidth}px`;
    document.body.append(drag.ghost);
    drag.child.dataset.dragged = "1";
    start(drag.item);
    drag.scrolls = setInterval(scroll, 16);
  }
  event.preventDefault();
  drag.x = event.clientX;
  drag.y = event.clientY;
  hover();
}

/** What the pointer is over now: it may stand still while the book goes on under it. */
function hover() {
  drag.ghost.style.transform = `translate(${drag.x + 8}px, ${drag.y + 8}px)`;
  const over = document.elementFromPoint(drag.x, drag.y);
  const free = over?.closest("li.free")?.item;
  const fits = free && free.slot.service === drag.item.slot.service ? free : null;
  if (fits && (!moving.target || grid.keyOfSlot(fits) !== grid.keyOfSlot(moving.target))) choose(fits, false);
  drag.over = fits;
  turnDay(over);
}

/** Near the edge of the window the book goes on, for as long as the pointer is there. */
function scroll() {
  const foot = innerHeight - byId("moving").offsetHeight;
  const by = drag.y < EDGE ? -8 : drag.y > foot - EDGE ? 8 : 0;
  if (by === 0) return;
  scrollBy(0, by);
  hover();
}

/** Held over the buttons of the days, the card goes to another day. */
function turnDay(over) {
  const button = over?.closest("#next, #previous");
  if (button === drag.button) return;
  clearTimeout(drag.turns);
  drag.button = button;
  if (button) drag.turns = setTimeout(() => button.click(), TURNS_AFTER);
}

function drop(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { over, ghost, child } = drag;
  if (ghost && over) {
    endDrag(false);
    finish();
    return;
  }
  endDrag();
  // The press that ends a drag comes after it, and only to what is still there.
  setTimeout(() => delete child.dataset.dragged);
}

function endDrag(leaves = true) {
  if (!drag) return;
  clearTimeout(drag.turns);
  clearInterval(drag.scrolls);
  drag.ghost?.remove();
  const dragged = drag.ghost;
  drag = null;
  if (dragged && leaves) leave();
}
