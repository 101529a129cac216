/* Place names that give way to each other and to symbols, larger places first. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const FROM_ZOOM = { 1: 5.5, 2: 7, 3: 8.5, 4: 9.5 };
  const AREA_ZOOM = {
    // The third rank says from near on which side of a border one is.
    country: { 1: [4, 8], 2: [3.5, 7], 3: [7.5, 15], 4: [7.5, 15] },
    sea: { 1: [5, 9.5], 2: [6.5, 9.5], 3: [7, 10], 4: [8, 11] },
    river: { 1: [6, 15], 2: [7.5, 15], 3: [8.5, 15], 4: [9.5, 15] },
  };
  const MOVES = { country: 70, sea: 150, river: 60 }; // pixels to keep an area's name in sight
  const MARGIN = 5; // pixels between a name and the frame
  let names = [];

  bv.drawLabels = (words) => {
    if (!names.length) bv.map.on("moveend", () => bv.placeLabels());
    for (const name of names) bv.map.removeLayer(name.marker);
    const layer = placesLayer();
    if (layer) for (const name of names) layer.removeLayer(name.marker);
    const stops = words.stops.map((stop) => ({ ...stop, rank: 2, isStop: true }));
    names = [
      ...words.labels.flatMap((label) => [label, ...closer(label)]).map((label) => ({ ...label, isArea: true })),
      ...stops,
      ...words.places,
    ].map(make);
    if (layer) for (const name of names) layer.addLayer(name.marker);
  };

  /* The further places of a name, for views that do not reach its first. */
  const closer = (label) => {
    const rank = label.kind === "country" ? 3 : 4;
    return label.near.map((at, n) => ({ ...label, id: `${label.id}-${n}`, rank, at, isNear: true }));
  };

  const placesLayer = () => {
    const found = bv.baseData.layers.find((x) => bv.baseData.styles[x.style].form === "label");
    return found && bv.groups.get(found.id);
  };

  const order = (name) => {
    if (!name.isArea) return name.isStop ? 1 : 2 + name.rank;
    return name.rank > 2 ? 4.5 : 0;
  };

  const make = (name) => {
    const kind = name.isArea ? name.kind : "place";
    const element = bv.element("span", `bv-name bv-name-${kind} bv-rank-${name.rank}`);
    element.append(bv.element("span", "bv-words", name.name));
    if (kind === "place") element.classList.toggle("bv-capital", Boolean(name.capital));
    const icon = L.divIcon({ className: "bv-label", html: element, iconSize: [0, 0] });
    const at = L.latLng(name.at[1], name.at[0]);
    const marker = L.marker(at, { icon, pane: "bv-labels", interactive: false, keyboard: false });
    marker.feature = bv.feature(name.id, { kind: "place" });
    return { ...name, kind, element, marker, at };
  };

  const measure = (() => {
    const context = document.createElement("canvas").getContext("2d");
    const known = new Map();
    return (name) => {
      const size = name.kind === "country" ? 13 : name.rank === 1 ? 14 : name.rank === 2 ? 12.5 : 11.5;
      const key = `${size} ${name.name}`;
      if (!known.has(key)) {
        context.font = `600 ${size}px ${getComputedStyle(document.body).fontFamily}`;
        const spacing = name.kind === "country" ? 3 * name.name.length : 0;
        known.set(key, [context.measureText(name.name).width + spacing + 4, size + 4]);
      }
      return known.get(key);
    };
  })();

  const ROOM = 24; // pixels that a country's name keeps from a border

  const isWanted = (name, zoom) => {
    if (name.isStop) return bv.routesOn && zoom < 9;
    if (!name.isArea) return zoom >= FROM_ZOOM[name.rank] - (name.capital ? 1 : 0);
    const [from, to] = AREA_ZOOM[name.kind][name.rank];
    if (zoom < from || zoom > to) return false;
    if (!name.isNear || name.kind !== "country") return true;
    const { x, y } = bv.map.project(name.at, zoom);
    return !bv.linePoints(zoom, [x - ROOM, y - ROOM, x + ROOM, y + ROOM]).length;
  };

  /* Where the words may stand beside their dot: right, left, above, below, near or far. */
  const boxes = (name, point, width, height) => {
    const { x, y } = point;
    const around = (gap, [r, l, t, b]) => [
      [r, [x + gap, y - height / 2, x + gap + width, y + height / 2]],
      [l, [x - gap - width, y - height / 2, x - gap, y + height / 2]],
      [t, [x - width / 2, y - gap - height, x + width / 2, y - gap]],
      [b, [x - width / 2, y + gap, x + width / 2, y + gap + height]],
    ];
    const near = around(7, ["r", "l", "t", "b"]);
    // A large place under a symbol may have its name a little farther off.
    const far = name.rank === 1 ? around(20, ["rr", "ll", "tt", "bb"]) : [];
    const preferred = { left: "l", right: "r", above: "t", below: "b" }[name.side] || "";
    const isOther = ([place]) => (place[0] === preferred ? 0 : 1);
    return [...near, ...far].sort((one, two) => isOther(one) - isOther(two));
  };

  /* The name of an area stands at its place, or a little off it. */
  const shifts = (name, point, width, height, view) => {
    const { x, y } = point;
    const most = MOVES[name.kind];
    const inside = (at, low, high) => Math.max(Math.min(low, high), Math.min(at, high));
    const half = [width / 2, height / 2];
    const u = inside(x, view[0] + half[0] + 1, view[2] - half[0] - 1);
    const v = inside(y, view[1] + half[1] + 1, view[3] - half[1] - 1);
    const [left, top] = Math.hypot(u - x, v - y) > most ? [x, y] : [u, v];
    const found = [];
    for (const j of [0, -1, 1, -2, 2]) {
      for (const i of [0, -0.5, 0.5, -0.65, 0.65]) {
        const [a, b] = [left + i * width, top + j * height];
        if (Math.hypot(a - x, b - y) > most) continue;
        found.push(["c", [a - half[0], b - half[1], a + half[0], b + half[1]], [a - x, b - y]]);
      }
    }
    return found;
  };

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const within = (a, b) => a[0] >= b[0] && a[2] <= b[2] && a[1] >= b[1] && a[3] <= b[3];

  /* What stands in the corners of the map, in the pixels of the zoom. */
  const corners = ({ x, y }) =>
    [...document.querySelectorAll(".leaflet-control")].map((control) => {
      const box = control.getBoundingClientRect();
      return [x + box.left - 2, y + box.top - 2, x + box.right + 2, y + box.bottom + 2];
    });

  bv.placeLabels = () => {
    const zoom = bv.map.getZoom();
    const { min, max } = bv.map.getPixelBounds();
    const view = [min.x + MARGIN, min.y + MARGIN, max.x - MARGIN, max.y - MARGIN];
    const frame = [min.x - MARGIN, min.y - MARGIN, max.x + MARGIN, max.y + MARGIN];
    const centre = bv.map.getCenter();
    const symbols = bv.obstacles || [];
    const taken = corners(min);
    const seen = new Set();
    // Of an area that is named in several places the nearest to the middle is read.
    const off = (name) => (name.isArea ? Math.hypot(name.at.lat - centre.lat, name.at.lng - centre.lng) : 0);
    for (const name of names.toSorted((a, b) => order(a) - order(b) || off(a) - off(b))) {
      let place = "";
      if (isWanted(name, zoom) && !seen.has(name.name)) {
        const point = bv.map.project(name.at, zoom);
        const [width, height] = measure(name);
        const dot = [point.x - 3, point.y - 3, point.x + 3, point.y + 3];
        const free = ([, box]) => !taken.some((other) => overlaps(box, other));
        const clear = ([, box]) => !symbols.some((other) => overlaps(box, other));
        // Beyond the frame a name may wait until it is pulled in; none is cut.
        const whole = ([, box]) => within(box, view) || !overlaps(box, frame);
        const beside = ([, box]) => !bv.linePoints(zoom, box).length;
        const kinds = name.isArea ? shifts : boxes;
        const options = kinds(name, point, width, height, view).filter((o) => whole(o) && free(o));
        const open = options.filter(clear);
        const insists = Boolean(name.capital) && zoom >= 6;
        const mayCross = insists || (name.rank === 1 && !name.isArea);
        const found =
          open.find(beside) || (mayCross && open[0]) || (insists ? options[0] : undefined);
        if (found && (name.isArea || insists || free(["", dot]))) {
          place = found[0];
          const [left, top, right, bottom] = found[1];
          const gap = name.isArea ? 8 : 0;
          taken.push([left - gap, top, right + gap, bottom]);
          if (!name.isArea) taken.push(dot);
          if (within(found[1], view)) seen.add(name.name);
          const [x, y] = found[2] || [0, 0];
          name.element.style.translate = `${x}px ${y}px`;
        }
      }
      name.element.dataset.place = place;
    }
  };
})();
