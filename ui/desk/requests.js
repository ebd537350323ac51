// Requests: what needs a person, one card each.
import { byId, element, keep, say, setText, span } from "/elements.js";
import { act } from "/person.js";

/** Shows the open and the resolved requests of a board. */
export function show(board) {
  const { requests, resolved } = board;
  // A card that goes while it says that something went wrong, such as "Tom has resolved it already", must
  // not take the words with it.
  const here = new Set(requests.map((request) => request.id));
  for (const card of byId("request-list").children) {
    if (!here.has(card.dataset.key)) say(card.querySelector(".said").textContent);
  }
  keep(byId("request-list"), requests, (request) => request.id, makeCard, updateCard);
  byId("requests-none").hidden = requests.length > 0;
  const waiting = requests.filter((request) => !request.acknowledged_by).length;
  setText(byId("requests-count"), waiting > 0 ? String(waiting) : "");
  byId("requests-count").classList.toggle("count-hot", waiting > 0);
  byId("resolved").hidden = resolved.length === 0;
  setText(byId("resolved-count"), String(resolved.length));
  keep(byId("resolved-list"), resolved, (request) => request.id, () => element("li"), updateResolved);
}

/** Counts every age on. `now` is the desk's time. */
export function tick(now) {
  for (const card of byId("request-list").children) {
    const { raisedAt, dueAt, state } = card.dataset;
    setText(card.querySelector(".age b"), span(now - raisedAt));
    const left = dueAt - now;
    const words =
      state === "taken" ? "since it was raised" : left > 0 ? `answer within ${span(left)}` : `${span(-left)} late`;
    setText(card.querySelector(".age small"), words);
  }
}

function makeCard(request) {
  const said = element("p", { className: "said", role: "status" });
  const acknowledge = element("button", { type: "button", className: "strong acknowledge", textContent: "Acknowledge: I am going" });
  acknowledge.title = "The kiosk tells the patient that you are on the way";
  const open = element("button", { type: "button", className: "open-note", textContent: "Resolve…" });
  const noteId = `note-${request.id}`;
  const note = element("textarea", { id: noteId, rows: 2, maxLength: 2000, required: true });
  const form = element(
    "form",
    { className: "note", hidden: true },
    element("label", { for: noteId, textContent: "What was done?" }),
    note,
    element(
      "div",
      { className: "card-buttons" },
      element("button", { type: "submit", className: "strong", textContent: "Resolve" }),
      element("button", { type: "button", className: "quiet cancel", textContent: "Back" }),
    ),
  );
  const buttons = element("div", { className: "card-buttons main-buttons" }, acknowledge, open);
  const turn = (writing) => {
    form.hidden = !writing;
    buttons.hidden = writing;
    (writing ? note : open).focus();
  };
  const send = async (button, path, details) => {
    button.disabled = true;
    setText(said, "");
    say("");
    const wrong = await act(`/api/requests/${request.id}/${path}`, details);
    if (said.isConnected) setText(said, wrong ?? "");
    else say(wrong);
    button.disabled = false;
  };
  acknowledge.addEventListener("click", () => send(acknowledge, "acknowledge"));
  open.addEventListener("click", () => turn(true));
  form.querySelector(".cancel").addEventListener("click", () => turn(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form.querySelector("[type=submit]"), "resolve", { note: note.value });
  });
  return element(
    "article",
    { className: "card", "aria-labelledby": `title-${request.id}` },
    element(
      "div",
      { className: "card-head" },
      element("h3", { id: `title-${request.id}` }),
      element("p", { className: "age" }, element("b"), element("small")),
    ),
    element("p", { className: "flag" }),
    element("dl", { className: "facts" }),
    element("div", { className: "people" }),
    buttons,
    form,
    said,
  );
}

function updateCard(card, request) {
  const late = request.escalated && !request.acknowledged_by;
  card.dataset.raisedAt = request.raised_at;
  card.dataset.dueAt = request.acknowledge_by;
  card.dataset.state = request.acknowledged_by ? "taken" : late ? "late" : "open";
  card.classList.toggle("late", late);
  card.classList.toggle("taken", Boolean(request.acknowledged_by));
  setText(card.querySelector("h3"), request.headline);
  const flag = card.querySelector(".flag");
  flag.hidden = !late && !request.acknowledged_by;
  setText(flag, late ? "Nobody has answered in time" : request.acknowledged_by ? `${request.acknowledged_by} is on the way` : "");
  card.querySelector(".acknowledge").hidden = Boolean(request.acknowledged_by);
  const facts = [
    ["Where", `Kiosk ${request.kiosk}`],
    ["Language", request.language],
    ["Raised", request.raised],
    ["Ticket", request.ticket],
    ["Stopped at", request.stopped_at],
  ].filter(([, value]) => value);
  // Rebuilt only when something in it changed.
  const print = JSON.stringify([facts, request.patients, request.registration]);
  if (card.dataset.print === print) return;
  card.dataset.print = print;
  card
    .querySelector(".facts")
    .replaceChildren(...facts.map(([name, value]) => element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));
  const people = card.querySelector(".people");
  people.replaceChildren();
  if (request.registration) {
    people.append(element("p", { className: "people-title", textContent: "Entered at the kiosk" }));
    const { name, born, phone, address } = request.registration;
    people.append(record(name, [`born ${born}`, phone, address]));
  }
  if (request.patients.length > 0) {
    const title = request.patients.length > 1 ? `${request.patients.length} records fit` : "Record";
    people.append(element("p", { className: "people-title", textContent: title }));
    for (const { name, number, born } of request.patients) {
      people.append(record(name, [`born ${born}`, number ? `no. ${number}` : "no record number"]));
    }
  }
  people.hidden = people.children.length === 0;
}

/** A person in a box; names are isolated so that Arabic ones do not turn what stands around them. */
function record(name, details) {
  const lines = details.filter(Boolean).map((text) => element("span", {}, element("bdi", { textContent: text })));
  return element("div", { className: "person" }, element("b", {}, element("bdi", { textContent: name })), ...lines);
}

function updateResolved(item, request) {
  const print = JSON.stringify(request);
  if (item.dataset.print === print) return;
  item.dataset.print = print;
  item.replaceChildren(
    element("bdi", { textContent: request.note }),
    element("small", { textContent: `${request.headline} · kiosk ${request.kiosk}, ${request.raised} · ${request.by}` }),
  );
}
