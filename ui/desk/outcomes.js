// How a request ended, of what the routines offer: the usual one stands there chosen.
import { element, rebuilt, setText } from "/elements.js";
import { t } from "/words.js";

/** The choice. `note` is the field that says what was done. */
export function make(request, note) {
  const choice = element("fieldset", { className: "outcomes", hidden: true }, element("legend", { textContent: t("How did it end?") }), element("div"));
  choice.addEventListener("change", () => asks(choice, note));
  choice.dataset.name = `outcome-${request.id}`;
  return choice;
}

/** Takes the outcomes of a board; what is chosen stays chosen. */
export function update(choice, { outcomes }) {
  choice.hidden = outcomes.length === 0;
  const chosen = value(choice);
  rebuilt(choice.querySelector("div"), outcomes, () =>
    outcomes.map(({ id, text, asks_why }, index) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name: choice.dataset.name, value: id, defaultChecked: chosen ? chosen === id : index === 0, "data-asks-why": String(asks_why) }),
        element("span", { textContent: text }),
      ),
    ),
  );
}

/** The id of what is chosen, or null where the routines offer nothing. */
export const value = (choice) => choice.querySelector("input:checked")?.value ?? null;

/** What was asked for and not done needs a reason. */
function asks(choice, note) {
  const label = choice.closest("form")?.querySelector(`label[for="${note.id}"]`);
  if (!label) return;
  label.dataset.usual ??= label.textContent;
  const why = choice.querySelector("input:checked")?.dataset.asksWhy === "true";
  setText(label, why ? t("Why, and what happens now?") : label.dataset.usual);
}
