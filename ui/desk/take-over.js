// Finishing a step for a patient who called for a person, from here.
import { element, rebuilt, setText } from "/elements.js";
import { ending, field, sends } from "/forms.js";
import { look } from "/person.js";
import { t } from "/words.js";

const KINDS = { date: "date", telephone: "tel", text: "text" };

/** The panel: the answer to the question at which the patient stands, or the record that is theirs. */
export function make(request, send) {
  const parts = [];
  const { answer } = request.take_over;
  if (answer) {
    const input = element("input", { type: KINDS[answer.kind] ?? "text", required: true, maxLength: 120, autocomplete: "off" });
    const form = element("form", { className: "note" }, ...field(`answer-for-${request.id}`, t("{question}, for the patient", { question: answer.label }), input), ending(t("Go on for the patient"), false));
    parts.push(sends(form, send, "step", () => ({ answer: input.value })));
  }
  if (request.take_over.find) parts.push(finder(request, send));
  const hint = element("p", { className: "hint", textContent: t("The kiosk goes on from there; the patient confirms who they are.") });
  return element("div", { role: "group", "aria-label": t("Do it for them") }, ...parts, parts.length > 0 ? hint : null);
}

function finder(request, send) {
  const born = element("input", { type: "date", autocomplete: "off" });
  const family = element("input", { type: "text", maxLength: 80, autocomplete: "off", dir: "auto" });
  const number = element("input", { type: "text", maxLength: 40, autocomplete: "off" });
  const results = element("ul", { className: "found", "aria-label": t("Records found") });
  const said = element("p", { className: "said", role: "status" });
  const form = element(
    "form",
    { className: "finder" },
    element("div", {}, ...field(`born-${request.id}`, t("Born"), born)),
    element("div", {}, ...field(`family-${request.id}`, t("Family name"), family)),
    element("div", {}, ...field(`number-${request.id}`, t("or record no."), number)),
    element("button", { type: "submit", textContent: t("Find the record") }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const answer = await look("/api/patients/search", { born: born.value, family: family.value, number: number.value });
    if (answer.error) setText(said, answer.error);
    else if (answer.patients.length === 0) setText(said, t("Nobody fits."));
    results.replaceChildren(...(answer.patients ?? []).map((patient) => row(patient, send)));
  });
  const listed = element("ul", { className: "found listed", "aria-label": t("Records of the request") });
  listed.addEventListener("click", ({ target }) => target.dataset.patient && send(target, "step", { patient: target.dataset.patient }));
  return element("div", { className: "finding" }, listed, form, said, results);
}

function row(patient, send) {
  const button = element("button", { type: "button", className: "small", textContent: t("This is the patient") });
  button.addEventListener("click", async () => {
    if (await send(button, "step", { patient: patient.id })) setText(button, t("Sent to the kiosk"));
  });
  const details = [t("born {day}", { day: patient.born }), patient.number && t("no. {number}", patient), ...(patient.today ?? [])].filter(Boolean).join(" · ");
  return element("li", {}, element("span", {}, element("b", {}, element("bdi", { textContent: patient.name })), element("small", { textContent: details })), button);
}

/** The records that fit, where the request names any. */
export function update(panel, request) {
  const listed = panel.querySelector(".listed");
  if (!listed) return;
  listed.hidden = request.patients.length === 0;
  rebuilt(listed, request.patients, () =>
    request.patients.map((patient) => {
      const button = element("button", { type: "button", className: "small", textContent: t("Go on with this record") });
      button.dataset.patient = patient.id;
      return element("li", {}, element("span", {}, element("b", {}, element("bdi", { textContent: patient.name })), element("small", { textContent: t("born {day}", { day: patient.born }) })), button);
    }),
  );
}
