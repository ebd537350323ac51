// What the page sounds like, and whether the browser lets it.
import { byId, setText } from "/elements.js";
import { t } from "/words.js";

const STARTS_WITHIN = 1000;
const SIREN_EVERY = 1600;
const SIREN = [988, 740, 988, 740, 988];
let audio = null;
let blocked = false;
let wailing = null;
let lastSound = 0;

/** Makes the buttons work. Browsers let a page sound only after a touch. */
export function begin() {
  byId("sound").addEventListener("click", () => (isLoud() ? silence() : unlock(true)));
  for (const id of ["banner-sound", "emergency-sound"]) byId(id)?.addEventListener("click", () => unlock(true));
  // Whoever had sound yesterday has it again with their first touch, wherever it lands.
  if (chosen() === "on") {
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => unlock(false), { once: true });
  }
  showSound();
}

const isLoud = () => audio?.state === "running";

/** How long ago something was to be heard, in milliseconds. */
export const quietFor = () => Date.now() - lastSound;

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
  setText(button, isLoud() ? t("Sound is on") : blocked ? t("The browser forbids sound: try again") : t("Sound is off: turn it on"));
  button.title = blocked ? t("Allow sound for this page beside its address, check that this computer has a loudspeaker, and try again.") : "";
  // Who chose silence is left in peace; everybody else is told that an alarm is going on unheard.
  const banner = byId("banner-sound");
  if (banner) banner.hidden = isLoud() || silenced;
  // An emergency leaves nobody in peace.
  byId("emergency-sound").hidden = wailing === null || isLoud();
}

/** Short notes one after the other, soft at both ends so that they do not click. */
export function chime(notes) {
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

/** An emergency sounds until somebody answers it. */
export function siren(on) {
  if (on === isWailing()) return;
  if (on) {
    const wail = () => chime(SIREN);
    wailing = setInterval(wail, SIREN_EVERY);
    wail();
  } else {
    clearInterval(wailing);
    wailing = null;
  }
  showSound();
}

/** Sounds on where the browser has slowed this page's clock down because it lies behind others. */
export function wailOn() {
  if (isWailing() && quietFor() > 2 * SIREN_EVERY) chime(SIREN);
}

/** Whether an emergency sounds: nothing else needs to be heard then. */
export const isWailing = () => wailing !== null;
