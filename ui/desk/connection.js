// The live connection: server-sent events, and saying plainly when they stop.
import { byId, capital, setText } from "/elements.js";

// The desk sends a heartbeat every 5 s; three missed ones mean that nothing arrives any more.
const SILENT_AFTER = 15000;
const AGAIN_AFTER = 2000;

let source = null;
let heardAt = Date.now();
let lostSince = null;
let again = null;
let clock = null;

/**
 * Connects, and stays connected; `onBoard` and `onHeartbeat` get what arrives, `onLost` whether nothing does.
 * `clinicClock` makes a time of this browser one that a clock at the clinic shows.
 */
export function begin(onBoard, onHeartbeat, onLost, clinicClock) {
  clock = clinicClock;
  const alive = () => {
    heardAt = Date.now();
    lostSince = null;
    onLost(false);
    show();
  };
  const connect = () => {
    clearTimeout(again);
    again = null;
    source?.close();
    heardAt = Date.now();
    source = new EventSource("/api/live");
    source.addEventListener("board", (event) => {
      alive();
      onBoard(JSON.parse(event.data));
    });
    source.addEventListener("heartbeat", (event) => {
      alive();
      onHeartbeat(JSON.parse(event.data));
    });
    source.addEventListener("trouble", (event) => {
      alive();
      const words = JSON.parse(event.data);
      setText(byId("trouble-words"), capital(words));
      byId("trouble").hidden = words === "";
    });
    // A browser gives up for good after some kinds of failure, so the page tries again by itself.
    source.addEventListener("error", lost);
  };
  const lost = () => {
    source.close();
    lostSince ??= heardAt;
    onLost(true);
    again ??= setTimeout(connect, AGAIN_AFTER);
    show();
  };
  setInterval(() => {
    if (again === null && Date.now() - heardAt > SILENT_AFTER) lost();
    show();
  }, 1000);
  addEventListener("online", () => again !== null && connect());
  connect();
}

function show() {
  const pill = byId("connection");
  const isLost = lostSince !== null;
  pill.className = `pill ${isLost ? "pill-lost" : "pill-live"}`;
  setText(byId("connection-words"), isLost ? "Not connected" : "Live");
  byId("lost").hidden = !isLost;
  if (isLost) {
    setText(
      byId("lost-words"),
      `What you see is from ${clock(lostSince)}; new requests do not appear. Trying again by itself: if this stays, check that the desk's computer runs and look at the kiosks in person.`,
    );
  }
}
