// The displays of the waiting rooms, as the desk sees them, and the alarm when one is gone.
import { byId, element, keep, say, setText } from "/elements.js";
import { chime } from "/sound.js";
import { t } from "/words.js";

let known = new Set();

/** Shows which displays are there. */
export function show(displays, clock) {
  byId("displays-part").hidden = displays.length === 0;
  keep(byId("display-list"), displays, (display) => display.name, makeDisplay, (item, display) => {
    const mute = display.connected > 0 && display.sound !== "speaks";
    item.className = display.gone || mute ? "silent" : display.connected > 0 ? "connected" : "waiting";
    setText(item.querySelector("b"), display.name);
    setText(item.querySelector("span.since"), words(display, clock));
    item.querySelector("button").hidden = !display.gone;
  });
  const gone = displays.filter((display) => display.gone);
  byId("display-gone").hidden = gone.length === 0;
  keep(byId("display-gone"), gone, (display) => display.name, makeGone, (line, display) => {
    setText(
      line,
      t("Display {name} has been gone since {time}: patients there see and hear no calls. Look at it, or call them in person.", {
        name: display.name,
        time: clock(display.heard_at),
      }),
    );
  });
  if (gone.some(({ name }) => !known.has(name))) chime([440, 330]);
  known = new Set(gone.map(({ name }) => name));
}

function words({ connected, sound, heard_at }, clock) {
  if (connected === 0) return t("not connected since {time}", { time: clock(heard_at) });
  if (sound === "blocked") return t("connected, but mute: touch its screen once");
  if (sound === "chimes-only") return t("connected, but only chimes: the desk's computer has no voice (espeak-ng)");
  return connected === 1 ? t("connected, speaks") : t("{n} connected, speak", { n: connected });
}

const makeGone = () => element("strong", {});

function makeDisplay({ name }) {
  const button = element("button", { type: "button", className: "small bare", textContent: t("It was taken away") });
  button.addEventListener("click", async () => {
    button.disabled = true;
    const failed = t("The desk's computer did not answer.");
    try {
      const answer = await fetch("/api/displays/forget", {
        method: "POST",
        headers: { "content-type": "application/json", "x-vestibule-desk": "1" },
        body: JSON.stringify({ name }),
      });
      say(answer.ok ? "" : (await answer.json()).error ?? failed);
    } catch {
      say(failed);
    }
    button.disabled = false;
  });
  return element("li", {}, element("span", { className: "dot", "aria-hidden": "true" }), element("b", { dir: "auto" }), element("span", { className: "since" }), button);
}
