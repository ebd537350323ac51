// The calls: the one that is made now on its sheet, those before it in rows, and how one becomes the other.
import { icon, inLanguage } from "/display-languages.js";
import { byId, element, setText } from "/dom.js";

const MOVES = 800;
const EASE = "cubic-bezier(.2, .8, .2, 1)";
const ARROW = "M3 12h17M13 5l7 7l-7 7";
// Sizes of a text, as parts of the one from which it is read at ten metres.
const LARGEST = 1.5;
const SMALLEST = 0.5;
const STEP = 0.05;

let settings = null;
// What is on the sheet and in the rows, by number.
let now = null;
let rows = [];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Takes the languages. */
export function begin(all) {
  settings = all;
  byId("now").append(icon("waves", "0 0 24 24", ["M4 9v6h4l5 4V5L8 9z"], ["M16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11", "line"]));
  draw();
}

/** Shows the calls of the desk, latest first; what is being spoken stays on the sheet until that is done. */
export function show(calls, spoken) {
  const onSheet = calls.find((call) => call.number === spoken?.number) ?? calls[0] ?? null;
  place(calls, onSheet);
}

/** A call is announced: it comes onto the sheet. */
export function announce(calls, call) {
  place([call, ...calls.filter(({ number }) => number !== call.number)], call);
  byId("now").classList.add("calling");
  const words = `${call.number}: ${call.places[call.language] ?? ""}`;
  setText(inLanguage(byId("announce"), call.language), words);
}

/** It has been announced. */
export function announced() {
  byId("now").classList.remove("calling");
}

function place(calls, onSheet) {
  // With the one on the sheet they are the last four, also while an older one is still being spoken.
  const latest = [...calls].sort((one, other) => other.id - one.id).slice(0, settings.last_calls);
  const next = latest.filter((call) => call.number !== onSheet?.number);
  const print = (call) => call && `${call.number} ${call.id} ${JSON.stringify(call.places)}`;
  if (print(onSheet) === print(now) && next.map(print).join() === rows.map(print).join()) return;
  const before = places();
  now = onSheet;
  rows = next;
  draw();
  move(before);
}

function draw() {
  const sheet = byId("now");
  sheet.classList.toggle("empty", now === null);
  byId("idle").hidden = now !== null;
  byId("now-place").replaceChildren(...(now ? [drawn(now)] : []));
  byId("rows").replaceChildren(...rows.map((call) => element("li", {}, drawn(call))));
  byId("before").hidden = rows.length === 0;
  fit();
}

function drawn(call) {
  const { language } = call;
  const others = settings.languages.filter(({ code }) => code !== language).map(({ code }) => inLanguage(element("span", { textContent: call.places[code] }), code));
  return element(
    "div",
    { className: "call", "data-number": call.number },
    element("p", { className: "number", textContent: call.number }),
    icon("arrow", "0 0 24 24", [ARROW]),
    element(
      "div",
      { className: "where" },
      inLanguage(element("p", { className: "go-to", textContent: settings.go_to[language] ?? "" }), language),
      inLanguage(element("p", { className: "place", textContent: call.places[language] ?? "" }), language),
      element("p", { className: "others" }, ...others),
    ),
  );
}

/** Gives numbers and places the size that their room allows: on the sheet a short name is larger, a long one has two lines. */
export function fit() {
  for (const number of document.querySelectorAll(".now .number")) shrink(number, 1);
  for (const place of document.querySelectorAll(".call .place")) {
    const onSheet = place.closest(".now") !== null;
    place.classList.remove("two-lines");
    if (shrink(place, onSheet ? LARGEST : 1, onSheet ? 1 : SMALLEST) || !onSheet) continue;
    place.classList.add("two-lines");
    shrink(place, 1);
  }
}

/** Makes a text as large as fits between two sizes; answers whether it does. */
function shrink(target, from, to = SMALLEST) {
  // Only the place on the sheet has others above and below it that need room too.
  const room = target.closest(".now .where");
  for (let scale = from; scale > to - STEP / 2; scale -= STEP) {
    target.style.setProperty("--fit", scale);
    if (target.scrollWidth <= target.clientWidth + 1 && (room === null || heightOf(room.children) <= room.clientHeight + 1)) return true;
  }
  return false;
}

/** From the top of the first that is shown to the bottom of the last. */
function heightOf(parts) {
  const boxes = [...parts].map((part) => part.getBoundingClientRect()).filter(({ height }) => height > 0);
  return boxes.at(-1).bottom - boxes[0].top;
}

/** Where each number stands, and each call with it. */
function places() {
  const found = new Map();
  for (const call of document.querySelectorAll(".call")) {
    const number = call.querySelector(".number");
    found.set(call.dataset.number, { box: call.getBoundingClientRect(), size: Number.parseFloat(getComputedStyle(number).fontSize), number: number.getBoundingClientRect() });
  }
  return found;
}

/** Everybody sees where a number went: the sheet's becomes a row, the rows make room, a new one comes onto the sheet. */
function move(before) {
  for (const call of document.querySelectorAll(".call")) {
    const was = before.get(call.dataset.number);
    if (calm.matches) {
      if (!was) call.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 400 });
      continue;
    }
    const number = call.querySelector(".number");
    const rest = [...call.children].filter((part) => part !== number);
    if (!was) {
      number.animate([{ opacity: 0, transform: "translateY(35%) scale(.8)" }, { opacity: 1, transform: "none" }], { duration: MOVES, easing: EASE });
      for (const part of rest) part.animate([{ opacity: 0 }, { opacity: 0, offset: 0.3 }, { opacity: 1 }], { duration: MOVES });
      continue;
    }
    const is = number.getBoundingClientRect();
    const grown = was.size / Number.parseFloat(getComputedStyle(number).fontSize);
    const [x, y] = [was.number.left - is.left, was.number.top - is.top];
    if (Math.abs(x) < 1 && Math.abs(y) < 1 && grown === 1) continue;
    number.animate([{ transformOrigin: "0 0", transform: `translate(${x}px, ${y}px) scale(${grown})` }, { transformOrigin: "0 0", transform: "none" }], { duration: MOVES, easing: EASE });
    for (const part of rest) part.animate([{ opacity: 0, transform: `translateY(${was.box.top - call.getBoundingClientRect().top}px)` }, { opacity: 1, transform: "none" }], { duration: MOVES, easing: EASE });
  }
}
