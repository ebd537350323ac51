// What is opened from the book: an appointment with what can be done about it, and a free time to book for somebody.
import { openAccount } from "/account.js";
import { placeWords, statesOf } from "/book-grid.js";
import { element, rebuilt, setText } from "/elements.js";
import { field } from "/forms.js";
import { look } from "/person.js";
import { t } from "/words.js";

let page = null;
let dialog = null;

/** `does` is what the page can: move, call off, book. */
export function begin(does) {
  page = does;
}

/** Opens an empty dialog; it is made once. */
function opens(...children) {
  dialog ??= document.body.appendChild(element("dialog", { id: "book-dialog", "aria-labelledby": "book-dialog-title" }));
  dialog.replaceChildren(...children.filter(Boolean));
  if (!dialog.open) dialog.showModal();
  // What was shown of somebody does not stay in the page.
  dialog.addEventListener("close", () => dialog.replaceChildren(), { once: true });
}

const title = (...children) => element("h2", { id: "book-dialog-title", tabIndex: -1 }, ...children);
const closing = (words = t("Close")) => {
  const button = element("button", { type: "button", className: "quiet", textContent: words });
  button.addEventListener("click", () => dialog.close());
  return button;
};

/** An appointment: who, when, how it stands, and what can be done. */
export function openAppointment(appointment) {
  const { patient, slot } = appointment;
  const said = element("p", { className: "said", role: "status" });
  const facts = [
    [t("When"), placeWords(appointment)],
    [t("Service"), appointment.service],
    patient && [t("Born"), patient.born],
    patient?.number && [t("Record"), patient.number],
    [t("How it stands"), statesOf(appointment).join(" · ") || t("Booked")],
  ].filter(Boolean);
  const can = !appointment.ticket;
  const moves = element("button", { type: "button", className: "strong", textContent: t("Move…"), disabled: !can });
  moves.addEventListener("click", () => {
    dialog.close();
    page.startMoving(appointment);
  });
  const off = element("button", { type: "button", textContent: t("Call it off…"), disabled: !can });
  const sure = element("div", { className: "sure", hidden: true }, element("p", { textContent: t("It is called off, and the time is offered to whoever waits for one.") }));
  const yes = element("button", { type: "button", className: "strong", textContent: t("Yes, call it off") });
  yes.addEventListener("click", async () => {
    yes.disabled = true;
    const wrong = await page.callOff(appointment);
    yes.disabled = false;
    if (wrong) setText(said, wrong);
    else dialog.close();
  });
  const no = element("button", { type: "button", className: "quiet", textContent: t("No, keep it") });
  const turn = (open) => {
    sure.hidden = !open;
    off.hidden = open;
    (open ? yes : off).focus();
  };
  off.addEventListener("click", () => turn(true));
  no.addEventListener("click", () => turn(false));
  sure.append(element("div", { className: "card-buttons" }, yes, no));
  const money = element("button", { type: "button", className: "quiet", textContent: t("Payments"), "data-needs": "payments" });
  money.addEventListener("click", () => {
    dialog.close();
    openAccount(patient.id);
  });
  const file = element("a", { className: "button quiet", href: `/api/book/appointments/${appointment.id}/calendar`, download: "appointment.ics", textContent: t("For their calendar") });
  opens(
    title(element("bdi", { textContent: patient?.name ?? t("A patient whose record is not here") })),
    element("dl", { className: "facts" }, ...facts.map(([name, value]) => element("div", {}, element("dt", { textContent: name }), element("dd", {}, element("bdi", { textContent: value }))))),
    can ? null : element("p", { className: "hint", textContent: t("They are here already: it can be neither moved nor called off.") }),
    said,
    element("div", { className: "card-buttons" }, moves, off, file, patient ? money : null),
    sure,
    element("div", { className: "dialog-buttons" }, closing()),
  );
  dialog.querySelector("h2").focus();
}

/** A free time: for whom is it booked? */
export function openSlot(free) {
  const born = element("input", { type: "date", autocomplete: "off" });
  const family = element("input", { type: "text", maxLength: 80, autocomplete: "off", dir: "auto" });
  const number = element("input", { type: "text", maxLength: 40, autocomplete: "off" });
  const results = element("ul", { className: "found", "aria-label": t("Records found") });
  const said = element("p", { className: "said", role: "status" });
  const form = element(
    "form",
    { className: "finder" },
    element("div", {}, ...field("book-born", t("Born"), born)),
    element("div", {}, ...field("book-family", t("Family name"), family)),
    element("div", {}, ...field("book-number", t("or record no."), number)),
    element("button", { type: "submit", textContent: t("Find the record") }),
  );
  // One id for the whole dialog: sent twice, it books once.
  const id = newId();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const answer = await look("/api/patients/search", { born: born.value, family: family.value, number: number.value });
    if (answer.error) setText(said, answer.error);
    else if (answer.patients.length === 0) setText(said, t("Nobody fits."));
    rebuilt(results, answer.patients ?? [], () => (answer.patients ?? []).map((patient) => found(patient, free, id, said)));
  });
  opens(
    title(t("Book {time}", { time: free.time })),
    element("p", {}, element("bdi", { textContent: `${placeWords(free)} · ${free.service}` })),
    element("div", { className: "finding" }, element("h3", { textContent: t("For whom?") }), form, said, results),
    element("div", { className: "dialog-buttons" }, closing(t("Back"))),
  );
  born.focus();
}

function found({ id: patient, name, number, born, today }, free, id, said) {
  const button = element("button", { type: "button", className: "small strong", textContent: t("Book it") });
  button.setAttribute("aria-label", t("Book it for {name}", { name }));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const wrong = await page.book({ id, patient, slot: free.slot }, name, free);
    button.disabled = false;
    if (wrong) setText(said, wrong);
    else dialog.close();
  });
  const details = [t("born {day}", { day: born }), number && t("no. {number}", { number }), ...today.map((words) => t("today {words}", { words }))].filter(Boolean);
  return element("li", {}, element("span", {}, element("b", {}, element("bdi", { textContent: name })), element("small", { textContent: details.join(" · ") })), button);
}

/** A random UUID (version 4); the browser's own needs a page with TLS. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
