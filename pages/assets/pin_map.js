// A map on which a pin is set by a press, by dragging, or by the arrow keys; the two fields of degrees say the same.
// Names of districts reach the page as text nodes only.
"use strict";

(() => {
  const STEP_PX = 12;
  const STEP_MORE_PX = 60;
  const DIGITS = 5;
  const OUTLINE = { color: "#12406b", weight: 2, fillColor: "#ffffff", fillOpacity: 0.35, interactive: false };
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  const text = (content) => {
    const node = document.createElement("span");
    node.textContent = content;
    return node;
  };

  class PinMap {
    constructor(node) {
      this.node = node;
      this.words = JSON.parse(node.dataset.words);
      this.lat = document.getElementById(node.dataset.lat);
      this.lon = document.getElementById(node.dataset.lon);
      node.hidden = false;
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.map = L.map(node, { attributionControl: false, zoomControl: false, zoomAnimation: !calm, fadeAnimation: !calm, maxZoom: 18 });
      const [lat, lon] = node.dataset.centre.split(",").map(Number);
      this.map.setView(this.typed() || [lat, lon], this.typed() ? 16 : Number(node.dataset.zoom));
      L.control.zoom({ zoomInTitle: this.words.zoom_in, zoomOutTitle: this.words.zoom_out }).addTo(this.map);
      node.setAttribute("role", "group");
      node.setAttribute("aria-label", this.words.label);
      this.tiles();
      this.credit();
      this.outlines();
      this.map.on("click", (event) => this.put(event.latlng, true));
      for (const field of [this.lat, this.lon]) field.addEventListener("input", () => this.follow());
      this.follow();
    }

    typed() {
      if (!this.lat.value.trim() || !this.lon.value.trim()) return null;
      const at = [Number(this.lat.value), Number(this.lon.value)];
      return at.every(Number.isFinite) && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180 ? at : null;
    }

    // The fields were changed by hand: the pin goes there.
    follow() {
      const at = this.typed();
      if (!at) return this.pin?.remove(), void (this.pin = null);
      this.place(at);
      if (!this.map.getBounds().contains(at)) this.map.setView(at, Math.max(this.map.getZoom(), 15));
    }

    put(at, focus = false) {
      this.lat.value = at.lat.toFixed(DIGITS);
      this.lon.value = at.lng.toFixed(DIGITS);
      this.place(at);
      this.lat.form?.dispatchEvent(new Event("input", { bubbles: true }));
      if (focus) this.pin.getElement().focus({ preventScroll: true });
    }

    place(at) {
      if (this.pin) {
        this.pin.setLatLng(at);
      } else {
        const icon = L.divIcon({ className: "pin", iconSize: [40, 44], iconAnchor: [20, 42] });
        this.pin = L.marker(at, { icon, draggable: true, keyboard: true }).addTo(this.map);
        this.pin.on("dragend", () => this.put(this.pin.getLatLng()));
        const node = this.pin.getElement();
        node.addEventListener("keydown", (event) => this.key(event));
      }
      const { lat, lng } = this.pin.getLatLng();
      const where = this.words.moved.replace("{lat}", lat.toFixed(DIGITS)).replace("{lon}", lng.toFixed(DIGITS));
      this.pin.getElement().setAttribute("aria-label", `${this.words.pin} ${where}`);
    }

    key(event) {
      const way = ARROWS[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      const step = event.shiftKey ? STEP_MORE_PX : STEP_PX;
      const at = this.map.latLngToContainerPoint(this.pin.getLatLng()).add(L.point(way[0] * step, way[1] * step));
      const to = this.map.containerPointToLatLng(at);
      this.put(to);
      this.map.panInside(to, { padding: [60, 60] });
    }

    tiles() {
      if (!this.node.dataset.tiles) return;
      const { url, first, last } = JSON.parse(this.node.dataset.tiles);
      L.tileLayer(url, { minZoom: first, maxNativeZoom: last, maxZoom: 18 }).addTo(this.map);
    }

    credit() {
      if (!this.node.dataset.tiles) return;
      const Box = L.Control.extend({ onAdd: () => this.creditNode() });
      new Box({ position: "bottomright" }).addTo(this.map);
    }

    creditNode() {
      const node = L.DomUtil.create("div", "credit");
      const link = L.DomUtil.create("a", "", node);
      link.href = JSON.parse(this.node.dataset.tiles).credit;
      link.rel = "noopener noreferrer";
      link.textContent = this.words.gsi;
      return node;
    }

    async outlines() {
      const { municipality, layer, zoom, language } = this.node.dataset;
      if (!layer) return;
      try {
        const answer = await fetch(`/map/districts?${new URLSearchParams({ municipality, layer, zoom })}`);
        if (!answer.ok) throw new Error(String(answer.status));
        for (const feature of (await answer.json()).features) {
          const { name, name_en: english } = feature.properties;
          const shape = L.geoJSON(feature, { style: OUTLINE, interactive: false }).addTo(this.map);
          shape.bindTooltip(() => text((language === "en" && english) || name), { permanent: true, direction: "center", className: "name", interactive: false });
        }
      } catch {
        this.node.after(Object.assign(text(this.words.failed), { className: "quiet" }));
      }
    }
  }

  // A map in a part that is folded away has no size: it is made when it is first seen.
  const begin = (node) => {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      node.pinMap = new PinMap(node);
    });
    node.hidden = false;
    seen.observe(node);
  };

  document.querySelectorAll("[data-pin-map]").forEach(begin);
})();
