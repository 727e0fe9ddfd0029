/* The address of a search holds only what was asked: empty fields and the usual order are left out of it. */
(() => {
  "use strict";
  const needless = (name, value) => value === "" || (name === "sort" && value === "relevance");

  document.addEventListener("formdata", (event) => {
    if (event.target.id !== "search-form") return;
    for (const [name, value] of [...event.formData]) if (needless(name, value)) event.formData.delete(name);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.closest(".search")) return;
    const values = event.detail.parameters;
    for (const [name, value] of Object.entries(values)) if (needless(name, value)) delete values[name];
  });
})();
