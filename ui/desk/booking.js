// What a patient wishes of the book: how it stands, doing it as it was wished, or choosing another free time.
import { element, offer, setText } from "/elements.js";
import { field } from "/forms.js";
import { look } from "/person.js";
import { t } from "/words.js";

/** The part of a card about a wish; it is empty where nothing is wished. */
export function make(request, send) {
  if (!request.wish) return element("div", { className: "wish", hidden: true });
  const does = element("button", { type: "button", className: "strong wish-does" });
  does.addEventListener("click", () => send(does, "carry-out"));
  const declines = element("button", { type: "button", className: "wish-declines", textContent: t("They do not") });
  declines.addEventListener("click", () => send(declines, "decline-offer", { keep_waiting: true }));
  const leaves = element("button", { type: "button", className: "quiet wish-leaves", textContent: t("They do not wait any more") });
  leaves.addEventListener("click", () => send(leaves, "decline-offer", { keep_waiting: false }));
  const title = `wish-title-${request.id}`;
  return element(
    "section",
    { className: "wish", "aria-labelledby": title },
    element("h4", { id: title, className: "wish-words" }),
    element("p", { className: "wish-state" }),
    element("div", { className: "card-buttons", "data-needs": "book" }, does, declines, leaves),
    chooser(request, send),
  );
}

/** Looks for other free times and books one of them. */
function chooser(request, send) {
  const service = element("select", { required: true });
  const clinician = element("select", {});
  const day = element("input", { type: "date", required: true, value: request.wish.day });
  const times = element("ul", { className: "found times", "aria-label": t("Free times") });
  const said = element("p", { className: "said", role: "status" });
  const form = element(
    "form",
    { className: "finder", "data-needs": "book" },
    element("div", {}, ...field(`wish-service-${request.id}`, t("Service"), service)),
    element("div", {}, ...field(`wish-clinician-${request.id}`, t("With"), clinician)),
    element("div", {}, ...field(`wish-day-${request.id}`, t("On"), day)),
    element("button", { type: "submit", textContent: t("Find free times") }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const answer = await look("/api/slots/search", { service: service.value, clinician: clinician.value, day: day.value });
    if (answer.error) setText(said, answer.error);
    else if (answer.slots.length === 0) setText(said, t("Nothing is free on this day."));
    times.replaceChildren(
      ...(answer.slots ?? []).map(({ words, slot }) => {
        const button = element("button", { type: "button", className: "small" }, element("bdi", { textContent: words }));
        button.addEventListener("click", () => send(button, "carry-out", { slot }));
        return element("li", {}, button);
      }),
    );
  });
  return element("details", { className: "wish-other" }, element("summary", { textContent: t("Another time…") }), form, said, times);
}

/** Brings it up to date; a search that somebody has begun stays. */
export function update(part, request, board) {
  const { wish } = request;
  if (!wish) return;
  setText(part.querySelector(".wish-words"), wish.words);
  setText(part.querySelector(".wish-state"), wish.state);
  const does = part.querySelector(".wish-does");
  does.hidden = !wish.does;
  setText(does, wish.does ?? "");
  part.querySelector(".wish-declines").hidden = !wish.is_offer;
  part.querySelector(".wish-leaves").hidden = !wish.is_offer;
  part.querySelector(".wish-other").hidden = !wish.can_choose;
  const [service, clinician] = part.querySelectorAll("select");
  const began = service.options.length > 0;
  offer(service, board.services);
  offer(clinician, board.clinicians);
  setText(clinician.options[0], t("Anybody"));
  if (!began) {
    service.value = wish.service;
    clinician.value = wish.clinician;
  }
}
