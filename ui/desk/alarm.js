// Telling people that somebody needs them: by ear, in the title, on the page and to screen readers.
import { byId, setText } from "/elements.js";
import { chime, isWailing, quietFor } from "/sound.js";
import { t, tn } from "/words.js";

// What the page itself is called.
const NAME = document.title;
const AGAIN_EVERY = 20000;
const LATE = [880, 660, 880, 660];
const NEW = [660, 880];
let open = [];
let known = null;
let flash = false;
let lost = false;
// How many wait while nobody is signed in.
let unattended = null;

/** Makes the banner work. */
export function begin() {
  byId("banner-show").addEventListener("click", showFirst);
  setInterval(remind, 1000);
}

/** Whether the page still hears of anything: without that no alarm comes, so its end is one. */
export function connectionLost(isLost) {
  if (isLost && !lost) chime([440, 330]);
  lost = isLost;
  showTitle();
}

/** Nobody is signed in: all that is known is how many wait. */
export function heedUnattended(count) {
  open = [];
  unattended = count;
  if (byId("banner")) showBanner();
  showTitle();
}

/** Takes the requests of a new board and raises the alarm for what was not there before. */
export function heed(requests) {
  unattended = null;
  // What is answered in days is told once, and again when nobody did.
  open = requests.filter((request) => !request.acknowledged_by && (!request.later || request.escalated));
  const waiting = requests.filter((request) => !request.acknowledged_by || request.patient_spoke || request.case?.overdue);
  const fresh = waiting.filter((request) => !known?.has(mark(request)));
  known = new Set(waiting.map(mark));
  if (fresh.length > 0) {
    document.dispatchEvent(new CustomEvent("alarm", { detail: fresh }));
    const first = fresh[0];
    setText(byId("announce"), sentence(first));
    if (!isWailing()) chime(first.escalated ? LATE : NEW);
  }
  showBanner();
  showTitle();
}

/** Another one whenever people should hear of the request again. */
function mark(request) {
  const turn = request.chain.findIndex((rung) => rung.turn === "now");
  const said = request.patient_spoke && request.messages.length;
  return [request.id, request.escalated && turn, request.exhausted, request.case?.overdue, said].join();
}

function sentence(request) {
  const { headline } = request;
  const place = request.kiosk === "desk" ? t("from the desk") : t("kiosk {name}", { name: request.kiosk });
  if (request.acknowledged_by && request.patient_spoke) return t("The patient wrote: {headline} ({place})", { headline, place });
  if (request.acknowledged_by) return t("Overdue: {headline} ({place})", { headline, place });
  if (request.escalated) return t("Nobody has answered in time: {headline} ({place})", { headline, place });
  return `${headline} (${place})`;
}

/** What the strip below names, with whose turn it is, need not be named twice. */
export const isNamedBelow = (request) => request.escalated && !request.acknowledged_by && request.urgency !== "emergency";

const named = () => open.find((request) => !isNamedBelow(request));

function showBanner() {
  byId("banner").hidden = open.length === 0;
  byId("banner").classList.toggle("strip-late", open.some((request) => request.escalated));
  if (open.length > 0) setText(byId("banner-words"), bannerWords(named()));
}

function bannerWords(first) {
  if (!first) return tn(open.length, "Nobody has answered a request in time", "Nobody has answered {n} requests in time");
  const more = open.length - 1;
  const late = open.filter((request) => request !== first && request.escalated).length;
  const told = { first: sentence(first), late };
  if (more === 0) return told.first;
  return late > 0
    ? tn(more, "{first}, and {n} more, which is late", "{first}, and {n} more, {late} of them late", told)
    : tn(more, "{first}, and {n} more", "{first}, and {n} more", told);
}

function showTitle() {
  const waiting = unattended ?? open.length;
  const count = waiting > 0 ? `(${waiting}) ${NAME}` : NAME;
  // Said without a pause: a clock that is slowed down might show the other half for a minute.
  const danger = open.find((request) => request.urgency === "emergency");
  const title = lost ? t("(!) Not connected: {page}", { page: NAME }) : danger && document.hidden ? `! ${danger.headline}` : open.length > 0 && flash && document.hidden ? `● ${open[0].headline}` : count;
  if (document.title !== title) document.title = title;
}

function showFirst() {
  const card = document.querySelector(`.card[data-key="${(named() ?? open[0])?.id}"]`);
  if (!card) return;
  card.scrollIntoView({ block: "center" });
  card.classList.remove("shown");
  requestAnimationFrame(() => card.classList.add("shown"));
  card.querySelector("button")?.focus({ preventScroll: true });
}

/** What nobody has taken is heard again, and seen in the title of a page that lies behind others. */
export function remind() {
  flash = !flash;
  showTitle();
  // What is answered in days need not be heard again and again.
  const urgent = open.filter((request) => !request.later);
  if (urgent.length > 0 && quietFor() > AGAIN_EVERY) chime(urgent.some((request) => request.escalated) ? LATE : NEW);
}
