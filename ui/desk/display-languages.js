// What stands in several languages: one after the other where there is no room for all, else side by side.
import { byId, element, setText } from "/dom.js";

const TURN_EVERY = 7000;
// Two services one above the other; more take turns.
const AT_ONCE = 2;
const LATE = "M12 8v5M12 16.5v.2M12 3l10 17.5H2z";
const CLOCK = "M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0z";

let words = [];
let notices = [];
let turn = 0;

/** An icon of lines. */
export function icon(className, box, ...paths) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", box);
  made.setAttribute("class", className);
  made.setAttribute("aria-hidden", "true");
  for (const [d, name] of paths) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    if (name) path.setAttribute("class", name);
    made.append(path);
  }
  return made;
}

/** Marks an element as one of a language. */
export function inLanguage(target, code) {
  target.lang = code;
  target.dir = words.find((each) => each.code === code)?.rtl ?? rightToLeft(code) ? "rtl" : "ltr";
  return target;
}

/** A patient's language that the screen does not have otherwise. */
const rightToLeft = (code) => ["ar", "fa", "he", "ur"].includes(code.split("-")[0]);

/** Takes the languages, and begins to turn. */
export function begin(settings) {
  words = settings.languages;
  const practice = byId("practice");
  practice.hidden = !settings.practice;
  inLanguage(practice, words[0].code);
  setText(practice, words[0].practice);
  setText(byId("before-title"), words[0].last);
  setText(byId("now-title"), words[0].title);
  byId("idle").replaceChildren(...words.map(({ code, idle }) => inLanguage(element("p", { textContent: idle }), code)));
  sayTouch();
  setInterval(() => {
    turn += 1;
    sayTouch();
    drawNotices();
  }, TURN_EVERY);
}

/** The language whose turn it is. */
const current = () => words[turn % words.length];

function sayTouch() {
  const { code, sound } = current();
  setText(inLanguage(byId("sound-words"), code), sound);
}

/** Shows which services run late, and how long who comes now would wait. */
export function showNotices(late, waits) {
  const before = JSON.stringify(notices);
  notices = [...late.map((notice) => ({ ...notice, late: true })), ...waits];
  if (JSON.stringify(notices) !== before) drawNotices();
}

function drawNotices() {
  const target = byId("notices");
  target.hidden = notices.length === 0;
  target.classList.toggle("late", notices.some(({ late }) => late));
  const pages = Math.max(1, Math.ceil(notices.length / AT_ONCE));
  const page = Math.floor(turn / words.length) % pages;
  const { code } = current();
  const lines = notices.slice(page * AT_ONCE, (page + 1) * AT_ONCE).map(({ texts, late }) =>
    inLanguage(element("p", { className: late ? "late turning" : "turning" }, icon("", "0 0 24 24", [late ? LATE : CLOCK]), element("span", { textContent: texts[code] })), code),
  );
  target.replaceChildren(...lines);
}

/** Says in every language since when nothing arrives; null: it does. */
export function showLost(since) {
  const target = byId("lost");
  target.hidden = since === null;
  if (since === null) return target.replaceChildren();
  const lines = words.map(({ code, lost }) => ({ code, text: lost.replace("{time}", since) }));
  if (target.textContent !== lines.map(({ text }) => text).join("")) {
    target.replaceChildren(...lines.map(({ code, text }) => inLanguage(element("p", { textContent: text }), code)));
  }
}
