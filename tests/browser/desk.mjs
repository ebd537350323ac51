// Drives Chromium for tests/desk_page: one command a line in JSON on standard input, one answer a line on
// standard output. The scenario is the test's; this file only knows how a person's hands and eyes are done.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const PATIENCE = 10000;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.VESTIBULE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // As at reception: no sound before somebody has touched the page.
    "--autoplay-policy=document-user-activation-required",
  ],
});
const faults = [];
// Where the desk is.
let home = "";

/** A browser of its own, as another person has it. */
async function sitDown() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(PATIENCE);
  // Every tone is counted, and every message box that text of a patient might open.
  await context.addInitScript(() => {
    globalThis.tones = 0;
    const Tone = globalThis.OscillatorNode;
    globalThis.OscillatorNode = class extends Tone {
      start(...when) {
        globalThis.tones += 1;
        super.start(...when);
      }
    };
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // What fails on the way, and what the desk refuses, is what some tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  // Nothing comes from elsewhere, and whatever comes says strictly what it may do.
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== home) faults.push(`asked elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    const policy = response.headers()["content-security-policy"] ?? "";
    const strict = policy.includes("default-src 'none'") && !/unsafe|https?:|data:|\*/.test(policy);
    if (new URL(response.url()).host === home && !strict) faults.push(`no strict policy (${policy}): ${response.url()}`);
  });
  return { context, page };
}

// Each command says at whose browser it is done; without that it is the first one's.
const people = { first: await sitDown() };
let { context, page } = people.first;

const buttonOf = (what) => place(what).getByRole("button", { name: what.button, exact: true }).first();

/**
 * What stands on the page in English though the desk has it in the page's language: visible texts, and what is read of
 * elements. What patients and the clinic wrote is marked by its language, or stands for itself.
 */
function english({ texts, language }) {
  const known = Object.entries(texts).filter(([text, said]) => said !== text && /\p{L}{3}/u.test(text));
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const exact = new Set(known.filter(([text]) => !text.includes("{")).map(([text]) => text));
  const patterns = known
    .filter(([text]) => text.includes("{") && text.replace(/\{\w+\}/g, "").match(/\p{L}{2,}/gu)?.length > 0)
    .map(([text, said]) => [text, new RegExp(`^${text.split(/\{\w+\}/).map(escaped).join("(.+)")}$`, "su"), said])
    // Where both languages say it with the same letters, nobody can tell which it is.
    .filter(([, pattern, said]) => !pattern.test(typeof said === "string" ? said : said.other));
  const isOther = (part) => {
    const lang = part.closest("[lang]")?.lang ?? language;
    return lang !== language || part.closest("[translate=no], textarea, .words");
  };
  // What an element says, with a mark in the place of what is not the desk's own text.
  const read = (part) =>
    [...part.childNodes]
      .map((child) => {
        if (child.nodeType === Node.TEXT_NODE) return child.textContent;
        if (child.nodeType !== Node.ELEMENT_NODE || child.matches("script, style, option")) return "";
        return isOther(child) ? "…" : read(child);
      })
      .join("");
  const found = new Set();
  const judge = (text) => {
    const said = text.replace(/\s+/g, " ").trim();
    if (exact.has(said) || patterns.some(([, pattern]) => pattern.test(said))) found.add(said);
  };
  for (const part of document.body.querySelectorAll("*")) {
    if (!part.checkVisibility() || isOther(part) || part.matches("script, style, option")) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) judge(part.getAttribute(name) ?? "");
    for (const child of part.childNodes) if (child.nodeType === Node.TEXT_NODE) judge(child.textContent);
    const said = read(part);
    if (said.length < 300) judge(said);
  }
  judge(document.title);
  return [...found];
}
const texts = JSON.parse(readFileSync(new URL("../../ui/desk/lang/es.json", import.meta.url), "utf8"));

/** Where a person looks: the whole page, or a part of it named by a CSS selector and by text in it. */
function place({ within, having }) {
  const part = page.locator(within ?? "body");
  return having ? part.filter({ hasText: having }) : part;
}

const commands = {
  // As the desk sets it: no script reads it, and it goes to this machine alone.
  cookie: ({ name, value }) => context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict" }]),
  open: ({ url }) => {
    home = new URL(url).host;
    // Longer than all else: the first page of a browser may meet a machine that is busy with others.
    return page.goto(url, { timeout: 60000 });
  },
  back: () => page.goBack(),
  // A machine that sleeps, or a page that lies behind others for long: its clocks stand still.
  sleeps: async ({ sleeps }) => {
    const session = await context.newCDPSession(page);
    await session.send("Page.setWebLifecycleState", { state: sleeps ? "frozen" : "active" });
    await session.detach();
  },
  // What a screen reader reads: roles and names, in its order.
  tree: () => page.locator("body").ariaSnapshot(),
  english: () => page.evaluate(english, { texts, language: "es" }),
  size: async ({ width, height }) => {
    await page.setViewportSize({ width, height });
    // What the page draws anew for its new size it draws in the next frame, which a busy machine may take its time for.
    await page.evaluate(
      () => document.hidden || new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  },
  sees: (what) => place(what).getByText(what.text).filter({ visible: true }).first().waitFor({ timeout: what.patience ?? PATIENCE }),
  "sees-not": async (what) => {
    await page.waitForFunction(
      ([within, text]) =>
        ![...document.querySelectorAll(within)].some((part) => part.checkVisibility() && part.innerText.includes(text)),
      [what.within ?? "body", what.text],
    );
  },
  presses: (what) => buttonOf(what).click(),
  writes: (what) => place(what).getByLabel(what.label).filter({ visible: true }).first().fill(what.text),
  chooses: async (what) => void (await place(what).getByLabel(what.label).filter({ visible: true }).first().selectOption({ label: what.text })),
  ticks: (what) => place(what).getByLabel(what.label).filter({ visible: true }).first().click(),
  types: ({ text }) => page.keyboard.type(text),
  keys: ({ keys }) => page.keyboard.press(keys),
  // As a hand does it: pressed, pulled in steps, let go; pictured shortly before.
  drags: async ({ from, to, picture }) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 12 });
    if (picture) await page.screenshot({ path: new URL(`../../${picture}`, import.meta.url).pathname });
    await page.mouse.up();
  },
  reads: (what) => place(what).first().innerText(),
  count: (what) => place(what).count(),
  // At one moment, in the browsers of several people: closer together than hands are.
  "press-at-once": async ({ button, within, whose }) => {
    const pressed = whose.map((one) => {
      page = people[one].page;
      return buttonOf({ button, within });
    });
    const at = Date.now() + 250;
    const press = (element, at) => new Promise((done) => setTimeout(() => done(element.click()), at - Date.now()));
    await Promise.all(pressed.map((one) => one.evaluate(press, at)));
  },
  media: ({ reduced }) => page.emulateMedia({ reducedMotion: reduced ? "reduce" : "no-preference" }),
  allows: ({ what }) => context.grantPermissions([what]),
  title: ({ is }) => page.waitForFunction((wanted) => document.title === wanted, is),
  evaluate: ({ script }) => page.evaluate(script),
  picture: async ({ path, whole }) => {
    await page.screenshot({ path, fullPage: whole ?? false });
  },
  axe: async () => {
    await page.evaluate(axe);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await page.evaluate(
      (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }),
      tags,
    );
    return found.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} (${rule.help}): ${node.html} ${node.failureSummary}`),
    );
  },
  faults: () => faults.splice(0),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    const whose = command.who ?? "first";
    people[whose] ??= await sitDown();
    ({ context, page } = people[whose]);
    const said = await commands[command.do](command);
    const plain = said === undefined || said === null || typeof said !== "object" || Array.isArray(said);
    answer = { ok: plain ? (said ?? null) : null };
  } catch (error) {
    answer = { wrong: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
