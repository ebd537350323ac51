// What staff read, in their language: every text stands in English where it is used, and the desk sends the page in the
// language of whoever opens it. Whatever uses this waits until the texts of that language are here, so that nothing is
// shown in English first.

const TRIES = 5;
const AGAIN_AFTER = 700;

/** The language of the page, BCP 47. */
export const language = document.documentElement.lang;

const texts = language === "en" ? {} : await load(`/lang/${language}.json`);
const plural = new Intl.PluralRules(language);

/** A text in the language of the page, with its {values}. */
export function t(english, values = {}) {
  const text = texts[english];
  return filled(typeof text === "string" ? text : english, values);
}

/** A text about `n` things, {n}: `one` in English for exactly one of them, `other` for any other number. */
export function tn(n, one, other, values = {}) {
  const forms = texts[other];
  const text = forms ? (forms[plural.select(n)] ?? forms.other) : n === 1 ? one : other;
  return filled(text, { n, ...values });
}

/** Texts one after the other, as a list is written. */
export const list = (all) => new Intl.ListFormat(language, { type: "conjunction" }).format(all);

/** The parts of a text that has elements in it: `values` are what stands in the place of their names. */
export function parts(text, values) {
  return text.split(/(\{\w+\})/).map((part) => values[part.slice(1, -1)] ?? part);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

async function load(path) {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const response = await fetch(path, { signal: AbortSignal.timeout(10000) }).catch(() => null);
    if (response?.ok) return response.json();
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER * tries));
  }
  // The page must work all the same: in English.
  return {};
}
