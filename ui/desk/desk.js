// The desk's page: connects its parts.
import * as alarm from "/alarm.js";
import * as arrivals from "/arrivals.js";
import * as connection from "/connection.js";
import { byId, say, setText } from "/elements.js";
import * as person from "/person.js";
import * as requests from "/requests.js";

// How far the desk's clock is ahead of this browser's, which may be wrong.
let ahead = 0;
let offset = null;

const deskTime = () => Date.now() + ahead;

function tick() {
  requests.tick(deskTime());
  if (offset !== null) {
    setText(byId("clock"), new Date(deskTime() + offset * 1000).toISOString().slice(11, 16));
  }
}

function showBoard(board) {
  ahead = board.now - Date.now();
  offset = board.offset;
  setText(byId("clinic"), board.clinic);
  setText(byId("today"), board.today);
  requests.show(board);
  arrivals.show(board);
  alarm.heed(board.requests);
  tick();
}

person.begin();
alarm.begin();
connection.begin(
  showBoard,
  ({ now, kiosks }) => {
    ahead = now - Date.now();
    arrivals.showKiosks(kiosks, now);
  },
  alarm.connectionLost,
);
byId("said-close").addEventListener("click", () => say(""));
setInterval(tick, 250);
if (!person.person()) person.ask();
