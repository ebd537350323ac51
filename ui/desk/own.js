// What somebody changes of their own: the password, and the personal number for a quick switch.
import { element, setText } from "/elements.js";
import { ending, field } from "/forms.js";
import { act, person, stay } from "/person.js";
import { language, t } from "/words.js";

// Each in itself, so that whoever reads no other finds it.
const LANGUAGES = [["en", "English"], ["es", "Español"]];

let dialog = null;

/** Opens the dialog. */
export function open() {
  dialog ??= make();
  for (const form of dialog.querySelectorAll("form")) form.reset();
  for (const said of dialog.querySelectorAll(".said, .kept")) setText(said, "");
  setText(dialog.querySelector("h2"), t("{name}: language, password and personal number", { name: person()?.name ?? "" }));
  dialog.showModal();
}

function make() {
  const secret = (autocomplete) => element("input", { type: "password", autocomplete, maxLength: 256, required: true });
  const [old, fresh, again] = [secret("current-password"), secret("new-password"), secret("new-password")];
  const [proof, pin] = [secret("current-password"), element("input", { type: "password", inputMode: "numeric", autocomplete: "off", maxLength: 6 })];
  const password = form(
    t("Change the password"),
    [
      ...field("own-old", t("Password so far"), old),
      ...field("own-new", t("New password"), fresh, t("12 characters or more. Several words are easy to keep and hard to guess.")),
      ...field("own-again", t("New password once more"), again),
    ],
    () => (fresh.value === again.value ? act("/api/me/password", { password: old.value, new: fresh.value }) : t("The two passwords are not the same.")),
    t("Kept. Wherever else you were signed in, you are signed out."),
  );
  const number = form(
    t("Set the personal number"),
    [
      ...field("own-pin", t("Personal number"), pin, t("6 figures, for taking over a shared desk quickly, where you gave your password in the last 12 hours. Leave it empty to have none.")),
      ...field("own-proof", t("Your password"), proof),
    ],
    () => act("/api/me/pin", { password: proof.value, pin: pin.value }),
    t("Kept."),
  );
  const languages = element("select", {}, ...LANGUAGES.map(([value, textContent]) => element("option", { value, textContent, lang: value, defaultSelected: value === language })));
  const reads = form(
    t("Read the desk in this language"),
    field("own-language", t("Language of the desk"), languages),
    async () => {
      const wrong = await act("/api/me/language", { language: languages.value });
      // The page is opened anew in it as soon as the desk says so again.
      if (!wrong) await stay();
      return wrong;
    },
    t("Kept. The page changes as soon as nothing is half written on it."),
  );
  const close = element("button", { type: "button", className: "quiet", textContent: t("Close") });
  const made = element("dialog", { id: "own", "aria-labelledby": "own-title" }, element("h2", { id: "own-title" }), reads, number, password, element("div", { className: "dialog-buttons" }, close));
  close.addEventListener("click", () => made.close());
  document.body.append(made);
  return made;
}

function form(does, fields, keep, kept) {
  const said = element("p", { className: "said", role: "status" });
  const done = element("p", { className: "kept", role: "status" });
  const made = element("form", { className: "own-form" }, ...fields, ending(does, false), said, done);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = await keep();
    setText(said, wrong ?? "");
    setText(done, wrong ? "" : kept);
    if (!wrong) made.reset();
  });
  return made;
}
