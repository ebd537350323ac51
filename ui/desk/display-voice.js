// What a display sounds like: a chime, then the call twice, one call after the other.
import { byId } from "/dom.js";

const BETWEEN = 700;
const AFTER = 900;
// A call that cannot be heard stays on the sheet for as long as it takes to see it.
const SEEN_FOR = 5000;
const TIMES = 2;
const STARTS_WITHIN = 1000;

let settings = null;
let hears = null;
let audio = null;
let playing = null;
let voices = [];
const queue = [];
let call = null;
let stopped = false;

/** Takes the languages, and tries whether the browser lets it sound. */
export function begin(all, handlers) {
  settings = all;
  hears = handlers;
  byId("sound").addEventListener("click", unlock);
  // Wherever the touch lands.
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => isLoud() || unlock());
  unlock();
}

const isLoud = () => audio?.state === "running";

async function unlock() {
  try {
    audio ??= new AudioContext();
    audio.onstatechange = showState;
    // Where sound is forbidden, this promise is kept only after a touch.
    await Promise.race([audio.resume(), later(STARTS_WITHIN)]);
  } catch {
    // No sound in this browser; the desk is told.
  }
  showState();
}

function showState() {
  byId("sound").hidden = isLoud();
}

/** The languages in which the desk's machine speaks. */
export function know(codes) {
  voices = codes;
}

/** Whether it can be heard, for the desk. */
export function state() {
  if (!isLoud()) return "blocked";
  const all = settings.languages.every(({ code }) => voices.includes(primary(code)) || ownVoice(code));
  return all ? "speaks" : "chimes-only";
}

const primary = (code) => code.split("-")[0];

/** A voice of this machine: one that needs the network falls silent with it. */
function ownVoice(code) {
  const all = globalThis.speechSynthesis?.getVoices() ?? [];
  return all.find((voice) => voice.localService && primary(voice.lang.replace("_", "-")) === primary(code));
}

/** The call that is being announced. */
export const current = () => call;

/** A call waits for its turn; the same number once more is spoken once more. */
export function say(next) {
  queue.push({ ...next, sound: load(next) });
  if (call === null) work();
}

/** Calls that were taken back are not spoken, not even to their end. */
export function drop(isGone) {
  for (let place = queue.length - 1; place >= 0; place -= 1) {
    // One that was called again meanwhile is gone under its old position only.
    if (isGone(queue[place])) queue.splice(place, 1);
  }
  if (call !== null && isGone(call)) {
    stopped = true;
    playing?.stop();
    globalThis.speechSynthesis?.cancel();
  }
}

async function load({ id, language }) {
  if (audio === null || !voices.includes(primary(language))) return null;
  try {
    const answer = await fetch(`/display/speech/${id}.wav?language=${encodeURIComponent(language)}`);
    return answer.ok ? await audio.decodeAudioData(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

async function work() {
  while (queue.length > 0) {
    call = queue.shift();
    stopped = false;
    // It waited for so long that somebody has surely come to the desk.
    if (hears.now() - call.at > settings.spoken_within) continue;
    hears.begins(call);
    const seen = later(SEEN_FOR);
    if (isLoud()) {
      await chime();
      const sound = (await call.sound) ?? (await load(call));
      for (let time = 0; time < TIMES && !stopped; time += 1) {
        if (time > 0) await later(BETWEEN);
        if (!stopped) await (sound ? play(sound) : speak(call));
      }
    }
    if (!stopped) await seen;
    hears.ends();
    await later(stopped ? 0 : AFTER);
  }
  call = null;
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function play(sound) {
  return new Promise((resolve) => {
    playing = new AudioBufferSourceNode(audio, { buffer: sound });
    playing.connect(audio.destination);
    playing.onended = resolve;
    playing.start();
    // A loudspeaker that is unplugged in the middle ends nothing.
    setTimeout(resolve, sound.duration * 1000 + 2000);
  });
}

function speak({ language, spoken }) {
  const voice = ownVoice(language);
  if (!voice) return null;
  return new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(spoken);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.85;
    words.onend = resolve;
    words.onerror = resolve;
    speechSynthesis.speak(words);
    setTimeout(resolve, 15000);
  });
}

/** Two warm notes going down, soft at both ends so that they do not click. */
async function chime() {
  const notes = [659.26, 523.25];
  notes.forEach((pitch, index) => {
    const start = audio.currentTime + index * 0.45;
    for (const [times, loud] of [[1, 0.3], [2, 0.08], [3, 0.03]]) {
      const tone = new OscillatorNode(audio, { type: "sine", frequency: pitch * times });
      const volume = new GainNode(audio, { gain: 0 });
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(loud, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 1.2);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 1.25);
    }
  });
  await later(1500);
}
