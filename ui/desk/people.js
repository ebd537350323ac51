// The accounts: who may sign in as what; adding, changing, resetting, ending.
import { begin } from "/bare-page.js";
import { byId, element, keep, offer, setText } from "/elements.js";
import { act, look, onChange, read } from "/person.js";
import { language, parts, t } from "/words.js";

let roles = [];

async function load() {
  const told = await read("/api/people").catch(() => null);
  if (!told || told.error) return;
  roles = told.roles;
  offer(byId("add-role"), roles);
  const active = told.people.filter((person) => person.is_active);
  const ended = told.people.filter((person) => !person.is_active);
  setText(byId("people-count"), String(active.length));
  keep(byId("people"), active, (person) => person.id, make, update);
  byId("ended-part").hidden = ended.length === 0;
  keep(byId("ended"), ended, (person) => person.id, makeEnded, (item, person) => update(item, person));
}

function makeEnded() {
  return element("li", {}, element("div", { className: "who-is" }, element("b", {}, element("bdi")), element("small")));
}

function make(person) {
  const said = element("p", { className: "said", role: "status" });
  const role = element("select", { id: `role-${person.id}` }, ...roles.map(({ id, text }) => element("option", { value: id, textContent: text })));
  role.addEventListener("change", () => done(act(`/api/people/${person.id}/role`, { role: role.value })));
  const done = async (acting) => {
    setText(said, (await acting) ?? "");
    load();
  };
  const reset = element("button", { type: "button", className: "small reset" });
  reset.addEventListener("click", async () => {
    if (!sure(reset, t("Their password ends. Press again"))) return;
    const slip = await look(`/api/people/${person.id}/reset`, {});
    setText(said, slip.error ?? "");
    if (!slip.error) show(slip);
    load();
  });
  const end = element("button", { type: "button", className: "small quiet end" });
  end.addEventListener("click", () => sure(end, t("They are out at once. Press again")) && done(act(`/api/people/${person.id}/end`)));
  return element(
    "li",
    {},
    element("div", { className: "who-is" }, element("b", {}, element("bdi")), element("small"), element("small", { className: "waits-for" })),
    element("div", { className: "row-tools" }, element("p", {}, element("label", { for: role.id }), role), reset, end),
    said,
  );
}

/** Whether a button that takes something away was pressed twice. */
function sure(button, words) {
  if (button.dataset.sure) {
    delete button.dataset.sure;
    return true;
  }
  button.dataset.sure = "1";
  const before = button.textContent;
  setText(button, words);
  setTimeout(() => {
    delete button.dataset.sure;
    setText(button, before);
  }, 6000);
  return false;
}

function update(item, person) {
  const part = (selector) => item.querySelector(selector);
  setText(part("b bdi"), person.name);
  setText(part("small"), [t("signs in as {sign_in}", person), person.role_words, person.since].join(" · "));
  if (!person.is_active) return;
  setText(part(".waits-for"), person.waits_for_password ? t("Has not set a password yet.") : "");
  const role = part("select");
  if (document.activeElement !== role) role.value = person.role;
  setText(part("label"), t("Role of {name}", person));
  for (const [button, words] of [
    [part(".reset"), person.waits_for_password ? t("New code…") : t("New password…")],
    [part(".end"), t("End the account…")],
  ]) {
    if (!button.dataset.sure) setText(button, words);
    button.setAttribute("aria-description", person.name);
  }
  part(".end").hidden = person.is_me;
}

function show(slip) {
  const fill = (id, words, values) => byId(id).replaceChildren(...parts(words, values));
  fill("slip-title", t("One-time code for {name}"), { name: element("bdi", { textContent: slip.name }) });
  fill("slip-how", t("Open {place} at a computer of the desk, choose “I have a code”, and set your own password."), {
    place: element("b", { textContent: `${location.host}/sign-in` }),
  });
  setText(byId("slip-code"), slip.code);
  fill("slip-more", t("You sign in as {sign_in}. The code is good once, for {hours} hours. Nobody will ever ask you for your password."), {
    sign_in: element("b", { textContent: slip.sign_in }),
    hours: String(slip.hours),
  });
  byId("slip").showModal();
}

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("[type=submit]");
  button.disabled = true;
  const slip = await look("/api/people", { name: byId("add-name").value, sign_in: byId("add-sign-in").value, role: byId("add-role").value, language: byId("add-language").value });
  button.disabled = false;
  setText(byId("add-said"), slip.error ?? "");
  if (slip.error) return;
  event.target.reset();
  byId("add-language").value = language;
  show(slip);
  load();
});
byId("add-language").value = language;
byId("slip-print").addEventListener("click", () => print());
byId("slip-close").addEventListener("click", () => byId("slip").close());
// A code that was handed over is on no screen any more.
byId("slip").addEventListener("close", () => setText(byId("slip-code"), ""));
onChange((who) => who && load());
begin("people");
