// What the pages beside the desk have in common: alarms, who is there, the live connection, loading anew when something
// has happened, and tables.
import * as connection from "/connection.js";
import { byId, element, keepDrafts, rebuilt } from "/elements.js";
import * as emergency from "/emergency.js";
import * as person from "/person.js";
import * as sound from "/sound.js";
import * as unattended from "/unattended.js";

let offset = null;
let ahead = 0;

/**
 * Begins the page for those who have the permission that it `needs`; `onBoard` gets every board, after the alarms have it,
 * and `onPerson` is called whenever somebody else is there.
 */
export function begin(needs, onBoard, onPerson) {
  keepDrafts();
  person.begin(needs);
  person.onChange((who) => who && onPerson());
  unattended.begin();
  sound.begin();
  emergency.begin();
  setInterval(() => emergency.tick(Date.now() + ahead), 250);
  connection.begin(
    (board) => {
      offset = board.offset;
      ahead = board.now - Date.now();
      emergency.show(board.requests, ahead);
      onBoard(board);
    },
    () => {},
    () => {},
    (time) => (offset === null ? "--:--" : new Date(time + ahead + offset * 1000).toISOString().slice(11, 16)),
  );
}

/**
 * Loads what `address()` names and shows it; of two that are under way, the one that was asked for last. `refuse` gets what the
 * desk says instead. Answers `now`, and `soon`: a burst of facts makes the desk send many boards, and what is added up need
 * not follow each: `atMostEvery()` is the time between two, in milliseconds.
 */
export function loading(address, show, atMostEvery, refuse = () => {}) {
  let asked = 0;
  let waiting = null;
  const now = async () => {
    const mine = ++asked;
    let told;
    try {
      told = await person.read(address());
    } catch {
      // The strip says that the connection is lost; the next board brings another try.
      return;
    }
    if (mine !== asked) return;
    if (told.error) refuse(told.error);
    else show(told);
  };
  const soon = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      now();
    }, atMostEvery());
  };
  return { now, soon };
}

/**
 * Rows of a table, made anew only where they have changed. The roles are said because browsers forget what a table is where
 * its rows are laid out as blocks. `none` says that there are no rows, where nothing else on the page does.
 */
export function rows(id, items, cells, none = null) {
  const body = byId(id);
  const names = [...body.closest("table").querySelectorAll("thead th")].map((each) => each.textContent);
  const named = (cell, index) => {
    cell.dataset.label = names[index];
    return cell;
  };
  rebuilt(body, items, () =>
    items.length === 0 && none
      ? [element("tr", { role: "row" }, element("td", { role: "cell", className: "nothing", colSpan: names.length, textContent: none }))]
      : items.map((item) => element("tr", { role: "row" }, ...cells(item).map(named))),
  );
}

/** The cell that names its row. */
export const head = (text, ...more) => element("th", { scope: "row", role: "rowheader" }, element("bdi", { textContent: text }), ...more);

/** A cell of words. */
export const cell = (text) => element("td", { role: "cell" }, element("bdi", { textContent: text }));

/** A cell of figures, with how many times where that is told. */
export const figure = (text, count = 0) => element("td", { className: "figure", role: "cell" }, String(text), count > 0 ? element("small", { textContent: `${count}×` }) : null);
