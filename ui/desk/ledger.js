// The money of a day: what is not settled, the terminals with their ends of day, the cash drawer, the sums, and the list itself.
import { accountButton, openAccount, refresh } from "/account.js";
import * as drawer from "/drawer.js";
import { byId, element, keep, rebuilt, say, setText } from "/elements.js";
import { ending, field } from "/forms.js";
import { begin, cell, figure, loading, rows } from "/overview.js";
import { t } from "/words.js";
import { STATES, chip, closing, makePayment, sender, updatePayment } from "/payments.js";

const REFUND_STATES = { ...STATES, "not-charged": t("Did not go back") };
let day = null;
const sums = loading(() => `/api/payments/day${day ? `?day=${day}` : ""}`, show, () => 1000, say);

function show(told) {
  setText(byId("clinic"), told.clinic);
  byId("practice").hidden = !told.practice;
  setText(byId("title"), told.title);
  byId("day").max = told.today;
  for (const id of ["day", "csv-from", "csv-to"]) byId(id).value ||= told.day;
  showTable();
  byId("doubts-part").hidden = told.in_doubt.length === 0;
  setText(byId("doubts-count"), String(told.in_doubt.length));
  keep(byId("doubts"), told.in_doubt, (payment) => payment.id, makeDoubt, (item, payment) => updatePayment(item.querySelector(".payment"), payment));
  rows("sums", told.sums, ({ means, currency, charged_count, charged, refunded_count, refunded, net }) => [
    element("th", { scope: "row" }, means, element("small", { textContent: currency })),
    figure(charged.written, charged_count),
    figure(refunded.written, refunded_count),
    figure(net.written),
  ]);
  byId("sums-none").hidden = told.sums.length > 0;
  drawer.show(told);
  keep(byId("terminals"), told.terminals, (terminal) => terminal.kiosk, makeTerminal, updateTerminal);
  byId("terminals-none").hidden = told.terminals.length > 0;
  byId("closings-part").hidden = told.closings.length === 0;
  keep(byId("closings"), told.closings, (shown) => shown.id, () => element("li", {}, element("h3"), element("div")), (item, shown) => {
    setText(item.querySelector("h3"), t("Terminal at {kiosk}", shown));
    rebuilt(item.querySelector("div"), shown, () => [closing(shown)]);
  });
  setText(byId("payments-count"), told.payments.length > 0 ? String(told.payments.length) : "");
  byId("payments-none").hidden = told.payments.length > 0;
  rows("payments", told.payments, ({ at, name, patient, what, receipt, state, amount }) => [cell(at), who(name, patient), cell(what), cell(receipt), element("td", { role: "cell" }, chip(state)), figure(amount)]);
  byId("refunds-part").hidden = told.refunds.length === 0;
  rows("refunds", told.refunds, ({ at, name, patient, way, by, why, state, amount }) => [cell(at), who(name, patient), cell(t("{way}, by {by}: {why}", { way, by, why })), element("td", { role: "cell" }, chip(state, REFUND_STATES)), figure(amount)]);
}

function who(name, patient) {
  const button = patient ? accountButton(patient) : null;
  button?.setAttribute("aria-label", t("Payments of {name}", { name }));
  return element("td", { role: "cell" }, element("bdi", { textContent: name }), button);
}

function makeDoubt(payment) {
  const head = element("h3", { textContent: `${payment.amount}, ${payment.means}` });
  const whose = payment.patient ? element("p", {}, element("bdi", { textContent: payment.patient.name }), " ", accountButton(payment.patient.id)) : null;
  return element("li", {}, head, whose, makePayment(payment, "doubt"));
}

function makeTerminal({ kiosk }) {
  const said = element("p", { className: "said", role: "status" });
  const send = sender(said);
  const button = element("button", { type: "button", className: "closes", textContent: t("Close the terminal’s day") });
  button.addEventListener("click", () => send(button, `/api/terminals/${encodeURIComponent(kiosk)}/end-of-day`));
  const amount = element("input", { type: "text", inputMode: "decimal", required: true, maxLength: 20, autocomplete: "off" });
  const [count, first, last] = [1, 2, 3].map(() => element("input", { type: "number", min: 0, max: 9999, autocomplete: "off" }));
  const id = `counted-${kiosk}`;
  const form = element(
    "form",
    { className: "note counted" },
    ...field(`${id}-amount`, t("Sum on the terminal’s slip"), amount),
    ...field(`${id}-count`, t("How many transactions, if it says so"), count),
    ...field(`${id}-first`, t("First receipt number, if it says so"), first),
    ...field(`${id}-last`, t("Last receipt number, if it says so"), last),
    ending(t("Enter the count"), false),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const number = (input) => (input.value === "" ? null : Number(input.value));
    const details = { amount: amount.value, count: number(count), first: number(first), last: number(last) };
    if (await send(form.querySelector("[type=submit]"), `/api/closings/${form.dataset.order}/counted`, details)) form.reset();
  });
  const byHand = element("details", { className: "by-hand" }, element("summary", { textContent: t("It did close its day: enter what it counted…") }), form);
  return element("li", {}, element("h3", { textContent: t("Kiosk {name}", { name: kiosk }) }), element("p", { className: "open" }), element("p", { className: "asked" }), button, element("p", { className: "hint stop" }), byHand, said);
}

function updateTerminal(item, { open, stop, asked: words, count_by_hand: order }) {
  const part = (selector) => item.querySelector(selector);
  setText(part(".open"), open);
  setText(part(".asked"), words ?? "");
  setText(part(".stop"), stop);
  part(".closes").disabled = stop !== "";
  part(".by-hand").hidden = !order;
  part("form").dataset.order = order ?? "";
}

/** Where the table of the chosen days is. */
function showTable() {
  byId("csv").href = `/api/payments.csv?from=${byId("csv-from").value}&to=${byId("csv-to").value}`;
}

byId("account-find").addEventListener("click", () => openAccount());
byId("day").addEventListener("change", () => {
  if (!byId("day").value) return;
  day = byId("day").value;
  for (const id of ["csv-from", "csv-to"]) byId(id).value = day;
  sums.now();
});
byId("day-form").addEventListener("submit", (event) => event.preventDefault());
byId("csv-form").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["csv-from", "csv-to"]) byId(id).addEventListener("change", showTable);
document.addEventListener("money-changed", sums.soon);
begin(
  "payments",
  () => {
    refresh();
    sums.soon();
  },
  () => sums.now(),
);
