/* Place names that give way to each other and to symbols, larger places first. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const FROM_ZOOM = { 1: 5, 2: 7, 3: 8.5, 4: 9.5 };
  const AREA_ZOOM = {
    country: { 1: [4, 8], 2: [3.5, 7], 3: [4, 7], 4: [4, 7] },
    sea: { 1: [5, 9.5], 2: [6.5, 9.5], 3: [7, 10], 4: [8, 11] },
    river: { 1: [6, 15], 2: [7.5, 15], 3: [8.5, 15], 4: [9.5, 15] },
  };
  let names = [];

  bv.drawLabels = (words) => {
    for (const name of names) bv.map.removeLayer(name.marker);
    const layer = placesLayer();
    if (layer) for (const name of names) layer.removeLayer(name.marker);
    const stops = words.stops.map((stop) => ({ ...stop, rank: 2, isStop: true }));
    names = [
      ...words.labels.map((label) => ({ ...label, isArea: true })),
      ...stops,
      ...words.places,
    ].map(make);
    names.sort((a, b) => order(a) - order(b));
    if (layer) for (const name of names) layer.addLayer(name.marker);
  };

  const placesLayer = () => {
    const found = bv.baseData.layers.find((x) => bv.baseData.styles[x.style].form === "label");
    return found && bv.groups.get(found.id);
  };

  const order = (name) => (name.isArea ? 0 : name.isStop ? 1 : 2 + name.rank);

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

  const isWanted = (name, zoom) => {
    if (name.isStop) return bv.routesOn && zoom < 9;
    if (!name.isArea) return zoom >= FROM_ZOOM[name.rank];
    const [from, to] = AREA_ZOOM[name.kind][name.rank];
    return zoom >= from && zoom <= to;
  };

  /* Where the words may stand beside their dot: right, left, above, below, near or far. */
  const boxes = (name, point, width, height) => {
    const { x, y } = point;
    if (name.isArea) return [["c", [x - width / 2, y - height / 2, x + width / 2, y + height / 2]]];
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

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  bv.placeLabels = () => {
    const zoom = bv.map.getZoom();
    const symbols = bv.obstacles || [];
    const taken = [];
    const seen = new Set();
    for (const name of names) {
      let place = "";
      if (isWanted(name, zoom) && !seen.has(name.name)) {
        const point = bv.map.project(name.at, zoom);
        const [width, height] = measure(name);
        const dot = [point.x - 3, point.y - 3, point.x + 3, point.y + 3];
        const free = ([, box]) => !taken.some((other) => overlaps(box, other));
        const clear = ([, box]) => !symbols.some((other) => overlaps(box, other));
        const options = boxes(name, point, width, height).filter(free);
        const insists = Boolean(name.capital);
        const found = options.find(clear) || (insists ? options[0] : undefined);
        if (found && (name.isArea || insists || free(["", dot]))) {
          place = found[0];
          taken.push(found[1]);
          if (!name.isArea) taken.push(dot);
          seen.add(name.name);
        }
      }
      name.element.dataset.place = place;
    }
  };
})();
