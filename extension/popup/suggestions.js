/** The suggested slot, with its reasons, and the next one for whom it does not suit. */
import { t } from '../messages.js';
import { byId } from '../parts/page.js';
import { slotHeading, slotTime } from '../parts/wording.js';

/** @typedef {import('../types').View} View */
/** @typedef {import('../types').Suggestion} Suggestion */

// With more of them the buttons would lie below what a browser shows of a popup.
const MOST_REASONS = 4;

/** @type {Suggestion[]} */
let offered = [];
let at = 0;

/** @param {View} view */
export function drawSuggestions({ state, item, suggestions }) {
  const isOpen = (state === 'saved' || state === 'known') && item?.status === 'queued';
  const fresh = isOpen ? suggestions : [];
  if (ids(fresh) !== ids(offered)) at = 0;
  offered = fresh;
  show();
}

/** @param {Suggestion[]} suggestions */
function ids(suggestions) {
  return suggestions.map(({ slot }) => slot.id).join(' ');
}

/** The slot that is shown now. */
export function suggested() {
  return offered[at]?.slot ?? null;
}

export function showNext() {
  at = (at + 1) % offered.length;
  show();
}

function show() {
  const suggestion = offered[at];
  byId('suggestion').hidden = !suggestion;
  byId('another').hidden = offered.length < 2;
  if (!suggestion) return;
  byId('slot-time').textContent = slotHeading(suggestion.slot);
  byId('place').setAttribute('aria-label', `${t('put_it_there')}: ${slotTime(suggestion.slot)}`);
  byId('reasons').replaceChildren(
    ...suggestion.reasons.slice(0, MOST_REASONS).map((reason) => {
      const row = document.createElement('li');
      row.textContent = reason;
      return row;
    }),
  );
}
