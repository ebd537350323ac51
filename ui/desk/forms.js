// What staff write to take, end or give away a request.
import { element } from "/elements.js";
import * as outcomes from "/outcomes.js";
import { t } from "/words.js";

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
  const cancel = goesBack ? element("button", { type: "button", className: "quiet cancel", textContent: t("Back") }) : null;
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

/** Whether a patient reads of it at a kiosk, with a slip: what was reported at the desk is a case without one. */
export const hasReader = (request) => Boolean(request.case) && request.kiosk !== "desk";

/** How it ended; for a case with the report, which the patient reads at a kiosk. */
export function resolveForm(request, send) {
  const note = writing(2, 2000, true);
  const answer = writing(4, 1000);
  const report = hasReader(request)
    ? field(
        `answer-${request.id}`,
        t("Report to the patient"),
        answer,
        t("Steps taken, result, date. The patient reads {language}, at a kiosk with the slip.", request),
      )
    : [];
  const label = request.later && !hasReader(request) ? t("Your answer, and what will change") : t("What was done?");
  const outcome = outcomes.make(request, note);
  const form = element(
    "form",
    { className: "note", hidden: true },
    ...report,
    outcome,
    ...field(`note-${request.id}`, label, note, hasReader(request) ? t("For the record; the patient does not read this.") : ""),
    ending(hasReader(request) ? t("Close the case") : t("Resolve"), true),
  );
  return sends(form, send, "resolve", () => ({ note: note.value, answer: answer.value, outcome: outcomes.value(outcome) }));
}

/** A case is acknowledged in writing: the patient reads it at a kiosk with the slip. */
export function writtenForm(request, send) {
  const answer = writing(3, 1000, true);
  const form = element(
    "form",
    { className: "note", hidden: true },
    ...field(`written-${request.id}`, t("Acknowledgement to the patient"), answer, t("The patient reads {language}, at a kiosk with the slip.", request)),
    ending(t("Acknowledge"), true),
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
    ...field(`to-${request.id}`, t("Hand over to"), to),
    ...field(`reason-${request.id}`, t("Why is it theirs?"), reason, t("Their time to answer begins anew; nobody has it until somebody takes it.")),
    ending(t("Hand over"), false),
  );
  return sends(form, send, "hand-over", () => ({ to: to.value, reason: reason.value }));
}
