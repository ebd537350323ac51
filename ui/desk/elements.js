// Making and keeping elements. Text goes in as text nodes only, so nothing a patient typed can become markup.
import { byId, element, setText } from "/dom.js";
import { t } from "/words.js";

export { byId, element, setText };

/** The desk's reasons begin small, to stand behind a colon; on the page they are sentences. */
export const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** Says in words that something went wrong, at the top of the page until somebody closes it or it is mended. */
export function say(words) {
  setText(byId("said-words"), words ?? "");
  byId("said").hidden = !words;
}

/**
 * Makes the children of `parent` those of `items`, keeping the elements that are there already: what
 * somebody is typing, and where the keyboard is, survives every update.
 */
export function keep(parent, items, keyOf, make, update) {
  const wanted = new Set(items.map((item) => String(keyOf(item))));
  for (const child of [...parent.children]) {
    if (!wanted.has(child.dataset.key)) child.remove();
  }
  const here = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const child = here.get(key) ?? make(item);
    child.dataset.key = key;
    update(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

// What each element shows; not in the page itself, where it would be twice what a patient said.
const prints = new WeakMap();

/** Makes children anew only where what they show has changed: selections and the keyboard stay where they are. */
export function rebuilt(parent, shows, make) {
  const print = JSON.stringify(shows);
  if (prints.get(parent) === print) return;
  prints.set(parent, print);
  parent.replaceChildren(...make().filter((child) => child !== null && child !== undefined));
}

/** Makes the options of a choice those of `choices` ({ id, text }); what is chosen stays chosen while it is there. */
export function offer(select, choices) {
  const chosen = select.value;
  rebuilt(select, choices, () => [
    element("option", { value: "", textContent: t("Choose…") }),
    ...choices.map(({ id, text }) => element("option", { value: id, textContent: text })),
  ]);
  if (select.value !== chosen && choices.some(({ id }) => id === chosen)) select.value = chosen;
}

/** Whether something is half written. */
export const hasDrafts = () => [...document.querySelectorAll("textarea")].some((field) => field.value.trim());

/** Forgets all that is half written. */
export function dropDrafts() {
  for (const form of document.forms) form.reset();
  for (const field of document.querySelectorAll("textarea")) field.value = "";
}

/** Whoever leaves the page with something half written is asked first. */
export function keepDrafts() {
  addEventListener("beforeunload", (event) => {
    if (hasDrafts()) event.preventDefault();
  });
}

/** Minutes and seconds, or hours and minutes: "2:07", "1 h 04". */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)}`;
}
