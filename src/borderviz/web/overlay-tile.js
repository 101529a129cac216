/* One tile of the rows that stay on the server, from its bytes; see `borderviz.crowd`. */
(() => {
  "use strict";
  const own = window.borderviz.overlay;
  const WORLD = 256; // pixels of the whole world at zoom 0
  const FINE = 65_536; // steps along a tile's side
  const SIDE = 64; // cells on a side of a tile
  const KINDS = { cells: 1, points: 2 };

  /* Count points in cells: among tiles of cells they are drawn as those are. */
  const inCells = (px, py) => {
    const all = new Uint32Array(SIDE * SIDE);
    const step = FINE / SIDE;
    const at = Uint16Array.from(px, (x, i) => Math.floor(py[i] / step) * SIDE + Math.floor(x / step));
    for (const cell of at) all[cell] += 1;
    const cells = Uint16Array.from(new Set(at)).sort();
    return { inCell: at, cells, counts: Uint32Array.from(cells, (cell) => all[cell]) };
  };

  /* Take an answer apart. */
  own.parseTile = (buffer, [z, x, y]) => {
    const view = new DataView(buffer);
    const [kind, side, total] = [view.getUint8(0), view.getUint16(2, true), view.getUint32(4, true)];
    const count = view.getUint32(8, true);
    let from = 12;
    // A copy each: the next array may not lie on its boundary.
    const take = (Type) => {
      const end = from + count * Type.BYTES_PER_ELEMENT;
      const found = new Type(buffer.slice(from, end));
      from = end;
      return found;
    };
    const tile = { z, x, y, total, side: side || SIDE, isPoints: kind === KINDS.points };
    if (!tile.isPoints) return { ...tile, cells: take(Uint16Array), counts: take(Uint32Array) };
    const [px, py] = [take(Uint16Array), take(Uint16Array)];
    const unit = WORLD / 2 ** z;
    const at = new Float64Array(2 * count);
    for (let i = 0; i < count; i += 1) {
      at[2 * i] = (x + (px[i] + 0.5) / FINE) * unit;
      at[2 * i + 1] = (y + (py[i] + 0.5) / FINE) * unit;
    }
    const rows = { rows: take(Uint32Array), looks: take(Uint8Array), radii: take(Uint32Array) };
    return { ...tile, at, ...inCells(px, py), ...rows };
  };
})();
