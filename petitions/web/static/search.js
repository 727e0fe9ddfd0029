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

/* Suggestions while typing: a combobox with a list. Arrows choose, Enter takes, Escape closes; nothing is taken unasked. */
(() => {
  "use strict";
  const WAIT = 120;
  let timer = 0;
  let asked = 0;

  const parts = () => {
    const box = document.getElementById("q");
    return box?.dataset.suggest ? { box, list: document.getElementById("q-list"), count: document.getElementById("q-count") } : null;
  };

  function close() {
    const all = parts();
    if (!all) return;
    clearTimeout(timer);
    asked += 1;
    all.list.hidden = true;
    all.list.replaceChildren();
    all.box.setAttribute("aria-expanded", "false");
    all.box.removeAttribute("aria-activedescendant");
    all.count.textContent = "";
  }

  function show(found) {
    const { box, list, count } = parts();
    if (!found.length || document.activeElement !== box) return close();
    list.replaceChildren(
      ...found.map((one, place) => {
        const item = document.createElement("li");
        item.id = `q-list-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.text = one.text;
        const kind = document.createElement("small");
        kind.textContent = one.kind;
        item.append(one.text, kind);
        return item;
      }),
    );
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    count.textContent = count.dataset.some.replace("{n}", found.length);
  }

  async function ask() {
    const { box } = parts();
    const mine = ++asked;
    if (box.value.trim().length < 2 || box.selectionStart !== box.value.length) return close();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`, { headers: { Accept: "application/json" } });
      if (answer.ok && mine === asked) show(await answer.json());
    } catch {
      close();
    }
  }

  function choose(by) {
    const { box, list } = parts();
    const items = [...list.children];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : now + by;
    for (const [place, item] of items.entries()) item.setAttribute("aria-selected", String(place === next));
    if (items[next]) {
      box.setAttribute("aria-activedescendant", items[next].id);
      items[next].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function take(item) {
    const { box } = parts();
    box.value = item.dataset.text;
    close();
    box.form.requestSubmit();
  }

  document.addEventListener("input", (event) => {
    if (event.target.id !== "q" || !parts() || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const all = parts();
      if (!all || event.target !== all.box || all.list.hidden || event.isComposing) return;
      const selected = all.list.querySelector('[aria-selected="true"]');
      if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && selected) take(selected);
      else if (event.key === "Escape") close();
      else {
        if (event.key === "Enter" || event.key === "Tab") close();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  /* Whatever sends the words (Enter, a phone's key, the button): what was asked before does not open the list over the results. */
  document.addEventListener("submit", (event) => event.target.id === "search-form" && close(), { capture: true });
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest?.("#q-list [role=option]");
    if (!item) return;
    event.preventDefault();
    take(item);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.id === "q") close();
  });
  document.addEventListener("htmx:afterSettle", () => {
    const all = parts();
    if (all && document.activeElement !== all.box) close();
  });
})();

/* Saved scroll: back from a petition, the list stands where it was left. Kept for this tab only. */
(() => {
  "use strict";
  const key = () => `scroll ${location.pathname}${location.search}`;
  const restore = () => {
    const kept = sessionStorage.getItem(key());
    if (kept) scrollTo({ top: Number(kept), behavior: "instant" });
  };
  let pending = 0;
  addEventListener(
    "scroll",
    () => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => sessionStorage.setItem(key(), String(Math.round(scrollY))));
    },
    { passive: true },
  );
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (way === "back_forward" || way === "reload") {
    history.scrollRestoration = "manual";
    addEventListener("load", restore);
  }
  document.addEventListener("htmx:historyRestore", restore);
})();
