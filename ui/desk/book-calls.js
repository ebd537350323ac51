// The closed times with everybody who is still to be told: whom to telephone, what to say, and how it ended.
import { dayWords } from "/book-grid.js";
import { byId, element, keep, rebuilt, setText } from "/elements.js";
import { field, writing } from "/forms.js";
import { act } from "/person.js";
import { list, t } from "/words.js";

let page = null;

export function begin(does) {
  page = does;
}

const placed = ({ day, time, clinician }) => t("{day}, {time}, {clinician}", { day: dayWords(day), time, clinician });

/** Shows what is closed, and who is to be called. */
export function show(closures) {
  byId("closures-part").hidden = closures.length === 0;
  setText(byId("closures-title"), t("Closed times"));
  keep(byId("closures"), closures, ({ id }) => id, makeClosure, updateClosure);
}

/** Opens the list of the closure that was made last. */
export function openNewest() {
  const all = [...byId("closures").querySelectorAll("details")];
  const newest = all.find((details) => details.querySelector(".call:not(.answered)") && !details.open);
  if (newest) newest.open = true;
  byId("closures-part").scrollIntoView({ block: "start" });
  byId("closures-title").tabIndex = -1;
  byId("closures-title").focus();
}

function makeClosure(closure) {
  const said = element("p", { className: "said", role: "status" });
  const again = element("button", { type: "button", className: "small opens-again", textContent: t("Open it again…") });
  const sure = element("div", { className: "sure", hidden: true }, element("p", { textContent: t("The time can be booked again. Who was moved stays where they are; who was left open needs no call.") }));
  const yes = element("button", { type: "button", className: "strong small", textContent: t("Yes, open it again") });
  const no = element("button", { type: "button", className: "quiet small", textContent: t("No, it stays closed") });
  const turn = (open) => {
    sure.hidden = !open;
    again.hidden = open;
    (open ? yes : again).focus();
  };
  again.addEventListener("click", () => turn(true));
  no.addEventListener("click", () => turn(false));
  yes.addEventListener("click", async () => {
    const wrong = await act(`/api/book/closures/${closure.id}/end`);
    setText(said, wrong ?? "");
    if (!wrong) page.load();
  });
  sure.append(element("div", { className: "card-buttons" }, yes, no));
  return element(
    "li",
    {},
    element("details", {}, element("summary", {}, element("span", { className: "closure-words" }), element("span", { className: "count" })), element("p", { className: "closure-why" }), element("ul", { className: "calls" }), said, element("div", { className: "card-buttons again-row" }, again), sure),
  );
}

function updateClosure(item, closure) {
  const part = (selector) => item.querySelector(selector);
  const { from, to, calls, answered } = closure;
  const who = list(closure.clinicians);
  const until = from.day === to.day ? to.time : `${dayWords(to.day)}, ${to.time}`;
  setText(part(".closure-words"), t("{who}: {day}, {from} to {until}", { who, day: dayWords(from.day), from: from.time, until }));
  const left = calls.length - answered;
  setText(part(".count"), calls.length === 0 ? t("nobody to call") : left === 0 ? t("all {count} have an outcome", { count: calls.length }) : t("{left} of {count} still to be told", { left, count: calls.length }));
  part(".count").classList.toggle("count-hot", left > 0);
  setText(part(".closure-why"), closure.ended_by ? t("{reason}. Closed by {by}, opened again by {other}.", { reason: closure.reason, by: closure.by, other: closure.ended_by }) : t("{reason}. Closed by {by}.", { reason: closure.reason, by: closure.by }));
  part(".again-row").hidden = Boolean(closure.ended_by);
  keep(part(".calls"), calls, ({ request }) => request, makeCall, updateCall);
}

function makeCall(call) {
  const said = element("p", { className: "said", role: "status" });
  const note = writing(2, 2000);
  const button = (words, outcome, className) => {
    const made = element("button", { type: "button", className, textContent: words });
    made.addEventListener("click", async () => {
      made.disabled = true;
      const wrong = await act(`/api/book/calls/${call.request}`, { outcome, note: note.value });
      made.disabled = false;
      setText(said, wrong ?? "");
      if (wrong) return;
      note.value = "";
      page.load();
    });
    return made;
  };
  const moves = element("button", { type: "button", className: "quiet moves", textContent: t("Another time…") });
  moves.addEventListener("click", () => page.moveThat(call.appointment, moves.day));
  const file = element("a", { className: "button quiet", href: `/api/book/appointments/${call.appointment}/calendar`, download: "appointment.ics", textContent: t("For their calendar") });
  const form = element(
    "form",
    { className: "note call-form" },
    element("fieldset", { className: "steps" }),
    ...field(`call-note-${call.request}`, t("Note"), note, t("For the record. Needed where nobody could be reached.")),
    element("div", { className: "card-buttons" }, button(t("Reached"), "reached", "strong"), button(t("No answer: try again"), "no-answer", ""), button(t("Could not be reached"), "not-reached", ""), moves, file),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  return element(
    "li",
    { className: "call" },
    element("div", { className: "whom" }, element("b", {}, element("bdi")), element("small", { className: "call-facts" })),
    element("p", { className: "phone" }),
    element("p", { className: "to-say" }),
    element("ul", { className: "events attempts" }),
    form,
    element("p", { className: "outcome" }),
    said,
  );
}

function updateCall(item, call) {
  const part = (selector) => item.querySelector(selector);
  const { patient, before, now, calls, steps } = call;
  setText(part(".whom bdi"), patient?.name ?? t("A patient whose record is not here"));
  const facts = [patient && t("born {day}", { day: patient.born }), patient?.number && t("no. {number}", { number: patient.number }), t("reads {language}", { language: call.language }), call.ticket && t("is here: {number}", { number: call.ticket }), call.taken_by && t("{by} has it", { by: call.taken_by })];
  setText(part(".call-facts"), facts.filter(Boolean).join(" · "));
  rebuilt(part(".phone"), call.phone, () => [call.phone ? element("a", { href: `tel:${call.phone.replaceAll(/[^+\d]/gu, "")}`, dir: "ltr", textContent: call.phone }) : t("No telephone number on record: write, or wait until they come.")]);
  const was = placed(before);
  const words = {
    moved: () => t("Say: your appointment of {was} had to be moved. It is now {now}.", { was, now: placed(now) }),
    "called-off": () => t("Say: your appointment of {was} had to be called off. Ask whether they want another one.", { was }),
    "left-open": () => t("Say: your appointment of {was} cannot take place then. Agree on another time.", { was }),
  }[call.change]();
  setText(part(".to-say"), words);
  rebuilt(part(".attempts"), calls, () => calls.filter(({ outcome }) => outcome === "no-answer").map(({ at, by, note }) => element("li", {}, element("time", { textContent: at }), " ", element("bdi", { textContent: note ? t("{by}: nobody answered. {note}", { by, note }) : t("{by}: nobody answered.", { by }) }))));
  item.classList.toggle("answered", Boolean(call.outcome));
  part(".call-form").hidden = Boolean(call.outcome);
  const moves = part(".moves");
  moves.hidden = !now || Boolean(call.ticket);
  moves.day = now?.day;
  if (!call.outcome) drawSteps(part(".steps"), call.request, steps);
  const ended = { reached: t("Reached, by {by}.", { by: call.ended_by }), "not-reached": t("Not reached; ended by {by}.", { by: call.ended_by }), resolved: t("Ended by {by}.", { by: call.ended_by }) }[call.outcome] ?? "";
  setText(part(".outcome"), call.note && call.outcome ? `${ended} ${call.note}` : ended);
}

function drawSteps(place, request, steps) {
  place.hidden = steps.length === 0;
  rebuilt(place, steps, () => [
    element("legend", { textContent: t("Steps") }),
    ...steps.map(({ text, done }) => {
      const box = element("input", { type: "checkbox", checked: done });
      box.addEventListener("change", async () => {
        const wrong = await act(`/api/requests/${request}/check`, { step: text, done: box.checked });
        if (wrong) box.checked = !box.checked;
        page.load();
      });
      return element("label", {}, box, element("span", { textContent: text }));
    }),
  ]);
}
