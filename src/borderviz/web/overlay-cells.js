/* How many rows lie in each cell of the tiles: colours by logarithmic steps, a legend with
   the counts that they stand for at this zoom, and the cell under a pointer. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const WORLD = 256; // pixels of the whole world at zoom 0
  const STEPS = 7; // tokens density-1 … density-7
  const NICE = [1, 1.5, 2, 3, 5, 7, 10];
  const OPACITY = 0.88; // the coast is seen through it
  const LISTED = 20; // of the fullest cells
  const EARTH_KM = 40_075;

  /* The nearest number that is easily read. */
  const nice = (value) => {
    const power = 10 ** Math.floor(Math.log10(value));
    const far = (one) => Math.abs(Math.log(one / (value / power)));
    return power * NICE.reduce((a, b) => (far(b) < far(a) ? b : a));
  };

  /* The least count of each step, evenly in logarithms up to the most there is. */
  own.stepsOf = (most) => {
    const found = [1];
    for (let n = 1; n < STEPS; n += 1) {
      const low = Math.max(found[found.length - 1] + 1, Math.round(nice(most ** (n / STEPS))));
      if (low <= most) found.push(low);
    }
    return found;
  };

  let steps = [1];
  let stepsFor = "";
  let inks = null; // red, green, blue of each step
  let painted = {}; // what the tiles' images were painted by

  /* Keep the steps while a picture is drawn, unless something fuller is found. */
  const useSteps = ({ name, most }) => {
    const bound = 10 ** (Math.ceil(Math.log10(most) * 3) / 3);
    const wanted = `${name}|${bound}`;
    if (stepsFor === wanted) return;
    stepsFor = wanted;
    steps = own.stepsOf(Math.max(1, bound));
    painted = {};
  };

  const tokenOf = (step) =>
    `density-${1 + Math.round((step * (STEPS - 1)) / Math.max(1, steps.length - 1))}`;

  own.forgetInks = () => {
    inks = null;
    painted = {};
  };

  const stepOf = (count) => {
    let step = steps.length - 1;
    while (count < steps[step]) step -= 1;
    return step;
  };

  /* A tile as an image: a pixel a cell. */
  const paint = (tile) => {
    if (tile.painted === painted) return tile.image;
    inks ??= Array.from({ length: STEPS }, (_, n) => bv.colour(`density-${n + 1}`).match(/[\d.]+/g).map(Number));
    tile.image ??= document.createElement("canvas");
    tile.image.width = tile.image.height = tile.side;
    const pen = tile.image.getContext("2d");
    const image = pen.createImageData(tile.side, tile.side);
    tile.cells.forEach((cell, n) => {
      const ink = inks[Number(tokenOf(stepOf(tile.counts[n])).slice(8)) - 1];
      image.data.set([ink[0], ink[1], ink[2], 255], 4 * cell);
    });
    pen.putImageData(image, 0, 0);
    tile.painted = painted;
    return tile.image;
  };

  /* Draw the cells of a frame; return how many rows lie in their tiles. */
  own.drawCells = (pen, frame, ratio) => {
    const picture = own.picture();
    if (!picture || picture.isPoints) return 0;
    useSteps(picture);
    const unit = (WORLD / 2 ** picture.level) * frame.scale;
    // Whole pixels of the screen: no seam, and no edge drawn twice.
    const whole = (v) => Math.round(v * ratio) / ratio;
    let count = 0;
    pen.save();
    pen.imageSmoothingEnabled = false;
    pen.globalAlpha = OPACITY;
    for (const tile of picture.tiles.values()) {
      const [left, top] = [tile.x * unit - frame.left, tile.y * unit - frame.top];
      const isIn = left < frame.width && top < frame.height && left > -unit && top > -unit;
      if (!tile.cells.length || !isIn) continue;
      const [x, y] = [whole(left), whole(top)];
      pen.drawImage(paint(tile), x, y, whole(left + unit) - x, whole(top + unit) - y);
      count += tile.total;
    }
    pen.restore();
    return count;
  };

  const outline = (className) => {
    let shape = null;
    return (cell) => {
      if (shape) shape.remove();
      const options = { pane: "bv-circles", interactive: false, className };
      shape = cell ? L.rectangle(own.boundsOf(cell), options).addTo(map) : null;
    };
  };

  /* Outline the cell that the pointer is on; the chosen one, by its address. */
  own.pointCell = outline("bv-cell");
  const choose = outline("bv-cell bv-cell-chosen");
  own.markCell = (address) => choose(address ? own.cellAt(address) : null);

  /* What is known of a cell by its tile and number. */
  const cellOf = (tile, n) => {
    const address = [tile.z, tile.x, tile.y, tile.cells[n]];
    // The row of a cell that has one alone, where it is known.
    const row = tile.inCell && tile.counts[n] === 1 ? tile.rows[tile.inCell.indexOf(tile.cells[n])] : -1;
    return { ...own.cellAt(address, tile.side), address, row, count: tile.counts[n] };
  };

  own.boundsOf = ({ left, top, unit }) =>
    L.latLngBounds(own.latLng(left, top + unit), own.latLng(left + unit, top));

  /* The box of a cell by its address alone. */
  own.cellAt = ([z, x, y, cell], side = 64) => {
    const unit = WORLD / 2 ** z / side;
    return { unit, left: (x * side + (cell % side)) * unit, top: (y * side + Math.floor(cell / side)) * unit };
  };

  /* The cell with rows at a pixel of the map, or the nearest in reach; null for none. */
  own.cellUnder = (pixel, reach = 0) => {
    const picture = own.picture();
    if (!picture || picture.isPoints || !own.now.on) return null;
    const scale = 2 ** map.getZoom();
    const { x, y } = map.getPixelBounds().min.add(pixel).divideBy(scale);
    const unit = WORLD / 2 ** picture.level;
    const far = reach / scale;
    let [best, least] = [null, Infinity];
    for (const tile of picture.tiles.values()) {
      const [left, top] = [tile.x * unit, tile.y * unit];
      const isNear = x > left - far && x < left + unit + far && y > top - far && y < top + unit + far;
      if (!isNear) continue;
      if (!reach) {
        const [right, down] = [x - left, y - top].map((v) => Math.floor((v / unit) * tile.side));
        const n = tile.cells.indexOf(down * tile.side + right);
        return n < 0 ? null : cellOf(tile, n);
      }
      for (let n = 0; n < tile.cells.length; n += 1) {
        const cell = cellOf(tile, n);
        const dx = Math.max(cell.left - x, 0, x - cell.left - cell.unit);
        const dy = Math.max(cell.top - y, 0, y - cell.top - cell.unit);
        const away = Math.hypot(dx, dy);
        if (away <= far && away < least) [best, least] = [cell, away];
      }
    }
    return best;
  };

  /* The fullest cells in view, for those who go by keys. */
  own.fullest = () => {
    const picture = own.picture();
    const seen = map.getBounds();
    const found = [];
    for (const tile of picture && !picture.isPoints ? picture.tiles.values() : []) {
      for (let n = 0; n < tile.cells.length; n += 1) {
        if (found.length === LISTED && tile.counts[n] <= found[LISTED - 1].count) continue;
        const cell = cellOf(tile, n);
        if (!seen.intersects(own.boundsOf(cell))) continue;
        found.push(cell);
        found.sort((a, b) => b.count - a.count);
        found.length = Math.min(found.length, LISTED);
      }
    }
    return found;
  };

  let legend = null;
  let told = "";

  /* How wide a cell is in the middle of the map. */
  const widthKm = ({ level }) => {
    const km = (EARTH_KM * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** level / 64;
    return Number(km.toPrecision(2));
  };

  const swatches = (box) => {
    steps.forEach((low, n) => {
      const high = steps[n + 1] && steps[n + 1] - 1;
      const key = high === undefined ? "uncertainty-more" : "uncertainty-step";
      const swatch = bv.element("i");
      swatch.style.setProperty("--c", `var(--bv-${tokenOf(n)})`);
      const words = high === low ? low.toLocaleString(bv.words.lang) : bv.say(key, { low, high });
      const pair = bv.element("b", "", words);
      pair.prepend(swatch);
      box.append(pair);
    });
  };

  const Legend = L.Control.extend({
    onAdd() {
      const box = bv.element("div", "bv-cells-legend");
      L.DomEvent.disableClickPropagation(box);
      box.append(bv.element("span", "", bv.say("overlay-map-cells", { km: widthKm(own.picture()) })));
      swatches(box);
      const button = bv.element("button", "", bv.say("overlay-map-fullest"));
      button.type = "button";
      button.addEventListener("click", own.listFullest);
      box.append(button);
      return box;
    },
  });

  /* Bring the legend after what is drawn; it goes where there are points alone. */
  own.tellCells = () => {
    const picture = own.picture();
    const state = picture && own.tilesState();
    document.body.dataset.tiles = state && state.isWhole ? `${picture.level}.${state.sum}` : "";
    const has = own.now.on && picture && !picture.isPoints && state.sum;
    const failed = Boolean(own.now.on && state && state.failures);
    const wanted = has || failed ? `${stepsFor}|${widthKm(picture)}|${bv.words.lang}|${failed}` : "";
    if (wanted === told) return;
    told = wanted;
    if (legend) legend.remove();
    legend = null;
    if (!wanted) return;
    legend = new Legend({ position: "bottomleft" }).addTo(map);
    if (failed) legend.getContainer().append(bv.element("span", "", bv.say("overlay-map-part")));
  };
})();
