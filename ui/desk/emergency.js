// An emergency fills the window until a person answers by name. It does so also where nobody is signed in; then it says
// where, and nothing of whom.
import { showChain } from "/chain.js";
import { byId, element, keep, rebuilt, setText, span } from "/elements.js";
import { act } from "/person.js";
import { showFlags } from "/red-flags.js";
import { siren } from "/sound.js";
import { t, tn } from "/words.js";

let open = [];

/** Makes the overlay stay: no key and no slip closes it. */
export function begin() {
  const dialog = byId("emergency");
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => open.length > 0 && dialog.showModal());
  dialog.addEventListener("submit", (event) => event.preventDefault());
}

/** Takes the requests of a board. `ahead` is how far the desk's clock is ahead of this browser's. */
export function show(requests, ahead) {
  const dialog = byId("emergency");
  open = requests.filter((request) => request.urgency === "emergency" && !request.acknowledged_by);
  dialog.dataset.ahead = ahead;
  siren(open.length > 0);
  if (open.length === 0) {
    // Where the keyboard was before is where it is again.
    if (dialog.open) dialog.close();
    byId("emergency-list").replaceChildren();
    return;
  }
  setText(byId("emergency-title"), tn(open.length, "EMERGENCY", "{n} EMERGENCIES"));
  keep(byId("emergency-list"), open, (request) => request.id, make, update);
  if (!dialog.open) {
    dialog.showModal();
    // Whoever is typing must not answer an emergency with the next space: the keyboard stands at no button.
    byId("emergency-title").focus();
  }
}

/** Counts the ages on. `now` is the desk's time. */
export function tick(now) {
  for (const item of byId("emergency-list").children) {
    setText(item.querySelector(".since"), t("{time} ago", { time: span(now - item.dataset.raisedAt) }));
    const left = item.dataset.dueAt - now;
    setText(item.querySelector(".left"), left > 0 ? t("answer within {time}", { time: span(left) }) : t("nobody has answered in time"));
  }
}

function make(request) {
  const going = element("button", { type: "button", className: "going" });
  const said = element("p", { className: "said", role: "status" });
  going.addEventListener("click", async () => {
    going.disabled = true;
    const wrong = await act(`/api/requests/${request.id}/acknowledge`);
    setText(said, wrong ?? "");
    going.disabled = false;
  });
  const item = element(
    "article",
    { className: "danger", "aria-labelledby": `danger-${request.id}` },
    element("h3", { id: `danger-${request.id}` }),
    element("p", { className: "when" }, element("span", { className: "at" }), element("b", { className: "since" })),
    // Before the words, which may be many: it must not be looked for.
    going,
    said,
    element("blockquote", { className: "words" }),
    element("p", { className: "red-flags" }),
    element("p", { className: "who" }),
    element("ol", { className: "do-now" }),
    element("p", { className: "reached" }, element("span", { className: "chain" }), element("b", { className: "left" })),
  );
  item.dataset.raisedAt = request.raised_at;
  // By this browser's clock, so that a test can tell how long the way from the kiosk took.
  item.dataset.shownAt = Date.now();
  return item;
}

function update(item, request) {
  const part = (selector) => item.querySelector(selector);
  item.dataset.dueAt = request.acknowledge_by;
  setText(part("h3"), t("Kiosk {name}", { name: request.kiosk }));
  setText(part(".at"), `${t("Touched at {time},", { time: request.raised })} `);
  const words = part(".words");
  words.hidden = request.words === "";
  words.lang = request.lang;
  words.dir = "auto";
  setText(words, request.words);
  showFlags(part(".red-flags"), request);
  const names = request.patients.map(({ name }) => name).join(", ");
  setText(part(".who"), [names, request.companion && t("acts for: {whom}", { whom: request.companion }), request.language && t("reads {language}", request)].filter(Boolean).join(" · "));
  rebuilt(part(".do-now"), request.steps, () => request.steps.map(({ text }) => element("li", { translate: false, textContent: text })));
  showChain(part(".chain"), request);
  setText(part(".going"), t("I am going to kiosk {name}", { name: request.kiosk }));
}
