// Staff report a routine that does not work; it goes upward like what patients report.
import { byId, element, keep, offer, setText } from "/elements.js";
import { act, onChange, read } from "/person.js";
import { t } from "/words.js";

// What was answered before is asked for again only when something was resolved.
let resolved = null;

/** Makes the dialog work. What was begun stays in it until it is sent. */
export function begin() {
  // What one person reported is not told to the next.
  onChange((who) => {
    byId("own-answers-part").hidden = true;
    byId("own-answers").replaceChildren();
    if (who) showOwn();
  });
  const dialog = byId("report-dialog");
  byId("report-open").addEventListener("click", () => dialog.showModal());
  byId("report-later").addEventListener("click", () => dialog.close());
  byId("report-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.target.querySelector("[type=submit]");
    button.disabled = true;
    const wrong = await act("/api/reports", { about: byId("report-about").value, words: byId("report-words").value });
    button.disabled = false;
    setText(byId("report-said"), wrong ?? "");
    if (wrong) return;
    event.target.reset();
    dialog.close();
  });
}

/** Shows the answers to what whoever is at the desk has reported, until they say that they have read them. */
export async function showOwn() {
  const told = await read("/api/reports/mine").catch(() => ({ error: "" }));
  if (told.answers === undefined) {
    // The strip says that the connection is lost; the next board brings another try.
    resolved = null;
    return;
  }
  byId("own-answers-part").hidden = told.answers.length === 0;
  setText(byId("own-answers-count"), String(told.answers.length));
  keep(byId("own-answers"), told.answers, ({ id }) => id, makeAnswer, () => {});
}

function makeAnswer({ id, headline, words, answer, by }) {
  const heading = element("b", { id: `own-answer-${id}`, textContent: headline });
  const said = element("p", { className: "said", role: "status" });
  const read = element("button", { type: "button", textContent: t("I have read it"), "aria-describedby": heading.id });
  read.addEventListener("click", async () => {
    read.disabled = true;
    const wrong = await act(`/api/reports/${id}/seen`);
    read.disabled = false;
    setText(said, wrong ?? "");
    if (!wrong) showOwn();
  });
  const answered = element("p", {}, heading, element("small", {}, element("bdi", { textContent: words })), element("b", { textContent: t("{by} answers:", { by }) }), " ", element("bdi", { textContent: answer }));
  return element("li", {}, answered, read, said);
}

/** Takes the routines of a board. */
export function show({ subjects, resolved: list }) {
  const print = list.map(({ id }) => id).join();
  if (print !== resolved) {
    resolved = print;
    showOwn();
  }
  offer(byId("report-about"), subjects.map((subject) => ({ id: subject, text: subject })));
}
