/* The name of the chosen file stands where the invitation stood. */
(() => {
  "use strict";
  for (const place of document.querySelectorAll("[data-file-name]")) {
    const box = document.getElementById(place.dataset.fileName);
    const invitation = place.textContent;
    const show = () => {
      place.textContent = box.files[0]?.name ?? invitation;
      box.parentElement.classList.toggle("drop-zone-chosen", box.files.length > 0);
    };
    box.addEventListener("change", show);
    addEventListener("pageshow", show);
  }
})();
