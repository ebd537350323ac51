// How something stands: what is a colour is a sign too, and a word beside it.
import { element } from "/dom.js";

const SIGNS = { bad: "✕", look: "!", good: "✓", none: "–" };

/** The sign of a tone, for eyes. */
export const sign = (tone) => element("span", { className: `tone tone-${tone}`, "aria-hidden": "true", textContent: SIGNS[tone] });
