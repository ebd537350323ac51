// Elements without words: also for a page that staff do not read. Text goes in as text nodes only.

/** An element with properties, attributes (`data-…`, `aria-…`, `for`, `role`) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "for" || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The element of the page with an id. */
export const byId = (id) => document.getElementById(id);

/** Writes text only where it differs, so that screen readers and selections are left in peace. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
