// Who is at the desk: asked once, kept in this browser, sent with everything done.
import { byId, capital, setText } from "/elements.js";

const KEY = "vestibule.person";
let waiting = null;

/** The name, or an empty text. */
export function person() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return byId("person").dataset.name ?? "";
  }
}

/** The name; asks for it if nobody has said it yet. Null if they would rather not. */
export async function ask(anew = false) {
  if (person() && !anew) return person();
  const dialog = byId("person-dialog");
  byId("person-name").value = person();
  if (!dialog.open) dialog.showModal();
  byId("person-name").select();
  return new Promise((resolve) => {
    waiting?.(null);
    waiting = resolve;
  });
}

/** Makes the button and the dialog work. */
export function begin() {
  const dialog = byId("person-dialog");
  byId("person").addEventListener("click", () => ask(true));
  byId("person-later").addEventListener("click", () => dialog.close());
  byId("person-form").addEventListener("submit", (event) => {
    const name = byId("person-name").value.trim();
    if (!name) {
      event.preventDefault();
      return;
    }
    call(name);
    answer(name);
  });
  dialog.addEventListener("close", () => answer(null));
  show();
}

/** From now on whoever is at the desk has this name. */
export function call(name) {
  byId("person").dataset.name = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Without storage the name lasts as long as the page.
  }
  show();
}

function answer(name) {
  waiting?.(name);
  waiting = null;
}

function show() {
  setText(byId("person"), person() ? `${person()} · change` : "Who is at the desk?");
}

/** Does something at the desk under the person's name. Answers what went wrong in words, or null. */
export async function act(path, details = {}) {
  const by = await ask();
  if (!by) return "Say who you are first: patients are told who is on the way.";
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vestibule-desk": "1" },
      body: JSON.stringify({ by, ...details }),
      signal: AbortSignal.timeout(10000),
    });
  } catch {
    return "The desk's computer did not answer. Nothing was lost: try again.";
  }
  if (response.ok) return null;
  const told = await response.json().catch(() => ({}));
  return told.error ? capital(told.error) : `The desk refused this (status ${response.status}). Reload the page and try again.`;
}

/** Asks the desk what it finds. Answers that, or what went wrong in words. */
export async function look(path, details) {
  const by = await ask();
  if (!by) return { error: "Say who you are first." };
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vestibule-desk": "1" },
      body: JSON.stringify({ by, ...details }),
      signal: AbortSignal.timeout(10000),
    });
    return await response.json();
  } catch {
    return { error: "The desk's computer did not answer: try again." };
  }
}
