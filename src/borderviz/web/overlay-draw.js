/* The reader's own rows drawn on one canvas, above land and lines, below the atlas's
   symbols. Few have shapes; of very many `overlay-crowd.js` makes dots. Leaflet's renderer
   moves and scales the canvas; here is only what is on it. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const FEW = 2500; // points in view that are still drawn as shapes
  const SPRITE = 26; // pixels: a symbol with its outlines
  const SMALL = 6; // pixels: a smaller line or area is drawn as a point
  const STEP = 0.7; // pixels: vertices nearer to each other are not told apart
  const THICK = 2000; // lines and areas; of more none has a casing

  let colours = null; // of the scheme: one for each kind
  let sprites = null;

  /* Resolve the colours anew: the scheme has changed. */
  own.forgetColours = () => {
    colours = null;
    sprites = null;
    own.forgetInks();
  };

  const paints = () => {
    colours ??= own.now.data.marks.map(([token]) => bv.colour(token));
    return colours;
  };

  const spriteOf = (kind, scale, ratio) => {
    const key = `${scale} ${ratio}`;
    if (!sprites || sprites.key !== key) sprites = { key, of: [] };
    if (!sprites.of[kind]) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil(SPRITE * ratio);
      const pen = canvas.getContext("2d");
      const path = new Path2D(bv.baseData.symbols[own.now.data.marks[kind][1]]);
      pen.scale(ratio, ratio);
      pen.translate(SPRITE / 2, SPRITE / 2);
      pen.scale(scale, scale);
      pen.lineJoin = "round";
      for (const [token, width] of [["halo", 6], ["ink", 2.6]]) {
        pen.strokeStyle = bv.colour(token);
        pen.lineWidth = width;
        pen.stroke(path);
      }
      pen.fillStyle = paints()[kind];
      pen.fill(path);
      sprites.of[kind] = canvas;
    }
    return sprites.of[kind];
  };

  const drawSprites = (pen, { xs, ys, kinds, count }, ratio) => {
    const scale = count > 400 ? 0.55 : 0.75;
    const half = SPRITE / 2;
    for (let i = 0; i < count; i += 1) {
      const sprite = spriteOf(kinds[i], scale, ratio);
      pen.drawImage(sprite, xs[i] - half, ys[i] - half, SPRITE, SPRITE);
    }
  };

  const tracePart = (pen, { rings }, { path }, { scale, left, top }) => {
    pen.beginPath();
    for (const [from, end] of rings) {
      let [x, y] = [Infinity, Infinity];
      for (let i = from; i < end; i += 1) {
        const u = path[2 * i] * scale - left;
        const v = path[2 * i + 1] * scale - top;
        if (i === from) pen.moveTo(u, v);
        else if (i < end - 1 && Math.abs(u - x) < STEP && Math.abs(v - y) < STEP) continue;
        else pen.lineTo(u, v);
        [x, y] = [u, v];
      }
    }
  };

  const drawPart = (pen, part, frame, isCased) => {
    const { data, chosen } = own.now;
    const colour = paints()[data.kinds[part.row]];
    tracePart(pen, part, data, frame);
    const stroke = (style, width, opacity) => {
      pen.globalAlpha = opacity;
      pen.strokeStyle = style;
      pen.lineWidth = width;
      pen.stroke();
    };
    if (part.isArea) {
      pen.globalAlpha = part.row === chosen ? 0.26 : 0.12;
      pen.fillStyle = colour;
      pen.fill("evenodd");
    }
    if (isCased) stroke(frame.halo, part.isArea ? 3 : 5, 0.75);
    if (part.row === chosen) stroke(frame.select, part.isArea ? 4 : 6, 1);
    stroke(colour, part.isArea ? 1.3 : 2.4, 1);
    pen.globalAlpha = 1;
  };

  /* Tell whether so little of a part is left at a zoom that a point must stand for it. */
  own.isSmall = ({ box }, scale) =>
    Math.max(box[2] - box[0], box[3] - box[1]) * scale < SMALL;

  /* The points in a frame: of rows, and of lines and areas that are too small. */
  const collect = (frame, small) => {
    const { data, shown } = own.now;
    const { spots, spotRows } = data;
    const { scale, left, top, width, height } = frame;
    const most = spotRows.length + small.length;
    const found = { xs: new Float32Array(most), ys: new Float32Array(most), kinds: new Uint8Array(most), count: 0 };
    const add = (x, y, row) => {
      const u = x * scale - left;
      const v = y * scale - top;
      if (u < -SPRITE || v < -SPRITE || u > width + SPRITE || v > height + SPRITE) return;
      found.xs[found.count] = u;
      found.ys[found.count] = v;
      found.kinds[found.count] = data.kinds[row];
      found.count += 1;
    };
    for (let i = 0; i < spotRows.length; i += 1) {
      const row = spotRows[i];
      if (!shown || shown[row]) add(spots[2 * i], spots[2 * i + 1], row);
    }
    for (const { row, box } of small) add((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, row);
    return found;
  };

  const draw = (pen, frame, ratio) => {
    const { data, shown } = own.now;
    pen.lineJoin = "round";
    const parts = shown ? data.parts.filter(({ row }) => shown[row]) : data.parts;
    const small = parts.filter((part) => own.isSmall(part, frame.scale));
    const isIn = ({ box }) =>
      box[2] * frame.scale > frame.left &&
      box[3] * frame.scale > frame.top &&
      box[0] * frame.scale < frame.left + frame.width &&
      box[1] * frame.scale < frame.top + frame.height;
    const large = parts.filter((part) => !own.isSmall(part, frame.scale) && isIn(part));
    const isCased = large.length < THICK;
    for (const isArea of [true, false]) {
      for (const part of large) if (part.isArea === isArea) drawPart(pen, part, frame, isCased);
    }
    const inCells = own.drawCells(pen, frame, ratio);
    const points = collect(frame, small);
    const isMany = points.count > FEW;
    if (isMany) own.drawDots(pen, points, paints(), ratio);
    else drawSprites(pen, points, ratio);
    // A crowd would hide the lines that the map is about.
    map.getPane("bv-own").style.zIndex = isMany || inCells ? 375 : 450;
    return points.count + large.length + inCells;
  };

  own.Canvas = L.Renderer.extend({
    // On a fine screen the canvas has four times the pixels.
    options: { pane: "bv-own", padding: window.devicePixelRatio > 1 ? 0.15 : 0.35 },
    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._follow };
    },
    _initContainer() {
      this._container = L.DomUtil.create("canvas", "bv-own-canvas");
    },
    _destroyContainer() {
      this._container.width = 0; // at once, not when the memory is swept
      this._container.remove();
      this._container = null;
    },
    _updatePaths() {},
    _redraw() {
      this._update();
    },
    /* Pulled beyond what is drawn: draw before the hand lets go. */
    _follow() {
      const { _bounds: drawn } = this;
      if (!drawn || map._animatingZoom || this._zoom !== map.getZoom()) return;
      const corner = map.containerPointToLayerPoint([0, 0]);
      if (!drawn.contains(L.bounds(corner, corner.add(map.getSize())))) this._update();
    },
    _update() {
      const { _container: canvas } = this;
      if (!this._map || (map._animatingZoom && this._bounds)) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      L.DomUtil.setPosition(canvas, min);
      const begun = performance.now();
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      pen.scale(ratio, ratio);
      const { x, y } = map.getPixelOrigin().add(min);
      const frame = { scale: 2 ** this._zoom, left: x, top: y, width: size.x, height: size.y };
      frame.halo = bv.colour("halo");
      frame.select = bv.colour("select");
      own.drawn = own.now.on ? draw(pen, frame, ratio) : 0;
      own.took = performance.now() - begun;
    },
  });
})();
