// What is seen of the page by who looks elsewhere: its icon, and notifications of the browser. A notification says what it
// is and where, and nothing of the patient: it stands on a screen that anybody may see.
import { byId, element, setText } from "/elements.js";
import { t } from "/words.js";

const ICONS = { calm: "/icon.svg", waiting: "/icon-waiting.svg", alarm: "/icon-alarm.svg" };
const shown = new Map();

/** Makes the button, and listens for alarms. */
export function begin() {
  const button = element("button", { type: "button", id: "notify", className: "quiet" });
  button.addEventListener("click", async () => {
    await Notification.requestPermission();
    showButton();
  });
  byId("sound").after(button);
  document.addEventListener("alarm", ({ detail }) => detail.forEach(notify));
  document.addEventListener("unattended", ({ detail }) => showUnattended(detail));
  showButton();
}

/** Browsers show notifications only of pages whose address is this machine's, or begins with https. */
const isPossible = () => "Notification" in window && window.isSecureContext;

function showButton() {
  const button = byId("notify");
  button.hidden = !isPossible() || Notification.permission !== "default";
  setText(button, t("Notify me outside this window"));
  button.title = t("The browser asks once. A notification says what is needed and at which kiosk, and nothing of the patient.");
}

/** Takes the requests of a board. */
export function show(requests) {
  const open = requests.filter((request) => !request.acknowledged_by && (!request.later || request.escalated));
  const isAlarm = open.some((request) => request.escalated || request.urgency === "emergency");
  icon(isAlarm ? "alarm" : open.length > 0 ? "waiting" : "calm");
  // What somebody has taken is not asked for any longer, on no screen.
  const ids = new Set(open.map(({ id }) => id));
  for (const [id, notification] of shown) {
    if (ids.has(id)) continue;
    notification.close();
    shown.delete(id);
  }
}

/** Nobody is signed in: what is known is where an emergency is, and how many wait. */
function showUnattended({ emergencies, waiting, late }) {
  icon(emergencies.length > 0 || late > 0 ? "alarm" : waiting > 0 ? "waiting" : "calm");
  for (const each of emergencies) {
    if (!shown.has(each.id)) notify({ ...each, urgency: "emergency", notice: t("EMERGENCY: go there now") });
  }
}

function icon(name) {
  const link = document.querySelector("link[rel=icon]");
  if (link.getAttribute("href") !== ICONS[name]) link.setAttribute("href", ICONS[name]);
}

function notify(request) {
  if (!isPossible() || Notification.permission !== "granted" || document.hasFocus()) return;
  const danger = request.urgency === "emergency";
  const place = request.kiosk === "desk" ? t("From the desk") : t("Kiosk {kiosk}", { kiosk: request.kiosk });
  const notification = new Notification(request.notice, { body: place, tag: request.id, renotify: true, requireInteraction: danger || request.escalated, icon: ICONS.alarm });
  notification.addEventListener("click", () => {
    window.focus();
    notification.close();
  });
  shown.set(request.id, notification);
}
