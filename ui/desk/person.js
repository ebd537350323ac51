// Who is signed in, and everything that is done in their name. Whatever the desk refuses because nobody is signed in any
// more asks who is there, and is done once they are back: nothing that they wrote is lost by it. Whoever else comes gets a
// page of their own.
import { byId, capital, dropDrafts, element, hasDrafts, say, setText } from "/elements.js";
import { raise, signIn } from "/sign-in.js";
import { language, t } from "/words.js";

const PATIENCE = 10000;
// The person is there: told to the desk at most this often while they type or touch.
const TOLD_EVERY = 30000;
const WARN_BEFORE = 60000;

let me = null;
// Who was there last: what stands on the page is theirs.
let last = null;
let endsAt = Infinity;
let lastAt = Infinity;
let toldAt = 0;
let asking = null;
const listeners = [];

/** Whoever is signed in, or null. */
export const person = () => me;

/** Whether whoever is signed in may do something; what they may not is not offered. */
export const may = (what) => me?.may.includes(what) ?? false;

/** Calls back whenever somebody else is there, or nobody. */
export function onChange(listener) {
  listeners.push(listener);
}

/**
 * Makes the header work and finds out who is there; asks, where nobody is. `needs` is the permission without which the
 * page shows nothing: whoever has it not begins on their own page.
 */
export async function begin(needs) {
  document.body.dataset.page = needs ?? "";
  byId("person").addEventListener("click", toggleMenu);
  byId("said-close").addEventListener("click", () => say(""));
  addEventListener("keydown", (event) => event.key === "Escape" && closeMenu());
  addEventListener("pointerdown", (event) => !event.target.closest("#person-menu, #person") && closeMenu());
  for (const act of ["pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(act, there, { passive: true, capture: true });
  // A browser may keep the page as it was, and show it to whoever presses Back.
  addEventListener("pageshow", (event) => event.persisted && leave());
  setInterval(watch, 1000);
  show();
  await meet();
}

/** Finds out who is signed in, also where the desk is just starting. */
async function meet() {
  if (me || asking) return;
  const response = await fetch("/api/me", { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (response?.ok) took(await response.json());
  else if (response?.status === 401) ask();
  else setTimeout(meet, 2000);
}

/** Somebody is signed in, or still is. Answers whether the page goes on as it is. */
function took(told) {
  if (last && (last.id !== told.id || last.role !== told.role)) {
    leave();
    return false;
  }
  last = told;
  const isNew = me?.id !== told.id || me?.role !== told.role || document.body.classList.contains("nobody");
  if (isNew) toldAt = Date.now();
  me = told;
  endsAt = Date.now() + told.ends_in;
  lastAt = Date.now() + told.ends_at_last_in;
  if (!reads(told.language)) return true;
  document.body.classList.remove("nobody");
  document.body.dataset.may = told.may.join(" ");
  show();
  const needs = document.body.dataset.page;
  if (needs && !may(needs)) {
    location.assign(told.home);
    return false;
  }
  if (isNew) listeners.forEach((listener) => listener(me));
  return true;
}

/** Opens the page anew: nothing of what somebody wrote, looked up or was shown comes along. */
function leave() {
  document.body.classList.add("nobody");
  dropDrafts();
  location.reload();
}

/**
 * Whether the page is in somebody's language. Where it is not, it is opened anew; but what somebody has half written is
 * worth more than the language, so then it waits until that is sent.
 */
function reads(theirs) {
  // The desk knows by this in which language to ask who is there.
  document.cookie = `vestibule-language=${theirs}; Path=/; Max-Age=31536000; SameSite=Strict`;
  if (theirs === language || hasDrafts()) return true;
  location.reload();
  return false;
}

/** Nobody is signed in any more: what is written stays where it is, and nobody can read it. */
export function gone() {
  if (document.body.classList.contains("nobody")) return;
  me = null;
  endsAt = Infinity;
  if (byId("idle")) byId("idle").hidden = true;
  document.body.classList.add("nobody");
  delete document.body.dataset.may;
  show();
  listeners.forEach((listener) => listener(null));
  ask();
}

/** Asks who is there. Answers whether somebody is now. */
export async function ask({ isSwitch = false } = {}) {
  if (!isSwitch && !me) document.body.classList.add("nobody");
  if (asking) raise();
  asking ??= signIn({ isSwitch, drafts: last && hasDrafts() ? last.name : "", before: isSwitch ? null : last?.id }).finally(() => {
    asking = null;
  });
  const told = await asking;
  return told ? took(told) : false;
}

function show() {
  setText(byId("person"), me ? `${me.name} · ${me.role_words}` : t("Nobody is signed in"));
  byId("person").setAttribute("aria-expanded", "false");
  closeMenu();
}

function closeMenu() {
  byId("person-menu")?.remove();
  byId("person").setAttribute("aria-expanded", "false");
}

function toggleMenu() {
  if (!me) return void ask();
  if (byId("person-menu")) return closeMenu();
  const item = (words, does) => {
    const button = element("button", { type: "button", className: "quiet", textContent: words });
    button.addEventListener("click", () => {
      closeMenu();
      does();
    });
    return button;
  };
  const menu = element(
    "div",
    { id: "person-menu", className: "person-menu", role: "group", "aria-label": t("Signed in as {name}", { name: me.name }) },
    item(t("Switch person"), () => ask({ isSwitch: true })),
    item(t("Language, password, personal number…"), async () => (await import("/own.js")).open()),
    item(t("Sign out"), () => (hasDrafts() ? warn(item) : signOut())),
  );
  showMenu(menu);
}

/** Whoever has half written something is told before it is lost. */
function warn(item) {
  showMenu(
    element(
      "div",
      { id: "person-menu", className: "person-menu", role: "group", "aria-labelledby": "person-warning" },
      element("p", { id: "person-warning", textContent: t("What you have half written is lost when you sign out.") }),
      item(t("Sign out all the same"), signOut),
      item(t("Stay signed in"), () => byId("person").focus()),
    ),
  );
  // Where the pointer is and the keyboard goes, a second press by mistake does no harm.
  byId("person-menu").lastElementChild.focus();
}

function showMenu(menu) {
  byId("person").after(menu);
  byId("person").setAttribute("aria-expanded", "true");
  menu.querySelector("button").focus();
}

async function signOut() {
  const response = await post("/api/sign-out", {}).catch(() => null);
  if (response?.ok || response?.status === 401) leave();
  else say(t("You are still signed in: the desk's computer did not answer. Try again."));
}

/** A person touches or types. */
function there(event) {
  if (!me || !event.isTrusted) return;
  const warned = byId("idle")?.hidden === false;
  if (Date.now() - toldAt > TOLD_EVERY || warned) stay();
}

/** Tells the desk that somebody is there, and hears who it takes them for. */
export async function stay() {
  toldAt = Date.now();
  const response = await post("/api/me/stay", {}).catch(() => null);
  if (response?.ok) took(await response.json());
  else if (response?.status === 401) gone();
}

/** Says a minute before that the session ends, and notices when it has. */
async function watch() {
  const strip = byId("idle") ?? makeStrip();
  const left = Math.min(endsAt, lastAt) - Date.now();
  if (!me || left > WARN_BEFORE) {
    strip.hidden = true;
    return;
  }
  if (strip.hidden || left <= 0) {
    // Another window of this browser may have kept the session alive.
    const response = await fetch("/api/me", { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
    if (response?.status === 401) return gone();
    if (response?.ok) took(await response.json());
    if (Math.min(endsAt, lastAt) - Date.now() > WARN_BEFORE) return;
  }
  const seconds = Math.max(0, Math.ceil((Math.min(endsAt, lastAt) - Date.now()) / 1000));
  const atLast = lastAt <= endsAt;
  setText(
    byId("idle-words"),
    atLast
      ? t("Your shift at this desk is long: you sign in anew in {seconds} s. What you are writing stays.", { seconds })
      : t("Nobody has done anything here for a while: you are signed out in {seconds} s. Press any key to stay.", { seconds }),
  );
  if (strip.hidden) {
    strip.hidden = false;
    setText(byId("idle-told"), atLast ? "" : t("You are signed out in a minute. Press any key to stay."));
  }
}

function makeStrip() {
  const button = element("button", { type: "button", textContent: t("Stay signed in") });
  button.addEventListener("click", stay);
  const strip = element(
    "div",
    { id: "idle", className: "strip strip-idle", hidden: true },
    element("strong", { id: "idle-words" }),
    button,
  );
  document.querySelector(".strips").append(strip, element("p", { id: "idle-told", className: "hidden", role: "alert" }));
  return strip;
}

function post(path, details) {
  return fetch(path, {
    method: "POST",
    // In another window of this browser somebody else may have signed in since: this is not done in their name.
    headers: { "content-type": "application/json", "x-vestibule-desk": "1", ...(me ? { "x-vestibule-person": me.id } : {}) },
    body: JSON.stringify(details),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

/** Sends something; asks who is there where nobody is signed in, and sends it again then. */
async function send(request) {
  for (;;) {
    const response = await request();
    if (response.status !== 401) {
      return response;
    }
    gone();
    if (!(await ask())) return response;
  }
}

const refused = (response, told) =>
  told.error ? capital(told.error) : t("The desk refused this (status {status}). Reload the page and try again.", { status: response.status });

/** Does something at the desk as whoever is signed in. Answers what went wrong in words, or null. */
export async function act(path, details = {}) {
  let response;
  try {
    response = await send(() => post(path, details));
  } catch {
    return t("The desk's computer did not answer. Nothing was lost: try again.");
  }
  if (response.ok) {
    return null;
  }
  return refused(response, await response.json().catch(() => ({})));
}

/** Asks the desk what it finds. Answers that, or { error } in words. */
export async function look(path, details) {
  try {
    const response = await send(() => post(path, details));
    const told = await response.json().catch(() => ({}));
    return response.ok ? told : { error: refused(response, told) };
  } catch {
    return { error: t("The desk's computer did not answer: try again.") };
  }
}

/** Reads something from the desk. Answers that, or { error } in words; throws where the desk does not answer. */
export async function read(path) {
  const response = await send(() => fetch(path, { signal: AbortSignal.timeout(PATIENCE) }));
  const told = await response.json().catch(() => ({}));
  return response.ok ? told : { error: refused(response, told) };
}
