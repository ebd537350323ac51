// Everybody who waits, in the order in which they are called, each with one sentence that says why.
import { byId, element, keep, rebuilt, setText, span } from "/elements.js";
import { callThis, pointFor, tell } from "/points.js";
import { leave, mark, transfer } from "/queue-dialogs.js";
import { t } from "/words.js";

const KEY = "vestibule.queue-filter";
// More would bury what stands below; who is called soon is among them.
const AT_FIRST = 8;

let queue = { waiting: [], services: [], groups: [] };
let own = [];
let showsAll = false;

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Builds the part of the page. */
export function make() {
  const service = element("select", { id: "queue-service" });
  service.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, service.value);
    } catch {
      // Then it is chosen again tomorrow.
    }
    render();
  });
  const find = element("input", { id: "queue-find", type: "search", autocomplete: "off", maxLength: 40 });
  find.addEventListener("input", render);
  const all = element("button", { type: "button", id: "queue-all", className: "quiet", hidden: true });
  all.addEventListener("click", () => {
    showsAll = !showsAll;
    render();
  });
  return element(
    "section",
    { id: "waiting", "aria-labelledby": "waiting-title", tabIndex: -1 },
    element("h2", { id: "waiting-title" }, t("Waiting"), " ", element("span", { id: "waiting-count", className: "count" }), element("span", { id: "waiting-late", className: "count count-hot", hidden: true })),
    element(
      "div",
      { className: "queue-tools" },
      element("p", {}, element("label", { for: "queue-service", textContent: t("Show") }), service),
      element("p", {}, element("label", { for: "queue-find", textContent: t("Find number or name") }), find),
    ),
    element("ol", { id: "waiting-list", className: "waiters", "aria-labelledby": "waiting-title" }),
    element("p", { id: "waiting-none", className: "empty", hidden: true }),
    all,
  );
}

/** Takes the queue of a board; `points` are those of whoever sits here. */
export function show(shown, points) {
  queue = shown;
  own = points;
  offerServices();
  render();
}

function offerServices() {
  const select = byId("queue-service");
  const options = [
    ...(own.length > 0 ? [{ id: "mine", text: t("For my service points ({count})", { count: queue.waiting.filter(isMine).length }) }] : []),
    { id: "all", text: t("All services ({count})", { count: queue.waiting.length }) },
    ...queue.services.map(({ id, name, waiting }) => ({ id: `service ${id}`, text: `${name} (${waiting})` })),
  ];
  const wanted = select.value || kept() || "mine";
  rebuilt(select, options, () => options.map(({ id, text }) => element("option", { value: id, textContent: text })));
  const value = options.some(({ id }) => id === wanted) ? wanted : options[0].id;
  if (select.value !== value) select.value = value;
}

const isMine = ({ service }) => own.some(({ services }) => services.includes(service));

function render() {
  const which = byId("queue-service").value;
  const sought = byId("queue-find").value.trim().toLocaleLowerCase();
  const fits = (entry) => `${entry.number} ${entry.name ?? ""}`.toLocaleLowerCase().includes(sought);
  const chosen = queue.waiting.filter((entry) => (sought ? fits(entry) : which === "all" || (which === "mine" ? isMine(entry) : `service ${entry.service}` === which)));
  const places = new Map(chosen.map(({ visit }, index) => [visit, index + 1]));
  const shown = showsAll || sought ? chosen : chosen.slice(0, AT_FIRST);
  const late = queue.waiting.filter(({ promise }) => promise === "late").length;
  setText(byId("waiting-count"), queue.waiting.length > 0 ? String(queue.waiting.length) : "");
  byId("waiting-late").hidden = late === 0;
  setText(byId("waiting-late"), t("{count} past the promised time", { count: late }));
  keep(byId("waiting-list"), shown, ({ visit }) => visit, makeWaiter, (item, entry) => updateWaiter(item, entry, places.get(entry.visit)));
  byId("waiting-none").hidden = shown.length > 0;
  setText(byId("waiting-none"), sought ? t("Nobody who waits fits “{sought}”.", { sought }) : t("Nobody waits."));
  const more = chosen.length > AT_FIRST && !sought;
  byId("queue-all").hidden = !more;
  setText(byId("queue-all"), showsAll ? t("Show only the first {count}", { count: AT_FIRST }) : t("Show all {count}", { count: chosen.length }));
  byId("queue-all").setAttribute("aria-expanded", String(showsAll));
}

/** Counts every wait on. `now` is the desk's time. */
export function tick(now) {
  for (const time of byId("waiting-list").querySelectorAll(".waits")) {
    const waited = now - time.dataset.since;
    setText(time.querySelector("b"), waited >= 0 ? span(waited) : time.dataset.booked);
    setText(time.querySelector("small"), waited >= 0 ? t("waiting") : t("not due yet"));
  }
}

function makeWaiter({ visit }) {
  const said = element("p", { className: "said", role: "status" });
  const entry = () => queue.waiting.find((each) => each.visit === visit);
  const call = element("button", { type: "button", className: "small call" });
  call.addEventListener("click", async () => {
    if (call.getAttribute("aria-disabled") || !entry()) return;
    call.setAttribute("aria-disabled", "true");
    setText(said, "");
    setText(said, (await callThis(entry())) ?? "");
    call.removeAttribute("aria-disabled");
  });
  const more = element("button", { type: "button", className: "small bare more", "aria-expanded": "false", "aria-controls": `more-${visit}`, textContent: t("More") });
  const button = (words, press) => {
    const made = element("button", { type: "button", className: "small quiet", textContent: words });
    made.addEventListener("click", () => entry() && press(entry()));
    return made;
  };
  const row = element(
    "div",
    { id: `more-${visit}`, className: "row-more", role: "group", hidden: true },
    button(t("Urgent, priority…"), (each) => mark(each, queue, tell)),
    button(t("Transfer…"), (each) => transfer(each, queue, tell)),
    button(t("Has left…"), (each) => leave(each, tell)),
  );
  more.addEventListener("click", () => {
    row.hidden = !row.hidden;
    more.setAttribute("aria-expanded", String(!row.hidden));
    if (!row.hidden) row.querySelector("button").focus();
  });
  return element(
    "li",
    { className: "waiter" },
    element("p", { className: "place" }),
    element(
      "div",
      { className: "who" },
      element("p", { className: "who-name" }, element("b", { className: "number" }), " ", element("bdi")),
      element("p", { className: "chips" }),
      element("p", { className: "facts-line" }),
      element("p", { className: "why" }),
    ),
    element("p", { className: "waits" }, element("b"), element("small")),
    element("div", { className: "row-buttons" }, call, more),
    row,
    said,
  );
}

function updateWaiter(item, entry, place) {
  const part = (selector) => item.querySelector(selector);
  const { number, name, service, service_name, booked, arrived, reads, why, waits_since } = entry;
  setText(part(".place"), String(place));
  setText(part(".number"), number);
  setText(part(".who-name bdi"), name ?? t("Record not here yet"));
  const facts = [service_name, booked ? t("booked {time}", { time: booked }) : t("walk-in"), t("came {time}", { time: arrived }), reads && t("reads {language}", { language: reads })];
  setText(part(".facts-line"), facts.filter(Boolean).join(" · "));
  setText(part(".why"), why);
  part(".waits").dataset.since = waits_since;
  part(".waits").dataset.booked = booked ?? "";
  item.classList.toggle("late", entry.promise === "late");
  item.classList.toggle("held", Boolean(entry.held_until));
  const chips = chipsOf(entry);
  part(".chips").hidden = chips.length === 0;
  rebuilt(part(".chips"), chips, () => chips.map(([className, words]) => element("span", { className, textContent: words })));
  const point = pointFor(service);
  const call = part(".call");
  setText(call, t("Call"));
  call.setAttribute("aria-label", point ? t("Call {number} to {point}", { number, point: point.name }) : t("Call {number}…", { number }));
  call.title = point ? t("To {point}", { point: point.name }) : "";
  part(".more").setAttribute("aria-label", t("More about {number}", { number }));
  part(".row-more").setAttribute("aria-label", t("About {number}", { number }));
}

function chipsOf({ promise, promised, urgency, groups, absences, held_until }) {
  const names = groups.map((id) => queue.groups.find((group) => group.id === id)?.name).filter(Boolean);
  return [
    promise === "late" && ["chip-late", t("! Late: {time} was promised", { time: promised })],
    promise === "soon" && ["chip-soon", t("Soon late: {time} is promised", { time: promised })],
    urgency === "emergency" && ["chip-late", t("! Emergency")],
    urgency === "urgent" && ["chip-soon", t("Urgent")],
    ...names.map((name) => ["", name]),
    absences > 0 && ["", absences === 1 ? t("Did not come once") : t("Did not come {times} times", { times: absences })],
    held_until && ["", t("Called again from {time}", { time: held_until })],
  ].filter(Boolean);
}
