// Arrivals of the day, what is wrong with paper and devices, and the kiosks.
import { byId, element, keep, setText } from "/elements.js";
import { act } from "/person.js";

/** Shows everything but the requests. */
export function show(board) {
  const { arrivals, troubles } = board;
  keep(byId("arrival-list"), arrivals, (row) => row.ticket, makeRow, updateRow);
  setText(byId("arrivals-count"), arrivals.length > 0 ? String(arrivals.length) : "");
  byId("arrivals-none").hidden = arrivals.length > 0;
  byId("arrivals").hidden = arrivals.length === 0;
  // What is wrong stands above the list, so that nobody has to look for it there.
  const notes = [
    ...troubles.map((trouble) => ({ key: `${trouble.kiosk}/${trouble.device}`, trouble })),
    ...arrivals.filter((row) => row.needs_paper).map((row) => ({ key: row.ticket, row })),
  ];
  byId("attention").hidden = notes.length === 0;
  keep(byId("trouble-list"), notes, (note) => note.key, makeNote, updateNote);
  showKiosks(board.kiosks, board.now);
}

/** Shows when each kiosk was heard of. */
export function showKiosks(kiosks, now) {
  keep(byId("kiosk-list"), kiosks, (kiosk) => kiosk.name, makeKiosk, (item, kiosk) => {
    item.classList.toggle("silent", !kiosk.connected);
    setText(item.querySelector("b"), kiosk.name);
    const minutes = kiosk.heard_at === null ? null : Math.floor((now - kiosk.heard_at) / 60000);
    const words = kiosk.connected
      ? "connected"
      : minutes === null
        ? "not heard of since the desk started"
        : minutes === 0
          ? "not heard of for a moment"
          : `not heard of for ${minutes} min: look at it in person`;
    setText(item.querySelector("span.since"), words);
  });
}

function makeKiosk() {
  return element("li", {}, element("span", { className: "dot", "aria-hidden": "true" }), element("b"), element("span", { className: "since" }));
}

function copyButton(ticket, kind) {
  const button = element("button", { type: "button", className: `small copy ${kind}`, textContent: "Print a copy" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const wrong = await act(`/api/tickets/${ticket}/copy`);
    if (wrong) alert(wrong);
    button.disabled = false;
  });
  return button;
}

function makeNote(note) {
  const words = element("p", {}, element("b"), element("small"));
  return element("li", {}, words, note.row ? copyButton(note.row.ticket, "") : null);
}

function updateNote(item, { trouble, row }) {
  const [title, small] = item.querySelectorAll("b, small");
  if (trouble) {
    setText(title, `Kiosk ${trouble.kiosk}: ${trouble.device}`);
    setText(small, `${trouble.words} Since ${trouble.since}.`);
    return;
  }
  const who = row.patient ? `, ${row.patient.name}` : "";
  setText(title, `Ticket ${row.number}${who}`);
  setText(small, `${row.paper === "not-known" ? "Perhaps no paper came out" : "No paper came out"} at kiosk ${row.kiosk}${row.cause ? `: ${row.cause}` : "."}`);
  askedFor(item, row);
}

function makeRow(row) {
  return element(
    "tr",
    {},
    element("td", { className: "time" }),
    element("td", { className: "number" }),
    element("td", { className: "patient" }, element("bdi"), element("small")),
    element("td", { className: "appointment" }, element("span"), element("small")),
    element("td", { className: "paper" }, element("div", { className: "paper-line" }, element("span"), copyButton(row.ticket, "bare"))),
  );
}

function updateRow(tr, row) {
  const cell = (selector) => tr.querySelector(selector);
  tr.classList.toggle("wanting", row.needs_paper);
  setText(cell(".time"), row.arrived);
  setText(cell(".number"), row.number);
  setText(cell(".patient bdi"), row.patient?.name ?? "Record not here yet");
  setText(cell(".patient small"), row.patient ? [`born ${row.patient.born}`, row.patient.number && `no. ${row.patient.number}`].filter(Boolean).join(" · ") : "");
  setText(cell(".appointment span"), row.appointment ? `${row.appointment} ${row.clinician}` : "Walk-in");
  setText(cell(".appointment small"), row.service);
  setText(cell(".paper span"), row.paper_words);
  cell(".paper span").classList.toggle("paper-bad", row.needs_paper);
  askedFor(tr, row);
}

function askedFor(place, row) {
  const button = place.querySelector(".copy");
  setText(button, row.copy_asked ? `Copy asked: ${row.copy_asked}` : "Print a copy");
  button.disabled = Boolean(row.copy_asked);
}
