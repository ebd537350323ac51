// The cash drawer at the end of the day: what it should hold beside what is counted, and every count that was kept.
import { byId, capital, element, keep, setText } from "/elements.js";
import { ending, field, writing } from "/forms.js";
import { look } from "/person.js";
import { sender } from "/payments.js";
import { t } from "/words.js";

// A figure follows the other: the desk is asked once somebody has stopped typing.
const TYPED = 300;
let day = null;
let parts = null;
let asked = 0;
let waiting = null;

/** Shows the drawer of a day. */
export function show({ day: which, drawer }) {
  byId("drawer-part").hidden = !drawer;
  if (!drawer) return;
  parts ??= make();
  if (day !== which) parts.form.reset();
  day = which;
  // What is typed stays.
  if (parts.float.value === parts.float.defaultValue) parts.float.value = drawer.float;
  parts.float.defaultValue = drawer.float;
  setText(parts.taken, drawer.taken);
  setText(parts.back, drawer.given_back);
  setText(parts.moved, drawer.moved ? t("Cash was taken or given back since the drawer was counted: count it again.") : "");
  keep(parts.counts, drawer.counts, (count) => count.id, makeCount, () => {});
  reckon();
}

function make() {
  const amount = () => element("input", { type: "text", inputMode: "decimal", required: true, maxLength: 20, autocomplete: "off" });
  const [float, counted] = [amount(), amount()];
  const why = writing(2, 2000);
  const because = element("div", { className: "because", hidden: true }, ...field("drawer-why", t("Why does it differ?"), why, t("As far as it is known: a supervisor reads it.")));
  const [taken, back, expected, difference] = [1, 2, 3, 4].map(() => element("dd"));
  const fact = (name, value) => element("div", {}, element("dt", { textContent: name }), value);
  const reckoned = element("dl", { className: "facts reckoned", "aria-live": "polite" }, fact(t("It should hold"), expected), fact(t("Difference"), difference));
  const said = element("p", { className: "said", role: "status" });
  const moved = element("p", { className: "moved", role: "status" });
  const form = element(
    "form",
    { className: "note drawer-form" },
    ...field("drawer-float", t("In the drawer when the day began"), float),
    element("dl", { className: "facts" }, fact(t("Cash taken"), taken), fact(t("Cash given back"), back)),
    ...field("drawer-counted", t("Counted in the drawer now"), counted),
    reckoned,
    because,
    ending(t("Keep the count"), false),
    said,
  );
  const counts = element("ul", { className: "drawer-counts", "aria-label": t("Counts of this day") });
  byId("drawer").append(form, element("div", { className: "drawer-kept" }, moved, counts));
  const send = sender(said);
  form.addEventListener("input", ({ target }) => {
    if (target === why) return;
    clearTimeout(waiting);
    waiting = setTimeout(reckon, TYPED);
  });
  form.addEventListener("reset", () => setTimeout(reckon));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form.querySelector("[type=submit]"), "/api/payments/drawer", typed())) form.reset();
    // Cash may have been taken while somebody counted: then the difference is another one.
    else reckon();
  });
  return { form, float, counted, why, because, taken, back, reckoned, expected, difference, moved, counts };
}

const typed = () => ({ day, float: parts.float.value, counted: parts.counted.value, why: parts.because.hidden ? "" : parts.why.value });

/** The desk says what should be in the drawer: it alone reads amounts. */
async function reckon() {
  const mine = ++asked;
  const { float, counted } = typed();
  const told = float.trim() && counted.trim() ? await look("/api/payments/drawer/reckon", typed()) : null;
  if (mine !== asked) return;
  const [should, differing] = parts.reckoned.children;
  should.hidden = !told?.expected;
  differing.hidden = !told;
  differing.firstElementChild.hidden = Boolean(told?.error);
  setText(parts.expected, told?.expected?.written ?? "");
  setText(parts.difference, told?.error ?? capital(told?.difference ?? ""));
  const differs = told?.agrees === false;
  parts.difference.className = differs || told?.error ? "differs" : "";
  parts.because.hidden = !differs;
  parts.why.required = differs;
}

function makeCount({ at, by, float, taken, given_back, expected, counted, agrees, difference, why }) {
  return element(
    "li",
    { className: agrees ? "" : "differing" },
    element("p", {}, element("time", { textContent: at }), " ", element("bdi", { textContent: by }), " ", element("b", { className: agrees ? "agrees" : "differs", textContent: capital(difference) })),
    element("p", { textContent: t("Counted {counted}; it should have held {expected}: {float} when the day began, {taken} taken, {given_back} given back.", { counted, expected, float, taken, given_back }) }),
    why ? element("p", { className: "why" }, element("bdi", { textContent: why })) : null,
  );
}
