// Ordering a kiosk to do something.
import { byId, element, say, setText } from "/elements.js";
import { act } from "/person.js";
import { t } from "/words.js";

let closing = null;

/** The buttons of a kiosk; `after` is called when something was ordered. */
export function orderButtons(kiosk, shown, after) {
  const button = (text, name, work) => {
    const made = element("button", { type: "button", className: "small", textContent: text, "aria-label": name });
    made.addEventListener("click", () => work(made));
    return made;
  };
  const orders = (order, question) => async (made) => {
    if (question && !(await sure(made, question))) return;
    made.disabled = true;
    say(await act(`/api/fleet/${encodeURIComponent(kiosk.name)}/orders`, { order }));
    made.disabled = false;
    after();
  };
  const named = (text) => t("{order}: kiosk {kiosk}", { order: text, kiosk: kiosk.name });
  const service = kiosk.closed
    ? button(t("Back in service"), named(t("Back in service")), orders("back-in-service"))
    : button(t("Take out of service…"), named(t("Take out of service…")), () => open(kiosk, shown, after));
  const page = t("Print a test page");
  const examine = t("Examine the machine");
  const read = t("Read its clinic.toml again");
  const restart = t("Restart the program");
  return [
    service,
    kiosk.printer ? button(page, named(page), orders("print-test-page")) : null,
    button(examine, named(examine), orders("examine")),
    button(read, named(read), orders("read-configuration", t("Really read it?"))),
    button(restart, named(restart), orders("restart", t("Really restart?"))),
  ];
}

/** What stops a kiosk for a moment is touched twice: the button itself asks. */
function sure(button, question) {
  if (button.dataset.sure) {
    delete button.dataset.sure;
    setText(button, button.dataset.text);
    return true;
  }
  button.dataset.text = button.textContent;
  button.dataset.sure = "asked";
  setText(button, question);
  setTimeout(() => {
    if (!button.dataset.sure) return;
    delete button.dataset.sure;
    setText(button, button.dataset.text);
  }, 5000);
  return false;
}

function open(kiosk, shown, after) {
  closing = { kiosk, after };
  setText(byId("close-title"), t("Take kiosk {kiosk} out of service", { kiosk: kiosk.name }));
  setText(byId("close-explained"), t("It says in every language that it is closed and where the desk is. Help and the emergency call go on working."));
  setText(byId("close-legend"), t("What it says beside that"));
  setText(byId("close-now-words"), t("Now, also if somebody is using it: they are sent to the desk, with what they have entered."));
  setText(byId("close-send"), t("Take it out of service"));
  setText(byId("close-later"), t("Back"));
  setText(byId("close-said"), "");
  byId("close-now").checked = false;
  const choice = (value, text, checked) => element("label", {}, element("input", { type: "radio", name: "close-text", value, checked }), element("span", { textContent: text }));
  byId("close-texts").replaceChildren(
    choice("none", t("Nothing more"), true),
    ...shown.texts.map(({ id, text }) => choice(`text ${id}`, text, false)),
    choice("own", t("Words of your own, in each language"), false),
  );
  byId("close-own").replaceChildren(
    ...shown.languages.flatMap(({ code, name, rtl }) => [
      element("label", { for: `close-${code}`, textContent: name, lang: code }),
      element("input", { id: `close-${code}`, lang: code, dir: rtl ? "rtl" : "ltr", maxLength: 120, autocomplete: "off" }),
    ]),
  );
  byId("close-own").hidden = true;
  byId("close-dialog").showModal();
}

const chosen = () => document.querySelector("input[name=close-text]:checked")?.value ?? "none";

/** Makes the dialog work. */
export function beginOrders() {
  byId("close-later").addEventListener("click", () => byId("close-dialog").close());
  byId("close-texts").addEventListener("change", () => {
    byId("close-own").hidden = chosen() !== "own";
  });
  byId("close-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { kiosk, after } = closing;
    const details = { order: "take-out-of-service", at_once: byId("close-now").checked };
    if (chosen().startsWith("text ")) details.text = chosen().slice("text ".length);
    if (chosen() === "own") details.words = Object.fromEntries([...byId("close-own").querySelectorAll("input")].map((input) => [input.lang, input.value]));
    byId("close-send").disabled = true;
    const wrong = await act(`/api/fleet/${encodeURIComponent(kiosk.name)}/orders`, details);
    byId("close-send").disabled = false;
    setText(byId("close-said"), wrong ?? "");
    if (wrong) return;
    byId("close-dialog").close();
    after();
  });
}
