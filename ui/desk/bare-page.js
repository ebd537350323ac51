// What every page does that shows no board: it says who is there, and an emergency fills it all the same.
import * as connection from "/connection.js";
import { byId, setText } from "/elements.js";
import * as emergency from "/emergency.js";
import * as person from "/person.js";
import * as sound from "/sound.js";
import * as unattended from "/unattended.js";

let offset = null;
let ahead = 0;

/** Begins. `needs` is the permission without which the page shows nothing. */
export function begin(needs) {
  sound.begin();
  emergency.begin();
  unattended.begin();
  person.begin(needs);
  setInterval(() => emergency.tick(Date.now() + ahead), 250);
  const clock = (told) => {
    offset = told.offset;
    ahead = told.now - Date.now();
  };
  document.addEventListener("unattended", ({ detail }) => clock(detail));
  connection.begin(
    (board) => {
      clock(board);
      setText(byId("clinic"), board.clinic);
      byId("practice").hidden = !board.practice;
      emergency.show(board.requests, ahead);
    },
    () => {},
    () => {},
    (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16)),
  );
}
