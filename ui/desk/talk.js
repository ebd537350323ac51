// The exchange with a patient: phrases, which each side reads in its own language, and free words.
import { element, offer, rebuilt, setText } from "/elements.js";
import { ending, field, sends, writing } from "/forms.js";
import { parts, t } from "/words.js";

/** The panel of an exchange. */
export function make(request, send) {
  const phrase = element("select", { required: true });
  const words = writing(2, 1000, true);
  const phrases = element(
    "form",
    { className: "phrases" },
    ...field(`phrase-${request.id}`, t("Say a phrase"), phrase),
    element("button", { type: "submit", className: "strong", textContent: t("Send phrase") }),
  );
  sends(phrases, send, "say", () => ({ phrase: phrase.value }));
  const free = element("form", { className: "note" }, ...field(`free-${request.id}`, t("Or write freely"), words, " "), ending(t("Send message"), false));
  sends(free, send, "say", () => ({ words: words.value }));
  const log = element("div", { role: "log", "aria-label": t("What was said") }, element("ol", { className: "messages" }));
  return element("div", { className: "talk", role: "group", "aria-label": t("Messages") }, log, phrases, free);
}

/** Shows what was said, and what can be said. */
export function update(panel, request, board) {
  const log = panel.querySelector(".messages");
  const before = log.children.length;
  rebuilt(log, request.messages, () => request.messages.map((each) => message(each, request.lang)));
  log.hidden = request.messages.length === 0;
  if (log.children.length > before) log.scrollTop = log.scrollHeight;
  offer(panel.querySelector("select"), board.phrases);
  const same = request.lang === board.language;
  const hints = [
    same ? "" : t("Phrases arrive in {language}; what you write arrives as you write it.", request),
    request.case
      ? t("It is answered when the patient comes to a kiosk with the slip.")
      : request.ticket ? t("The patient reads it when they scan their ticket at a kiosk.") : "",
  ];
  setText(panel.querySelector(".hint"), hints.filter(Boolean).join(" "));
}

function message({ from, by, words, lang, staff_words, patient_words, at }, patientsLang) {
  return element(
    "li",
    { className: `from-${from}` },
    element("small", { textContent: `${from === "staff" ? by : t("Patient")}, ${at}` }),
    element("p", { lang, dir: "auto", textContent: words }),
    staff_words ? element("small", { className: "translated", textContent: t("In your language: {words}", { words: staff_words }) }) : null,
    patient_words ? element("small", { className: "translated" }, ...parts(t("The patient reads: {words}"), { words: element("bdi", { lang: patientsLang, textContent: patient_words }) })) : null,
  );
}
