// The page of the kiosks: how each of them is, what stops patients, and what can be ordered from here.
import * as connection from "/connection.js";
import { byId, element, keep, rebuilt, say, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import { beginOrders, orderButtons } from "/fleet-order.js";
import * as person from "/person.js";
import * as sound from "/sound.js";
import { sign } from "/tone.js";
import * as unattended from "/unattended.js";
import { t } from "/words.js";

// Kiosks speak every ten seconds; a burst of facts makes the desk send many boards.
const AT_MOST_EVERY = 1000;
// What is well is said in one word; of the rest only this much stands in the row.
const ALWAYS = ["paper", "printer", "scanner", "terminal", "clock", "outbox"];

let shown = null;
let onlyNeeds = false;
let offset = null;
let ahead = 0;
let waiting = null;
let asked = 0;
let made = 0;

async function load() {
  const mine = ++asked;
  try {
    const told = await person.read("/api/fleet");
    if (mine !== asked) return;
    if (told.error) {
      say(told.error);
      return;
    }
    shown = told;
    show();
  } catch {
    // The strip says that the connection is lost; the next news brings another try.
  }
}

function soon() {
  if (!person.may("fleet")) return;
  waiting ??= setTimeout(() => {
    waiting = null;
    load();
  }, AT_MOST_EVERY);
}

const needs = (kiosk) => kiosk.tone === "bad" || kiosk.tone === "look";

function show() {
  setText(byId("clinic"), shown.clinic);
  byId("practice").hidden = !shown.practice;
  const bad = shown.kiosks.filter((kiosk) => kiosk.tone === "bad").length;
  const look = shown.kiosks.filter((kiosk) => kiosk.tone === "look").length;
  setText(byId("summary"), summary(bad, look));
  const stops = shown.kiosks.flatMap((kiosk) => kiosk.troubles.map((trouble) => ({ kiosk: kiosk.name, ...trouble })));
  byId("stops").hidden = stops.length === 0;
  keep(byId("stops-list"), stops, ({ kiosk, id }) => `${kiosk}/${id}`, makeStop, (item, { kiosk, words, do_now: doNow }) => {
    setText(item.querySelector("b"), t("✕ Kiosk {kiosk}: {trouble}", { kiosk, trouble: words }));
    setText(item.querySelector("span"), `${doNow}.`);
  });
  const listed = onlyNeeds ? shown.kiosks.filter(needs) : shown.kiosks;
  setText(byId("kiosks-count"), t("{shown} of {all}", { shown: listed.length, all: shown.kiosks.length }));
  byId("kiosks-none").hidden = listed.length > 0;
  setText(byId("kiosks-none"), onlyNeeds ? t("No kiosk needs anything.") : t("The clinic's file names no kiosk."));
  keep(byId("kiosks"), listed, (kiosk) => kiosk.name, makeKiosk, updateKiosk);
}

function summary(bad, look) {
  const all = shown.kiosks.length;
  if (bad === 0 && look === 0) return t("✓ All {all} kiosks are well.", { all });
  if (bad === 0) return t("! {look} of {all} kiosks are worth a look; none stops patients.", { look, all });
  return t("✕ {bad} of {all} kiosks cannot serve patients as they should; {look} more are worth a look.", { bad, all, look });
}

const makeStop = () => element("li", {}, element("b"), element("span"));

function makeKiosk({ name }) {
  const id = `more-${++made}`;
  const more = element(
    "div",
    { id, className: "machine-more", hidden: true },
    element("div", {}, element("h4", { textContent: t("How it is") }), element("ul", { className: "part-list" }), element("p", { className: "day" })),
    element("div", {}, element("h4", { textContent: t("Orders") }), element("div", { className: "order-buttons" }), element("ul", { className: "orders" })),
  );
  const open = element("button", {
    type: "button",
    className: "small quiet open",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-label": t("All, and orders: kiosk {kiosk}", { kiosk: name }),
    textContent: t("All, and orders"),
  });
  open.addEventListener("click", () => {
    more.hidden = !more.hidden;
    open.setAttribute("aria-expanded", String(!more.hidden));
  });
  return element(
    "li",
    { "aria-label": t("Kiosk {kiosk}", { kiosk: name }) },
    element(
      "div",
      { className: "machine" },
      element("div", { className: "machine-name" }, element("h3", { textContent: name }), element("p", {}, element("span", { className: "state" }), " ", element("small", { className: "heard" }))),
      element("ul", { className: "signs" }),
      element("div", { className: "machine-end" }, element("span", { className: "waits" }), open),
    ),
    more,
  );
}

function updateKiosk(item, kiosk) {
  const part = (selector) => item.querySelector(selector);
  item.className = kiosk.tone;
  rebuilt(part(".state"), [kiosk.tone, kiosk.state], () => [sign(kiosk.tone), ` ${kiosk.state}`]);
  setText(part(".heard"), kiosk.heard);
  part(".heard").hidden = kiosk.connected;
  const worth = kiosk.parts.filter(({ id, tone }) => tone === "bad" || tone === "look" || (ALWAYS.includes(id) && tone !== "none"));
  rebuilt(part(".signs"), worth, () => worth.map(({ tone, label, words }) => element("li", { className: `is-${tone}` }, sign(tone), element("small", { textContent: label }), element("span", { textContent: words }))));
  rebuilt(part(".part-list"), kiosk.parts, () =>
    kiosk.parts.map(({ tone, label, words, more, lang }) =>
      element("li", {}, sign(tone), element("span", { className: "label", textContent: label }), element("span", {}, words, more ? element("small", { lang, textContent: more }) : null)),
    ),
  );
  setText(part(".day"), kiosk.day);
  rebuilt(part(".order-buttons"), [kiosk.closed, kiosk.printer], () => orderButtons(kiosk, shown, load));
  rebuilt(part(".orders"), kiosk.orders, () => kiosk.orders.map(order));
  const open = kiosk.orders.filter(({ tone }) => tone === "look").length;
  setText(part(".waits"), open > 0 ? t("Orders under way: {count}", { count: open }) : "");
}

function order({ what, by, at, tone, state, words, lang }) {
  const said = words.includes("\n") ? element("pre", { tabIndex: 0, lang, textContent: words }) : element("span", { lang, textContent: words });
  return element("li", { className: `is-${tone}` }, element("b", {}, sign(tone), ` ${what}: ${state}`), element("div", {}, words ? said : null), element("small", { textContent: t("{by}, {when}", { by, when: at }) }));
}

person.begin("fleet");
person.onChange((who) => who && load());
unattended.begin();
sound.begin();
emergency.begin();
// Whoever keeps the machines is told of no patient, and of kiosks all the same.
document.addEventListener("unattended", soon);
beginOrders();
byId("only").addEventListener("click", () => {
  onlyNeeds = !onlyNeeds;
  byId("only").setAttribute("aria-pressed", String(onlyNeeds));
  if (shown) show();
});
setInterval(() => emergency.tick(Date.now() + ahead), 250);
connection.begin(
  (board) => {
    offset = board.offset;
    ahead = board.now - Date.now();
    emergency.show(board.requests, ahead);
    soon();
  },
  soon,
  () => {},
  (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16)),
);
