/* Land and sea, drawn on one canvas below everything; colours follow the theme. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const drawn = []; // [Leaflet layer, {option: token}]
  const probe = bv.element("i");

  // Before the map is made: whoever wants no motion gets each view at once.
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    const still = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false };
    const { panBy } = L.Map.prototype;
    L.Map.mergeOptions({ ...still, inertia: false });
    L.Map.include({
      panBy(offset, options) {
        return panBy.call(this, offset, { ...options, animate: false });
      },
    });
  }

  /* Resolve a colour token of the style sheet to a colour a canvas understands. */
  bv.colour = (token) => {
    if (!probe.isConnected) document.body.appendChild(probe);
    probe.style.color = `var(--bv-${token})`;
    return getComputedStyle(probe).color;
  };

  bv.drawLand = (base) => {
    const renderer = L.canvas({ pane: "bv-land", padding: 0.6 });
    const far = base.land.filter((land) => !land.near);
    const near = base.land.filter((land) => land.near);
    for (const land of [...far, ...near]) drawPart(land, renderer, bv.map);
    bv.paintLand();
    bv.map.on("zoomend", () => showClose(renderer));
    showClose(renderer);
  };

  const CLOSE_ZOOM = 9;
  let close = null; // L.layerGroup, once the reader has been near

  /* Near a border the coarse land gives way to a strip at nearly full detail. */
  const showClose = (renderer) => {
    const isNear = bv.map.getZoom() >= CLOSE_ZOOM;
    if (isNear && !close) {
      close = L.layerGroup().addTo(bv.map);
      bv.json(bv.files.close).then(
        (data) => {
          for (const land of data.land) drawPart(land, renderer, close);
          bv.paintLand();
        },
        () => {
          close = null; // the coarse land stays; the next zoom tries again
        },
      );
    } else if (close && isNear !== bv.map.hasLayer(close)) {
      if (isNear) close.addTo(bv.map);
      else bv.map.removeLayer(close);
    }
  };

  const drawPart = (land, renderer, target) => {
    const add = (layer, tokens) => {
      drawn.push([layer, tokens]);
      target.addLayer(layer);
    };
    const parts = land.parts.map((rings) => rings.map((r) => bv.unpack(r, land.units)));
    const options = { renderer, interactive: false, smoothFactor: land.near ? 0.8 : 1 };
    if (land.filled) {
      const ground = land.water ? "sea" : land.shaded ? "shade" : "land";
      // A line of its own colour hides the joint with the coarse land.
      const stroke = land.close && !land.water;
      add(L.polygon(parts, { ...options, stroke, weight: 1.5, fillOpacity: 1 }), {
        fillColor: ground,
        color: ground,
      });
      const coast = land.close ? [] : parts.flat().flatMap(withoutCuts);
      add(L.polyline(coast, { ...options, weight: 0.8 }), { color: "coast" });
    } else {
      const dashArray = land.close ? null : "3 4";
      add(L.polyline(parts.flat(), { ...options, weight: 0.8, dashArray }), {
        color: "coast",
      });
    }
  };

  /* Where land was cut at a meridian or a parallel there is no coast to draw. */
  const withoutCuts = (ring) => {
    const runs = [[ring[0]]];
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1], ring[i]];
      const isCut = (a[0] === b[0] || a[1] === b[1]) && bv.map.distance(a, b) > 4000;
      if (isCut) runs.push([b]);
      else runs[runs.length - 1].push(b);
    }
    return runs.filter((run) => run.length > 1);
  };

  bv.paintLand = () => {
    for (const [layer, tokens] of drawn) {
      const style = {};
      for (const [option, token] of Object.entries(tokens)) style[option] = bv.colour(token);
      layer.setStyle(style);
    }
  };

  let tiles = null;

  /* An online background, only when the reader asked for one. */
  bv.useTiles = (wanted) => {
    const url = wanted ? wanted.url : "";
    if ((tiles ? tiles.wantedUrl : "") === url) return;
    if (tiles) bv.map.removeLayer(tiles);
    tiles = null;
    if (wanted) {
      tiles = L.tileLayer(wanted.url, {
        maxZoom: wanted.maxZoom,
        subdomains: wanted.subdomains || "abc",
        referrerPolicy: "origin",
      }).addTo(bv.map);
      tiles.wantedUrl = url;
    }
    bv.map.getPane("bv-land").style.display = wanted ? "none" : "";
    bv.nameControls(bv.words);
  };
})();
