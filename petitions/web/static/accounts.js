/* A first password, shown once: copy it. Offices without HTTPS have no clipboard for scripts, so there it is selected and copied the old way. */
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const words = document.getElementById(button.dataset.copy);
    let done = false;
    if (window.isSecureContext && navigator.clipboard) {
      done = await navigator.clipboard.writeText(words.textContent).then(() => true, () => false);
    }
    if (!done) {
      getSelection().selectAllChildren(words);
      done = document.execCommand("copy");
    }
    if (done) document.getElementById("copied").textContent = button.dataset.done;
  });
})();
