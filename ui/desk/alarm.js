// Telling people that somebody needs them: by ear, in the title, on the page and to screen readers.
import { byId, setText } from "/elements.js";

const NAME = "Vestibule desk";
const AGAIN_EVERY = 20000;
let audio = null;
let open = [];
let known = null;
let lastSound = 0;
let flash = false;

/** Makes the sound button and the banner work. Browsers let a page sound only after a touch. */
export function begin() {
  byId("sound").addEventListener("click", () => (isLoud() ? silence() : unlock(true)));
  byId("banner-show").addEventListener("click", showFirst);
  // Whoever had sound yesterday has it again with their first touch, wherever it lands.
  if (wanted()) addEventListener("pointerdown", () => unlock(false), { once: true });
  showSound();
  setInterval(remind, 1000);
}

const isLoud = () => audio?.state === "running";

function wanted() {
  try {
    return localStorage.getItem("vestibule.sound") === "on";
  } catch {
    return false;
  }
}

function remember(on) {
  try {
    localStorage.setItem("vestibule.sound", on ? "on" : "off");
  } catch {
    // Then it is asked again tomorrow.
  }
}

async function unlock(audibly) {
  remember(true);
  audio ??= new AudioContext();
  await audio.resume().catch(() => {});
  showSound();
  if (audibly) chime([660]);
}

async function silence() {
  remember(false);
  await audio.suspend();
  showSound();
}

function showSound() {
  const button = byId("sound");
  button.setAttribute("aria-pressed", String(isLoud()));
  button.classList.toggle("asking", !isLoud());
  setText(button, isLoud() ? "Sound is on" : "Sound is off: turn it on");
}

/** Short notes one after the other, soft at both ends so that they do not click. */
function chime(notes) {
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
  lastSound = Date.now();
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
  const title = open.length === 0 ? NAME : flash && document.hidden ? `● ${open[0].headline}` : `(${open.length}) ${NAME}`;
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
