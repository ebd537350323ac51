// A conflict: what each side said, in its own words, side by side. No patient is ever shown any of it.
import { element, rebuilt } from "/elements.js";
import { ending, field, sends, writing } from "/forms.js";
import { t } from "/words.js";

/** The panel with both sides. */
export function make(request, send) {
  const side = element("input", { type: "text", maxLength: 60, required: true, autocomplete: "off" });
  side.setAttribute("list", `known-sides-${request.id}`);
  const words = writing(3, 2000, true);
  const form = element(
    "form",
    { className: "note" },
    ...field(`side-${request.id}`, t("Whose side?"), side),
    ...field(`said-by-${request.id}`, t("What they say, in their own words"), words, t("For staff only: no patient is shown this, unless you write it in a message.")),
    ending(t("Note it"), false),
  );
  sends(form, send, "note", () => ({ side: side.value, words: words.value }));
  return element("div", { role: "group", "aria-label": t("Both sides") }, element("div", { className: "sides" }), element("datalist", { id: `known-sides-${request.id}` }), form);
}

/** Shows what was noted, a column a side. */
export function update(panel, request) {
  const sides = new Map();
  for (const note of request.notes) sides.set(note.side, [...(sides.get(note.side) ?? []), note]);
  const columns = panel.querySelector(".sides");
  columns.hidden = sides.size === 0;
  rebuilt(columns, request.notes, () =>
    [...sides].map(([side, notes]) =>
      element(
        "div",
        { className: "side" },
        element("h4", {}, element("bdi", { translate: false, textContent: side })),
        ...notes.map(({ words, by, at }) => element("div", {}, element("p", { dir: "auto", translate: false, textContent: words }), element("small", { textContent: t("noted by {by}, {time}", { by, time: at }) }))),
      ),
    ),
  );
  rebuilt(panel.querySelector("datalist"), [...sides.keys()], () => [...sides.keys()].map((value) => element("option", { value })));
}
