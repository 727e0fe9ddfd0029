/* Forms: nothing typed is lost, nothing is sent twice, days are written in full, long lists can be typed in. */
(() => {
  "use strict";
  const changed = new WeakSet();
  const sent = new WeakSet();
  const words = document.body.dataset;

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-guard]")) changed.add(form);
    if (event.target.matches?.('input[type="file"][data-largest]')) measure(event.target);
  });
  addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll("form[data-guard]")].some((form) => changed.has(form) && !sent.has(form));
    if (open) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.ask && !confirm(form.dataset.ask)) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.hasAttribute("data-again")) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    form.setAttribute("aria-busy", "true");
    /* After the browser has gathered the values, among them the pressed button's. */
    setTimeout(() => lock(form, true));
    setTimeout(() => release(form), 15000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(release));

  function lock(form, on) {
    for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) button.toggleAttribute("aria-disabled", on);
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.setAttribute("aria-disabled", "true");
  }
  function release(form) {
    sent.delete(form);
    form.removeAttribute("aria-busy");
    lock(form, false);
  }

  function measure(box) {
    const tooLarge = [...box.files].some((file) => file.size > Number(box.dataset.largest));
    box.setCustomValidity(tooLarge ? words.wordsLarge : "");
    if (tooLarge) box.reportValidity();
  }

  /* 5/3/2024, 5-3-24 and 05032024 become 05/03/2024; anything else is left for the server to judge. */
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-day]")) return;
    const match = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})\s*$/.exec(box.value) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(box.value);
    if (match) box.value = `${match[1].padStart(2, "0")}/${match[2].padStart(2, "0")}/${match[3].length === 2 ? `20${match[3]}` : match[3]}`;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reveal]");
    if (!button) return;
    const box = document.getElementById(button.dataset.reveal);
    const shown = box.type === "password";
    box.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });

  /* Typing in a long list finds its entries with or without marks. */
  function dress(root) {
    if (typeof TomSelect === "undefined") return;
    for (const list of root.querySelectorAll("select[data-search-list]")) {
      if (list.tomselect) continue;
      const made = new TomSelect(list, {
        maxOptions: 500,
        refreshThrottle: 0, // quick fingers press Enter before a delayed search has answered
        diacritics: true,
        hideSelected: false,
        plugins: list.multiple ? { remove_button: { title: words.wordsRemove } } : {},
        render: { no_results: () => `<div class="no-results">${words.wordsNone}</div>` },
      });
      made.control_input.setAttribute("autocomplete", "off");
      made.control_input.setAttribute("aria-labelledby", list.id.replace(/^f-/, "l-"));
      list.setAttribute("aria-hidden", "true");
    }
  }
  document.addEventListener("htmx:load", (event) => dress(event.target));
  dress(document);
})();
