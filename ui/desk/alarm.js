// Telling people that somebody needs them: by ear, in the title, on the page and to screen readers.
import { byId, setText } from "/elements.js";
import { chime, isWailing, quietFor } from "/sound.js";

const NAME = "Vestibule desk";
const AGAIN_EVERY = 20000;
const LATE = [880, 660, 880, 660];
const NEW = [660, 880];
let open = [];
let known = null;
let flash = false;
let lost = false;

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

/** Takes the requests of a new board and raises the alarm for what was not there before. */
export function heed(requests) {
  // What is answered in days is told once, and again when nobody did.
  open = requests.filter((request) => !request.acknowledged_by && (!request.later || request.escalated));
  const waiting = requests.filter((request) => !request.acknowledged_by || request.patient_spoke || request.case?.overdue);
  const fresh = waiting.filter((request) => !known?.has(mark(request)));
  known = new Set(waiting.map(mark));
  if (fresh.length > 0) {
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
  const place = request.kiosk === "desk" ? "from the desk" : `kiosk ${request.kiosk}`;
  const taken = request.patient_spoke ? "The patient wrote: " : "Overdue: ";
  const late = request.escalated ? "Nobody has answered in time: " : "";
  return `${request.acknowledged_by ? taken : late}${request.headline} (${place})`;
}

function showBanner() {
  const first = open[0];
  byId("banner").hidden = !first;
  byId("banner").classList.toggle("strip-late", open.some((request) => request.escalated));
  if (!first) return;
  const late = open.slice(1).filter((request) => request.escalated).length;
  const more = open.length > 1 ? `, and ${open.length - 1} more${late > 0 ? `, ${late} of them late` : ""}` : "";
  setText(byId("banner-words"), sentence(first) + more);
}

function showTitle() {
  const count = open.length > 0 ? `(${open.length}) ${NAME}` : NAME;
  const title = lost ? `(!) Not connected: ${NAME}` : open.length > 0 && flash && document.hidden ? `● ${open[0].headline}` : count;
  if (document.title !== title) document.title = title;
}

function showFirst() {
  const card = document.querySelector(`.card[data-key="${open[0]?.id}"]`);
  if (!card) return;
  card.scrollIntoView({ block: "center" });
  card.classList.remove("shown");
  requestAnimationFrame(() => card.classList.add("shown"));
  card.querySelector("button")?.focus({ preventScroll: true });
}

/** What nobody has taken is heard again, and seen in the title of a page that lies behind others. */
function remind() {
  flash = !flash;
  showTitle();
  // What is answered in days need not be heard again and again.
  const urgent = open.filter((request) => !request.later);
  if (urgent.length > 0 && quietFor() > AGAIN_EVERY) chime(urgent.some((request) => request.escalated) ? LATE : NEW);
}
