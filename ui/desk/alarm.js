// Telling people that somebody needs them: by ear, in the title, on the page and to screen readers.
import { byId, setText } from "/elements.js";

const NAME = "Vestibule desk";
const AGAIN_EVERY = 20000;
const STARTS_WITHIN = 1000;
let audio = null;
let blocked = false;
let open = [];
let known = null;
let lastSound = 0;
let flash = false;
let lost = false;

/** Makes the sound buttons and the banner work. Browsers let a page sound only after a touch. */
export function begin() {
  byId("sound").addEventListener("click", () => (isLoud() ? silence() : unlock(true)));
  byId("banner-sound").addEventListener("click", () => unlock(true));
  byId("banner-show").addEventListener("click", showFirst);
  // Whoever had sound yesterday has it again with their first touch, wherever it lands.
  if (chosen() === "on") {
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => unlock(false), { once: true });
  }
  showSound();
  setInterval(remind, 1000);
}

const isLoud = () => audio?.state === "running";

/** "on" or "off" as somebody chose it in this browser, or null. */
function chosen() {
  try {
    return localStorage.getItem("vestibule.sound");
  } catch {
    return null;
  }
}

function choose(what) {
  try {
    localStorage.setItem("vestibule.sound", what);
  } catch {
    // Then it is asked again tomorrow.
  }
}

async function unlock(audibly) {
  choose("on");
  try {
    audio ??= new AudioContext();
    audio.onstatechange = showSound;
    // Where sound is forbidden for good, this promise is never kept.
    await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, STARTS_WITHIN))]);
  } catch {
    // No sound in this browser; said below.
  }
  blocked = !isLoud();
  showSound();
  if (audibly) chime([660]);
}

async function silence() {
  choose("off");
  await audio.suspend();
  showSound();
}

function showSound() {
  const button = byId("sound");
  if (isLoud()) blocked = false;
  const silenced = chosen() === "off";
  button.setAttribute("aria-pressed", String(isLoud()));
  button.classList.toggle("asking", !isLoud() && !silenced);
  setText(button, isLoud() ? "Sound is on" : blocked ? "The browser forbids sound: try again" : "Sound is off: turn it on");
  button.title = blocked ? "Allow sound for this page beside its address, check that this computer has a loudspeaker, and try again." : "";
  // Who chose silence is left in peace; everybody else is told that an alarm is going on unheard.
  byId("banner-sound").hidden = isLoud() || silenced;
}

/** Short notes one after the other, soft at both ends so that they do not click. */
function chime(notes) {
  lastSound = Date.now();
  if (!isLoud()) return;
  notes.forEach((pitch, index) => {
    const start = audio.currentTime + index * 0.22;
    const tone = new OscillatorNode(audio, { type: "sine", frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.35, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.21);
  });
}

/** Whether the page still hears of anything: without that no alarm comes, so its end is one. */
export function connectionLost(isLost) {
  if (isLost && !lost) chime([440, 330]);
  lost = isLost;
  showTitle();
}

/** Takes the requests of a new board and raises the alarm for what was not there before. */
export function heed(requests) {
  open = requests.filter((request) => !request.acknowledged_by);
  const mark = (request) => `${request.id}${request.escalated ? "!" : ""}`;
  const fresh = open.filter((request) => !known?.has(mark(request)));
  known = new Set(open.map(mark));
  if (fresh.length > 0) {
    const first = fresh[0];
    const words = sentence(first);
    setText(byId("announce"), words);
    chime(first.escalated ? [880, 660, 880, 660] : [660, 880]);
  }
  showBanner();
  showTitle();
}

function sentence(request) {
  const late = request.escalated ? "Nobody has answered in time: " : "";
  return `${late}${request.headline} (kiosk ${request.kiosk})`;
}

function showBanner() {
  const first = open[0];
  byId("banner").hidden = !first;
  byId("banner").classList.toggle("strip-late", Boolean(first?.escalated));
  if (!first) return;
  const more = open.length > 1 ? `, and ${open.length - 1} more` : "";
  setText(byId("banner-words"), sentence(first) + more);
}

function showTitle() {
  const count = open.length > 0 ? `(${open.length}) ${NAME}` : NAME;
  const title = lost ? `(!) Not connected: ${NAME}` : open.length > 0 && flash && document.hidden ? `● ${open[0].headline}` : count;
  if (document.title !== title) document.title = title;
}

function showFirst() {
  const card = document.querySelector(`[data-key="${open[0]?.id}"]`);
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
  if (open.length > 0 && Date.now() - lastSound > AGAIN_EVERY) {
    chime(open.some((request) => request.escalated) ? [880, 660, 880, 660] : [660, 880]);
  }
}
