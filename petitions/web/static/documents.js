/* Sending documents: what was chosen, its size, and how far the sending has come. Without this script the form still works. */
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-documents-file]")) return;
    const form = box.form;
    const title = form.querySelector("[data-chosen]");
    title.dataset.invitation ??= title.textContent;
    const files = [...box.files];
    title.textContent = files.length === 0 ? title.dataset.invitation : files.length === 1 ? files[0].name : box.dataset.wordsMany.replace("#", files.length);
    form.classList.toggle("documents-chosen", files.length > 0);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    box.setCustomValidity(size > Number(box.dataset.most) ? box.dataset.wordsLarge : "");
    if (files.length) box.reportValidity();
  });

  const bar = (event) => event.target.closest?.("[data-documents]")?.querySelector("[data-documents-progress]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = event.target.matches?.("[data-documents]") && bar(event);
    if (place) place.hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const place = bar(event);
    if (place && event.detail.lengthComputable) place.querySelector("progress").value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const place = event.target.matches?.("[data-documents]") && bar(event);
    if (place) place.hidden = true;
  });
})();
