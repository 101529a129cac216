/* Which of the reader's own rows lie under a finger or a pointer. All are looked through:
   a hundred thousand take a fraction of a millisecond, less than an index is worth. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const TOGETHER = 6; // pixels: symbols nearer to each other cannot be told apart

  /* Rows whose points are in reach and cannot be told from the nearest. */
  const points = ({ data, shown }, x, y, reach) => {
    const { spots, spotRows } = data;
    const found = [];
    const look = (u, v, row) => {
      if (Math.abs(u - x) > reach || Math.abs(v - y) > reach) return;
      const far = Math.hypot(u - x, v - y);
      if (far <= reach) found.push({ row, far, u, v });
    };
    for (let i = 0; i < spotRows.length; i += 1) {
      if (!shown || shown[spotRows[i]]) look(spots[2 * i], spots[2 * i + 1], spotRows[i]);
    }
    return { found, look };
  };

  const toSegment = (x, y, path, i) => {
    const [ax, ay, bx, by] = [path[2 * i], path[2 * i + 1], path[2 * i + 2], path[2 * i + 3]];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = length ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length : 0;
    const along = Math.max(0, Math.min(1, part));
    return Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y);
  };

  const toLine = (part, path, x, y) => {
    let least = Infinity;
    for (const [from, end] of part.rings) {
      for (let i = from; i < end - 1; i += 1) least = Math.min(least, toSegment(x, y, path, i));
    }
    return least;
  };

  const isInside = (part, path, x, y) => {
    let inside = false;
    for (const [from, end] of part.rings) {
      for (let i = from; i < end - 1; i += 1) {
        const [ax, ay, bx, by] = [path[2 * i], path[2 * i + 1], path[2 * i + 2], path[2 * i + 3]];
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
      }
    }
    return inside;
  };

  /* Find rows at a pixel of the map: points first, then lines; areas only where wanted. */
  own.at = (pixel, reach, isDeep) => {
    const { data, shown, on } = own.now;
    if (!data || !on) return [];
    const scale = 2 ** bv.map.getZoom();
    const { x, y } = bv.map.getPixelBounds().min.add(pixel).divideBy(scale);
    const far = reach / scale;
    const { found, look } = points(own.now, x, y, far);
    const near = data.parts.filter(
      ({ row, box }) =>
        (!shown || shown[row]) &&
        x > box[0] - far && x < box[2] + far && y > box[1] - far && y < box[3] + far,
    );
    const isPoint = (part) => own.isSmall(part, scale);
    for (const { row, box } of near.filter(isPoint)) {
      look((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, row);
    }
    const unique = (rows) => [...new Set(rows)];
    if (found.length) {
      found.sort((a, b) => a.far - b.far);
      const [{ u, v }] = found;
      const isHere = (one) => Math.hypot(one.u - u, one.v - v) * scale <= TOGETHER;
      return unique(found.filter(isHere).map(({ row }) => row));
    }
    const large = near.filter((part) => !isPoint(part));
    const lines = large.filter((part) => !part.isArea && toLine(part, data.path, x, y) <= far / 2);
    if (lines.length || !isDeep) return unique(lines.map(({ row }) => row));
    const areas = large.filter((part) => part.isArea && isInside(part, data.path, x, y));
    return unique(areas.map(({ row }) => row));
  };
})();
