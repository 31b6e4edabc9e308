// What the editor gains from scripts: dates while one edits, places as one types, photos that are too large told at
// once. It works without. Texts of people are set as values and textContent only.
"use strict";

(() => {
  const WAIT_MS = 400;
  const WHEN = ["way", "day", "date", "weekday", "which", "starts", "ends", "first", "until", "holidays", "year_end", "off", "words"];
  const WAYS = { event: "once", series: "weekly", course: "once", consultation: "once", news: "none", report: "none", volunteers: "none", help_wanted: "none", help_offered: "none" };
  const told = document.querySelector("[data-told]");
  const form = told?.closest("form");
  if (!form) return;

  const later = (work) => {
    let waiting = 0;
    return () => {
      clearTimeout(waiting);
      waiting = setTimeout(work, WAIT_MS);
    };
  };

  const element = (name, content = "", className = "") => {
    const node = document.createElement(name);
    node.textContent = content;
    if (className) node.className = className;
    return node;
  };

  const ask = async (path, params) => {
    const answer = await fetch(`${path}?${new URLSearchParams(params)}`, { headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : null;
  };

  // When: the coming dates in words.
  let asked = 0;
  const tell = async () => {
    const sent = new FormData(form);
    const fields = new URLSearchParams({ _form: sent.get("_form"), post: told.dataset.post, group: told.dataset.group });
    for (const name of WHEN) for (const value of sent.getAll(name)) fields.append(name, value);
    const number = ++asked;
    try {
      const answer = await fetch(`/write/schedule${location.search.includes("lang=") ? location.search : ""}`, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const data = await answer.json();
      if (number !== asked || !answer.ok) return;
      told.querySelector(".words").textContent = data.words;
      told.querySelector(".problem").textContent = data.problem;
      told.querySelector("ul").replaceChildren(...data.dates.map((day) => element("li", day)));
    } catch {
      // The button that sends the whole form says the same.
    }
  };
  const tellLater = later(tell);

  const choose = (name, value) => {
    const box = form.querySelector(`input[name="${name}"][value="${value}"]`);
    if (box) box.checked = true;
  };

  // The usual way for a kind, as long as nobody chose one.
  const fresh = !told.dataset.post && !("fresh" in form.dataset);
  // A text that was put back holds its own way; a kind chosen before this script ran does not.
  let touched = !fresh || form.querySelector(":scope > .note") !== null;
  form.addEventListener("input", (event) => {
    const { name, value } = event.target;
    if (name === "way" || name === "day" || name === "date") touched = true;
    if (event.target === form) touched = true;
    if (name === "kind" && !touched) choose("way", WAYS[value] || "once");
    if (WHEN.includes(name) || name === "kind" || event.target === form) tellLater();
  });

  // Empty date fields are folded away; one more comes by a button.
  for (const box of form.querySelectorAll("[data-more]")) {
    const fields = [...box.querySelectorAll("input")];
    const button = element("button", box.dataset.more, "button");
    button.type = "button";
    const fold = () => {
      const last = fields.findLastIndex((field) => field.value);
      fields.forEach((field, at) => (field.hidden = at > Math.max(last, 1) && at >= (box.shown || 2)));
      button.hidden = fields.every((field) => !field.hidden);
    };
    button.addEventListener("click", () => {
      const next = fields.find((field) => field.hidden);
      box.shown = fields.indexOf(next) + 1;
      fold();
      next?.focus();
    });
    form.addEventListener("input", (event) => event.target === form && fold());
    box.after(button);
    fold();
  }

  // Where: places by name.
  const places = form.querySelector("[data-places]");
  const query = form.elements.place_query;
  const pick = (place) => {
    form.elements.place.value = place.id;
    form.elements.place_name.value = place.name;
    places.querySelector(".chosen").replaceChildren(`${places.dataset.chosen} `, element("b", place.name));
    places.querySelector(".found").replaceChildren();
    form.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: {} }));
  };
  const find = async () => {
    const text = query.value.trim();
    if (!text) return;
    const data = await ask("/write/places", { q: text, group: places.dataset.group, id: places.dataset.post });
    const found = (data?.places || []).map((place) => {
      const button = element("button", "", "button found-place");
      button.type = "button";
      button.append(element("b", place.name), ` ${place.address}`);
      button.addEventListener("click", () => pick(place));
      return button;
    });
    places.querySelector(".found").replaceChildren(...(found.length ? found : [element("p", places.dataset.none)]));
  };
  query.addEventListener("input", later(find));
  form.querySelector("button[value=find_place]").addEventListener("click", (event) => {
    event.preventDefault();
    find();
  });
  const again = () => {
    const name = form.elements.place_name.value;
    const chosen = places.querySelector(".chosen");
    if (name) chosen.replaceChildren(`${places.dataset.chosen} `, element("b", name));
  };
  form.addEventListener("input", (event) => event.target === form && event.detail?.putBack && again());
  again();

  // Where: an address for the pin.
  const spot = form.querySelector("[data-spot]");
  form.querySelector("button[value=find_spot]").addEventListener("click", async (event) => {
    event.preventDefault();
    const at = await ask("/write/spot", { q: form.elements.address.value, group: spot.dataset.group, id: spot.dataset.post });
    spot.querySelector(".spot").textContent = at ? "" : spot.dataset.none;
    if (!at) return;
    form.elements.lat.value = at.lat.toFixed(5);
    form.elements.lon.value = at.lon.toFixed(5);
    form.elements.lat.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Photos that are too large are told before they travel.
  const files = form.elements.photo_file;
  files?.addEventListener("change", () => {
    const large = [...files.files].find((file) => file.size > Number(files.dataset.most));
    files.parentElement.querySelector(".too-large")?.remove();
    if (!large) return;
    const note = element("p", `${large.name}: ${files.dataset.tooLarge}`, "fault too-large");
    note.setAttribute("role", "alert");
    files.after(note);
    files.value = "";
  });

  // Enter in a line of text is no wish to send; a second press on a button is no second wish.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) return;
    event.preventDefault();
    if (event.target === query) find();
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => (sent = false));
  document.documentElement.classList.add("scripts");
  if (!touched && form.elements.kind.value) choose("way", WAYS[form.elements.kind.value] || "once");
  if (!told.textContent.trim()) tellLater();
})();
