// The signs of places and clusters, made of DOM nodes: a text is only ever set as textContent.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const INK = "#1a1a1a";
  // Outlines in a square of 40 units.
  const OUTLINES = {
    circle: "M20 3a17 17 0 1 1 0 34a17 17 0 1 1 0-34z",
    square: "M5 5h30v30h-30z",
    diamond: "M20 1l19 19l-19 19l-19-19z",
    triangle: "M20 2l19 35h-38z",
    pentagon: "M20 2l18 13.5l-7 21.5h-22l-7-21.5z",
    hexagon: "M11 4h18l10 16l-10 16h-18l-10-16z",
    shield: "M4 4q16 2 32 0v16q-2 12-16 18q-14-6-16-18z",
    house: "M20 2l18 15h-4v20h-28v-20h-4z",
  };
  const LOW = new Set(["triangle", "house", "pentagon"]);
  const UNKNOWN = { ja: "", en: "", colour: "#e6e6e6", shape: "circle", letter: "?" };
  const drawn = new Map();

  function svg(name, attributes) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    return node;
  }

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // Black or white, whichever stands out more (relative luminance, WCAG 2.2).
  function ink(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? INK : "#ffffff";
  }

  function draw(kind, rough) {
    const picture = svg("svg", { viewBox: "-2 -2 44 44", width: 34, height: 34, "aria-hidden": "true", focusable: "false" });
    const outline = { d: OUTLINES[kind.shape] || OUTLINES.circle, fill: kind.colour, stroke: INK, "stroke-width": 2 };
    if (rough) outline["stroke-dasharray"] = "5 3";
    picture.append(svg("path", outline));
    const letter = svg("text", { x: 20, y: LOW.has(kind.shape) ? 30 : 27, fill: ink(kind.colour), class: "ibasho-letter" });
    letter.textContent = kind.letter;
    picture.append(letter);
    return picture;
  }

  // One drawing for each kind, copied for every place.
  function picture(kinds, key, rough) {
    const name = `${key}|${rough}`;
    if (!drawn.has(name)) drawn.set(name, draw(kinds[key] || UNKNOWN, rough));
    return drawn.get(name).cloneNode(true);
  }

  const Icon = L.Icon.extend({
    options: { iconSize: [34, 34], iconAnchor: [17, 17] },
    createIcon() {
      const node = element("div", `leaflet-marker-icon ${this.options.className}`);
      node.append(this.options.make());
      this._setIconStyles(node, "icon");
      return node;
    },
    createShadow() {
      return null;
    },
  });

  function clusterPicture(count) {
    const side = count < 10 ? 38 : count < 100 ? 44 : count < 1000 ? 52 : 60;
    const node = element("span", "ibasho-count", count.toLocaleString("en"));
    node.style.width = node.style.height = node.style.lineHeight = `${side}px`;
    return { node, side };
  }

  function forget() {
    drawn.clear();
  }

  Object.assign(window.ibasho, { svg, element, picture, clusterPicture, Icon, UNKNOWN, forget });
})();
