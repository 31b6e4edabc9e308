// Places and clusters in view. What stays in view keeps its node, and with it the keyboard's focus.
"use strict";
(() => {
  const { element, picture, clusterPicture, Icon, UNKNOWN } = window.ibasho;
  const ACROSS = 4;
  const STEP = 36;

  class Places {
    constructor(map, tell) {
      this.map = map;
      this.tell = tell;
      this.group = L.layerGroup().addTo(map);
      this.markers = new Map();
      this.kinds = {};
      this.words = {};
      this.language = "ja";
      this.hint = L.tooltip({ direction: "top", offset: [0, -16], opacity: 1 });
    }

    // Take the signs and words of a municipality and language, and draw everything anew with them.
    speak(kinds, words, language) {
      Object.assign(this, { kinds, words, language });
      window.ibasho.forget();
      this.map.closePopup();
      this.group.clearLayers();
      this.markers.clear();
    }

    draw(features) {
      this.spread(features);
      const wanted = new Map(features.map((feature) => [this.name(feature), feature]));
      for (const [name, marker] of this.markers) {
        if (!wanted.has(name)) {
          this.group.removeLayer(marker);
          this.markers.delete(name);
        }
      }
      for (const [name, feature] of wanted) {
        if (!this.markers.has(name)) this.markers.set(name, this.add(feature));
      }
      if (!this.hint.from || !this.group.hasLayer(this.hint.from)) this.hint.remove();
    }

    // What is at the very same spot (a place and the posts about it) stands side by side, in rows of four.
    spread(features) {
      const at = new Map();
      for (const feature of features) {
        const spot = feature.geometry.coordinates.join(" ");
        if (!feature.properties.cluster) at.set(spot, [...(at.get(spot) || []), feature]);
      }
      for (const together of at.values()) {
        const last = Math.ceil(together.length / ACROSS) - 1;
        together.forEach((feature, index) => {
          const row = Math.floor(index / ACROSS);
          const inRow = row < last ? ACROSS : together.length - last * ACROSS;
          feature.shift = [STEP * ((index % ACROSS) - (inRow - 1) / 2), STEP * (row - last / 2)];
        });
      }
    }

    name({ properties, geometry, shift }) {
      const at = geometry.coordinates.join(" ");
      return properties.cluster
        ? `cluster ${at} ${properties.count}`
        : `place ${properties.id} ${at} ${properties.kind} ${properties.precision} ${shift.join(" ")} ${properties.name}`;
    }

    add(feature) {
      const [lng, lat] = feature.geometry.coordinates;
      const marker = feature.properties.cluster ? this.cluster(feature.properties, [lat, lng]) : this.place(feature.properties, [lat, lng], feature.shift);
      marker.addTo(this.group);
      return marker;
    }

    place(place, at, [right, down]) {
      const rough = place.precision !== "exact";
      const icon = new Icon({ className: "ibasho-sign", iconAnchor: [17 - right, 17 - down], make: () => picture(this.kinds, place.kind, rough) });
      const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true });
      return this.usable(marker, this.label(place), () => this.open(place, at, marker));
    }

    cluster(cluster, at) {
      const { node, side } = clusterPicture(cluster.count);
      const icon = new Icon({ className: "ibasho-cluster", iconSize: [side, side], iconAnchor: [side / 2, side / 2], make: () => node });
      const label = this.say("cluster", cluster.count.toLocaleString("en"));
      const marker = L.marker(at, { icon, keyboard: true });
      return this.usable(marker, label, () => this.map.setView(at, Math.min(this.map.getZoom() + 2, this.map.getMaxZoom())));
    }

    // By mouse, touch and keyboard, with a name for those who hear the map.
    usable(marker, label, act) {
      const hint = () => this.point(marker, label);
      const away = () => this.hint.remove();
      marker.on("click", act).on("mouseover", hint).on("mouseout", away);
      marker.on("add", () => {
        const node = marker.getElement();
        node.setAttribute("aria-label", label);
        node.addEventListener("focus", hint);
        node.addEventListener("blur", away);
        node.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          act();
        });
      });
      return marker;
    }

    point(marker, label) {
      this.hint.from = marker;
      this.hint.setContent(element("span", "", label)).setLatLng(marker.getLatLng()).addTo(this.map);
    }

    label(place) {
      const kind = this.kinds[place.kind] || UNKNOWN;
      const parts = [place.name, kind[this.language]];
      if (place.sample) parts.push(this.words.sample);
      if (place.precision !== "exact") parts.push(this.words.about_here);
      return parts.filter(Boolean).join(" ・ ");
    }

    open(place, at, marker) {
      this.hint.remove();
      const kind = this.kinds[place.kind] || UNKNOWN;
      const box = element("div", "ibasho-popup");
      box.append(element("strong", "", place.name), element("span", "", kind[this.language]));
      if (place.sample) box.append(element("span", "ibasho-mark", this.words.sample));
      if (place.precision !== "exact") box.append(element("span", "", this.words.about_here));
      const more = element("button", "", this.words.details);
      more.type = "button";
      more.addEventListener("click", () => this.tell({ place: place.id, details: true }));
      box.append(more);
      // Room for the buttons that enlarge the map, on narrow screens too.
      const room = { maxWidth: Math.min(300, this.map.getSize().x - 110), autoPanPaddingTopLeft: [66, 60], autoPanPaddingBottomRight: [12, 12] };
      const popup = L.popup({ offset: [0, -12], closeButton: false, ...room }).setLatLng(at).setContent(box);
      box.append(this.closer(popup, marker));
      popup.openOn(this.map);
      more.focus({ preventScroll: true });
      this.tell({ place: place.id });
    }

    closer(popup, marker) {
      const close = element("button", "ibasho-close", this.words.close);
      close.type = "button";
      const shut = () => {
        popup.remove();
        if (marker.getElement()) marker.getElement().focus({ preventScroll: true });
      };
      close.addEventListener("click", shut);
      return close;
    }

    say(key, count) {
      return (this.words[key] || "{count}").replace("{count}", count);
    }
  }

  window.ibasho.Places = Places;
})();
