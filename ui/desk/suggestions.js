// Reports, suggestions and praise: how far each has come, and its answer.
import { byId, element, keep, rebuilt, setText } from "/elements.js";
import { ending, field, writing } from "/forms.js";
import { act } from "/person.js";
import { t } from "/words.js";

/** Shows the list; `changed` is called when something was done with one. */
export function show({ suggestions }, changed) {
  const open = suggestions.filter(({ progress }) => progress !== "answered").length;
  setText(byId("suggestions-count"), open > 0 ? t("{n} to answer", { n: open }) : "");
  byId("suggestions-none").hidden = suggestions.length > 0;
  keep(byId("suggestions"), suggestions, ({ id }) => id, (each) => make(each, changed), update);
}

function make({ id }, changed) {
  const answer = writing(3, 1000, true);
  const said = element("p", { className: "said", role: "status" });
  const heading = element("h3", { id: `suggestion-${id}` }, element("bdi"));
  const look = element("button", { type: "button", className: "look", textContent: t("I look at it"), "aria-describedby": heading.id });
  const form = element("form", { className: "note", "aria-labelledby": heading.id }, ...field(`answer-${id}`, t("Answer, and what will change"), answer, " "), ending(t("Answer"), false));
  const send = async (control, path, details) => {
    control.disabled = true;
    const wrong = await act(path, details);
    control.disabled = false;
    setText(said, wrong ?? "");
    if (wrong === null) changed();
    return wrong === null;
  };
  form.querySelector(".card-buttons").append(look);
  look.addEventListener("click", () => send(look, `/api/suggestions/${id}/look`));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form.querySelector("[type=submit]"), `/api/suggestions/${id}/answer`, { words: answer.value })) form.reset();
  });
  return element(
    "li",
    {},
    element("div", { className: "suggested" }, element("p", { className: "chips" }, element("span", { className: "progress" })), heading, element("small", { className: "from" }), element("blockquote", { className: "words" })),
    element("div", { className: "answering" }, element("p", { className: "answered" }), form, said),
  );
}

function update(item, { progress, state, late, headline, words, lang, language, from, raised, due, answer, reads }) {
  const part = (selector) => item.querySelector(selector);
  const isAnswered = progress === "answered";
  item.dataset.progress = progress;
  item.classList.toggle("bad", late);
  const chip = part(".progress");
  chip.className = `progress progress-${progress}${late ? " chip-overdue" : ""}`;
  setText(chip, late ? t("{state}; the answer is late", { state }) : state);
  setText(part("h3 bdi"), headline);
  const dates = isAnswered ? t("{from}, {raised}", { from, raised }) : late ? t("{from}, {raised}; due {due}", { from, raised, due }) : t("{from}, {raised}; due by {due}", { from, raised, due });
  setText(part(".from"), dates);
  const own = part(".words");
  own.lang = lang;
  own.dir = "auto";
  setText(own, words);
  part("form").hidden = isAnswered;
  part(".look").hidden = progress !== "new";
  setText(part("form .hint"), t("Written in {language}. {reads}.", { language, reads }));
  part(".answered").hidden = !isAnswered;
  if (isAnswered) rebuilt(part(".answered"), [answer, reads], () => [element("bdi", { textContent: answer }), element("small", { textContent: reads })]);
}
