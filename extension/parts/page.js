/** What every page of the extension does with its own document. */

/**
 * The element of a page by its id; a page without it is broken.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return /** @type {T} */ (element);
}

/**
 * Puts a text into its place, which is hidden while there is none. A text that stands there already is left alone, so
 * that a live place is not read out twice.
 * @param {string} id @param {string} text
 */
export function say(id, text) {
  const place = byId(id);
  place.hidden = !text;
  if (place.textContent !== text) place.textContent = text;
}

/** Whether the focus can be, or stay, on an element. @param {Element | null} element */
export function isUsable(element) {
  return element instanceof HTMLElement && element !== document.body && element.checkVisibility();
}
