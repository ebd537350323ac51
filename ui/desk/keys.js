// Keys that do what a button does, for hands that stay on the keyboard: shown beside the buttons, heard only where
// nobody writes, and switched off by who is in their way (WCAG 2.1.4).
import { element } from "/elements.js";
import { t } from "/words.js";

const KEY = "vestibule.keys";
let known = {};
let off = false;

function isOff() {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return off;
  }
}

/** Listens for `keys`: each letter with its words and what it does. */
export function begin(keys) {
  known = keys;
  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!Object.hasOwn(known, key) || event.repeat || event.ctrlKey || event.altKey || event.metaKey || isOff()) return;
    // Where somebody writes or chooses, and while a dialog asks something, a letter is a letter.
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (document.body.classList.contains("nobody")) return;
    event.preventDefault();
    known[key].does();
  });
  show();
}

/** The switch, with what each key does. */
export function make() {
  const box = element("input", { type: "checkbox", id: "keys-on", checked: !isOff() });
  box.addEventListener("change", () => {
    off = !box.checked;
    try {
      localStorage.setItem(KEY, box.checked ? "on" : "off");
    } catch {
      // Then it lasts as long as the page.
    }
    show();
  });
  const list = Object.entries(known).flatMap(([key, { words }]) => [element("kbd", { textContent: key.toUpperCase() }), ` ${words} `]);
  return element("div", { className: "keys" }, element("label", {}, box, element("span", { textContent: t("Keys") })), element("p", {}, ...list));
}

/** What stands in a button that a key presses. */
export const hint = (key) => element("kbd", { "aria-hidden": "true", textContent: key.toUpperCase() });

function show() {
  document.body.classList.toggle("no-keys", isOff());
}
