// The page of a flyer: say that a file is on its way, and look on by itself once the flyer is read.
"use strict";

(() => {
  const AGAIN_MS = 1000;
  const TRIES = 300;

  const wait = async (address, left) => {
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok || (await answer.json()).done) {
        location.reload();
        return;
      }
    } catch {
      // No connection for a moment: ask again.
    }
    if (left > 0) setTimeout(() => wait(address, left - 1), AGAIN_MS);
  };

  const waiting = document.querySelector("[data-waiting]");
  if (waiting) wait(waiting.dataset.waiting, TRIES);

  document.querySelectorAll("form[data-sending]").forEach((form) => {
    const told = form.querySelector(".sent");
    form.addEventListener("submit", () => {
      told.textContent = form.dataset.sending;
    });
    addEventListener("pageshow", () => {
      told.textContent = "";
    });
  });
})();
