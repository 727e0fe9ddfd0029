/* Small things every page does: menus, dialogs, row links, dense rows, htmx's token and errors, the idle warning. */
(() => {
  "use strict";
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const notices = () => document.getElementById("notices");
  const polls = (element) => element.getAttribute("hx-trigger")?.startsWith("every ");

  /* htmx: the csrf token goes along; an error that names its place (HX-Retarget) is shown there. */
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
    if (polls(event.detail.elt)) event.detail.headers["X-Poll"] = "1"; // nobody is at work for that
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400 && event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:sendError", () => tell(document.body.dataset.wordsOffline));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!polls(event.detail.elt)) contact();
  });

  function tell(words) {
    const box = notices();
    if (!box || !words) return;
    const note = document.createElement("div");
    note.className = "notice notice-bad";
    note.setAttribute("role", "alert");
    note.textContent = words;
    box.replaceChildren(note);
    box.scrollIntoView({ block: "nearest" });
  }

  /* clicks */
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    for (const open of document.querySelectorAll("details.drop[open], details.why[open]")) if (!open.contains(target)) open.open = false;
    const opener = target.closest("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open);
      if (dialog && !dialog.open) dialog.showModal();
    }
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target.closest("[data-back]")) history.back();
    const field = target.closest("[data-field-link]");
    if (field) {
      const box = document.getElementById(field.dataset.fieldLink);
      if (box) {
        event.preventDefault();
        (box.tomselect ?? box).focus();
        box.scrollIntoView({ block: "center" });
      }
    }
    if (target.closest("[data-more]") || (!target.closest("#side") && document.querySelector("#side.open"))) more(target.closest("[data-more]"));
    const dense = target.closest("[data-density]");
    if (dense) density(localStorage.getItem("rows") !== "compact");
    const row = target.closest("[data-row-link]");
    if (row && !target.closest("a, button, input, label, select, textarea, summary") && !String(getSelection())) {
      if (event.ctrlKey || event.metaKey) window.open(row.dataset.rowLink, "_blank", "noopener");
      else location.assign(row.dataset.rowLink);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.drop[open], details.why[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    if (document.querySelector("#side.open")) more(null);
  });

  function more(button) {
    const side = document.getElementById("side");
    if (!side) return;
    const open = side.classList.toggle("open", button ? undefined : false);
    const switcher = document.querySelector("[data-more]");
    switcher?.setAttribute("aria-expanded", String(open));
    (open ? side.querySelector("a") : switcher)?.focus();
  }

  function density(compact) {
    localStorage.setItem("rows", compact ? "compact" : "roomy");
    for (const box of document.querySelectorAll("[data-density-box]")) box.classList.toggle("compact", compact);
    for (const button of document.querySelectorAll("[data-density]")) button.setAttribute("aria-pressed", String(compact));
  }

  /* The session's end: work on this page keeps it alive; only real idleness is warned of, two minutes before. */
  const idle = document.getElementById("idle");
  let last = Date.now();
  let active = Date.now();
  function contact() {
    last = Date.now();
    localStorage.setItem("contact", String(last)); // another tab's work keeps this one awake too
  }
  async function stay() {
    contact();
    try {
      await fetch(idle.dataset.stay, { headers: { "X-CSRFToken": token() }, redirect: "manual", cache: "no-store" });
    } catch {
      tell(document.body.dataset.wordsOffline);
    }
  }
  if (idle) {
    const whole = Number(idle.dataset.idleSeconds) * 1000;
    const warning = Math.min(120000, whole / 3);
    for (const kind of ["keydown", "pointerdown", "input"]) document.addEventListener(kind, () => (active = Date.now()), { passive: true });
    idle.querySelector("[data-stay-button]").addEventListener("click", () => {
      idle.close();
      stay();
    });
    setInterval(() => {
      last = Math.max(last, Number(localStorage.getItem("contact") ?? 0));
      if (Date.now() - last < whole - warning) {
        if (idle.open) idle.close();
        return;
      }
      if (active > last && !idle.open) stay();
      else if (!idle.open) idle.showModal();
    }, 5000);
    contact();
  }

  function ready(root) {
    density(localStorage.getItem("rows") === "compact");
    for (const link of root.querySelectorAll("[data-field-link]:not([data-named])")) {
      const label = document.querySelector(`label[for="${link.dataset.fieldLink}"], #${CSS.escape(link.dataset.fieldLink)} > legend`);
      if (label) link.prepend(`${label.firstChild.textContent.trim()}: `);
      link.dataset.named = "";
    }
    if (root === document) document.querySelector("[data-focus]")?.focus();
  }
  document.addEventListener("htmx:load", (event) => ready(event.target));
  ready(document);
})();
