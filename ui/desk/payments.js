// A payment: what it is for, what was said of it, and what staff can do about it: settle a doubt, give money back.
import { capital, element, keep, rebuilt, setText } from "/elements.js";
import { ending, field, sends, writing } from "/forms.js";
import { act } from "/person.js";
import { parts, t, tn } from "/words.js";

export const STATES = {
  "under-way": t("Under way"),
  charged: t("Charged"),
  "not-charged": t("Not charged"),
  "not-known": t("Not known"),
  "gone-back": t("Went back"),
};
const REFUND_STATES = { ...STATES, "not-charged": t("Did not go back") };

/** Sends something about money; says in `said` what went wrong, and tells those around that something changed. */
export function sender(said) {
  return async (control, path, details) => {
    const card = said.closest(".card");
    const wasThere = document.activeElement === control;
    control.disabled = true;
    // A card that goes because of this must not tell of what was written on it.
    if (card) card.dataset.sending = "1";
    setText(said, "");
    const wrong = await act(path, details);
    if (card) delete card.dataset.sending;
    setText(said, wrong ?? "");
    control.disabled = false;
    if (wasThere && document.activeElement === document.body && control.isConnected) control.focus({ preventScroll: true });
    if (wrong === null) said.dispatchEvent(new CustomEvent("money-changed", { bubbles: true }));
    return wrong === null;
  };
}

/** A word for a state, never by its colour alone. */
export function chip(state, words = STATES) {
  return element("span", { className: `state state-${state}`, textContent: words[state] ?? state });
}

/** The part of a card about money; it is empty where the request is about none. */
export function makeMoney(request) {
  if (request.for_payments) return element("p", { className: "money", textContent: t("Somebody who takes payments sees to this.") });
  if (!request.money) return element("div", { className: "money", hidden: true });
  const title = `money-title-${request.id}`;
  const heading = element("h4", { id: title });
  const part = element("section", { className: "money", "aria-labelledby": title }, heading);
  part.append(request.money.about === "payment" ? makePayment(request.money, request.id) : element("div", { className: "closing-place" }));
  return part;
}

/** Brings it up to date; what somebody is typing stays. */
export function updateMoney(part, request) {
  const { money } = request;
  if (!money) return;
  const heading = part.querySelector("h4");
  if (money.about === "payment") {
    setText(heading, `${money.amount}, ${money.means}`);
    updatePayment(part.querySelector(".payment"), money);
    return;
  }
  setText(heading, t("End of day of the terminal at {kiosk}", money));
  rebuilt(part.querySelector(".closing-place"), money, () => [closing(money)]);
}

/** A payment with its forms; `where` makes the names of its fields its own on the page. */
export function makePayment(payment, where) {
  const said = element("p", { className: "said", role: "status" });
  const send = sender(said);
  const id = `${where}-${payment.id}`;
  const buttons = [];
  const forms = [];
  const opener = (label, className, form) => {
    const button = element("button", { type: "button", className, textContent: label });
    if (className === "refunds-open") button.dataset.needs = "refunds";
    buttons.push(button);
    forms.push(form);
    const turn = (open) => {
      for (const each of forms) each.hidden = !(open && each === form);
      row.hidden = open;
      (open ? form.querySelector("input, select, textarea") : button).focus({ preventScroll: true });
    };
    button.addEventListener("click", () => turn(true));
    form.querySelector(".cancel").addEventListener("click", () => turn(false));
    form.addEventListener("kept", () => turn(false));
  };
  const row = element("div", { className: "card-buttons", "data-needs": "payments" });
  const told = element("p", { className: "hint", role: "status" });
  const asks = element("button", { type: "button", className: "asks", textContent: t("Ask the terminal") });
  asks.addEventListener("click", () => send(asks, `/api/terminals/${encodeURIComponent(payment.terminal)}/last-transaction`));
  buttons.push(asks);
  opener(t("It was charged…"), "settles", settleForm(`charged-${id}`, payment, send, true));
  opener(t("It was not charged…"), "settles", settleForm(`uncharged-${id}`, payment, send, false));
  opener(t("Give money back…"), "refunds-open", refundForm(`refund-${id}`, payment, send));
  opener(t("Print the receipt…"), "prints", receiptForm(`receipt-${id}`, payment, send, told));
  row.append(...buttons);
  return element(
    "div",
    { className: "payment", "data-where": where },
    element("p", { className: "payment-state" }),
    element("ul", { className: "payment-items", "aria-label": t("What it is for") }),
    element("dl", { className: "facts" }),
    element("ul", { className: "events payment-words", "aria-label": t("What was said of it") }),
    element("p", { className: "payment-asked" }),
    row,
    ...forms,
    said,
    told,
    element("ul", { className: "refunds", "aria-label": t("Money that went back, or is to") }),
  );
}

/** Brings a payment up to date. */
export function updatePayment(part, payment) {
  const place = (selector) => part.querySelector(selector);
  rebuilt(place(".payment-state"), [payment.state, payment.state_words, payment.differs], () => [
    chip(payment.state),
    ` ${payment.state_words}`,
    payment.differs ? element("b", { className: "differs", textContent: ` ${t("Two that should know say different things.")}` }) : null,
  ]);
  rebuilt(place(".payment-items"), payment.items, () =>
    payment.items.map(({ text, amount }) => element("li", {}, element("bdi", { textContent: text }), element("span", { className: "amount", textContent: amount }))),
  );
  const facts = [
    [t("Begun"), payment.begun],
    [t("Terminal"), payment.terminal && t("kiosk {name}", { name: payment.terminal })],
    [t("Reference"), payment.reference],
    [t("Receipt"), payment.paper],
  ].filter(([, value]) => value);
  rebuilt(place(".facts"), facts, () =>
    facts.map(([name, value]) => element("div", {}, element("dt", { textContent: name }), element("dd", {}, element("bdi", { textContent: value })))),
  );
  rebuilt(place(".payment-words"), payment.words, () => payment.words.map(said));
  const { asked } = payment;
  rebuilt(place(".payment-asked"), asked, () => (asked ? [`${asked.words}. `, element("b", { textContent: asked.answer ? t("Answer, {words}", { words: asked.answer }) : t("No answer yet.") })] : []));
  const row = place(".card-buttons");
  const doubted = payment.can_settle || payment.refunds.some((refund) => refund.can_settle && refund.at_terminal);
  place(".asks").hidden = !doubted || !payment.terminal;
  for (const button of row.querySelectorAll(".settles")) button.hidden = !payment.can_settle;
  place(".refunds-open").hidden = !payment.refundable;
  place(".prints").hidden = payment.printers.length === 0;
  if (payment.printers.length > 0) place(".receipt-form").dispatchEvent(new CustomEvent("offered", { detail: payment }));
  row.classList.toggle("nothing", [...row.children].every((button) => button.hidden));
  const form = place(".refund-form");
  if (payment.refundable) form.dispatchEvent(new CustomEvent("offered", { detail: payment }));
  keep(place(".refunds"), payment.refunds, (refund) => refund.id, (refund) => makeRefund(refund, part.dataset.where), updateRefund);
}

function said({ at, words, transaction }) {
  return element("li", {}, element("time", { textContent: at }), " ", element("bdi", { textContent: words }), transaction ? element("span", { className: "told", textContent: `: ${transaction}` }) : null);
}

/** Which kiosk prints the receipt: the desk has no printer of its own. */
function receiptForm(id, payment, send, told) {
  const kiosk = element("select", { required: true });
  const form = element("form", { className: "note receipt-form", hidden: true }, ...field(`${id}-kiosk`, t("At which kiosk?"), kiosk, t("It comes out of its printer at once: somebody should stand there.")), ending(t("Print it"), true));
  form.addEventListener("offered", ({ detail }) => {
    rebuilt(kiosk, detail.printers, () => detail.printers.map((name) => element("option", { value: name, textContent: name })));
  });
  sends(form, send, `/api/payments/${payment.id}/receipt`, () => ({ kiosk: kiosk.value }));
  form.addEventListener("kept", () => setText(told, t("The kiosk prints it now. Whether it came out stands here in a moment.")));
  return form;
}

/** What somebody saw. A charge at a terminal is named by its receipt number, any other money by what the account shows. */
function settleForm(id, payment, send, charged) {
  const atTerminal = Boolean(payment.terminal);
  const receipt = charged && atTerminal ? receiptInput() : null;
  const note = writing(2, 2000, !(charged && atTerminal));
  const asks = charged ? (atTerminal ? t("Anything to add?") : t("What does the account show?")) : t("What did you look at?");
  const hint = charged
    ? atTerminal ? "" : t("Amount, time, reference.")
    : atTerminal ? t("Such as the terminal's journal, or the receipt it printed.") : t("Such as the account, or the provider's list.");
  const form = element(
    "form",
    { className: "note", hidden: true },
    ...(receipt ? field(`${id}-receipt`, t("Receipt number of the terminal"), receipt, t("Up to four figures: on its receipt, or in its journal.")) : []),
    ...field(`${id}-note`, asks, note, hint),
    ending(charged ? t("It was charged") : t("It was not charged"), true),
  );
  return sends(form, send, `/api/payments/${payment.id}/settle`, () => ({ charged, receipt: receipt?.value ?? "", note: note.value }));
}

const receiptInput = () => element("input", { type: "text", inputMode: "numeric", maxLength: 4, required: true, autocomplete: "off", pattern: "[0-9]{1,4}" });

function refundForm(id, payment, send) {
  const amount = element("input", { type: "text", inputMode: "decimal", required: true, autocomplete: "off", maxLength: 20 });
  const way = element("select", { required: true });
  const why = writing(2, 2000, true);
  const items = element("fieldset", { className: "no-longer" }, element("legend", { textContent: t("Which of it is owed no longer?") }));
  const form = element(
    "form",
    { className: "note refund-form", hidden: true },
    ...field(`${id}-amount`, t("How much goes back"), amount),
    ...field(`${id}-way`, t("By which way?"), way),
    items,
    ...field(`${id}-why`, t("Why?"), why),
    ending(t("Give it back"), true),
  );
  form.addEventListener("offered", ({ detail }) => {
    const { refundable, can_reverse, terminal } = detail;
    // What is typed stays; what can go back at most is offered anew.
    rebuilt(way, [can_reverse, terminal], () => [
      element("option", { value: "", textContent: t("Choose…") }),
      ...[
        can_reverse && ["reversal", t("The terminal at {terminal} takes it back, whole", { terminal })],
        terminal && ["credit", t("To a card, presented at the terminal at {terminal}", { terminal })],
        ["cash", t("Cash, here")],
        ["card", t("To a card, at the desk's own terminal")],
        ["transfer", t("By transfer")],
      ]
        .filter(Boolean)
        .map(([value, textContent]) => element("option", { value, textContent })),
    ]);
    if (amount.dataset.most !== refundable.figures) {
      amount.dataset.most = refundable.figures;
      amount.value = refundable.figures;
      amount.defaultValue = refundable.figures;
    }
    rebuilt(items, detail.items, () => [
      element("legend", { textContent: t("Which of it is owed no longer?") }),
      ...detail.items.map(({ charge, text, amount: sum }) => {
        const box = element("input", { type: "checkbox", value: charge });
        return element("label", {}, box, element("span", {}, element("bdi", { textContent: text }), ` ${sum}`));
      }),
      element("small", { className: "hint", textContent: t("What is not ticked is due again.") }),
    ]);
  });
  return sends(form, send, `/api/payments/${payment.id}/refund`, () => ({
    amount: amount.value,
    way: way.value,
    why: why.value,
    withdraw: [...items.querySelectorAll("input:checked")].map((box) => box.value),
  }));
}

function makeRefund(refund, where) {
  const saidWrong = element("p", { className: "said", role: "status" });
  const send = sender(saidWrong);
  const form = (charged) => {
    const receipt = charged && refund.at_terminal ? receiptInput() : null;
    const note = writing(2, 2000, !receipt);
    const id = `${where}-${refund.id}-${charged}`;
    const made = element(
      "form",
      { className: "note", hidden: true },
      ...(receipt ? field(`${id}-receipt`, t("Receipt number of the terminal"), receipt) : []),
      ...field(`${id}-note`, receipt ? t("Anything to add?") : t("What did you look at?"), note),
      ending(charged ? t("It went back") : t("It did not go back"), true),
    );
    return sends(made, send, `/api/refunds/${refund.id}/settle`, () => ({ charged, receipt: receipt?.value ?? "", note: note.value }));
  };
  const forms = [form(true), form(false)];
  const row = element("div", { className: "card-buttons refund-settles" });
  [t("It went back…"), t("It did not go back…")].forEach((label, which) => {
    const button = element("button", { type: "button", className: "small", textContent: label });
    const turn = (open) => {
      forms[which].hidden = !open;
      row.hidden = open;
      (open ? forms[which].querySelector("input, textarea") : button).focus({ preventScroll: true });
    };
    button.addEventListener("click", () => turn(true));
    forms[which].querySelector(".cancel").addEventListener("click", () => turn(false));
    forms[which].addEventListener("kept", () => turn(false));
    row.append(button);
  });
  return element("li", {}, element("p", { className: "refund-head" }), element("ul", { className: "events" }), row, ...forms, saidWrong);
}

function updateRefund(item, refund) {
  rebuilt(item.querySelector(".refund-head"), [refund.state, refund.amount, refund.way, refund.by, refund.why], () => [
    chip(refund.state, REFUND_STATES),
    " ",
    ...parts(t("{amount} back. {way}, by {by}: {why}"), {
      amount: refund.amount,
      way: refund.way,
      by: element("bdi", { textContent: refund.by }),
      why: element("bdi", { textContent: refund.why }),
    }),
  ]);
  rebuilt(item.querySelector(".events"), refund.words, () => refund.words.map(said));
  item.classList.toggle("settled", !refund.can_settle);
}

/** A terminal's day beside the ledger: every difference by its name, with the payments concerned, and the list. */
export function closing(shown) {
  const list = (entries) => element("ul", { className: "entries" }, ...entries.map(entry));
  const differences = shown.differences.map(({ words, entries }) => element("li", {}, element("b", { textContent: capital(words) }), entries.length > 0 ? list(entries) : null));
  return element(
    "div",
    { className: `closing${shown.differences.length > 0 ? " differing" : ""}` },
    element("p", { textContent: shown.words }),
    element(
      "dl",
      { className: "facts" },
      element("div", {}, element("dt", { textContent: t("The terminal counted") }), element("dd", { textContent: shown.counted })),
      element("div", {}, element("dt", { textContent: t("The ledger has") }), element("dd", { textContent: shown.ledger })),
      ...shown.kinds.map((kind) => element("div", {}, element("dd", { textContent: kind }))),
    ),
    shown.differences.length > 0
      ? element("ul", { className: "differences", "aria-label": t("Differences") }, ...differences)
      : element("p", { className: "agrees", textContent: t("Terminal and ledger agree.") }),
    shown.not_charged.length > 0
      ? element("div", {}, element("p", { textContent: t("Begun at this terminal in that time, and counted as not charged:") }), list(shown.not_charged))
      : null,
    element("details", {}, element("summary", { textContent: tn(shown.entries.length, "1 transaction of the ledger", "{n} transactions of the ledger") }), list(shown.entries)),
  );
}

/** A transaction of the ledger in one line. */
function entry({ at, receipt, amount, what, name, state }) {
  return element(
    "li",
    {},
    element("time", { textContent: at }),
    element("span", { className: "receipt", textContent: receipt ? t("receipt {number}", { number: receipt }) : t("no receipt number") }),
    element("bdi", { textContent: name }),
    element("bdi", { className: "what", textContent: what }),
    state === "charged" ? null : chip(state),
    element("span", { className: "amount", textContent: amount }),
  );
}
