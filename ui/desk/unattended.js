// A desk at which nobody is signed in: emergencies fill the window all the same, and whoever passes sees and hears that
// somebody waits. Nothing of any patient is told here.
import { heedUnattended } from "/alarm.js";
import { byId, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import { person } from "/person.js";
import { tellWaiting } from "/sign-in.js";
import { chime, isWailing, quietFor } from "/sound.js";
import { t } from "/words.js";

const AGAIN_EVERY = 20000;
const LATE = [880, 660, 880, 660];
const NEW = [660, 880];
const BARE = { words: "", lang: "en", red_flags: [], patients: [], companion: "", language: "", steps: [], chain: [], urgency: "emergency", acknowledged_by: null };
let waiting = 0;
let late = 0;
let ahead = 0;

/** Listens to what the desk tells where nobody may see the board. */
export function begin() {
  document.addEventListener("unattended", ({ detail }) => show(detail));
  setInterval(() => {
    if (person()) return;
    emergency.tick(Date.now() + ahead);
    if (waiting > 0 && !isWailing() && quietFor() > AGAIN_EVERY) chime(late > 0 ? LATE : NEW);
  }, 1000);
}

function show(told) {
  ahead = told.now - Date.now();
  setText(byId("clinic"), told.clinic);
  byId("practice").hidden = !told.practice;
  emergency.show(
    told.emergencies.map((each) => ({ ...BARE, ...each })),
    ahead,
  );
  if (person()) return;
  if (told.waiting > waiting && !isWailing()) chime(told.late > 0 ? LATE : NEW);
  ({ waiting, late } = told);
  const words =
    waiting === 0
      ? ""
      : late > 0
        ? t("{waiting} requests wait for a person, {late} of them too long. Sign in to answer.", { waiting, late })
        : waiting === 1
          ? t("1 request waits for a person. Sign in to answer.")
          : t("{waiting} requests wait for a person. Sign in to answer.", { waiting });
  tellWaiting(words);
  heedUnattended(waiting);
}
