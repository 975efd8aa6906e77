import { initAll } from "../vendor/govuk-frontend-6.6.0/govuk-frontend.js";

// Questions shown under a radio or checkbox. Ours, not the Design System's: theirs puts aria-expanded
// on radios, which ARIA does not allow. Without JavaScript all questions show.
function reveal(choice) {
  const box = document.getElementById(choice.dataset.qaReveal);
  const sync = () => box.classList.toggle(box.dataset.qaHide, !choice.checked);
  for (const other of choice.form.elements) {
    if (other.name === choice.name) other.addEventListener("change", sync);
  }
  // A browser that goes back restores the answers after this script has run.
  window.addEventListener("pageshow", sync);
  sync();
}

initAll();
document.querySelectorAll("[data-qa-reveal]").forEach(reveal);
