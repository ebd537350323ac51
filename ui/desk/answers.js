// What a patient answered to the clinic's forms and agreed to: opened from the arrival, in a dialog.
import { byId, element, setText } from "/elements.js";
import * as person from "/person.js";
import { t, tn } from "/words.js";

const SVG = "http://www.w3.org/2000/svg";

/** A button in a row of the arrivals. */
export function answersButton(visit) {
  const button = element("button", { type: "button", className: "small bare answers-open", hidden: true });
  button.addEventListener("click", () => open(visit));
  return button;
}

/** Says on the button what there is; hides it where there is nothing. */
export function showButton(button, { forms, has_consent }) {
  button.hidden = forms === 0 && !has_consent;
  const words =
    forms === 0
      ? t("Read: consent")
      : has_consent
        ? tn(forms, "Read: 1 form, consent", "Read: {n} forms, consent")
        : tn(forms, "Read: 1 form", "Read: {n} forms");
  setText(button, words);
}

async function open(visit) {
  const dialog = byId("answers-dialog");
  const body = byId("answers-body");
  setText(byId("answers-title"), t("Answers"));
  body.replaceChildren(element("p", { textContent: t("One moment…") }));
  dialog.showModal();
  try {
    const told = await person.read(`/api/visits/${visit}/answers`);
    if (told.error) throw new Error(told.error);
    setText(byId("answers-title"), t("Answers of {name}", { name: told.patient }));
    body.replaceChildren(...told.forms.map(form), ...told.consents.map(consent));
  } catch (error) {
    const why = error instanceof Error && error.message && error.name === "Error" ? error.message : t("The desk's computer did not answer. Close this and open it again.");
    body.replaceChildren(element("p", { className: "said", textContent: why }));
  }
}

/** Begins: the dialog forgets what it showed when it is closed. */
export function begin() {
  const dialog = byId("answers-dialog");
  byId("answers-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    byId("answers-body").replaceChildren();
    setText(byId("answers-title"), t("Answers"));
  });
}

function form({ title, how, lang, answers }) {
  return element(
    "section",
    {},
    element("h3", { textContent: title }),
    element("p", { className: "how", textContent: how }),
    element("dl", { className: "answers" }, ...answers.flatMap((answer) => answered(answer, lang))),
  );
}

function answered({ question, read, answer, own_words, signed }, lang) {
  const asked = element("dt", {}, element("span", { textContent: question }), read ? quoted("small", read, lang) : null);
  if (signed) return [asked, element("dd", {}, ...signature(signed, lang))];
  if (answer.length === 0) return [asked, element("dd", { className: "none", textContent: t("Not answered") })];
  const lines = answer.map((line) => (own_words ? quoted("p", line, lang) : element("p", { textContent: line })));
  return [asked, element("dd", {}, ...lines)];
}

function signature({ statement, read, drawn, name }, lang) {
  const signed = drawn
    ? drawing(drawn)
    : element("p", { className: "typed-name" }, element("b", {}, element("bdi", { textContent: name })), " ", element("small", { textContent: t("(typed in place of a signature)") }));
  return [element("p", { textContent: statement }), read ? quoted("small", read, lang) : null, signed];
}

/** What the patient wrote or read, in their language and its direction. */
function quoted(tag, text, lang) {
  return element(tag, { textContent: text, lang, dir: "auto", className: "quoted" });
}

function drawing({ width, height, paths }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("class", "signature");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t("Signature"));
  for (const drawn of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", drawn);
    svg.append(path);
  }
  return svg;
}

function consent({ text, lang, how }) {
  return element(
    "section",
    {},
    element("h3", { textContent: t("Consent to the record") }),
    element("p", { className: "how", textContent: how }),
    element("blockquote", { className: "words" }, quoted("p", text, lang)),
  );
}
