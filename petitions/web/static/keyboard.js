/* Keys: / search, n new, g h home, j k Enter in lists, Ctrl+Enter save, Ctrl+Shift+Enter save and next, ? the list of all.
   Single letters are silent in a field, while an input method composes, with a dialog open, and where the reader switched them off. */
(() => {
  "use strict";
  const OFF = "keys-off";
  let before = "";
  let timer = 0;

  const typing = (node) => node instanceof Element && (node.closest("input, textarea, select, [contenteditable], .ts-wrapper") !== null || node.isContentEditable);
  const rows = () => [...document.querySelectorAll("[data-row-link]")].filter((row) => row.getClientRects().length);

  function follow(key) {
    const own = document.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-menu-key="${key}"]`);
    if (!own) return false;
    own.click();
    return true;
  }

  function search() {
    const box = document.querySelector('[data-key="/"]') ?? document.getElementById("top-q");
    if (!box) return follow("/");
    box.focus();
    box.select?.();
    return true;
  }

  function step(by) {
    const all = rows();
    if (!all.length) return false;
    const now = all.findIndex((row) => row.classList.contains("here"));
    const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
    for (const row of all) row.classList.toggle("here", row === next);
    next.scrollIntoView({ block: "nearest" });
    (next.querySelector("a[href]") ?? next).focus({ preventScroll: true });
    return true;
  }

  function open() {
    const row = document.querySelector("[data-row-link].here");
    if (!row) return false;
    location.assign(row.dataset.rowLink);
    return true;
  }

  function save(next) {
    const form = document.activeElement?.closest?.("form") ?? document.querySelector("main form[data-guard]") ?? document.querySelector("main form[method=post]");
    const button = (next ? form?.querySelector("[data-save-next]") : null) ?? form?.querySelector("[data-save]");
    if (!form || form.method !== "post") return false;
    form.requestSubmit(button ?? undefined);
    return true;
  }

  function act(key) {
    if (before === "g" && /^[a-z]$/.test(key)) return follow(`g ${key}`);
    if (key === "/") return search();
    if (key === "j") return step(1);
    if (key === "k") return step(-1);
    if (key === "Enter") return document.activeElement === document.body ? open() : false;
    if (key === "?") {
      document.getElementById("keys")?.showModal();
      return true;
    }
    return /^[a-z]$/.test(key) && key !== "g" ? follow(key) : false;
  }

  /* Saving comes first of all listeners: a list that can be typed in would keep Enter to itself. */
  addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.keyCode === 229 || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if (!save(event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (localStorage.getItem(OFF) && event.key !== "?") return;
    if (act(event.key)) event.preventDefault();
    clearTimeout(timer);
    before = event.key === "g" && before !== "g" ? "g" : "";
    timer = setTimeout(() => (before = ""), 1500);
  });

  const off = document.getElementById("keys-off");
  if (off) {
    off.checked = Boolean(localStorage.getItem(OFF));
    off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
  }
})();
