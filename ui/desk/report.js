// Staff report a routine that does not work; it goes upward like what patients report.
import { byId, offer, setText } from "/elements.js";
import { act } from "/person.js";

/** Makes the dialog work. What was begun stays in it until it is sent. */
export function begin() {
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

/** Takes the routines of a board. */
export function show({ subjects }) {
  offer(byId("report-about"), subjects.map((subject) => ({ id: subject, text: subject })));
}
