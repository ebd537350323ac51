// What staff say of records: which details they saw proof of, and whether two of them are one person's.
import { element, rebuilt, say } from "/elements.js";
import { act } from "/person.js";
import { parts, t, tn } from "/words.js";

const DOCUMENTS = [t("Identity card"), t("Passport"), t("Residence permit"), t("Health card"), t("Driving licence"), t("Letter or bill"), t("Another document")];

/** What a patient entered and nobody has seen proof of, with the way to say that somebody has. Null for nothing. */
export function proof(person) {
  if (!person || person.unproved.length === 0) return null;
  const list = element(
    "ul",
    { className: "unproved" },
    ...person.unproved.map(({ label, value, detail, entry }) => {
      const box = element("input", { type: "checkbox", checked: true });
      box.dataset.detail = detail;
      box.dataset.entry = entry;
      return element("li", {}, element("label", {}, box, element("span", {}, `${label}: `, element("bdi", { textContent: value })), element("small", { textContent: t("entered by the patient") })));
    }),
  );
  const document_ = element("select", { required: true, "aria-label": t("Which document did you see?") },
    element("option", { value: "", textContent: t("Which document?") }), ...DOCUMENTS.map((name) => element("option", { value: name, textContent: name })));
  const button = element("button", { type: "submit", className: "small", textContent: t("Seen proof") });
  const form = element("form", { className: "proof-form" }, list, element("div", { className: "card-buttons" }, document_, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const entries = [...list.querySelectorAll("input:checked")].map(({ dataset }) => [dataset.detail, dataset.entry]);
    button.disabled = true;
    say(await act(`/api/patients/${person.id}/proof`, { document: document_.value, entries }));
    button.disabled = false;
  });
  return element("details", { className: "proof" }, element("summary", { textContent: tn(person.unproved.length, "{n} entered by the patient, no proof seen", "{n} entered by the patient, no proof seen") }), form);
}

/** Shows the proof of a person in a place of its own; an open one stays open while nothing in it changes. */
export function showProof(place, person) {
  rebuilt(place, person ? [person.id, person.unproved] : null, () => [proof(person)]);
}

/** The two answers to two records that may be one person's. */
export function decision(request, send) {
  const place = element("div", { className: "decision" });
  return {
    place,
    update(current) {
      place.hidden = !current.two_records;
      if (place.hidden) return;
      rebuilt(place, current.patients, () => {
        const [one, ...others] = current.patients;
        const buttons = others.flatMap((other) =>
          [[other, one], [one, other]].map(([keep, merge]) => {
            const button = element("button", { type: "button", className: "small same-person" }, ...parts(t("Same person: keep {record}"), { record: element("bdi", { textContent: described(keep) }) }));
            button.addEventListener("click", () => send(button, "same-person", { keep: keep.id, merge: merge.id }));
            return button;
          }),
        );
        const apart = element("button", { type: "button", className: "small two-people", textContent: t("Two people") });
        apart.addEventListener("click", () => send(apart, "two-people"));
        const rule = t("Names, date of birth and sex stay those of the record that is kept. Of the rest, what the patient entered last holds, and stays marked until it is proved; where nothing was entered, the kept record's. Visits, appointments and tickets follow to it.");
        return [element("p", { className: "hint", textContent: rule }), element("div", { className: "card-buttons" }, ...buttons, apart)];
      });
    },
  };
}

const described = ({ name, number, born }) => [name, number ? t("no. {number}", { number }) : t("no number"), t("born {day}", { day: born })].join(", ");
