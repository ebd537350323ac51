// Asking who is there, over whatever the page shows: name and password, or the personal number of somebody who gave the
// password in this browser not long ago; and one-time codes.
import { capital, element, rebuilt, setText } from "/elements.js";
import { t } from "/words.js";

const PATIENCE = 20000;
let dialog = null;
let parts = {};
let done = null;
let chosen = null;
let waiting = "";
let isSwitch = false;

/**
 * Asks. Answers who is signed in then, or null where somebody was before and stays. `drafts` is the name of whoever has half
 * written something on the page, `before` the id of whoever was there last and is probably back.
 */
export async function signIn({ isSwitch: switches = false, withCode = false, drafts = "", before = null } = {}) {
  dialog ??= make();
  isSwitch = switches;
  chosen = null;
  parts.form.reset();
  setText(parts.said, "");
  setText(parts.title, switches ? t("Switch person") : t("Who is at the desk?"));
  parts.back.hidden = !switches;
  setText(parts.drafts, drafts ? t("What {name} has half written stays for {name}, and is lost when somebody else signs in.", { name: drafts }) : "");
  parts.drafts.hidden = !drafts;
  show();
  turn(withCode);
  if (!dialog.open) dialog.showModal();
  const told = await fetch("/api/sign-in", { signal: AbortSignal.timeout(PATIENCE) }).then((response) => response.json(), () => null);
  if (dialog.open && told) showPeople(told, withCode, before);
  return new Promise((resolve) => {
    done = resolve;
  });
}

/** Lies on top of whatever was opened since. */
export function raise() {
  if (!dialog?.open) return;
  const focused = dialog.contains(document.activeElement) ? document.activeElement : null;
  dialog.close();
  dialog.showModal();
  (focused ?? first()).focus();
}

/** What waits for a person while nobody is signed in. */
export function tellWaiting(words) {
  waiting = words;
  if (dialog) show();
}

function show() {
  setText(parts.waiting, isSwitch ? "" : waiting);
  parts.waiting.hidden = !parts.waiting.textContent;
}

function make() {
  const labelled = (label, input) => element("p", {}, element("label", { for: input.id, textContent: label }), input);
  const name = element("input", { id: "sign-in-name", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: false, maxLength: 60 });
  const password = element("input", { id: "sign-in-password", name: "password", type: "password", autocomplete: "current-password", maxLength: 256 });
  const pin = element("input", { id: "sign-in-pin", type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 6 });
  const people = element("div", { className: "who", role: "group", "aria-label": t("Who used this desk") });
  const useCode = button(t("I have a code"), "bare", () => turn(true));
  const back = button(t("Back"), "quiet", () => end(null));
  const form = element(
    "form",
    {},
    people,
    labelled(t("Name to sign in with"), name),
    labelled(t("Password"), password),
    labelled(t("Personal number"), pin),
    element("div", { className: "dialog-buttons" }, element("button", { type: "submit", className: "strong", textContent: t("Sign in") }), back, useCode),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const person = chosen ? { person: chosen.id } : { name: name.value };
    const proof = pin.parentElement.hidden ? { password: password.value } : { pin: pin.value };
    send(form, "/api/sign-in", { ...person, ...proof }, () => {
      // With the wrong number the password may be needed now.
      for (const field of [password, pin]) field.value = "";
      refresh();
    });
  });
  const code = makeCode(labelled);
  const title = element("h2", { id: "sign-in-title" });
  const waits = element("p", { className: "waits", role: "status" });
  const drafts = element("p", { className: "hint" });
  const said = element("p", { className: "said", role: "alert" });
  const made = element("dialog", { id: "sign-in", "aria-labelledby": "sign-in-title" }, title, waits, drafts, form, code.form, said);
  // Nobody gets behind it without a name; who only wanted to switch goes back.
  made.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (isSwitch) end(null);
  });
  made.addEventListener("keydown", (event) => event.key === "Escape" && !isSwitch && event.preventDefault());
  document.body.append(made);
  parts = { title, waiting: waits, drafts, said, form, people, name, password, pin, back, code, useCode };
  return made;
}

function button(words, className, does) {
  const made = element("button", { type: "button", className, textContent: words });
  made.addEventListener("click", does);
  return made;
}

function makeCode(labelled) {
  const code = element("input", { id: "code", autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: false, maxLength: 40, required: true });
  const name = element("input", { id: "code-name", autocomplete: "name", maxLength: 60 });
  const signInName = element("input", { id: "code-sign-in", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: false, maxLength: 40 });
  const password = element("input", { id: "code-password", type: "password", autocomplete: "new-password", maxLength: 256, "aria-describedby": "code-hint" });
  const again = element("input", { id: "code-again", type: "password", autocomplete: "new-password", maxLength: 256 });
  const who = element("p", { className: "who-code" });
  const admin = element("div", { className: "fields" }, labelled(t("Your name, as patients are told it"), name), labelled(t("Your name to sign in with"), signInName));
  const secret = element(
    "div",
    { className: "fields" },
    labelled(t("New password"), password),
    element("small", { id: "code-hint", className: "hint", textContent: t("12 characters or more. Several words are easy to keep and hard to guess.") }),
    labelled(t("New password once more"), again),
  );
  const submit = element("button", { type: "submit", className: "strong" });
  const form = element(
    "form",
    { hidden: true },
    labelled(t("One-time code"), code),
    who,
    admin,
    secret,
    element("div", { className: "dialog-buttons" }, submit, button(t("Sign in with a password"), "quiet", () => turn(false))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (secret.hidden) send(form, "/api/sign-in/code", { code: code.value }, null, good);
    else if (password.value !== again.value) setText(parts.said, t("The two passwords are not the same."));
    else send(form, "/api/sign-in/set-password", { code: code.value, password: password.value, name: name.value, sign_in: signInName.value });
  });
  const reset = () => {
    admin.hidden = secret.hidden = true;
    code.readOnly = false;
    setText(who, "");
    setText(submit, t("Go on"));
  };
  const good = (told) => {
    secret.hidden = false;
    admin.hidden = told.for !== "administrator";
    code.readOnly = true;
    setText(who, admin.hidden ? t("{name}, you sign in as “{sign_in}”. Choose a password.", told) : t("With this code you become an administrator."));
    setText(submit, t("Keep it and sign in"));
    for (const field of [name, signInName]) field.required = !admin.hidden;
    (admin.hidden ? password : name).focus();
  };
  reset();
  return { form, code, reset };
}

/** With a code, or with name and password. */
function turn(toCode) {
  parts.form.hidden = toCode;
  parts.code.form.hidden = !toCode;
  setText(parts.said, "");
  parts.code.form.reset();
  parts.code.reset();
  choose(chosen);
  if (dialog.open) first().focus();
}

function first() {
  if (!parts.code.form.hidden) return parts.code.code;
  if (!parts.pin.parentElement.hidden) return parts.pin;
  return chosen ? parts.password : parts.people.querySelector("button") ?? parts.name;
}

function showPeople(told, withCode, before) {
  if (told.is_new && !withCode) turn(true);
  rebuilt(parts.people, told.people, () =>
    told.people.length === 0
      ? []
      : [
          ...told.people.map((person) => {
            const made = button(person.name, "person-choice", () => {
              choose(person);
              first().focus();
            });
            made.dataset.person = person.id;
            return made;
          }),
          button(t("Somebody else"), "person-choice quiet", () => {
            choose(null);
            parts.name.focus();
          }),
        ],
  );
  parts.people.hidden = told.people.length === 0;
  const again = told.people.find(({ id }) => id === (chosen?.id ?? before));
  // Somebody may have begun to type a name already.
  choose(parts.name.value ? null : (again ?? null));
  if (before && chosen && dialog.contains(document.activeElement)) first().focus();
}

async function refresh() {
  const told = await fetch("/api/sign-in", { signal: AbortSignal.timeout(PATIENCE) }).then((response) => response.json(), () => null);
  // Whoever tried a password is not sent to the code, also where nobody has an account yet.
  if (dialog.open && told) showPeople(told, true);
  // The name that was typed stays: mostly it is the password that was wrong.
  (!chosen && parts.name.value ? parts.password : first()).focus();
}

function choose(person) {
  chosen = person;
  const byPin = Boolean(person?.pin_is_enough);
  parts.name.parentElement.hidden = Boolean(person);
  parts.name.required = !person;
  parts.password.parentElement.hidden = byPin;
  parts.password.required = !byPin;
  parts.pin.parentElement.hidden = !byPin;
  parts.pin.required = byPin;
  for (const each of parts.people.querySelectorAll("button")) each.setAttribute("aria-pressed", String((each.dataset.person ?? "") === (person?.id ?? "")));
}

async function send(form, path, details, wrong, right = end) {
  const submit = form.querySelector("[type=submit]");
  submit.disabled = true;
  setText(parts.said, "");
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-vestibule-desk": "1" },
      body: JSON.stringify(details),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const told = await response.json().catch(() => ({}));
    if (response.ok) right(told);
    else {
      setText(parts.said, capital(told.error ?? t("The desk refused this (status {status}). Reload the page and try again.", { status: response.status })));
      wrong?.();
    }
  } catch {
    setText(parts.said, t("The desk's computer did not answer: try again."));
  }
  submit.disabled = false;
}

function end(told) {
  parts.form.reset();
  parts.code.form.reset();
  dialog.close();
  done?.(told);
  done = null;
}
