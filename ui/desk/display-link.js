// The connection of a display: it comes back by itself, and says when it is away.

// The desk sends a heartbeat every 5 s; three missed ones mean that nothing arrives any more.
const SILENT_AFTER = 15000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10000;
const BEAT_EVERY = 15000;

let source = null;
let heardAt = Date.now();
let wait = FIRST_WAIT;
let again = null;
let last = null;
let told = null;
let hears = null;

/** Connects, and stays connected; `hears` gets what arrives, and in `lost` since when nothing does, or null. */
export function begin(settings, handlers) {
  hears = handlers;
  connect();
  setInterval(look, 1000);
  addEventListener("online", () => again !== null && connect());
  const screen = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let sound = null;
  let beatAt = 0;
  // Told at once when it changes: somebody at the desk may be looking why it is mute.
  setInterval(() => {
    if (hears.sound() === sound && Date.now() - beatAt < BEAT_EVERY) return;
    sound = hears.sound();
    beatAt = Date.now();
    fetch("/display/beat", {
      method: "POST",
      headers: { "content-type": "application/json", "x-vestibule-desk": "1" },
      body: JSON.stringify({ name: settings.name, screen, sound }),
    }).catch(() => {});
  }, 1000);
}

function connect() {
  clearTimeout(again);
  again = null;
  source?.close();
  const address = new URL("/display/live", location.href);
  address.search = location.search;
  // What was called meanwhile is heard then.
  if (last !== null) address.searchParams.set("after", last);
  source = new EventSource(address);
  const openedAt = Date.now();
  const listen = (kind, handle) =>
    source.addEventListener(kind, (event) => {
      alive();
      if (event.lastEventId !== "") last = event.lastEventId;
      handle(JSON.parse(event.data));
    });
  listen("call", hears.call);
  listen("shown", hears.shown);
  listen("heartbeat", hears.heartbeat);
  // A browser gives up for good after some kinds of failure, so the page tries again by itself.
  source.addEventListener("error", later);
  source.openedAt = openedAt;
}

function alive() {
  heardAt = Date.now();
  wait = FIRST_WAIT;
  tell(null);
}

function later() {
  source.close();
  if (again !== null) return;
  again = setTimeout(connect, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

/** A cable that is pulled ends no connection: silence does. */
function look() {
  if (Date.now() - heardAt < SILENT_AFTER) return;
  tell(heardAt);
  if (again === null && Date.now() - source.openedAt > SILENT_AFTER) later();
}

function tell(since) {
  if (since === told) return;
  told = since;
  hears.lost(since);
}
