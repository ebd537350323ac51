// A patient's account in a dialog: what is due, taking money for it, what is owed by hand, and every payment.
import { element, keep, rebuilt, setText } from "/elements.js";
import { ending, field, sends, writing } from "/forms.js";
import { makePayment, sender, updatePayment } from "/payments.js";
import { look, read } from "/person.js";
import { t } from "/words.js";

// A burst of boards asks only once.
const AGAIN_AFTER = 400;
let dialog = null;
let patient = null;
let waiting = null;

/** A button that opens the account of a patient. */
export function accountButton(id, className = "small bare account-open") {
  const button = element("button", { type: "button", className, textContent: t("Payments"), "data-needs": "payments" });
  button.addEventListener("click", () => openAccount(id));
  return button;
}

/** Opens the account of a patient; without one, with the question whose it is. */
export function openAccount(id = null) {
  dialog ??= makeDialog();
  patient = id;
  part(".finding").hidden = Boolean(id);
  part(".account").hidden = true;
  setText(part(".account-said"), "");
  setText(part("h2"), t("Payments of a patient"));
  if (!dialog.open) dialog.showModal();
  if (id) load();
  else part(".finder input").focus();
}

/** Something happened: an open account is read again. */
export function refresh() {
  if (!dialog?.open || !patient) return;
  waiting ??= setTimeout(() => {
    waiting = null;
    load();
  }, AGAIN_AFTER);
}

const part = (selector) => dialog.querySelector(selector);

function makeDialog() {
  const title = element("h2", { id: "account-title", tabIndex: -1 });
  const close = element("button", { type: "button", className: "strong account-close", textContent: t("Close") });
  const made = element(
    "dialog",
    { id: "account-dialog", "aria-labelledby": "account-title" },
    title,
    finder(),
    element("p", { className: "said account-said", role: "status" }),
    account(),
    element("div", { className: "dialog-buttons" }, close),
  );
  // What was shown of somebody must not stand in the page of the next, nor arrive there late.
  const forget = () => {
    patient = null;
    for (const list of made.querySelectorAll(".found, .due-list, .payment-list")) list.replaceChildren();
    for (const form of made.querySelectorAll("form")) form.reset();
    setText(title, "");
  };
  close.addEventListener("click", () => {
    forget();
    made.close();
  });
  // Escape closes it without the button.
  made.addEventListener("close", forget);
  made.addEventListener("money-changed", load);
  document.body.append(made);
  return made;
}

function finder() {
  const born = element("input", { type: "date", autocomplete: "off" });
  const family = element("input", { type: "text", maxLength: 80, autocomplete: "off", dir: "auto" });
  const number = element("input", { type: "text", maxLength: 40, autocomplete: "off" });
  const results = element("ul", { className: "found", "aria-label": t("Records found") });
  const said = element("p", { className: "said", role: "status" });
  const form = element(
    "form",
    { className: "finder" },
    element("div", {}, ...field("account-born", t("Born"), born)),
    element("div", {}, ...field("account-family", t("Family name"), family)),
    element("div", {}, ...field("account-number", t("or record no."), number)),
    element("button", { type: "submit", textContent: t("Find the record") }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const answer = await look("/api/patients/search", { born: born.value, family: family.value, number: number.value });
    if (answer.error) setText(said, answer.error);
    else if (answer.patients.length === 0) setText(said, t("Nobody fits."));
    results.replaceChildren(
      ...(answer.patients ?? []).map(({ id, name, number: no, born: day }) => {
        const button = element("button", { type: "button", className: "small", textContent: t("Open") });
        button.setAttribute("aria-label", t("Open the payments of {name}", { name }));
        button.addEventListener("click", () => openAccount(id));
        const details = [t("born {day}", { day }), no && t("no. {number}", { number: no })].filter(Boolean).join(" · ");
        return element("li", {}, element("span", {}, element("b", {}, element("bdi", { textContent: name })), element("small", { textContent: details })), button);
      }),
    );
  });
  return element("div", { className: "finding" }, form, said, results);
}

function account() {
  const said = element("p", { className: "said", role: "status" });
  const send = sender(said);
  const how = element(
    "select",
    { required: true },
    element("option", { value: "", textContent: t("Choose…") }),
    ...[
      ["cash", t("Cash")],
      ["card", t("Card, at the desk's own terminal")],
      ["transfer", t("Transfer, seen on the account")],
    ].map(([value, textContent]) => element("option", { value, textContent })),
  );
  // The items have forms of their own, so this one stands beside them and not around them.
  const form = element(
    "form",
    { className: "take-form" },
    element("p", { className: "take-sum", role: "status" }),
    ...field("account-how", t("How was it paid?"), how),
    element("button", { type: "submit", className: "strong", textContent: t("I have taken it") }),
  );
  const take = element(
    "div",
    { className: "take" },
    element("p", { className: "take-stop" }),
    element("ul", { className: "due-list", "aria-label": t("What is due") }),
    element("p", { className: "nothing-due", textContent: t("Nothing is due.") }),
    form,
  );
  take.addEventListener("change", showSum);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = checked();
    const button = form.querySelector("[type=submit]");
    const kept = await send(button, `/api/patients/${patient}/payments`, {
      charges: chosen.map(({ dataset }) => dataset.charge),
      how: how.value,
      minor: chosen.reduce((sum, { dataset }) => sum + Number(dataset.minor), 0),
      currency: chosen[0].dataset.currency,
    });
    if (!kept) return;
    form.reset();
    part("h2").focus();
  });
  const what = element("input", { type: "text", maxLength: 120, required: true, autocomplete: "off", dir: "auto" });
  const amount = element("input", { type: "text", inputMode: "decimal", maxLength: 20, required: true, autocomplete: "off" });
  const add = element("form", { className: "note" }, ...field("account-what", t("What is it for?"), what, t("The patient reads this.")), ...field("account-amount", t("Amount"), amount, " "), ending(t("Add it"), false));
  add.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(add.querySelector("[type=submit]"), `/api/patients/${patient}/charges`, { text: what.value, amount: amount.value })) add.reset();
  });
  return element(
    "div",
    { className: "account" },
    element("h3", { textContent: t("Due") }),
    take,
    element("details", { className: "add" }, element("summary", { textContent: t("Add an item…") }), add),
    said,
    element("h3", { textContent: t("Payments") }),
    element("p", { className: "no-payments", textContent: t("There are no payments.") }),
    element("ul", { className: "payment-list" }),
  );
}

const checked = () => [...part(".due-list").querySelectorAll("input:checked")];

/** An amount in minor units as it is written in a currency of which one amount is written already. */
function written(minor, { figures, currency }) {
  const places = figures.includes(".") ? figures.split(".")[1].length : 0;
  const digits = String(minor).padStart(places + 1, "0");
  const number = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return `${number} ${currency}`;
}

function showSum() {
  const chosen = checked();
  const currencies = new Set(chosen.map(({ dataset }) => dataset.currency));
  const sum = chosen.reduce((total, { dataset }) => total + Number(dataset.minor), 0);
  const words = currencies.size > 1
    ? t("Take one currency at a time.")
    : chosen.length > 0
      ? t("Together: {amount}", { amount: written(sum, chosen[0].dataset) })
      : t("Choose what is paid.");
  setText(part(".take-sum"), words);
  part(".take-form [type=submit]").disabled = chosen.length === 0 || currencies.size > 1;
}

async function load() {
  const mine = patient;
  if (!mine) return;
  try {
    const told = await read(`/api/patients/${mine}/account`);
    // Somebody else's may have been opened meanwhile.
    if (mine !== patient) return;
    if (told.error) throw new Error(told.error);
    setText(part(".account-said"), "");
    show(told);
  } catch (error) {
    const why = error instanceof Error && error.name === "Error" && error.message ? error.message : t("The desk's computer did not answer. What stands here may be old.");
    setText(part(".account-said"), why);
  }
}

function show(told) {
  const first = part(".account").hidden;
  const more = [told.number && t("no. {number}", { number: told.number }), t("born {day}", { day: told.born })].filter(Boolean).join(" · ");
  part("h2").replaceChildren(element("bdi", { textContent: told.name }), ` · ${more}`);
  part(".finding").hidden = true;
  part(".account").hidden = false;
  setText(part(".take-stop"), told.stop);
  part(".nothing-due").hidden = told.dues.length > 0 || told.stop !== "";
  part(".take-form").hidden = told.dues.length === 0 || told.stop !== "";
  keep(part(".due-list"), told.dues, (due) => due.charge, makeDue, updateDue);
  showSum();
  setText(part("#account-amount-hint"), told.currency
    ? t("In {currency}, written in full, like {example}.", { currency: told.currency, example: told.example })
    : t("The clinic's routines name no currency."));
  part(".no-payments").hidden = told.payments.length > 0;
  keep(
    part(".payment-list"),
    told.payments,
    (payment) => payment.id,
    (payment) => element("li", {}, element("h4", { textContent: `${payment.amount}, ${payment.means}` }), makePayment(payment, "account")),
    (item, payment) => updatePayment(item.querySelector(".payment"), payment),
  );
  if (first) part("h2").focus();
}

function makeDue(due) {
  const said = element("p", { className: "said", role: "status" });
  const send = sender(said);
  const box = element("input", { type: "checkbox", checked: true });
  const why = writing(2, 2000, true);
  const form = element("form", { className: "note", hidden: true }, ...field(`withdraw-${due.charge}`, t("Why is it owed no longer?"), why), ending(t("It is owed no longer"), true));
  const opens = element("button", { type: "button", className: "small bare withdraws", textContent: t("Owed no longer…") });
  const turn = (open) => {
    form.hidden = !open;
    opens.hidden = open;
    (open ? why : opens).focus({ preventScroll: true });
  };
  opens.addEventListener("click", () => turn(true));
  form.querySelector(".cancel").addEventListener("click", () => turn(false));
  sends(form, send, `/api/charges/${due.charge}/withdraw`, () => ({ why: why.value }));
  const label = element("label", {}, box, element("span", {}, element("bdi"), element("small")), element("span", { className: "amount" }));
  return element("li", {}, label, opens, form, said);
}

function updateDue(item, due) {
  const box = item.querySelector("input[type=checkbox]");
  Object.assign(box.dataset, { charge: due.charge, minor: due.open.minor, figures: due.open.figures, currency: due.open.currency });
  setText(item.querySelector("bdi"), due.text);
  setText(item.querySelector("small"), due.of ? t("{day}, of {whole}", { day: due.day, whole: due.of }) : due.day);
  setText(item.querySelector(".amount"), due.open.written);
  const opens = item.querySelector(".withdraws");
  opens.classList.toggle("hidden-away", !due.can_withdraw);
  opens.disabled = !due.can_withdraw;
}
