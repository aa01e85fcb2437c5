// Keeps what was typed about an article while another form of its page is sent, such as a topic chosen in one click.
// The page that follows has it again, not saved yet, and with the short names of what its fields showed: so what was
// changed elsewhere meanwhile, or by that other form, is still asked about and not overwritten.
const KEY = `unsaved ${location.pathname}`;
/** @type {HTMLFormElement} */
const form = document.querySelector('#item-form');

/** @returns {HTMLElement[]} */
function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== 'hidden');
}

/** Whether it differs from what is stored. A page that says what could not be saved shows what was typed as its own. */
function isUnsaved(field) {
  if (form.dataset.unsaved?.split(' ').includes(field.name)) return true;
  if (field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (field.options) return !field.selectedOptions[0]?.defaultSelected;
  return field.value !== field.defaultValue;
}

function shownIn(name) {
  return form.elements[`shown_${name}`];
}

function keep() {
  const typed = fields().filter(isUnsaved);
  const kept = typed.map(({ name, value, checked }) => ({ name, value, checked, shown: shownIn(name)?.value }));
  if (kept.length) sessionStorage.setItem(KEY, JSON.stringify(kept));
}

function putBack({ name, value, checked, shown }) {
  const field = fields().find((one) => one.name === name && (one.type !== 'checkbox' || one.value === value));
  if (!field) return;
  if (field.type === 'checkbox') field.checked = checked;
  else field.value = value;
  if (shown) shownIn(name).value = shown;
  const folded = field.closest('details');
  if (folded) folded.open = true;
}

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
sessionStorage.removeItem(KEY);
kept.forEach(putBack);
document.querySelector('#unsaved').hidden = !kept.length;

document.addEventListener('submit', ({ target }) => {
  // What is deleted for good leaves nothing behind.
  if (target !== form && !target.action.endsWith('/delete')) keep();
});
