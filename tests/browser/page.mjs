// Drives one page in a real Chromium: one order a line (JSON) on standard input, one answer a line.
// Ends when its input does.
import { chromium } from "playwright-core";
import { createInterface } from "node:readline";

const PATIENCE = 20000;

const browser = await chromium.launch({
  executablePath: process.env.VESTIBULE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
page.setDefaultTimeout(PATIENCE);

const orders = {
  open: ({ open }) => page.goto(open).then(() => null),
  sees: async ({ sees }) => page.getByText(sees).filter({ visible: true }).first().waitFor(),
  title: () => page.title(),
  press: ({ press }) => page.getByRole("button", { name: press, exact: true }).filter({ visible: true }).first().click(),
  fill: ({ fill, with: text }) => page.getByLabel(fill).filter({ visible: true }).first().fill(text),
  // When the first emergency filled the window, in milliseconds since 1970 by this machine's clock.
  alarm: async () => {
    const danger = page.locator("#emergency .danger").first();
    await danger.waitFor();
    return Number(await danger.getAttribute("data-shown-at"));
  },
  picture: ({ picture }) => page.screenshot({ path: picture, fullPage: true }).then(() => picture),
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const order = JSON.parse(line);
    const name = Object.keys(orders).find((key) => key in order);
    answer = { value: (await orders[name](order)) ?? null };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
