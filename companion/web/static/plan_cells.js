// Where the keys lead in the plan's table, and what becomes of a cell that is left. Nothing here touches the page.

/** A cell that can be edited: the line it stands in, and which of its cells it is. */
/** @typedef {{ line: string, cell: string }} Place */
/** What stands in the fields of a cell, by their names. @typedef {Record<string, string>} Texts */
/**
 * An answer that said no to what was typed; `isClash` where it was changed elsewhere too.
 * @typedef {{ typed: Texts, isClash: boolean }} Refusal
 */

/**
 * The place that a key leads to, as its number among all of them: an arrow to the next one of the line, or to the same
 * cell of the next line that has it; Home and End to the ends of the line. The same number where there is none.
 * @param {Place[]} places In the order of the page.
 * @param {number} at
 * @param {string} key
 * @returns {number}
 */
export function led(places, at, key) {
  const { line, cell } = places[at] ?? { line: '', cell: '' };
  const inLine = (/** @type {number} */ number) => places[number]?.line === line;
  const sameCell = places.map((place, number) => (place.cell === cell ? number : -1)).filter((number) => number >= 0);
  const among = sameCell.indexOf(at);
  const found = {
    ArrowLeft: inLine(at - 1) ? at - 1 : at,
    ArrowRight: inLine(at + 1) ? at + 1 : at,
    ArrowUp: sameCell[among - 1],
    ArrowDown: sameCell[among + 1],
    Home: places.findIndex((place) => place.line === line),
    End: places.findLastIndex((place) => place.line === line),
  }[key];
  return found ?? at;
}

/**
 * Whether something else is typed than was shown. A browser may add seconds to a time.
 * @param {Texts} texts
 * @param {Texts} typed
 */
export function isTouched(texts, typed) {
  const plain = (/** @type {string} */ name, /** @type {string} */ text) =>
    name === 'time' ? text.slice(0, 5) : text.replaceAll('\r\n', '\n').trim();
  return Object.entries(texts).some(([name, text]) => plain(name, typed[name] ?? '') !== plain(name, text));
}

/**
 * What leaving a cell does with what is typed in it. What was refused is not sent again as it is, and what was changed
 * elsewhere too only where that is asked for: a click beside the cell decides on nobody's words.
 * @param {Texts} texts As they were shown.
 * @param {Texts} typed
 * @param {Refusal | null} refusal
 * @param {boolean} isAsked Whether it was left with Enter.
 * @returns {'close' | 'send' | 'keep'}
 */
export function onLeft(texts, typed, refusal, isAsked) {
  if (refusal && isAsked) return 'send';
  if (refusal?.isClash) return 'keep';
  if (!isTouched(texts, typed)) return 'close';
  return refusal && !isTouched(refusal.typed, typed) ? 'keep' : 'send';
}

/**
 * The short name for a text, as the companion makes it: the first half of its SHA-256.
 * @param {string} text
 */
export async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
