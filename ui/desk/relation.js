// Who acts for a patient: shown with the arrival until staff have confirmed or ended it.
import { element, rebuilt, say } from "/elements.js";
import { act } from "/person.js";
import { parts, t } from "/words.js";

/** Shows in `place` what staff should know of an arrival, and who acts for the patient. */
export function show(place, row) {
  rebuilt(place, [row.notes, row.acts], () => [
    ...row.notes.map((note) => element("small", { className: "note-beside", textContent: note })),
    row.acts ? acting(row.acts) : null,
  ]);
}

function acting(acts) {
  const words = element(
    "small",
    { className: "acts" },
    ...parts(t("Acts for the patient ({what}): {who}"), { what: element("bdi", { textContent: acts.what }), who: element("bdi", { textContent: acts.who }) }),
  );
  if (acts.confirmed || acts.ended) {
    words.append(` · ${acts.confirmed || acts.ended}`);
    return words;
  }
  const consent = element("p", { className: "consent", dir: "auto", lang: acts.lang, textContent: acts.consent });
  const agreed = element("details", {}, element("summary", { textContent: t("Entered by the patient, agreed {time}", { time: acts.agreed }) }), consent);
  return element("div", { className: "acting" }, words, agreed, button(t("Confirm"), acts.relation, "confirm"), button(t("End"), acts.relation, "end"));
}

function button(label, relation, what) {
  const made = element("button", { type: "button", className: "small", textContent: label });
  made.addEventListener("click", async () => {
    made.disabled = true;
    say(await act(`/api/relations/${relation}/${what}`));
    made.disabled = false;
  });
  return made;
}
