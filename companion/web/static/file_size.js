// Tells of a file that is too large as soon as it is chosen: of a very large one no more would be read than that it is.
/** @type {NodeListOf<HTMLInputElement>} */
const fields = document.querySelectorAll('[data-most-bytes]');

for (const field of fields) {
  field.addEventListener('change', () => {
    const isTooLarge = (field.files?.[0]?.size ?? 0) > Number(field.dataset.mostBytes);
    field.setCustomValidity(isTooLarge ? (field.dataset.tooLarge ?? '') : '');
    field.reportValidity();
  });
}
