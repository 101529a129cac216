/* Symbols stand beside the main lines, not on them: where each may stand. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const CELL = 32; // pixels: points of the main lines are looked up by squares
  const STEP = 6; // pixels between these points
  const CLEAR = 4; // pixels between a symbol and the middle of a line
  const NEAR = 9.5; // from this zoom on a single symbol stays on its spot
  const TURNS = 20;
  let index = { key: "" };

  /* Points of the main lines now shown, in the pixels of one zoom, by square. */
  const squares = (zoom) => {
    const shown = bv.mains.filter(({ layer }) => bv.map.hasLayer(bv.groups.get(layer)));
    const key = [zoom, ...new Set(shown.map(({ layer }) => layer))].join();
    if (index.key === key) return index.cells;
    const cells = new Map();
    const put = (point) => {
      const at = `${Math.floor(point.x / CELL)},${Math.floor(point.y / CELL)}`;
      if (cells.has(at)) cells.get(at).push(point);
      else cells.set(at, [point]);
    };
    for (const run of shown.flatMap(({ points }) => points)) {
      let last = null;
      for (const place of run) {
        const point = bv.map.project(place, zoom);
        const gap = last ? last.distanceTo(point) : STEP;
        if (gap < STEP) continue;
        const from = last || point;
        const steps = Math.floor(gap / STEP);
        for (let n = 1; n <= steps; n += 1) {
          put(from.add(point.subtract(from).multiplyBy(n / steps)));
        }
        last = point;
      }
    }
    index = { key, cells };
    return cells;
  };

  /* Points of main lines inside a box of pixels: [left, top, right, bottom]. */
  bv.linePoints = (zoom, [left, top, right, bottom]) => {
    const cells = squares(zoom);
    const found = [];
    for (let i = Math.floor(left / CELL); i <= right / CELL; i += 1) {
      for (let j = Math.floor(top / CELL); j <= bottom / CELL; j += 1) {
        for (const p of cells.get(`${i},${j}`) || []) {
          if (p.x >= left && p.x <= right && p.y >= top && p.y <= bottom) found.push(p);
        }
      }
    }
    return found;
  };

  const nearest = (at, points) => {
    let found = null;
    let least = Infinity;
    for (const point of points) {
      const far = at.distanceTo(point);
      if (far < least) [found, least] = [point, far];
    }
    return [found, least];
  };

  const around = (at, reach) => [at.x - reach, at.y - reach, at.x + reach, at.y + reach];

  /* Say where each heap stands: at its own place, or beside a main line that it would hide,
     on the side where it is or where there is more room. It depends on the zoom and on what
     is shown, never on what part of the map is in sight: nothing wanders while one pulls. */
  bv.spread = (heaps, zoom, taken) => {
    const isFixed = ({ items }) => items.length === 1 && (items[0].isPlace || zoom >= NEAR);
    const placed = heaps.filter(isFixed).map((heap) => ({ ...heap, spot: heap.at }));
    placed.push(...taken);
    const rest = heaps.filter((heap) => !isFixed(heap));
    rest.sort((a, b) => b.items.length - a.items.length || a.at.x - b.at.x);
    for (const heap of rest) placed.push({ ...heap, spot: spotFor(heap, placed, heaps, zoom) });
    return placed.filter((heap) => !taken.includes(heap));
  };

  const spotFor = (heap, placed, heaps, zoom) => {
    const { at, radius } = heap;
    const lines = bv.linePoints(zoom, around(at, 2 * radius + 50));
    const others = placed.filter(({ spot }) => spot.distanceTo(at) < 100);
    const crowd = heaps.filter((other) => other !== heap && other.at.distanceTo(at) < 70);
    const cost = (spot) => {
      let sum = 0;
      const [, gap] = nearest(spot, lines);
      if (gap < radius + CLEAR) sum += 6 * (radius + CLEAR - gap);
      for (const other of others) {
        const touch = radius + other.radius + 1 - spot.distanceTo(other.spot);
        if (touch > 0) sum += 6 * touch;
        const { pointToSegmentDistance: off } = L.LineUtil;
        if (spot !== at && off(other.spot, at, spot) < other.radius) sum += 25;
        if (other.spot !== other.at && off(spot, other.at, other.spot) < radius) sum += 25;
      }
      return sum;
    };
    const stay = cost(at);
    if (stay < 6) return at;
    const [foot, gap] = nearest(at, lines);
    const middle = gap < radius + CLEAR ? foot : at;
    let best = at;
    let least = stay + 12;
    for (const far of [7, 13, 21, 31]) {
      for (let n = 0; n < TURNS; n += 1) {
        const turn = (2 * Math.PI * n) / TURNS;
        const way = L.point(Math.cos(turn), Math.sin(turn)).multiplyBy(radius + far);
        const spot = middle.add(way);
        let sum = spot.distanceTo(at) + cost(spot);
        for (const other of crowd) sum += Math.max(0, 40 - other.at.distanceTo(spot)) / 5;
        if (sum < least) [best, least] = [spot, sum];
      }
    }
    return best;
  };
})();
