// The small map of public pages: a button that shows it, outlines and points from the files of map-data, no request
// before it is pressed. The lists of the page say the same. Names reach the page as text nodes only.
"use strict";

(() => {
  const MOST_SIGNS = 400;
  const LEVELS = ["#ffffff", "#d4e6f4", "#9ecae1", "#4292c6", "#12406b"];
  const OUTLINE = { color: "#12406b", weight: 2, fillOpacity: 0.45 };
  const COLOUR = /^#[0-9a-f]{6}$/i;
  const PLAIN = "#444444";

  // Whether black is read better than white on a colour (WCAG 2.2, relative luminance).
  const bright = (colour) => {
    const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
  };

  const node = (name, className, content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content) made.textContent = content;
    return made;
  };

  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  // Leaflet is fetched once, when the first map is asked for.
  let leaflet = null;
  const fetched = (element, target) => new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(target)));
    document.head.append(element);
  });
  const load = (root) => {
    const style = Object.assign(node("link"), { rel: "stylesheet", href: `${root}leaflet.css` });
    const script = Object.assign(node("script"), { src: `${root}leaflet.js` });
    leaflet ??= Promise.all([fetched(style, style.href), fetched(script, script.src)]);
    return leaflet.catch((error) => {
      leaflet = null;
      throw error;
    });
  };

  class SmallMap {
    constructor(home) {
      this.home = home;
      this.said = home.dataset;
      this.words = JSON.parse(home.dataset.words);
      this.english = home.dataset.lang === "en";
      this.status = node("p", "quiet");
      this.status.setAttribute("role", "status");
      this.button = node("button", "button", this.words.show);
      this.button.type = "button";
      this.button.addEventListener("click", () => this.open());
      home.append(this.button, this.status);
    }

    async open() {
      this.button.disabled = true;
      this.status.textContent = this.words.loading;
      try {
        const [outlines, places] = await Promise.all([
          this.said.outlines ? read(this.said.outlines) : null,
          this.said.places ? read(this.said.places) : null,
          load(this.said.leaflet),
        ]);
        this.draw(outlines, places);
      } catch {
        this.frame?.remove();
        this.button.disabled = false;
        this.status.textContent = this.words.failed;
      }
    }

    draw(outlines, places) {
      this.frame = node("div", "frame");
      this.frame.setAttribute("role", "group");
      this.frame.setAttribute("aria-label", this.words.label);
      this.button.before(this.frame);
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const moving = { zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm };
      this.map = L.map(this.frame, { attributionControl: false, zoomControl: false, maxZoom: 18, zoomSnap: 0.5, ...moving });
      this.map.on("popupopen", (event) => event.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.words.close));
      L.control.zoom({ zoomInTitle: this.words.zoom_in, zoomOutTitle: this.words.zoom_out }).addTo(this.map);
      this.tiles((places || outlines).tiles);
      this.shapes = L.featureGroup().addTo(this.map);
      const signs = L.featureGroup();
      const areas = [...(outlines?.features ?? []), ...(places?.features ?? []).filter((one) => one.geometry.type !== "Point")];
      const points = (places?.features ?? []).filter((one) => one.geometry.type === "Point");
      for (const one of areas) this.area(one, Boolean(outlines)).addTo(this.shapes);
      for (const one of points) this.sign(one, places.kinds, points.length > MOST_SIGNS).addTo(signs);
      this.fit(signs);
      signs.addTo(this.map);
      this.reach();
      this.credit([...new Set([...(outlines?.credits ?? []), ...(places?.credits ?? [])])], (places || outlines).tiles);
      this.zooms(outlines);
      this.button.remove();
      this.status.textContent = this.words.hint;
      this.frame.focus({ preventScroll: true });
    }

    fit(signs) {
      const bounds = this.shapes.getBounds().isValid() ? this.shapes.getBounds() : signs.getBounds();
      if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [12, 12], maxZoom: 17 });
      else this.map.setView([36, 138], 5);
    }

    tiles(of) {
      if (of) L.tileLayer(of.url, { minZoom: of.first, maxNativeZoom: of.last, maxZoom: 18 }).addTo(this.map);
    }

    // Where the map is looked at from nearer, the finer outlines take the place of the coarse ones.
    zooms(outlines) {
      if (!outlines?.zooms) return;
      const step = () => outlines.zooms.find((zoom) => zoom >= this.map.getZoom()) ?? outlines.zooms.at(-1);
      let shown = Number(/(\d+)\.json/.exec(this.said.outlines)[1]);
      const change = async () => {
        const wanted = step();
        if (wanted === shown) return;
        const before = shown;
        shown = wanted;
        try {
          const finer = await read(this.said.outlines.replace(/\d+\.json/, `${wanted}.json`));
          if (shown !== wanted) return;
          this.shapes.clearLayers();
          for (const one of finer.features) this.area(one, true).addTo(this.shapes).bringToBack();
          this.reach();
        } catch {
          shown = before;
        }
      };
      this.map.on("zoomend", change);
      change();
    }

    area(one, counted) {
      const its = one.properties;
      const level = counted ? LEVELS[Math.min(its.level ?? 0, LEVELS.length - 1)] : LEVELS[0];
      const drawn = L.geoJSON(one, { style: { ...OUTLINE, fillColor: level, dashArray: its.approximate ? "6 6" : null } });
      if (!counted) return drawn.eachLayer((shape) => shape.setStyle({ interactive: false, fillOpacity: 0.2 }));
      const name = (this.english && its.name_en) || its.name;
      const count = this.words.count.replace("{count}", its.count);
      drawn.bindTooltip(() => node("span", "", `${name} ${count}`), { sticky: true });
      drawn.bindPopup(() => this.told(name, its.page, [count, its.approximate ? this.words.approximate : ""], !this.english || its.name_en));
      drawn.on("popupopen", () => drawn.closeTooltip());
      drawn.spoken = `${name} ${count}`;
      return drawn;
    }

    sign(one, kinds, many) {
      const its = one.properties;
      const [lon, lat] = one.geometry.coordinates;
      const kind = kinds[its.kind];
      const colour = kind && COLOUR.test(kind.colour) ? kind.colour : PLAIN;
      const kindName = kind ? (this.english ? kind.en : kind.ja) : "";
      const lines = [kindName, its.sample ? this.words.sample : "", its.precision === "exact" ? "" : this.words.about_here];
      const popup = () => this.told(its.name, its.page, lines, !this.english);
      if (many) return L.circleMarker([lat, lon], { radius: 6, color: "#ffffff", weight: 1, fillColor: colour, fillOpacity: 1, renderer: (this.canvas ??= L.canvas()) }).bindPopup(popup);
      const letter = node("span", "letter", kind?.letter ?? "");
      letter.style.backgroundColor = colour;
      letter.style.color = bright(colour) ? "#000000" : "#ffffff";
      const icon = L.divIcon({ className: "sign", html: letter, iconSize: [44, 44] });
      const spoken = [its.name, ...lines].filter(Boolean).join(" ");
      const made = L.marker([lat, lon], { icon, keyboard: true }).bindPopup(popup);
      return made.on("add", () => made.getElement()?.setAttribute("aria-label", spoken));
    }

    told(name, page, lines, ownLanguage) {
      const box = node("div", "told");
      const link = node("a", "", name);
      link.href = `${this.said.root}${this.said.lang}/${page}`;
      if (!ownLanguage) link.lang = "ja";
      box.append(link, ...lines.filter(Boolean).map((line) => node("span", "quiet", line)));
      return box;
    }

    // Areas can be reached by the keyboard, as the signs can.
    reach() {
      this.shapes.eachLayer((drawn) => drawn.eachLayer?.((shape) => {
        const path = shape.getElement?.();
        if (!drawn.spoken || !path) return;
        path.setAttribute("tabindex", "0");
        path.setAttribute("role", "button");
        path.setAttribute("aria-label", drawn.spoken);
        path.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          drawn.openPopup(shape.getBounds().getCenter());
        });
      }));
    }

    credit(credits, tiles) {
      const line = node("p", "quiet credit", credits.join(" / "));
      line.lang = "ja";
      if (tiles) {
        const link = Object.assign(node("a", "", this.words.gsi), { href: tiles.credit, rel: "noopener noreferrer" });
        line.append(credits.length ? " / " : "", link);
      }
      if (line.hasChildNodes()) this.frame.after(line);
    }
  }

  document.querySelectorAll("[data-map]").forEach((home) => new SmallMap(home));
})();
