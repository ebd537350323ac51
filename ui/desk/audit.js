// The audit trail: who looked at which patient, and who changed what.
import { begin } from "/bare-page.js";
import { byId, element, rebuilt, setText } from "/elements.js";
import { onChange, read } from "/person.js";
import { t } from "/words.js";

let lines = [];
let before = null;
let asked = 0;

function query(more = {}) {
  const all = { person: byId("who").value, patient: byId("patient").value.trim(), from: byId("from").value, to: byId("to").value, board: byId("board").checked || "", ...more };
  const given = Object.entries(all).filter(([, value]) => value !== "" && value !== null);
  return new URLSearchParams(given).toString();
}

async function load(isMore) {
  const mine = ++asked;
  const told = await read(`/api/audit?${query(isMore ? { before } : {})}`).catch(() => ({ error: t("The desk's computer did not answer: try again.") }));
  if (mine !== asked) return;
  setText(byId("search-said"), told.error ?? "");
  if (told.error) return;
  lines = isMore ? [...lines, ...told.lines] : told.lines;
  before = told.more;
  byId("csv").href = `/api/audit.csv?${query()}`;
  byId("more").hidden = before === null;
  byId("lines-none").hidden = lines.length > 0;
  const chosen = byId("who").value;
  rebuilt(byId("who"), told.people, () => [element("option", { value: "", textContent: t("Everybody") }), ...told.people.map(({ id, name }) => element("option", { value: id, textContent: name }))]);
  byId("who").value = chosen;
  rebuilt(byId("lines"), lines.map(({ position }) => position), () => lines.map(row));
}

function row({ at, name, what, patient, about }) {
  const whose = patient ? [element("bdi", { textContent: patient.name }), patient.number ? element("small", { textContent: t("no. {number}", patient) }) : null] : [];
  const cell = (...children) => element("td", { role: "cell" }, ...children);
  const named = (words) => element("bdi", { textContent: words });
  // The roles are said because browsers forget what a table is where its rows are laid out as blocks.
  return element("tr", { role: "row" }, cell(at), cell(named(name)), cell(what), cell(...whose), cell(about ? named(about) : null));
}

byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  load(false);
});
byId("more").addEventListener("click", () => load(true));
onChange((who) => who && load(false));
begin("audit");
