// One request: what it is, who must answer, and what staff can do about it.
import { accountButton } from "/account.js";
import * as booking from "/booking.js";
import { showChain } from "/chain.js";
import { element, keep, offer, rebuilt, say, setText } from "/elements.js";
import { handOverForm, hasReader, resolveForm, writtenForm } from "/forms.js";
import { makeMoney, updateMoney } from "/payments.js";
import { act } from "/person.js";
import { decision, proof } from "/records.js";
import { showFlags } from "/red-flags.js";
import * as sides from "/sides.js";
import * as outcomes from "/outcomes.js";
import * as stepTaking from "/take-over.js";
import * as talk from "/talk.js";
import { t, tn } from "/words.js";

// What these say needs no label for eyes.
const OBVIOUS = new Set(["where", "language"]);

/** A card for a request. What is typed into it stays in it whatever arrives. */
export function makeCard(request) {
  const said = element("p", { className: "said", role: "status" });
  const send = sender(request.id, said);
  const acknowledge = element("button", { type: "button", className: "strong acknowledge" });
  const resolve = element("button", { type: "button", className: "open-note", textContent: t("Resolve…") });
  const buttons = element("div", { className: "card-buttons main-buttons" }, acknowledge, resolve);
  const note = resolveForm(request, send);
  const written = writtenForm(request, send);
  const forms = [note, written];
  const turn = (form, opener) => {
    for (const each of forms) each.hidden = each !== form;
    buttons.hidden = Boolean(form);
    (form ? form.querySelector("textarea") : opener).focus();
  };
  acknowledge.addEventListener("click", () => (acknowledge.dataset.inWriting ? turn(written) : send(acknowledge, "acknowledge")));
  resolve.addEventListener("click", () => turn(note));
  note.querySelector(".cancel").addEventListener("click", () => turn(null, resolve));
  written.querySelector(".cancel").addEventListener("click", () => turn(null, acknowledge));
  written.addEventListener("kept", () => turn(null, resolve));

  const panels = [
    ["messages", t("Messages"), talk.make(request, send)],
    ["steps-for", t("Do it for them"), stepTaking.make(request, send)],
    ["sides", t("Both sides"), sides.make(request, send)],
    ["hand-over", t("Hand over…"), handOverForm(request, send)],
  ].map(([name, title, panel]) => {
    const id = `${name}-${request.id}`;
    panel.id = id;
    panel.hidden = true;
    panel.classList.add("panel");
    const button = element("button", { type: "button", className: `tool tool-${name}`, "aria-expanded": "false", "aria-controls": id, textContent: title });
    return { panel, button };
  });
  const show = (open) => {
    for (const { panel, button } of panels) {
      panel.hidden = panel !== open;
      button.setAttribute("aria-expanded", String(panel === open));
    }
    open?.querySelector("input, textarea, select")?.focus({ preventScroll: true });
  };
  for (const { panel, button } of panels) {
    button.addEventListener("click", () => show(panel.hidden ? panel : null));
    panel.addEventListener("kept", () => {
      show(null);
      button.focus({ preventScroll: true });
    });
  }

  const records = decision(request, send);
  const title = element("h3", { id: `title-${request.id}` });
  const body = element(
    "div",
    { className: "card-body", id: `body-${request.id}` },
    element("p", { className: "case-words" }),
    element("dl", { className: "facts" }),
    element("div", { className: "people" }),
    records.place,
    booking.make(request, send),
    makeMoney(request),
    element("p", { className: "chain" }),
    element("ul", { className: "steps", "aria-label": t("Steps of the routine") }),
    element("ul", { className: "events", "aria-label": t("What happened so far") }),
    buttons,
    ...forms,
    element("div", { className: "tools" }, ...panels.map(({ button }) => button)),
    ...panels.map(({ panel }) => panel),
  );
  const card = element(
    "article",
    { className: "card", "aria-labelledby": `title-${request.id}` },
    element("div", { className: "card-head" }, title, element("p", { className: "age" }, element("b"), element("small"))),
    element("p", { className: "chips" }, element("span", { className: "flag" }), element("span", { className: "chip-spoke" }), element("span", { className: "chip-overdue" })),
    element("blockquote", { className: "words" }),
    element("p", { className: "red-flags" }),
    element("p", { className: "last-said" }),
    body,
    said,
  );
  card.addEventListener("records", ({ detail }) => records.update(detail));
  if (request.later) folding(card, title, body, request);
  // A step that is ticked is told at once; the box follows what the desk has kept.
  card.querySelector(".steps").addEventListener("change", async ({ target }) => {
    if (!(await send(target, "check", { step: target.dataset.step, done: target.checked }))) target.checked = !target.checked;
  });
  return card;
}

/** What is answered in days is one line until somebody opens it. */
function folding(card, title, body, request) {
  body.hidden = true;
  const button = element("button", { type: "button", className: "fold", "aria-expanded": "false", "aria-controls": body.id });
  button.addEventListener("click", () => {
    body.hidden = !body.hidden;
    button.setAttribute("aria-expanded", String(!body.hidden));
  });
  title.append(button);
  card.dataset.later = request.id;
}

/** Does something about a request, and says on its card what went wrong. Answers whether it was kept. */
function sender(id, said) {
  return async (control, path, details) => {
    const card = said.closest(".card");
    const wasThere = document.activeElement === control;
    control.disabled = true;
    card.dataset.sending = "1";
    setText(said, "");
    say("");
    const wrong = await act(`/api/requests/${id}/${path}`, details);
    delete card.dataset.sending;
    if (said.isConnected) setText(said, wrong ?? "");
    else say(wrong);
    control.disabled = false;
    // A button that was disabled has lost the keyboard; whoever works with it shall find it where it was.
    if (wasThere && document.activeElement === document.body && control.isConnected) control.focus({ preventScroll: true });
    return wrong === null;
  };
}

/** Brings a card up to date. */
export function updateCard(card, request, board) {
  const part = (selector) => card.querySelector(selector);
  const waits = !request.acknowledged_by;
  const late = request.escalated && waits;
  card.dataset.raisedAt = request.raised_at;
  card.dataset.dueAt = request.acknowledge_by;
  card.dataset.takenAt = request.acknowledged_at ?? "";
  card.dataset.state = waits ? (late ? "late" : "open") : "taken";
  card.dataset.urgency = request.urgency;
  card.classList.toggle("late", late || Boolean(request.case?.overdue));
  card.classList.toggle("taken", !waits && !request.case?.overdue);
  card.classList.toggle("urgent", request.urgency === "urgent");
  card.classList.toggle("emergency", request.urgency === "emergency");
  setText(part("h3 .fold") ?? part("h3"), request.headline);
  part("h3").dataset.urgency = request.urgency === "urgent" ? t("Urgent:") : "";
  showChips(part, request, late);
  showLastSaid(part(".last-said"), request);

  const acknowledge = part(".acknowledge");
  acknowledge.hidden = !waits;
  // Whoever a case was handed over to takes it; its patient was told already.
  const ownCall = request.kiosk === board.own_name;
  const inWriting = hasReader(request) && !request.case.acknowledged;
  if (inWriting) acknowledge.dataset.inWriting = "yes";
  else delete acknowledge.dataset.inWriting;
  setText(acknowledge, inWriting ? t("Acknowledge in writing…") : request.later || ownCall ? t("I take it") : t("Acknowledge: I am going"));
  acknowledge.title = request.later || ownCall ? "" : t("The kiosk tells the patient that you are on the way");
  // A doubt about money ends with somebody's word about the money, not with a note.
  const doubt = request.money?.about === "payment" && (request.money.can_settle || request.money.refunds.some((refund) => refund.can_settle));
  part(".open-note").hidden = Boolean(request.resolved_by) || doubt || request.for_payments;
  setText(part(".open-note"), hasReader(request) ? t("Give the report…") : request.later ? t("Answer…") : t("Resolve…"));

  setText(part(".case-words"), request.case?.words ?? "");
  showWords(part(".words"), request);
  showFlags(part(".red-flags"), request);
  showFacts(part(".facts"), request);
  showPeople(part(".people"), request);
  card.dispatchEvent(new CustomEvent("records", { detail: request }));
  showChain(part(".chain"), request);
  showSteps(part(".steps"), request);
  rebuilt(part(".events"), request.events, () =>
    request.events.map(({ at, words }) => element("li", {}, element("time", { textContent: at }), " ", element("bdi", { textContent: words }))),
  );

  const messages = part(".tool-messages");
  messages.hidden = request.kiosk === board.own_name && !request.ticket;
  setText(messages, request.messages.length > 0 ? t("Messages ({n})", { n: request.messages.length }) : t("Messages"));
  part(".tool-steps-for").hidden = !request.take_over.find && !request.take_over.answer;
  setText(part(".tool-sides"), request.notes.length > 0 ? t("Both sides ({n})", { n: request.notes.length }) : t("Both sides"));
  part(".tool-hand-over").hidden = Boolean(request.resolved_by);
  outcomes.update(part(".outcomes"), board);
  booking.update(part(".wish"), request, board);
  updateMoney(part(".money"), request);
  talk.update(card.querySelector(`#messages-${request.id}`), request, board);
  stepTaking.update(card.querySelector(`#steps-for-${request.id}`), request);
  sides.update(card.querySelector(`#sides-${request.id}`), request);
  offer(card.querySelector(`#to-${request.id}`), board.destinations);
}

function showChips(part, request, late) {
  const flag = part(".flag");
  const by = request.resolved_by ?? request.acknowledged_by;
  const taken = () => (request.later || request.kiosk === "desk" ? t("{by} has it", { by }) : t("{by} is on the way", { by }));
  const words = late
    ? request.exhausted ? t("Nobody has answered in time, and nobody else is next") : t("Nobody has answered in time")
    : request.resolved_by ? t("{by} had resolved it", { by }) : by ? taken() : "";
  setText(flag, words);
  flag.hidden = words === "";
  const spoke = part(".chip-spoke");
  setText(spoke, t("The patient wrote"));
  spoke.hidden = !request.patient_spoke;
  const overdue = part(".chip-overdue");
  setText(overdue, t("Overdue"));
  overdue.hidden = !request.case?.overdue;
  part(".chips").hidden = flag.hidden && spoke.hidden && overdue.hidden;
  if (request.later) {
    const waits = !request.acknowledged_by && !request.case?.overdue;
    setText(part(".age b"), waits ? request.due : (request.case?.answer_by ?? request.raised));
    setText(part(".age small"), waits ? t("answer by") : request.case?.overdue ? t("report was due") : request.case ? t("report by") : t("raised"));
  }
}

/** What the patient said last stands on the card, whether the exchange is open or not. */
function showLastSaid(line, request) {
  const last = request.messages.at(-1);
  line.hidden = !request.patient_spoke;
  if (!request.patient_spoke) return;
  rebuilt(line, last, () => [
    element("small", { textContent: `${last.at}: ` }),
    element("bdi", { textContent: last.words, lang: last.lang, dir: "auto" }),
    last.staff_words ? element("small", { textContent: ` (${last.staff_words})` }) : null,
  ]);
}

function showWords(quote, request) {
  quote.hidden = request.words === "";
  quote.lang = request.lang;
  quote.dir = "auto";
  setText(quote, request.words);
}

function showFacts(list, request) {
  const facts = [
    ["where", t("Where"), request.kiosk === "desk" ? t("The desk") : t("Kiosk {name}", { name: request.kiosk })],
    ["at", t("Is at"), request.money?.about === "closing" ? "" : request.stopped_at],
    ["language", t("Language"), request.language],
    ["raised", t("Raised"), request.raised],
    ["acts", t("Acts for"), request.companion],
    ["ticket", t("Ticket"), request.ticket],
    ["case", t("Case"), request.case?.number],
    ["slip", t("Slip"), request.slip],
  ].filter(([, , value]) => value);
  rebuilt(list, facts, () =>
    facts.map(([what, name, value]) => element("div", {}, element("dt", { className: OBVIOUS.has(what) ? "hidden" : "", textContent: name }), element("dd", {}, element("bdi", { textContent: value })))),
  );
}

function showPeople(people, request) {
  rebuilt(people, [request.patients, request.registration], () => {
    const parts = [];
    if (request.registration) {
      const { name, born, phone, address } = request.registration;
      parts.push(element("p", { className: "people-title", textContent: t("Entered at the kiosk") }), record(name, [t("born {day}", { day: born }), phone, address]));
    }
    if (request.patients.length > 0) {
      const { length } = request.patients;
      const title = length > 1 && request.two_records ? t("Perhaps one person") : tn(length, "Record", "{n} records fit");
      parts.push(element("p", { className: "people-title", textContent: title }));
      for (const person of request.patients) {
        const { name, number, born } = person;
        const box = record(name, [t("born {day}", { day: born }), number ? t("no. {number}", { number }) : t("no record number")]);
        box.append(...[proof(person), accountButton(person.id)].filter(Boolean));
        parts.push(box);
      }
    }
    return parts;
  });
  people.hidden = people.children.length === 0;
}

/** A person in a box; names are isolated so that Arabic ones do not turn what stands around them. */
function record(name, details) {
  const lines = details.filter(Boolean).map((text) => element("span", {}, element("bdi", { textContent: text })));
  return element("div", { className: "person" }, element("b", {}, element("bdi", { textContent: name })), ...lines);
}

function showSteps(list, request) {
  list.hidden = request.steps.length === 0;
  keep(
    list,
    request.steps,
    ({ text }) => text,
    ({ text }) => {
      const box = element("input", { type: "checkbox" });
      box.dataset.step = text;
      return element("li", {}, element("label", {}, box, element("span", { translate: false, textContent: text }), element("small")));
    },
    (item, { done }) => {
      const box = item.querySelector("input");
      // While it is being sent, what somebody has just ticked stays ticked.
      if (!box.disabled) box.checked = Boolean(done);
      setText(item.querySelector("small"), done ?? "");
    },
  );
}
