// What plain pages gain from scripts; they work without. Texts of people are set as values and textContent only.
"use strict";

(() => {
  const WHO = document.body.dataset.who || "-";
  const PREFIX = `ibasho.keep.${WHO}.`;
  const SAVE_AFTER_MS = 300;
  const NOT_KEPT = new Set(["password", "hidden", "file", "submit", "button"]);

  const shelf = () => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  };

  const fields = (form) =>
    [...form.elements].filter((field) => field.name && field.type && !NOT_KEPT.has(field.type) && field.tagName !== "FIELDSET");

  const ticks = (field) => field.type === "checkbox" || field.type === "radio";

  // What stands in the form, by field name: the values of texts, the ticked values of boxes.
  const contents = (form) => {
    const found = {};
    for (const field of fields(form)) {
      found[field.name] ??= [];
      if (!ticks(field) || field.checked) found[field.name].push(field.value);
    }
    return found;
  };

  const putBack = (form, kept) => {
    const left = structuredClone(kept);
    for (const field of fields(form)) {
      const values = left[field.name];
      if (!Array.isArray(values)) continue;
      if (ticks(field)) field.checked = values.includes(field.value);
      else if (values.length) field.value = String(values.shift());
    }
    form.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { putBack: true } }));
  };

  const read = (key) => {
    try {
      const kept = JSON.parse(shelf()?.getItem(key) ?? "null");
      return kept && typeof kept === "object" ? kept : null;
    } catch {
      return null;
    }
  };

  const save = (key, form) => {
    try {
      shelf()?.setItem(key, JSON.stringify(contents(form)));
    } catch {
      // Full, or switched off: the form works as before.
    }
  };

  const clear = (name) => {
    const kept = shelf();
    if (!kept || !name) return;
    const keys = Object.keys(kept).filter((key) => key.startsWith("ibasho.keep."));
    for (const key of keys) if (name === "*" || key.endsWith(`.${name}`)) kept.removeItem(key);
  };

  const tell = (form, key, blank) => {
    const note = document.createElement("p");
    note.className = "note";
    note.setAttribute("role", "status");
    note.textContent = `${form.dataset.said} `;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = form.dataset.discard;
    button.addEventListener("click", () => {
      putBack(form, blank);
      shelf()?.removeItem(key);
      note.remove();
    });
    note.append(button);
    form.prepend(note);
  };

  const keep = (form) => {
    const key = PREFIX + form.dataset.keep;
    const blank = contents(form);
    const kept = read(key);
    let waiting = 0;
    if ("fresh" in form.dataset) save(key, form);
    else if (kept && JSON.stringify(kept) !== JSON.stringify(blank)) {
      putBack(form, kept);
      tell(form, key, blank);
    }
    form.addEventListener("input", (event) => {
      if (event.detail?.putBack) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => save(key, form), SAVE_AFTER_MS);
    });
    const now = () => {
      if (!waiting) return;
      clearTimeout(waiting);
      waiting = 0;
      save(key, form);
    };
    form.addEventListener("submit", now);
    addEventListener("pagehide", now);
  };

  const reveal = (button) => {
    const field = document.getElementById(button.dataset.reveal);
    const words = [button.textContent, button.dataset.hide];
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.textContent = words[shown ? 1 : 0];
    });
    field.form?.addEventListener("submit", () => {
      field.type = "password";
    });
  };

  clear(document.body.dataset.clear);
  document.querySelectorAll("form[data-keep]").forEach(keep);
  document.querySelectorAll("[data-reveal]").forEach(reveal);
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  document.getElementById("faults")?.focus();
})();
