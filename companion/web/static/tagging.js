// A suggested hashtag or name is put in its field by a click, and kept with all else when the form is saved.
import { withName } from "./text_parts.js";

document.addEventListener("click", (event) => {
  const chip = event.target instanceof Element && event.target.closest("[data-add-to]");
  if (!chip) return;
  event.preventDefault();
  const field = document.querySelector(`#${chip.dataset.addTo}`);
  field.value = withName(field.value, chip.dataset.value);
  const group = chip.closest(".tagging");
  const said = group.querySelector("[data-added]");
  said.textContent = `${said.dataset.added} ${chip.dataset.value}`;
  const next = chip.nextElementSibling ?? chip.previousElementSibling;
  chip.remove();
  for (const row of group.querySelectorAll(".chips")) row.toggleAttribute("hidden", !row.querySelector(".chip"));
  (next?.matches(".chip") ? next : field).focus();
});
