// The display of a waiting room: connects its parts.
import * as calls from "/display-calls.js";
import * as languages from "/display-languages.js";
import * as link from "/display-link.js";
import * as voice from "/display-voice.js";
import { byId, setText } from "/dom.js";

const settings = JSON.parse(byId("settings").textContent);
// How far the desk's clock is ahead of this machine's, which may be wrong.
let ahead = 0;
let offset = null;
let shown = null;

const deskTime = () => Date.now() + ahead;

/** What a clock at the clinic shows at a time of the desk. */
const clock = (time) => (offset === null ? "--:--" : new Date(time + offset * 1000).toISOString().slice(11, 16));

function show(next) {
  if (next.print !== settings.print) {
    // The clinic changed its words, or the desk its program.
    location.reload();
    return;
  }
  ahead = next.now - Date.now();
  offset = next.offset;
  shown = next;
  voice.know(next.voices);
  voice.drop((call) => !next.calls.some(({ id }) => id === call.id));
  calls.show(next.calls, voice.current());
  languages.showNotices(next.late, next.waits);
  tick();
}

function tick() {
  setText(byId("clock"), clock(deskTime()));
}

function lost(since) {
  document.body.classList.toggle("is-lost", since !== null);
  languages.showLost(since === null ? null : clock(since + ahead));
  calls.fit();
}

document.title = `${settings.clinic}: ${settings.languages[0].title}`;
setText(byId("clinic"), settings.clinic);
byId("mistakes").hidden = settings.mistakes.length === 0;
setText(byId("mistakes"), settings.mistakes.join(" "));
languages.begin(settings);
calls.begin(settings);
voice.begin(settings, {
  now: deskTime,
  // The sheet shows what is spoken; what waits for its turn stands in the rows.
  begins: (call) => calls.announce(shown?.calls ?? [], call),
  ends: calls.announced,
});
link.begin(settings, {
  call: voice.say,
  shown: show,
  heartbeat: ({ now }) => {
    ahead = now - Date.now();
  },
  lost,
  sound: voice.state,
});
setInterval(tick, 500);
addEventListener("resize", calls.fit);
document.fonts.ready.then(calls.fit);
