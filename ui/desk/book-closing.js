// Closing a time: whose, since when, until when and why; then everybody whom it concerns, each with what becomes of
// them; then all of it at once.
import { newId } from "/book-patient.js";
import { placeWords } from "/book-grid.js";
import { element, keep, rebuilt, setText } from "/elements.js";
import { field } from "/forms.js";
import { act, look } from "/person.js";
import { t } from "/words.js";

let page = null;
let dialog = null;
// What was decided for somebody stays while the list is read again.
let chosen = new Map();
let span = null;
let id = null;

export function begin(does) {
  page = does;
}

/** Opens the dialog for a day. */
export function open() {
  dialog ??= make();
  const told = page.board();
  chosen = new Map();
  span = null;
  id = newId();
  const part = (selector) => dialog.querySelector(selector);
  part(".closing-span").reset();
  part(".closing-span").hidden = false;
  part(".closing-list").hidden = true;
  setText(part(".said"), "");
  rebuilt(part(".who"), told.clinicians, () => [
    element("legend", { textContent: t("Whose time?") }),
    ...told.clinicians.map((name) => element("label", {}, element("input", { type: "checkbox", value: name }), element("bdi", { textContent: name }))),
  ]);
  for (const name of ["from-day", "to-day"]) part(`#closing-${name}`).value = told.day;
  const next = told.now === null ? 8 * 60 : Math.min(Math.ceil(told.now / 15) * 15, 22 * 60);
  const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  part("#closing-from").value = clock(next);
  part("#closing-to").value = clock(next + 60);
  dialog.showModal();
  part(".who input")?.focus();
}

function make() {
  const days = ["from-day", "to-day"].map(() => element("input", { type: "date", required: true }));
  const clocks = ["from", "to"].map(() => element("input", { type: "time", required: true }));
  const reason = element("input", { type: "text", maxLength: 200, required: true, autocomplete: "off", dir: "auto" });
  const pair = (name, dayLabel, timeLabel, at) => element("div", { className: "pair" }, element("div", {}, ...field(`closing-${name}-day`, dayLabel, days[at])), element("div", {}, ...field(`closing-${name}`, timeLabel, clocks[at])));
  const shows = element("button", { type: "submit", className: "strong", textContent: t("Show whom it concerns") });
  const back = () => element("button", { type: "button", className: "quiet", textContent: t("Back") });
  const leaves = back();
  const form = element(
    "form",
    { className: "closing-span" },
    element("fieldset", { className: "who" }),
    pair("from", t("From: day"), t("From: time"), 0),
    pair("to", t("Until: day"), t("Until: time"), 1),
    element("div", {}, ...field("closing-reason", t("Why?"), reason, t("For staff: patients are not told this."))),
    element("div", { className: "dialog-buttons" }, shows, leaves),
  );
  const said = element("p", { className: "said", role: "alert" });
  const does = element("button", { type: "button", className: "strong closes" });
  const again = back();
  const list = element(
    "div",
    { className: "closing-list", hidden: true },
    element("p", { className: "closing-words" }),
    element("ul", { className: "concerned" }),
    element("p", { className: "closing-sum", role: "status" }),
    element("div", { className: "dialog-buttons" }, does, again),
  );
  const made = element("dialog", { id: "closing-dialog", "aria-labelledby": "closing-title" }, element("h2", { id: "closing-title", tabIndex: -1, textContent: t("Close a time") }), form, list, said);
  leaves.addEventListener("click", () => made.close());
  again.addEventListener("click", () => {
    form.hidden = false;
    list.hidden = true;
    setText(said, "");
    shows.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const clinicians = [...form.querySelectorAll(".who input:checked")].map((box) => box.value);
    if (clinicians.length === 0) {
      setText(said, t("Choose whose time it is."));
      return;
    }
    span = { clinicians, from: `${days[0].value}T${clocks[0].value}:00`, to: `${days[1].value}T${clocks[1].value}:00`, reason: reason.value };
    shows.disabled = true;
    await preview();
    shows.disabled = false;
  });
  does.addEventListener("click", () => close(does));
  made.addEventListener("change", sum);
  made.addEventListener("close", () => {
    // What was shown of patients does not stay in the page.
    made.querySelector(".concerned").replaceChildren();
    chosen = new Map();
  });
  document.body.append(made);
  return made;
}

const part = (selector) => dialog.querySelector(selector);

async function preview() {
  setText(part(".said"), "");
  const answer = await look("/api/book/closures/preview", { clinicians: span.clinicians, from: span.from, to: span.to });
  if (answer.error) {
    setText(part(".said"), answer.error);
    return;
  }
  part(".closing-span").hidden = true;
  part(".closing-list").hidden = false;
  const { concerned } = answer;
  const words = concerned.length === 0 ? t("Nobody is booked in this time.") : t("It concerns {count} people. Each is told, by the call list that comes of this.", { count: concerned.length });
  setText(part(".closing-words"), words);
  keep(part(".concerned"), concerned, ({ appointment }) => `${appointment.id} ${appointment.slot.starts_at}`, makeConcerned, () => {});
  sum();
  dialog.querySelector("h2").focus();
}

function makeConcerned({ appointment, proposed }) {
  const { id: whose, patient, ticket, slot } = appointment;
  const name = patient?.name ?? t("A patient whose record is not here");
  const then = element("select", { "aria-label": t("What becomes of the appointment of {name}", { name }) });
  const option = (value, textContent) => element("option", { value, textContent });
  then.append(
    ...[
      proposed && !ticket && option("proposed", t("Move to {place}", { place: placeWords(proposed) })),
      !ticket && option("other", t("Move to another time…")),
      !ticket && option("call-off", t("Call it off")),
      option("leave-open", ticket ? t("They are here: speak with them") : t("Leave it open, and agree with them")),
    ].filter(Boolean),
  );
  then.value = proposed && !ticket ? "proposed" : "leave-open";
  const other = chooser(appointment, proposed);
  other.hidden = true;
  const decide = () => {
    other.hidden = then.value !== "other";
    const decision = { proposed: { then: "move", slot: proposed?.slot }, other: { then: "move", slot: other.choice }, "call-off": { then: "call-off" }, "leave-open": { then: "leave-open" } }[then.value];
    chosen.set(whose, { appointment: whose, from: slot.starts_at, ...decision });
    sum();
  };
  then.addEventListener("change", decide);
  other.addEventListener("chosen", decide);
  decide();
  return element(
    "li",
    {},
    element("div", { className: "whom" }, element("b", {}, element("bdi", { textContent: name })), element("small", { textContent: [placeWords(appointment), appointment.service, ticket && t("here: {number}", { number: ticket })].filter(Boolean).join(" · ") })),
    then,
    other,
  );
}

/** Another day, and a free time of it. */
function chooser({ id: whose, slot, day: own }, proposed) {
  const day = element("input", { type: "date", value: proposed?.day ?? own });
  const times = element("select", {});
  const said = element("small", { className: "hint", role: "status" });
  const made = element("div", { className: "other-time" }, element("div", {}, ...field(`other-day-${whose}`, t("Day"), day)), element("div", {}, ...field(`other-time-${whose}`, t("Free time"), times)), said);
  made.choice = undefined;
  let found = [];
  const search = async () => {
    if (!day.value) return;
    const answer = await look("/api/slots/search", { service: slot.service, clinician: "", day: day.value });
    found = answer.slots ?? [];
    setText(said, answer.error ?? (found.length === 0 ? t("Nothing is free on this day.") : ""));
    times.replaceChildren(element("option", { value: "", textContent: t("Choose…") }), ...found.map(({ words }, at) => element("option", { value: String(at), textContent: words })));
    made.choice = undefined;
    made.dispatchEvent(new Event("chosen"));
  };
  day.addEventListener("change", search);
  times.addEventListener("focus", () => found.length === 0 && search());
  times.addEventListener("change", () => {
    made.choice = times.value === "" ? undefined : found[Number(times.value)].slot;
    made.dispatchEvent(new Event("chosen"));
  });
  new MutationObserver(() => !made.hidden && found.length === 0 && search()).observe(made, { attributes: true, attributeFilter: ["hidden"] });
  return made;
}

/** The decisions of whom the list shows now. */
const decided = () => [...part(".concerned").children].map((child) => chosen.get(child.dataset.key.split(" ")[0]));

function sum() {
  if (!dialog || part(".closing-list").hidden) return;
  const all = decided();
  const count = (then) => all.filter((each) => each?.then === then).length;
  const missing = all.filter((each) => each?.then === "move" && !each.slot).length;
  setText(part(".closing-sum"), all.length === 0 ? "" : t("{moved} moved, {off} called off, {open} left open", { moved: count("move"), off: count("call-off"), open: count("leave-open") }));
  setText(part(".closes"), all.length === 0 ? t("Close this time") : t("Close this time, and list the calls"));
  part(".closes").disabled = missing > 0;
}

async function close(button) {
  button.disabled = true;
  const wrong = await act("/api/book/closures", { id, ...span, decided: decided() });
  button.disabled = false;
  if (wrong) {
    await preview();
    setText(part(".said"), wrong);
    return;
  }
  dialog.close();
  page.closed();
}
