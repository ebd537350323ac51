// The live connection: server-sent events, going on where it was cut off, and saying plainly when it is cut off.
import { byId, capital, setText } from "/elements.js";
import { gone, may, onChange } from "/person.js";
import { t } from "/words.js";

// The desk sends a heartbeat every 5 s; three missed ones mean that nothing arrives any more.
const SILENT_AFTER = 15000;
// Somebody who comes back to the page shall not wait for that: after one missed heartbeat it is tried anew.
const DOUBTED_AFTER = 7000;
// The first try comes soon. A whole clinic's pages must not fall upon a desk that starts, so each waits a time of its own.
const FIRST_TRY = 500;
const LONGEST_WAIT = 10000;
const SHOWN_EVERY = 10000;

let source = null;
let heardAt = Date.now();
let lostSince = null;
let again = null;
let tries = 0;
let clock = null;
// What the page has, by the id that the desk gave it.
let has = "";
// The last board, and when it was shown.
let board = null;
let shownAt = 0;

/**
 * Connects, and stays connected; `onBoard` and `onHeartbeat` get what arrives, `onLost` whether nothing does.
 * `clinicClock` makes a time of this browser one that a clock at the clinic shows.
 */
export function begin(onBoard, onHeartbeat, onLost, clinicClock) {
  clock = clinicClock;
  const on = (kind, does) =>
    source.addEventListener(kind, (event) => {
      heardAt = Date.now();
      lostSince = null;
      tries = 0;
      onLost(false);
      show();
      if (event.lastEventId) has = event.lastEventId;
      does(JSON.parse(event.data));
    });
  const showBoard = (told) => {
    board = told;
    shownAt = Date.now();
    onBoard(told);
  };
  const connect = () => {
    clearTimeout(again);
    again = null;
    source?.close();
    heardAt = Date.now();
    source = new EventSource(`/api/live?after=${encodeURIComponent(has)}`);
    on("board", showBoard);
    // Something happened that the board does not show, and the page perhaps does.
    on("changed", ({ now }) => board && showBoard({ ...board, now }));
    on("heartbeat", (told) => {
      if (board) board = { ...board, ...told };
      onHeartbeat(told);
      // What is told in minutes grows without anything happening.
      if (board && Date.now() - shownAt > SHOWN_EVERY) showBoard(board);
    });
    // Where nobody is signed in, or somebody who needs no patient for their work.
    on("unattended", (told) => {
      board = null;
      // The session ended while nothing could be heard.
      if (may("requests")) gone();
      document.dispatchEvent(new CustomEvent("unattended", { detail: told }));
    });
    on("signed-out", () => {
      board = null;
      gone();
    });
    on("trouble", (words) => {
      setText(byId("trouble-words"), words === "" ? "" : `${capital(words)}.`);
      byId("trouble").hidden = words === "";
    });
    // A browser gives up for good after some kinds of failure, so the page tries again by itself.
    source.addEventListener("error", lost);
  };
  const lost = () => {
    source.close();
    lostSince ??= heardAt;
    onLost(true);
    show();
    if (again !== null) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_TRY * 2 ** tries);
    tries += 1;
    again = setTimeout(connect, wait * (0.5 + Math.random() / 2));
  };
  setInterval(() => {
    if (again === null && Date.now() - heardAt > SILENT_AFTER) lost();
    show();
  }, 1000);
  // A machine that slept, a page that lay behind others: its clocks stood still, so it looks by itself.
  const look = () => {
    if (document.visibilityState === "visible" && (again !== null || Date.now() - heardAt > DOUBTED_AFTER)) connect();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("pageshow", look);
  document.addEventListener("resume", look);
  onChange((who) => {
    if (!who) return;
    // Somebody else sees something else.
    has = "";
    connect();
  });
  connect();
}

function show() {
  const pill = byId("connection");
  const isLost = lostSince !== null;
  pill.className = `pill ${isLost ? "pill-lost" : "pill-live"}`;
  setText(byId("connection-words"), isLost ? t("Not connected") : t("Live"));
  byId("lost").hidden = !isLost;
  if (isLost) {
    setText(
      byId("lost-words"),
      t(
        "What you see is from {time}; new requests do not appear. Trying again by itself: if this stays, check that the desk's computer runs and look at the kiosks in person.",
        { time: clock(lostSince) },
      ),
    );
  }
}
