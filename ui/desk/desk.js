// The desk's page: connects its parts.
import * as account from "/account.js";
import * as alarm from "/alarm.js";
import * as answers from "/answers.js";
import * as arrivals from "/arrivals.js";
import * as connection from "/connection.js";
import * as displays from "/displays.js";
import { byId, keepDrafts, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import * as escalated from "/escalated.js";
import * as outside from "/outside.js";
import * as person from "/person.js";
import * as queue from "/queue.js";
import * as report from "/report.js";
import * as requests from "/requests.js";
import * as sound from "/sound.js";
import * as unattended from "/unattended.js";

// How far the desk's clock is ahead of this browser's, which may be wrong.
let ahead = 0;
let offset = null;

const deskTime = () => Date.now() + ahead;

/** What a clock at the clinic shows at a time of this browser; its own zone may be another. */
const clock = (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16));

function tick() {
  requests.tick(deskTime());
  emergency.tick(deskTime());
  escalated.tick(deskTime());
  queue.tick(deskTime());
  setText(byId("clock"), clock(Date.now()));
}

function showBoard(board) {
  ahead = board.now - Date.now();
  offset = board.offset;
  setText(byId("clinic"), board.clinic);
  setText(byId("today"), board.today);
  byId("practice").hidden = !board.practice;
  // First of all: nothing that follows may keep an alarm from being seen.
  emergency.show(board.requests, ahead);
  requests.show(board);
  report.show(board);
  queue.show(board);
  arrivals.show(board);
  displays.show(board.displays, (time) => clock(time - ahead));
  escalated.show(board.requests);
  outside.show(board.requests);
  alarm.heed(board.requests);
  account.refresh();
  tick();
}

// A desk at which nobody is signed in has a clock, too.
document.addEventListener("unattended", ({ detail }) => {
  ahead = detail.now - Date.now();
  offset = detail.offset;
  setText(byId("today"), detail.today);
  tick();
});

person.begin("requests");
unattended.begin();
sound.begin();
alarm.begin();
emergency.begin();
escalated.begin();
outside.begin();
report.begin();
answers.begin();
queue.begin();
connection.begin(
  showBoard,
  ({ now, kiosks }) => {
    ahead = now - Date.now();
    // A page that lies behind others is let do little by the clock: what still comes from the desk keeps it awake.
    alarm.remind();
    sound.wailOn();
    tick();
    arrivals.showKiosks(kiosks, now);
  },
  alarm.connectionLost,
  clock,
);
keepDrafts();
byId("account-find").addEventListener("click", () => account.openAccount());
setInterval(tick, 250);
