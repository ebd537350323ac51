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
const faults = [];
page.on("dialog", (dialog) => {
  faults.push(`a dialog opened: ${dialog.message()}`);
  dialog.dismiss();
});
page.on("pageerror", (error) => faults.push(error.message));
page.on("console", (message) => {
  // What fails on the way, and what the desk refuses, is what some tests are about.
  if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
});

/** Where a person looks: the whole page, or a part of it named by a CSS selector and by text in it. */
function place({ within, having }) {
  const part = page.locator(within ?? "body");
  return having ? part.filter({ hasText: having }) : part;
}

const commands = {
  open: ({ url }) => page.goto(url),
  size: ({ width, height }) => page.setViewportSize({ width, height }),
  sees: (what) => place(what).getByText(what.text).filter({ visible: true }).first().waitFor({ timeout: what.patience ?? PATIENCE }),
  "sees-not": async (what) => {
    await page.waitForFunction(
      ([within, text]) =>
        ![...document.querySelectorAll(within)].some((part) => part.checkVisibility() && part.innerText.includes(text)),
      [what.within ?? "body", what.text],
    );
  },
  presses: (what) => place(what).getByRole("button", { name: what.button, exact: true }).first().click(),
  writes: (what) => place(what).getByLabel(what.label).filter({ visible: true }).first().fill(what.text),
  chooses: async (what) => void (await place(what).getByLabel(what.label).filter({ visible: true }).first().selectOption({ label: what.text })),
  ticks: (what) => place(what).getByLabel(what.label).filter({ visible: true }).first().click(),
  types: ({ text }) => page.keyboard.type(text),
  keys: ({ keys }) => page.keyboard.press(keys),
  reads: (what) => place(what).first().innerText(),
  count: (what) => place(what).count(),
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
    const said = await commands[command.do](command);
    const plain = said === undefined || said === null || typeof said !== "object" || Array.isArray(said);
    answer = { ok: plain ? (said ?? null) : null };
  } catch (error) {
    answer = { wrong: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
