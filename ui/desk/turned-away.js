// Who came today and could not be checked in: who, when, at which kiosk, why, and what became of it.
import { byId, element, keep, setText } from "/elements.js";
import { t } from "/words.js";

/** Shows the list; who was checked in later stands at its end. */
export function show(rows) {
  const waiting = rows.filter((row) => !row.became).length;
  byId("turned-away-part").hidden = rows.length === 0;
  setText(byId("turned-away-count"), waiting > 0 ? String(waiting) : "");
  keep(byId("turned-away"), rows, (row) => row.id, make, update);
}

function make() {
  return element(
    "li",
    {},
    element("p", {}, element("b", {}, element("bdi")), element("span", { className: "why" }), element("small")),
    element("strong", { className: "became" }),
  );
}

function update(item, row) {
  const part = (selector) => item.querySelector(selector);
  item.classList.toggle("done", Boolean(row.became));
  setText(part("bdi"), row.patient?.name ?? t("Somebody"));
  setText(part(".why"), ` ${row.why}${row.service ? ` (${row.service})` : ""}`);
  const where = `${row.at}, ${t("kiosk {name}", { name: row.kiosk })}`;
  setText(part("small"), row.patient ? `${where} · ${t("born {day}", { day: row.patient.born })}` : where);
  setText(part(".became"), row.became);
}
