// What staff write to take, end or give away a request.
import { element } from "/elements.js";

/** A labelled field; `name` makes its id one of its own on the page. */
export function field(name, label, control, hint) {
  control.id = name;
  const text = element("label", { for: name, textContent: label });
  if (!hint) return [text, control];
  const small = element("small", { id: `${name}-hint`, className: "hint", textContent: hint });
  control.setAttribute("aria-describedby", small.id);
  return [text, control, small];
}

/** A text of several lines. */
export const writing = (rows, maxLength, required = false) => element("textarea", { rows, maxLength, required, dir: "auto" });

/** The two buttons that end a form. */
export function ending(does, goesBack) {
  const submit = element("button", { type: "submit", className: "strong", textContent: does });
  const cancel = goesBack ? element("button", { type: "button", className: "quiet cancel", textContent: "Back" }) : null;
  return element("div", { className: "card-buttons" }, submit, cancel);
}

/** Sends a form with `path` and what `details` reads from it; what was kept is cleared, everything else stays. */
export function sends(form, send, path, details) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form.querySelector("[type=submit]"), path, details())) {
      form.reset();
      form.dispatchEvent(new Event("kept"));
    }
  });
  return form;
}

/** How it ended; for a case with the report, which the patient reads at a kiosk. */
export function resolveForm(request, send) {
  const note = writing(2, 2000, true);
  const answer = writing(4, 1000);
  const report = request.case
    ? field(`answer-${request.id}`, "Report to the patient", answer, `Steps taken, result, date. The patient reads ${request.language}, at a kiosk with the slip.`)
    : [];
  const label = request.later && !request.case ? "Your answer, and what will change" : "What was done?";
  const form = element(
    "form",
    { className: "note", hidden: true },
    ...report,
    ...field(`note-${request.id}`, label, note, request.case ? "For the record; the patient does not read this." : ""),
    ending(request.case ? "Close the case" : "Resolve", true),
  );
  return sends(form, send, "resolve", () => ({ note: note.value, answer: answer.value }));
}

/** A case is acknowledged in writing: the patient reads it at a kiosk with the slip. */
export function writtenForm(request, send) {
  const answer = writing(3, 1000, true);
  const form = element(
    "form",
    { className: "note", hidden: true },
    ...field(`written-${request.id}`, "Acknowledgement to the patient", answer, `The patient reads ${request.language}, at a kiosk with the slip.`),
    ending("Acknowledge", true),
  );
  return sends(form, send, "acknowledge", () => ({ answer: answer.value }));
}

/** Others are to answer: whom, and why. */
export function handOverForm(request, send) {
  const to = element("select", { required: true });
  const reason = writing(2, 2000, true);
  const form = element(
    "form",
    { className: "note" },
    ...field(`to-${request.id}`, "Hand over to", to),
    ...field(`reason-${request.id}`, "Why is it theirs?", reason, "Their time to answer begins anew; nobody has it until somebody takes it."),
    ending("Hand over", false),
  );
  return sends(form, send, "hand-over", () => ({ to: to.value, reason: reason.value }));
}
