// Charts of figures: bars and lines as SVG, each with its table as the same in words. A series is told by its pattern and its
// mark, not by its colour alone.
import { element } from "/elements.js";
import { t } from "/words.js";

const SVG = "http://www.w3.org/2000/svg";
/** More bars than these are in the table only. */
const MOST_BARS = 12;
/** Room in pixels: text of the axes, and what a letter takes of it. */
const LEFT = 46;
const TOP = 26;
const BOTTOM = 30;
const HEIGHT = 220;
const LETTER = 7.4;

let made = 0;

function draw(tag, properties = {}, ...children) {
  const part = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) part.setAttribute(name, String(value));
  part.append(...children.filter((child) => child !== null));
  return part;
}

/** The columns that are drawn, with their figures; none where nothing is there to draw. */
function series({ columns, drawn, rows }) {
  return columns.slice(0, drawn).map((column, index) => ({ ...column, figures: rows.map((row) => row.cells[index]) }));
}

/** A scale from nought to at least the largest figure, with round steps; there is no half of a person. */
function scale(figures) {
  const largest = Math.max(...figures);
  const rough = Math.max(largest / 4, figures.every(Number.isInteger) ? 1 : 0.25);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough);
  const top = Math.ceil(largest / step || 1) * step;
  const ticks = [];
  for (let tick = 0; tick <= top + step / 1000; tick += step) ticks.push(Math.round(tick * 1000) / 1000);
  return { top, ticks };
}

/** The patterns of the series; their ids are this chart's own. */
function patterns(id) {
  const pattern = (index, ...marks) => draw("pattern", { id: `${id}-${index}`, width: 7, height: 7, patternUnits: "userSpaceOnUse" }, ...marks);
  return draw(
    "defs",
    {},
    pattern(1, draw("rect", { width: 7, height: 7, class: "ground-1" }), draw("path", { d: "M-1,8 L8,-1 M-2,2 L2,-2 M5,9 L9,5", class: "hatch-1" })),
    pattern(2, draw("rect", { width: 7, height: 7, class: "ground-2" }), draw("circle", { cx: 3.5, cy: 3.5, r: 1.7, class: "dots-2" })),
  );
}

const bar = (id, index, box, words) => draw("rect", { ...box, class: `bar series-${index}`, ...(index === 0 ? {} : { fill: `url(#${id}-${index})` }) }, draw("title", {}, words));

function mark(index, x, y, words) {
  const title = draw("title", {}, words);
  if (index === 0) return draw("circle", { cx: x, cy: y, r: 4, class: "mark series-0" }, title);
  return draw("rect", { x: x - 4, y: y - 4, width: 8, height: 8, class: `mark series-${index}` }, title);
}

/** Lines and upright bars share their axes. */
function upright(figures, id, width) {
  const all = series(figures);
  const { top, ticks } = scale(all.flatMap(({ figures: of }) => of.map((figure) => figure ?? 0)));
  const [room, tall] = [width - LEFT - 8, HEIGHT - TOP - BOTTOM];
  const y = (figure) => TOP + tall - (figure / top) * tall;
  const slot = room / figures.rows.length;
  const middle = (index) => LEFT + slot * (index + 0.5);
  const axes = ticks.flatMap((tick) => [
    draw("line", { x1: LEFT, x2: width - 8, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" }),
    draw("text", { x: LEFT - 8, y: y(tick) + 4, class: "tick at-end" }, String(tick)),
  ]);
  const longest = Math.max(...figures.rows.map(({ short }) => short.length));
  const every = Math.ceil((longest * LETTER + 10) / slot);
  const names = figures.rows.map(({ short }, index) => (index % every === 0 ? draw("text", { x: middle(index), y: HEIGHT - 10, class: "tick in-middle" }, short) : null));
  const words = (column, row, figure) => `${figures.rows[row].name}, ${column.name}: ${figure} ${column.unit}`;
  const marks = all.flatMap((column, index) => (figures.drawing === "lines" ? line(column, index) : bars(column, index)));

  function line(column, index) {
    // Where nothing is told of a day the line has a gap: it does not go through nought.
    const path = column.figures.map((figure, row) => (figure === null ? "" : `${(column.figures[row - 1] ?? null) === null ? "M" : "L"}${middle(row)},${y(figure)}`)).join(" ");
    const dots = column.figures.map((figure, row) => (figure === null ? null : mark(index, middle(row), y(figure), words(column, row, figure))));
    return [draw("path", { d: path, class: `line series-${index}` }), ...(slot < 9 ? [] : dots)];
  }

  function bars(column, index) {
    const broad = Math.min(26, (slot * 0.8) / all.length);
    return column.figures.map((figure, row) => {
      if (!figure) return null;
      const x = middle(row) - (broad * all.length) / 2 + broad * index;
      return bar(id, index, { x, y: y(figure), width: Math.max(broad - 1, 1), height: y(0) - y(figure) }, words(column, row, figure));
    });
  }

  const unit = draw("text", { x: 0, y: 13, class: "tick" }, all[0].unit);
  return { height: HEIGHT, parts: [patterns(id), ...axes, unit, ...names, ...marks] };
}

/** A text in lines that fit. */
function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line && line.length + word.length + 1 > letters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** Bars from left to right, each under its name: names of routines are long. */
function lying(figures, id, width) {
  const all = series(figures);
  const { top } = scale(all.flatMap(({ figures: of }) => of.map((figure) => figure ?? 0)));
  const room = width - 78;
  const parts = [patterns(id)];
  let y = 4;
  figures.rows.slice(0, MOST_BARS).forEach((row, position) => {
    for (const text of wrapped(row.name, Math.floor(width / LETTER))) {
      y += 17;
      parts.push(draw("text", { x: 0, y, class: "name" }, text));
    }
    y += 6;
    all.forEach((column, index) => {
      const figure = column.figures[position];
      if (figure === null || (figure === 0 && all.length > 1)) return;
      const long = (figure / top) * room;
      parts.push(bar(id, index, { x: 0, y, width: Math.max(long, 1), height: 13 }, `${row.name}, ${column.name}: ${figure} ${column.unit}`));
      parts.push(draw("text", { x: long + 7, y: y + 11, class: "tick" }, `${figure} ${all.length > 1 && column.unit.length > 3 ? "" : column.unit}`.trim()));
      y += 17;
    });
    y += 7;
  });
  return { height: y + 2, parts };
}

/** What the picture says, for those who cannot see it; everything else stands in the table. */
function inWords(figures, title) {
  const all = series(figures);
  const [first] = all;
  const largest = Math.max(...first.figures.map((figure) => figure ?? 0));
  const where = figures.rows[first.figures.indexOf(largest)]?.name ?? "";
  return t("{title}, {by}. Shown: {series}. The highest of “{first}”: {largest} {unit}, {where}. All figures are in the table below.", {
    title,
    by: figures.by,
    series: all.map(({ name }) => name).join(", "),
    first: first.name,
    largest,
    unit: first.unit,
    where,
  });
}

/** Whether there is anything to draw. */
const isEmpty = (figures) => series(figures).every(({ figures: of }) => of.every((figure) => !figure));

function legend(figures) {
  const all = series(figures);
  const id = `legend-${made}`;
  const sample = (index) => {
    const drawing = figures.drawing === "lines";
    const shape = drawing ? [draw("path", { d: "M0,7 L26,7", class: `line series-${index}` }), mark(index, 13, 7, "")] : [patterns(id), bar(id, index, { x: 1, y: 1, width: 24, height: 12 }, "")];
    return draw("svg", { width: 26, height: 14, "aria-hidden": "true" }, ...shape);
  };
  return element("ul", { className: "legend", "aria-hidden": "true" }, ...all.map(({ name, unit }, index) => element("li", {}, sample(index), unit ? `${name} (${unit})` : name)));
}

/** The chart of figures; it is drawn as broad as there is room, so that its text keeps its size. */
export function chart(figures, title) {
  if (isEmpty(figures)) return element("p", { className: "empty", textContent: t("Nothing in this period.") });
  made += 1;
  const id = `chart-${made}`;
  const picture = draw("svg", { role: "img", "aria-label": inWords(figures, title), class: "chart" });
  const place = element("figure", { className: "chart-place" }, legend(figures), picture);
  if (figures.drawing === "bars" && figures.rows.length > MOST_BARS) {
    place.append(element("figcaption", { className: "hint", textContent: t("The first {n} of {all}; the others are in the table.", { n: MOST_BARS, all: figures.rows.length }) }));
  }
  let before = 0;
  new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    if (width === before || width < 40) return;
    before = width;
    const { height, parts } = (figures.drawing === "bars" ? lying : upright)(figures, id, width);
    picture.setAttribute("width", width);
    picture.setAttribute("height", height);
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.replaceChildren(...parts.filter((part) => part !== null));
  }).observe(place);
  return place;
}

/** The same figures as a table. */
export function table(figures, title) {
  const heading = ({ name, unit }) => element("th", { scope: "col", className: "figure", textContent: unit ? `${name} (${unit})` : name });
  const rows = figures.rows.map(({ name, cells }) =>
    element("tr", {}, element("th", { scope: "row", textContent: name }), ...cells.map((figure) => element("td", { className: "figure", textContent: figure === null ? "–" : String(figure) }))),
  );
  return element(
    "table",
    {},
    element("caption", { className: "hidden", textContent: `${title}, ${figures.by}` }),
    element("thead", {}, element("tr", {}, element("th", { scope: "col", textContent: figures.across }), ...figures.columns.map(heading))),
    element("tbody", {}, ...rows),
  );
}
