/* Lists with ticked boxes (all of a page at once, how many are ticked), and printing. Everything works without it, too. */
"use strict";
document.querySelectorAll("[data-picks]").forEach((form) => {
  const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name="ids"]:not([disabled])')];
  const all = form.querySelector("[data-pick-all]");
  const count = form.querySelector("[data-pick-count]");
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    if (count) count.textContent = ticked ? count.dataset.words.replace("{n}", ticked) : "";
    if (all) {
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    }
  };
  if (all) all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); tell(); });
  form.addEventListener("change", tell);
  tell();
});
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
