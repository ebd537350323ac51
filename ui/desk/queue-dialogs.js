// What is asked before a patient goes on to another service, is put ahead, or is written down as gone. What the desk
// refuses is said in the dialog, which stays open with what was written.
import { byId, element, setText } from "/elements.js";
import { field, writing } from "/forms.js";
import { act } from "/person.js";
import { t } from "/words.js";

let sends = null;

/** Makes the dialog. */
export function begin() {
  const form = element(
    "form",
    { id: "queue-form" },
    element("h2", { id: "queue-dialog-title", dir: "auto" }),
    element("div", { id: "queue-fields" }),
    element("p", { id: "queue-said", className: "said", role: "alert" }),
    element(
      "div",
      { className: "dialog-buttons" },
      element("button", { type: "submit", className: "strong" }),
      element("button", { type: "button", className: "quiet later", textContent: t("Back") }),
    ),
  );
  const dialog = element("dialog", { id: "queue-dialog", "aria-labelledby": "queue-dialog-title" }, form);
  form.querySelector(".later").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    const wrong = await sends();
    button.disabled = false;
    setText(byId("queue-said"), wrong ?? "");
    if (wrong === null) dialog.close();
  });
  // Nothing of a patient stays in the page, and no draft keeps it from being left.
  dialog.addEventListener("close", () => byId("queue-fields").replaceChildren());
  document.body.append(dialog);
}

function open({ number, name }, title, submit, fields, send) {
  setText(byId("queue-dialog-title"), t(title, { who: name ? `${number}, ${name}` : number }));
  setText(byId("queue-form").querySelector("[type=submit]"), submit);
  setText(byId("queue-said"), "");
  byId("queue-fields").replaceChildren(...fields);
  sends = send;
  byId("queue-dialog").showModal();
}

/** Sends something, and tells what was done. */
async function done(visit, path, details, tell, words, back) {
  const wrong = await act(`/api/queue/${visit}/${path}`, details);
  if (wrong === null) tell(words, back);
  return wrong;
}

/** Another service: what the patient has waited stays theirs. */
export function transfer(patient, { services }, tell) {
  const { visit, number, service } = patient;
  const to = element("select", { required: true });
  to.append(
    element("option", { value: "", textContent: t("Choose…") }),
    ...services.filter(({ id }) => id !== service).map(({ id, name, waiting }) => element("option", { value: id, textContent: t("{service}: {count} waiting", { service: name, count: waiting }) })),
  );
  const fields = field("queue-to", t("To which service?"), to, t("What the patient has waited stays theirs; the time at a service point does not count."));
  open(patient, "{who}: transfer", t("Transfer"), fields, () => {
    const name = services.find(({ id }) => id === to.value)?.name ?? "";
    return done(visit, "transfer", { service: to.value }, tell, t("{number} waits for {service} now.", { number, service: name }));
  });
}

/** How soon a patient must be seen, and to which groups they belong. */
export function mark(patient, { groups }, tell) {
  const { visit, number } = patient;
  const urgencies = [
    ["routine", t("In their turn")],
    ["urgent", t("Urgent: earlier than their turn")],
    ["emergency", t("Emergency: before everybody")],
  ];
  const choice = (type, name, value, words, checked) => element("label", {}, element("input", { type, name, value, checked }), element("span", { textContent: words }));
  const fields = [
    element(
      "fieldset",
      { className: "choices" },
      element("legend", { textContent: t("How soon must they be seen?") }),
      ...urgencies.map(([value, words]) => choice("radio", "urgency", value, words, patient.urgency === value)),
    ),
    groups.length > 0
      ? element(
          "fieldset",
          { className: "choices" },
          element("legend", { textContent: t("Priority groups") }),
          ...groups.map(({ id, name }) => choice("checkbox", "group", id, name, patient.groups.includes(id))),
          element("p", { className: "hint", textContent: t("By age patients belong to their group by themselves.") }),
        )
      : null,
  ].filter(Boolean);
  open(patient, "{who}: urgent, priority", t("Keep"), fields, () => {
    const checked = (name) => [...byId("queue-fields").querySelectorAll(`[name=${name}]:checked`)].map(({ value }) => value);
    const details = { urgency: checked("urgency")[0] ?? "routine", groups: checked("group") };
    return done(visit, "mark", details, tell, t("The place of {number} is decided anew.", { number }));
  });
}

/** The patient went away, or was sent home: somebody says so, and why. */
export function leave(patient, tell) {
  const { visit, number } = patient;
  const why = writing(2, 500, true);
  const usual = [t("Did not want to wait any longer"), t("Looked for everywhere, and not found"), t("Comes back another day, as agreed")];
  const buttons = usual.map((words) => {
    const button = element("button", { type: "button", className: "small quiet", textContent: words });
    button.addEventListener("click", () => {
      why.value = words;
      byId("queue-form").querySelector("[type=submit]").focus();
    });
    return button;
  });
  const fields = [
    ...field("queue-why", t("Why does the visit end without the patient being seen?"), why),
    element("div", { className: "usual", role: "group", "aria-label": t("Usual reasons") }, ...buttons),
  ];
  const back = { words: t("Undo: {number} is not done", { number }), steps: [[visit, "reopen"]], isPossible: () => true };
  open(patient, "{who}: has left", t("Has left"), fields, () => done(visit, "leave", { why: why.value }, tell, t("{number} has left.", { number }), back));
}
