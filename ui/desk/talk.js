// The exchange with a patient: phrases, which each side reads in its own language, and free words.
import { element, offer, rebuilt, setText } from "/elements.js";
import { ending, field, sends, writing } from "/forms.js";

/** The panel of an exchange. */
export function make(request, send) {
  const phrase = element("select", { required: true });
  const words = writing(2, 1000, true);
  const phrases = element(
    "form",
    { className: "phrases" },
    ...field(`phrase-${request.id}`, "Say a phrase", phrase),
    element("button", { type: "submit", className: "strong", textContent: "Send phrase" }),
  );
  sends(phrases, send, "say", () => ({ phrase: phrase.value }));
  const free = element("form", { className: "note" }, ...field(`free-${request.id}`, "Or write freely", words, " "), ending("Send message", false));
  sends(free, send, "say", () => ({ words: words.value }));
  const log = element("div", { role: "log", "aria-label": "What was said" }, element("ol", { className: "messages" }));
  return element("div", { className: "talk", role: "group", "aria-label": "Messages" }, log, phrases, free);
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
  const where = request.case ? " It is answered when the patient comes to a kiosk with the slip." : "";
  setText(panel.querySelector(".hint"), (same ? "" : `Phrases arrive in ${request.language}; what you write arrives as you write it.`) + where);
}

function message({ from, by, words, lang, staff_words, patient_words, at }, patientsLang) {
  return element(
    "li",
    { className: `from-${from}` },
    element("small", { textContent: `${from === "staff" ? by : "Patient"}, ${at}` }),
    element("p", { lang, dir: "auto", textContent: words }),
    staff_words ? element("small", { className: "translated", textContent: `In your language: ${staff_words}` }) : null,
    patient_words ? element("small", { className: "translated" }, "The patient reads: ", element("bdi", { lang: patientsLang, textContent: patient_words })) : null,
  );
}
