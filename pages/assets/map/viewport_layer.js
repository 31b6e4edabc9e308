// The map's layer: it reads the screen's wishes, fetches what is in view and has it drawn.
"use strict";
(() => {
  const UP = "../../map/";
  const HEADER = /<meta name="ibasho-map" content="([A-Za-z0-9_-]*)">/;
  const MOST_ZOOM = 18;
  const NARROW = 480;

  function decode(text) {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  class ViewportLayer {
    constructor(map) {
      this.map = map;
      this.box = map.getContainer();
      this.seq = 0;
      this.wishes = null;
      this.places = new window.ibasho.Places(map, (click) => this.tell(click));
      this.outlines = new window.ibasho.Outlines(map, (click) => this.tell(click));
      this.status = window.ibasho.status(map);
      this.credits = window.ibasho.credits(map);
      this.legend = window.ibasho.legend(map);
      this.waiting = {};
      map.on("click", (event) => this.tell({ point: [event.latlng.lng, event.latlng.lat] }));
      map.on("moveend", () => this.fetchPlaces());
      map.on("zoomend", () => this.fetchOutlines());
      // A map in a hidden tab has no size; once it is shown it has to be measured and filled.
      new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(this.box);
      map.on("resize", () => this.fetchPlaces());
    }

    // The screen's wishes of this run; only what differs from the last is done anew.
    async wish(wishes) {
      const last = this.wishes || {};
      const same = (name) => JSON.stringify(last[name]) === JSON.stringify(wishes[name]);
      this.wishes = wishes;
      const changed = (...names) => names.some((name) => !same(name));
      const elsewhere = !last.params || last.params.municipality !== wishes.params.municipality;
      if (changed("tiles")) this.setTiles(wishes.tiles);
      if (changed("centre", "zoom")) {
        this.quiet = true;
        this.map.setView(wishes.centre, this.fitting(wishes.zoom), { animate: Boolean(last.params) && !elsewhere });
        this.quiet = false;
      }
      if (changed("here", "language")) this.setHere(wishes.here);
      if (changed("language") || elsewhere) await this.fetchWords();
      if (changed("params", "language", "centre", "zoom")) this.fetchPlaces();
      if (elsewhere || changed("layer", "language", "colour", "params")) this.fetchOutlines();
    }

    // A narrow map shows a step more of the town than a wide one.
    fitting(zoom) {
      return Math.min(this.box.clientWidth && this.box.clientWidth < NARROW ? zoom - 1 : zoom, MOST_ZOOM);
    }

    async fetchWords() {
      const { params, language } = this.wishes;
      const answer = await this.get("kinds", { municipality: params.municipality, lang: language });
      if (!answer) return;
      this.words = answer.words;
      this.outlines.words = answer.words;
      this.outlines.language = language;
      this.places.speak(answer.kinds, answer.words, language);
      this.name(language);
      this.setHere(this.wishes.here);
    }

    name(language) {
      document.documentElement.lang = language;
      document.title = this.words.title;
      if (window.frameElement) window.frameElement.title = this.words.title;
      this.box.setAttribute("role", "region");
      this.box.setAttribute("aria-label", `${this.words.title}. ${this.words.hint}`);
      if (this.zoom) this.zoom.remove();
      this.zoom = L.control.zoom({ zoomInTitle: this.words.zoom_in, zoomOutTitle: this.words.zoom_out }).addTo(this.map);
      this.credits([], this.wishes.tiles, this.words);
    }

    async fetchPlaces() {
      if (!this.wishes || !this.words || this.quiet || !this.box.clientWidth) return;
      const bounds = this.map.getBounds();
      const side = (degrees, most) => Math.max(-most, Math.min(most, degrees)).toFixed(6);
      const bbox = [side(bounds.getWest(), 180), side(bounds.getSouth(), 90), side(bounds.getEast(), 180), side(bounds.getNorth(), 90)];
      const seq = ++this.seq;
      const answer = await this.get("places", { ...this.wishes.params, bbox: bbox.join(","), zoom: this.map.getZoom(), lang: this.wishes.language });
      if (!answer || seq !== this.seq) return;
      // Signs would hide the colours: where districts are coloured, only those of the chosen one are drawn.
      const features = this.wishes.colour && !this.wishes.params.district ? [] : answer.features;
      this.places.draw(features);
      const key = answer.clustered ? "in_view_clustered" : "in_view";
      this.status(this.places.say(key, answer.total.toLocaleString("en")));
      Object.assign(this.box.dataset, { ibashoTotal: answer.total, ibashoShown: features.length, ibashoClustered: answer.clustered });
      this.painted("ibashoPainted", seq);
    }

    async fetchOutlines() {
      if (!this.wishes || !this.words || !this.box.clientWidth) return;
      const { params, layer, colour, language } = this.wishes;
      const chosen = new Set((params.district || "").split(","));
      // Outlines alone are the same for every filter, and the browser has them.
      const wanted = { ...(colour ? params : {}), municipality: params.municipality, layer, lang: language };
      delete wanted.district;
      // One drawing serves two zoom steps.
      wanted.zoom = 2 * Math.ceil(this.map.getZoom() / 2);
      const asked = JSON.stringify([wanted, [...chosen], colour]);
      if (asked === this.asked) return;
      this.asked = asked;
      const answer = layer ? await this.get("districts", wanted) : { features: [], classes: [], credits: [], outside: 0 };
      if (!answer) {
        this.asked = null;
        return;
      }
      if (asked !== this.asked) return;
      Object.assign(this.outlines, { colour, chosen, language });
      this.outlines.draw(answer);
      this.legend(answer, this.words, colour);
      this.credits(answer.credits, this.wishes.tiles, this.words);
      this.box.dataset.ibashoDistricts = answer.features.length;
    }

    // JSON of one of the map's addresses; an older question of the same sort is given up.
    async get(what, params) {
      if (this.waiting[what]) this.waiting[what].abort();
      const control = new AbortController();
      this.waiting[what] = control;
      try {
        const answer = await fetch(`${UP}${what}?${new URLSearchParams(params)}`, { signal: control.signal });
        const data = await answer.json();
        if (answer.ok) return data;
        this.status(data.error);
      } catch (error) {
        if (error.name !== "AbortError" && this.words) this.status(this.words.failed);
      }
      return null;
    }

    // Said after the browser has painted: whoever measures or tests the map waits for it.
    painted(name, seq) {
      requestAnimationFrame(() => setTimeout(() => {
        this.box.dataset[name] = seq;
      }));
    }

    setTiles(tiles) {
      this.map.setMaxZoom(MOST_ZOOM);
      if (this.tiles) this.tiles.remove();
      this.tiles = tiles && L.tileLayer(tiles.url, { minZoom: tiles.first, maxNativeZoom: tiles.last, maxZoom: MOST_ZOOM }).addTo(this.map);
    }

    setHere(here) {
      if (this.here) this.here.remove();
      this.here = null;
      if (!here || !this.words) return;
      const make = () => {
        const { svg } = window.ibasho;
        const picture = svg("svg", { viewBox: "0 0 40 40", width: 34, height: 34, "aria-hidden": "true" });
        picture.append(svg("circle", { cx: 20, cy: 20, r: 15, fill: "#ffffff", stroke: "#b3001b", "stroke-width": 5 }));
        picture.append(svg("circle", { cx: 20, cy: 20, r: 6, fill: "#b3001b" }));
        return picture;
      };
      const icon = new window.ibasho.Icon({ className: "ibasho-here", make });
      this.here = L.marker(here, { icon, interactive: false, keyboard: false, zIndexOffset: -500 }).addTo(this.map);
      this.here.getElement().setAttribute("role", "img");
      this.here.getElement().setAttribute("aria-label", this.words.here);
    }

    tell(click) {
      window.Streamlit.setComponentValue({ ...click, serial: `${Date.now()}-${Math.random()}` });
    }
  }

  // Styles come after scripts and nobody waits for them; a map measured without them is wrong.
  function styled() {
    const late = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !link.sheet);
    return Promise.all(late.map((link) => new Promise((done) => {
      link.addEventListener("load", done);
      link.addEventListener("error", done);
    })));
  }

  window.ibasho.attach = async (map) => {
    map.attributionControl.remove();
    map.options.inertia = !window.L_DISABLE_3D;
    // folium forbids to enlarge the page with two fingers; whoever sees little needs it.
    for (const meta of document.querySelectorAll('meta[name="viewport"]')) meta.content = "width=device-width, initial-scale=1";
    await styled();
    const layer = new ViewportLayer(map);
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !event.data || event.data.type !== "streamlit:render") return;
      const found = HEADER.exec(event.data.args.header);
      if (found) layer.wish(decode(found[1]));
    });
    // Asks Streamlit for its newest wishes: one may have come while the scripts were loading.
    window.Streamlit.setComponentReady();
  };
})();
