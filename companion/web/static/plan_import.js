// Tells beside the button how many lines are not decided yet.
const told = /** @type {HTMLElement | null} */ (document.querySelector('[data-undecided]'));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('plan-import'));

/** @param {HTMLElement} place @param {HTMLFormElement} decisions */
function tell(place, decisions) {
  const words = JSON.parse(place.dataset.words ?? '{}');
  const each = decisions.querySelectorAll('.decision:not(:has([type="radio"]:checked))').length;
  const isForAll = decisions.querySelector('[name="for_all"]:checked:not([value=""])') !== null;
  const open = isForAll ? 0 : each + Number(place.dataset.unshown);
  place.textContent = open === 0 ? words.none : open === 1 ? words.one : words.many.replace('{number}', String(open));
  place.classList.toggle('warn', open > 0);
}

if (told && form) {
  form.addEventListener('change', () => tell(told, form));
  tell(told, form); // A browser that goes back to the page has kept what was chosen.
}
