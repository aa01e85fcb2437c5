// Copies what stands in a field; without this script the field is copied by hand.

/** Whether the text of a field could be copied. It says so, and what to do where not: the text is selected for that. */
export async function copyFrom(field, said) {
  const isCopied = await navigator.clipboard.writeText(field.value).then(
    () => true,
    () => false,
  );
  if (!isCopied) {
    field.focus();
    field.select();
  }
  said.textContent = isCopied ? said.dataset.copied : said.dataset.refused;
  return isCopied;
}

// A button of its own for a field.
const button = document.querySelector("[data-copies]");

if (button) {
  button.hidden = false;
  button.addEventListener("click", () =>
    copyFrom(document.getElementById(button.dataset.copies), document.getElementById("copied")),
  );
}
