// What was found in a patient's words: the clinic's own names of it.
import { element, rebuilt } from "/elements.js";
import { parts, t } from "/words.js";

/** Says on a line which of the clinic's signs of danger a request's words hold; nothing where there are none. */
export function showFlags(line, { red_flags: found }) {
  const flags = element("bdi", { translate: false, textContent: found.join(", ") });
  rebuilt(line, found, () => (found.length > 0 ? parts(t("Found in these words: {flags}"), { flags }) : []));
}
