// Outlines of districts: a name on each, hatched where they are approximate, coloured by number where wanted.
"use strict";
(() => {
  const { svg, element } = window.ibasho;
  const INK = "#12406b";
  // Light to dark, so that the steps differ without colour too.
  const STEPS = ["#ffffff", "#d6e9f8", "#9dcbea", "#5aa2d3", "#1f6fab"];
  const HATCH = "ibasho-hatch";

  class Outlines {
    constructor(map, tell) {
      this.map = map;
      this.tell = tell;
      this.words = {};
      this.language = "ja";
      this.colour = false;
      this.chosen = new Set();
      map.createPane("ibasho-outlines").style.zIndex = 350;
      map.createPane("ibasho-names").style.zIndex = 450;
      map.getPane("ibasho-names").style.pointerEvents = "none";
      this.renderer = L.svg({ pane: "ibasho-outlines", padding: 0.5 });
      this.group = L.layerGroup().addTo(map);
      this.names = L.layerGroup().addTo(map);
      this.hint = L.tooltip({ opacity: 1, direction: "top" });
      map.on("zoomend", () => this.name());
    }

    draw(collection) {
      this.group.clearLayers();
      this.hint.remove();
      this.features = collection.features;
      for (const feature of this.features) this.add(feature);
      this.hatch();
      this.name();
    }

    add(feature) {
      const layer = L.geoJSON(feature, { pane: "ibasho-outlines", renderer: this.renderer, style: () => this.style(feature.properties) });
      const path = layer.getLayers()[0];
      path.on("mouseover", () => this.point(feature.properties));
      path.on("mouseout", () => this.hint.remove());
      path.on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        this.tell({ district: feature.properties.id, point: [event.latlng.lng, event.latlng.lat] });
      });
      layer.addTo(this.group);
      if (this.colour) this.usable(path.getElement(), feature.properties);
    }

    style(district) {
      const chosen = this.chosen.has(district.id);
      const step = this.colour ? district.level : 0;
      return {
        color: INK,
        weight: chosen ? 5 : 2,
        dashArray: district.approximate && !chosen ? "8 5" : null,
        fillColor: district.approximate ? `url(#${HATCH}-${step})` : STEPS[step],
        fillOpacity: this.colour || district.approximate ? 0.8 : 0.15,
      };
    }

    // Patterns live in the renderer's own drawing; Leaflet knows none.
    hatch() {
      const drawing = this.renderer._container;
      if (!drawing || drawing.querySelector("defs")) return;
      const all = svg("defs", {});
      STEPS.forEach((colour, step) => {
        const pattern = svg("pattern", { id: `${HATCH}-${step}`, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
        pattern.append(svg("rect", { width: 9, height: 9, fill: colour, "fill-opacity": step ? 1 : 0.5 }));
        pattern.append(svg("line", { y2: 9, stroke: INK, "stroke-width": 1.6, "stroke-opacity": 0.45 }));
        all.append(pattern);
      });
      drawing.prepend(all);
    }

    usable(node, district) {
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", this.label(district));
      node.addEventListener("focus", () => this.point(district));
      node.addEventListener("blur", () => this.hint.remove());
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        this.tell({ district: district.id, details: true });
      });
    }

    point(district) {
      this.hint.setContent(element("span", "", this.label(district))).setLatLng([district.at[1], district.at[0]]).addTo(this.map);
    }

    label(district) {
      const parts = [this.called(district)];
      if (this.colour) parts.push(this.words.district_count.replace("{count}", district.count.toLocaleString("en")));
      if (district.approximate) parts.push(this.words.approximate);
      return parts.join(" ・ ");
    }

    called(district) {
      return (this.language === "en" && district.name_en) || district.name;
    }

    // A name stands where its district is wide enough for it on the screen.
    name() {
      this.names.clearLayers();
      const width = (text) => [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 255 ? 15 : 8), 0);
      for (const feature of this.features || []) {
        const box = L.geoJSON(feature).getBounds();
        const left = this.map.latLngToLayerPoint(box.getNorthWest()).x;
        const room = this.map.latLngToLayerPoint(box.getSouthEast()).x - left;
        const called = this.called(feature.properties);
        const text = this.colour ? `${called} ${feature.properties.count.toLocaleString("en")}` : called;
        if (room < width(text)) continue;
        const icon = new window.ibasho.Icon({ className: "ibasho-name", iconSize: null, iconAnchor: [0, 0], make: () => element("span", "", text) });
        const at = [feature.properties.at[1], feature.properties.at[0]];
        L.marker(at, { icon, pane: "ibasho-names", interactive: false, keyboard: false }).addTo(this.names);
      }
    }
  }

  Object.assign(window.ibasho, { Outlines, STEPS });
})();
