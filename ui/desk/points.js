// The service points at which whoever sits here works, each with who is there and who is next; the others in short.
import { answersButton, showButton } from "/answers.js";
import { byId, element, keep, rebuilt, setText, span } from "/elements.js";
import { hint } from "/keys.js";
import { act, look } from "/person.js";
import { leave, transfer } from "/queue-dialogs.js";
import { t } from "/words.js";

const KEY = "vestibule.points";
// A finger that trembles presses twice: the second press would end the visit of the patient who was called by the first.
const GUARD = 1500;
// So long a mistake is taken back with one press.
const UNDO_FOR = 60000;

let queue = { points: [], waiting: [], services: [], groups: [] };
let here = new Map();
let undo = null;

/** The ids of the points as they are kept in this browser. */
function chosen() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return byId("my-points").chosen ?? [];
  }
}

function choose(ids) {
  byId("my-points").chosen = ids;
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Without storage they last as long as the page.
  }
}

/** The points at which whoever sits here works. */
export function mine({ points }) {
  const ids = chosen();
  return points.filter(({ id }) => ids.includes(id));
}

/** Where a patient of a service is called from here: a point that serves it and is free before one that is not. */
export function pointFor(service) {
  const own = mine(queue);
  const serving = own.filter(({ services }) => services.includes(service));
  return serving.find((point) => !point.here) ?? serving[0] ?? own[0] ?? null;
}

/** Builds the part of the page. Nothing is offered before the first board has come: there would be no points to choose from. */
export function make() {
  const title = element("h2", { id: "point-title", textContent: t("My service point") });
  const change = element("button", { type: "button", id: "points-choose", className: "small quiet", "aria-haspopup": "dialog", hidden: true });
  change.addEventListener("click", openChoice);
  const first = element("button", { type: "button", className: "strong", textContent: t("I am at…") });
  first.addEventListener("click", openChoice);
  const back = element("button", { type: "button", id: "queue-undo", className: "small", hidden: true });
  back.addEventListener("click", takeBack);
  document.body.append(makeChoice());
  return element(
    "section",
    { id: "point", "aria-labelledby": "point-title", tabIndex: -1 },
    element("div", { className: "section-head" }, title, change),
    element("div", { id: "points-none", className: "empty", hidden: true }, element("p", { textContent: t("Where do you work? Choose your service point once: this browser remembers it, and you see who is there and who is next.") }), first),
    element("div", { id: "my-points", className: "points" }),
    element("div", { className: "told-line" }, element("p", { id: "queue-told", role: "status" }), back),
    element("ul", { id: "other-points", className: "other-points", "aria-label": t("Other service points") }),
  );
}

function makeChoice() {
  const close = element("button", { type: "submit", className: "strong", textContent: t("Keep") });
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "points-title", textContent: t("Where do you work?") }),
    element("fieldset", { className: "choices" }, element("legend", { textContent: t("I am at") }), element("div", { id: "points-offered" })),
    element("div", { className: "dialog-buttons" }, close, element("button", { type: "button", className: "quiet later", textContent: t("Back") })),
  );
  const dialog = element("dialog", { id: "points-dialog", "aria-labelledby": "points-title" }, form);
  form.querySelector(".later").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", () => {
    choose([...form.querySelectorAll("input:checked")].map(({ value }) => value));
    document.dispatchEvent(new CustomEvent("points"));
  });
  return dialog;
}

function openChoice() {
  const ids = chosen();
  const served = (services) => queue.services.filter(({ id }) => services.includes(id)).map(({ name }) => name).join(", ");
  byId("points-offered").replaceChildren(
    ...queue.points.map(({ id, name, services }) =>
      element(
        "label",
        {},
        element("input", { type: "checkbox", value: id, checked: ids.includes(id) }),
        element("span", {}, element("bdi", { textContent: name }), " ", element("small", { textContent: served(services) })),
      ),
    ),
  );
  byId("points-dialog").showModal();
}

/** Takes the queue of a board; `rows` are the arrivals by their visits. */
export function show(shown, rows) {
  queue = shown;
  here = rows;
  const own = mine(queue);
  const ids = own.map(({ id }) => id);
  byId("points-none").hidden = own.length > 0;
  const title = own.length > 1 ? t("My service points") : own.length === 1 ? t("I am at {point}", { point: own[0].name }) : t("My service point");
  setText(byId("point-title"), title);
  byId("points-choose").hidden = own.length === 0;
  setText(byId("points-choose"), t("I am elsewhere…"));
  byId("my-points").classList.toggle("several", own.length > 1);
  keep(byId("my-points"), own, ({ id }) => id, makePoint, updatePoint);
  const others = queue.points.filter(({ id }) => !ids.includes(id));
  byId("other-points").hidden = others.length === 0;
  keep(byId("other-points"), others, ({ id }) => id, () => element("li"), updateOther);
  if (undo && !undo.isPossible(queue)) forget();
}

/** Counts on how long somebody is at each point. `now` is the desk's time. */
export function tick(now) {
  for (const time of byId("other-points").querySelectorAll("[data-since]")) setText(time, span(now - time.dataset.since));
  for (const card of byId("my-points").children) {
    showNextButton(card);
    const call = card.pointShown.here?.call;
    if (call) setText(card.querySelector(".here-call"), calledAgo(call, now));
  }
  if (undo && Date.now() > undo.until) forget();
}

function calledAgo({ by, times, at }, now) {
  const ago = span(now - at);
  return times > 1 ? t("called by {by} {ago} ago, {times} times", { by, ago, times }) : t("called by {by} {ago} ago", { by, ago });
}

/** The first point's press, for the keyboard. */
export const callNext = () => byId("my-points").querySelector(".next")?.click();

/** The same of the patient who is there. */
export const callAgain = () => byId("my-points").querySelector(".again")?.click();

function makePoint({ id }) {
  const said = element("p", { className: "said", role: "status" });
  const next = element("button", { type: "button", className: "strong next" }, element("span"), hint("n"));
  const card = element(
    "article",
    { className: "point", "aria-labelledby": `point-${id}` },
    element("h3", { id: `point-${id}`, dir: "auto" }),
    element(
      "div",
      { className: "here" },
      element("p", { className: "here-number" }),
      element(
        "div",
        { className: "here-who" },
        element("p", { className: "here-name" }, element("bdi")),
        element("p", { className: "here-facts" }),
        element("p", { className: "here-call" }),
      ),
    ),
    element("p", { className: "here-none", textContent: t("Nobody is here.") }),
    next,
    element("p", { className: "next-line" }),
    said,
  );
  const patient = () => queue.points.find((point) => point.id === id)?.here;
  const does = async (path, words, back, details) => {
    const { visit, number } = patient() ?? {};
    if (!visit) return;
    setText(said, "");
    const wrong = await act(`/api/queue/${visit}/${path}`, details);
    setText(said, wrong ?? "");
    if (wrong === null) tell(t(words, { number }), back?.(visit, number));
  };
  const button = (className, words, press, key) => {
    const made = element("button", { type: "button", className: `small ${className}` }, words, key ? hint(key) : null);
    made.addEventListener("click", press);
    return made;
  };
  const reopen = (visit, number) => ({ words: t("Undo: {number} is not done", { number }), steps: [[visit, "reopen"]], isPossible: () => true });
  const rare = element("div", { id: `rare-${id}`, className: "here-buttons rare", hidden: true });
  const more = element("button", { type: "button", className: "small quiet more", "aria-expanded": "false", "aria-controls": `rare-${id}`, textContent: t("More") });
  more.addEventListener("click", () => {
    rare.hidden = !rare.hidden;
    more.setAttribute("aria-expanded", String(!rare.hidden));
  });
  const buttons = element(
    "div",
    { className: "here-buttons", role: "group" },
    button("again", t("Call again"), () => does("call-again", "{number} is called once more."), "r"),
    button("absent", t("Did not come"), () => does("absent", "{number} did not come: waits on, and is called again later.")),
    button("quiet transfer", t("Transfer…"), () => patient() && transfer(patient(), queue, tell)),
    button("quiet finish", t("Finish"), () => does("finish", "{number} is done.", reopen)),
    more,
    rare,
  );
  rare.append(
    button("quiet take-back", t("Called by mistake"), () => does("take-back", "{number} waits as before: the call was a mistake.")),
    button("quiet left", t("Has left…"), () => patient() && leave(patient(), tell)),
  );
  const answers = element("div", { className: "here-answers" });
  card.querySelector(".here").after(answers, buttons);
  next.addEventListener("click", () => press(card, id, said));
  return card;
}

async function press(card, id, said) {
  if (card.dataset.calling || Date.now() < Number(card.dataset.guardedUntil ?? 0)) return;
  card.dataset.calling = "1";
  setText(said, "");
  const finishes = queue.points.find((point) => point.id === id)?.here ?? null;
  const told = await look("/api/queue/next", { point: id, finishes: finishes?.visit ?? null });
  delete card.dataset.calling;
  if (told.error) {
    setText(said, told.error);
    return;
  }
  const { visit, number, point } = told;
  card.dataset.guardedUntil = Date.now() + GUARD;
  card.dataset.called = number;
  showNextButton(card);
  // The board that knows of the call may be here before the answer.
  const known = [...queue.waiting, ...queue.points.map((each) => each.here)].find((entry) => entry?.visit === visit);
  const name = known?.name;
  const words = name ? t("{number}, {name}, is called to {point}.", { number, name, point }) : t("{number} is called to {point}.", { number, point });
  tell(words, {
    words: finishes ? t("Undo: {number} back to waiting, {before} is not done", { number, before: finishes.number }) : t("Undo: {number} back to waiting", { number }),
    steps: [[visit, "take-back"], ...(finishes ? [[finishes.visit, "reopen"]] : [])],
    // Until the board that knows of the call is here, nothing can be said about it.
    isPossible: ({ points }) => !undo?.wasThere || points.some(({ here: there }) => there?.visit === visit),
    visit,
  });
}

/** Says what was done, to eyes and to screen readers; `back` is how it is taken back. */
export function tell(words, back = null) {
  setText(byId("queue-told"), words);
  undo = back ? { ...back, until: Date.now() + UNDO_FOR } : null;
  byId("queue-undo").hidden = !undo;
  setText(byId("queue-undo"), undo?.words ?? "");
}

function forget() {
  undo = null;
  byId("queue-undo").hidden = true;
}

async function takeBack() {
  const steps = undo?.steps ?? [];
  forget();
  for (const [visit, path] of steps) {
    const wrong = await act(`/api/queue/${visit}/${path}`);
    if (wrong) return tell(wrong);
  }
  tell(t("Taken back: everything is as it was before."));
  byId("my-points").querySelector(".next")?.focus();
}

function updatePoint(card, point) {
  const part = (selector) => card.querySelector(selector);
  const { here: patient } = point;
  card.pointShown = point;
  setText(part("h3"), point.name);
  card.classList.toggle("busy", Boolean(patient));
  for (const selector of [".here", ".here-buttons", ".here-answers"]) part(selector).hidden = !patient;
  part(".here-none").hidden = Boolean(patient);
  if (patient) showPatient(part, patient);
  if (undo?.visit && patient?.visit === undo.visit) undo.wasThere = true;
  const next = queue.waiting.find(({ visit }) => visit === point.next);
  rebuilt(part(".next-line"), next ? [next.number, next.name, next.service_name, next.why] : [], () =>
    next
      ? [
          element("b", {}, t("Next: {number}", { number: next.number })),
          " ",
          next.name ? element("bdi", { textContent: next.name }) : null,
          element("small", { className: "why", textContent: next.why }),
        ]
      : [t("Nobody can be called here now.")],
  );
  showNextButton(card);
}

function showNextButton(card) {
  const isGuarded = Date.now() < Number(card.dataset.guardedUntil ?? 0);
  const words = isGuarded ? t("{number} is called", { number: card.dataset.called }) : card.pointShown?.here ? t("Finish and call next") : t("Call next");
  setText(card.querySelector(".next span"), words);
}

function showPatient(part, patient) {
  setText(part(".here-number"), patient.number);
  setText(part(".here-name bdi"), patient.name ?? t("Record not here yet"));
  const facts = [patient.service_name, patient.booked && t("booked {time}", { time: patient.booked }), patient.reads && t("reads {language}", { language: patient.reads })];
  setText(part(".here-facts"), facts.filter(Boolean).join(" · "));
  part(".here-buttons").setAttribute("aria-label", t("About {number}", { number: patient.number }));
  const row = here.get(patient.visit);
  rebuilt(part(".here-answers"), [patient.visit, row?.forms, row?.has_consent], () => {
    if (!row) return [];
    const button = answersButton(patient.visit);
    showButton(button, row);
    return [button];
  });
}

function updateOther(item, { name, here: patient, next }) {
  const waits = queue.waiting.find(({ visit }) => visit === next);
  rebuilt(item, [name, patient?.number, patient?.call.at, waits?.number], () => [
    element("b", {}, element("bdi", { textContent: name })),
    " ",
    patient ? element("span", {}, `${patient.number} `, element("time", { "data-since": patient.call.at })) : element("span", { textContent: t("free") }),
    waits ? element("small", { textContent: t("next {number}", { number: waits.number }) }) : null,
  ]);
}

/** Calls one patient from the list, before their turn if need be. Answers what went wrong, or null. */
export async function callThis({ visit, number, service }) {
  const point = pointFor(service);
  if (!point) {
    openChoice();
    return null;
  }
  const told = await look(`/api/queue/${visit}/call`, { point: point.id });
  if (told.error) return told.error;
  tell(t("{number} is called to {point}.", { number, point: told.point }), {
    words: t("Undo: {number} back to waiting", { number }),
    steps: [[visit, "take-back"]],
    isPossible: ({ points }) => !undo?.wasThere || points.some(({ here: there }) => there?.visit === visit),
    visit,
  });
  return null;
}
