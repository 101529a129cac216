/* Everybody's circle at once: how many of them cover each place, as four steps of shade.
   Drawn circle upon circle a hundred would hide the map; counted, they show where records
   may lie. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const STEPS = [1, 2, 4, 8]; // the least number of records for each shade
  const SHADES = [0.1, 0.19, 0.29, 0.4];
  const COARSE = 1; // screen pixels for each pixel that is counted
  const MARGIN = 0.25; // of the map's size, so that a pull does not bare an edge at once
  const UNIT = 8; // of 255: how much opacity one circle adds while they are counted
  const OUTLINES = 60; // with more circles their outlines would be a mesh

  const Coverage = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "bv-coverage leaflet-zoom-hide");
      map.getPane("bv-circles").appendChild(this.canvas);
      map.on("moveend resize", this.draw, this);
    },
    onRemove(map) {
      map.off("moveend resize", this.draw, this);
      this.canvas.remove();
    },
    use(circles) {
      this.circles = circles;
      this.draw();
    },
    draw() {
      const map = bv.map;
      const size = map.getSize();
      const corner = size.multiplyBy(-MARGIN);
      const whole = size.multiplyBy(1 + 2 * MARGIN);
      const { canvas } = this;
      canvas.width = Math.ceil(whole.x / COARSE);
      canvas.height = Math.ceil(whole.y / COARSE);
      canvas.style.width = `${canvas.width * COARSE}px`;
      canvas.style.height = `${canvas.height * COARSE}px`;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(corner));
      const discs = (this.circles || [])
        .map(({ at, km }) => ({ at: map.latLngToContainerPoint(at).subtract(corner), r: radius(at, km) }))
        .filter(({ at, r }) => at.x > -r && at.y > -r && at.x < whole.x + r && at.y < whole.y + r)
        .map(({ at, r }) => [at.x / COARSE, at.y / COARSE, r / COARSE]);
      canvas.dataset.circles = String(discs.length);
      paint(canvas, discs);
    },
  });

  /* A circle's radius in pixels, at its own latitude. */
  const radius = (at, km) => {
    const north = L.latLng(at.lat + km / 111.2, at.lng);
    return bv.map.project(at).distanceTo(bv.map.project(north));
  };

  const paint = (canvas, discs) => {
    if (!discs.length) return;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const { color } = getComputedStyle(canvas);
    const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
    pen.globalCompositeOperation = "lighter";
    pen.globalAlpha = UNIT / 255;
    pen.fillStyle = color;
    for (const [x, y, r] of discs) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.fill();
    }
    const image = pen.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = image;
    for (let i = 0; i < data.length; i += 4) {
      if (!data[i + 3]) continue;
      const count = Math.round(data[i + 3] / UNIT);
      const step = STEPS.findLastIndex((least) => count >= least);
      data[i] = red;
      data[i + 1] = green;
      data[i + 2] = blue;
      data[i + 3] = step < 0 ? 0 : 255 * SHADES[step];
    }
    pen.globalCompositeOperation = "source-over";
    pen.putImageData(image, 0, 0);
    if (discs.length > OUTLINES) return;
    pen.globalAlpha = 0.35;
    pen.strokeStyle = color;
    pen.lineWidth = 0.5;
    for (const [x, y, r] of discs) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.stroke();
    }
  };

  const coverage = new Coverage();
  let legend = null;

  const Legend = L.Control.extend({
    onAdd() {
      const box = bv.element("div", "bv-coverage-legend");
      box.append(bv.element("span", "", bv.say("uncertainty-legend")));
      STEPS.forEach((low, n) => {
        const high = STEPS[n + 1] && STEPS[n + 1] - 1;
        const key = high === undefined ? "uncertainty-more" : "uncertainty-step";
        const swatch = bv.element("i");
        swatch.style.setProperty("--shade", SHADES[n]);
        const words = high === low ? low.toLocaleString(bv.words.lang) : bv.say(key, { low, high });
        box.append(swatch, bv.element("b", "", words));
      });
      return box;
    },
  });

  const shown = () =>
    [...bv.items.values()]
      .filter((item) => item.marker && item.id !== bv.selected && bv.isShown(item))
      .map((item) => ({ at: item.at, km: (bv.texts.get(item.id) || {}).km }))
      .filter(({ km }) => km);

  /* Show or hide the coverage of all circles now on the map. */
  bv.useCoverage = (on) => {
    if (legend) legend.remove();
    legend = null;
    if (!on) {
      coverage.remove();
      return;
    }
    coverage.addTo(bv.map);
    coverage.use(shown());
    legend = new Legend({ position: "bottomleft" }).addTo(bv.map);
  };

  bv.paintCoverage = () => {
    if (bv.map && bv.map.hasLayer(coverage)) coverage.draw();
  };
})();
