// What stands at the map's edges: how many are in view, the legend, the credits.
"use strict";
(() => {
  const { element, STEPS } = window.ibasho;
  const NARROW = 480;

  const Box = L.Control.extend({
    onAdd() {
      this.node = element("div", `ibasho-box ${this.options.className || ""}`);
      L.DomEvent.disableClickPropagation(this.node);
      return this.node;
    },
    fill(...nodes) {
      this.node.replaceChildren(...nodes);
      this.node.hidden = nodes.length === 0;
    },
  });

  // A status that is read aloud when it changes.
  function status(map) {
    const box = new Box({ position: "topright", className: "ibasho-status" }).addTo(map);
    box.node.setAttribute("role", "status");
    box.node.hidden = true;
    return (text) => {
      if (box.node.textContent !== text) box.fill(element("span", "", text));
    };
  }

  function row(colour, hatched, text) {
    const line = element("li");
    const swatch = element("span", hatched ? "ibasho-swatch ibasho-hatched" : "ibasho-swatch");
    swatch.style.backgroundColor = colour;
    line.append(swatch, element("span", "", text));
    return line;
  }

  function legend(map) {
    const box = new Box({ position: "bottomright", className: "ibasho-legend" }).addTo(map);
    return (collection, words, colour) => {
      const list = element("ul");
      const some = collection.classes.filter(([low, high]) => low || high);
      if (colour) {
        if (some.length < collection.classes.length) list.append(row(STEPS[0], false, words.none));
        some.forEach(([low, high], at) => list.append(row(STEPS[at + 1], false, low === high ? `${low}` : `${low}–${high}`)));
      }
      if (collection.features.some((feature) => feature.properties.approximate)) list.append(row("#ffffff", true, words.approximate));
      if (colour && collection.outside) list.append(element("li", "", words.outside.replace("{count}", collection.outside)));
      if (!list.children.length) return box.fill();
      if (!colour) return box.fill(list);
      // On a narrow map the legend would hide what it explains: a press opens it.
      const more = element("details");
      more.open = map.getSize().x >= NARROW;
      more.append(element("summary", "", words.legend), list);
      return box.fill(more);
    };
  }

  function link(text, address) {
    const node = element("a", "", text);
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  }

  // Leaflet, the tiles' maker and the districts' sources, named as their terms ask.
  function credits(map) {
    const box = new Box({ position: "bottomright", className: "ibasho-credits" }).addTo(map);
    return (sources, tiles, words) => {
      const parts = [link("Leaflet", "https://leafletjs.com")];
      if (tiles) parts.push(link(words.gsi, tiles.credit));
      parts.push(...sources.map((source) => element("span", "", source)));
      box.fill(...parts.flatMap((part, at) => (at ? [document.createTextNode(" | "), part] : [part])));
    };
  }

  Object.assign(window.ibasho, { status, legend, credits });
})();
