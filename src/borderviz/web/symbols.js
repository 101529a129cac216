/* Symbols of records, and what stands for several of them where they would overlap. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const APART = 18; // pixels: nearer symbols share one marker
  const stacks = L.layerGroup();

  /* Shapes and turns are our own data; no text goes in here. */
  bv.svg = (symbol, turn, scale) =>
    `<svg viewBox="-11 -11 22 22" aria-hidden="true"><path transform="rotate(${Number(turn) || 0}) scale(${Number(scale) || 1})" d="${bv.baseData.symbols[symbol]}"/></svg>`;

  /* Leaflet's markers take the focus, but no key opens one that has no popup of its own. */
  bv.onPress = (marker, action) => {
    marker.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      action();
    });
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault();
      action();
    });
  };

  bv.drawSymbols = (words) => {
    bv.symbolsDrawn = true;
    stacks.addTo(bv.map);
    for (const record of words.records) {
      if (!record.at || !bv.groups.has(record.layer)) continue;
      const icon = L.divIcon({
        className: `bv-symbol bv-c-${record.style}`,
        html: bv.svg(record.symbol, record.turn, 1),
        iconSize: [22, 22],
      });
      const at = L.latLng(record.at[1], record.at[0]);
      const marker = L.marker(at, { icon, riseOnHover: true });
      const item = { id: record.id, layer: record.layer, layers: [marker], at, marker };
      marker.feature = bv.feature(record.id, { layer: record.layer, kind: record.kind });
      marker.feature.geometry = { type: "Point", coordinates: record.at };
      marker.bindTooltip(() => bv.tooltip(record.id), { className: "bv-tip", offset: [8, 0] });
      bv.onPress(marker, () => bv.select(record.id, at));
      marker.on("add", () => label(item));
      marker.on("mouseover mouseout", ({ type }) =>
        bv.tellPointed(type === "mouseover" ? record.id : ""),
      );
      bv.items.set(record.id, item);
      bv.groups.get(record.layer).addLayer(marker);
    }
  };

  /* Name the symbol for those who do not see it. */
  const label = (item) => {
    const element = item.marker.getElement();
    const text = bv.texts.get(item.id);
    if (!element || !text) return;
    element.setAttribute("aria-label", bv.nameOf(text));
    element.dataset.id = item.id;
  };

  bv.nameSymbols = () => {
    for (const item of bv.items.values()) if (item.marker) label(item);
  };

  const shownPoints = () =>
    [...bv.items.values()].filter((item) => item.marker && bv.isShown(item));

  /* Group shown symbols that would overlap at this zoom; the selected one stays out. */
  bv.group = () => {
    const zoom = bv.map.getZoom();
    const free = shownPoints().filter((item) => item.id !== bv.selected);
    const points = new Map(free.map((item) => [item, bv.map.project(item.at, zoom)]));
    const heaps = [];
    for (const item of free) {
      const point = points.get(item);
      const heap = heaps.find((other) => other.at.distanceTo(point) < APART);
      if (heap) {
        heap.items.push(item);
        const n = heap.items.length;
        heap.at = heap.at.multiplyBy((n - 1) / n).add(point.divideBy(n));
      } else heaps.push({ at: point, items: [item] });
    }
    stacks.clearLayers();
    bv.obstacles = [];
    for (const heap of merged(heaps)) {
      const isStack = heap.items.length > 1;
      for (const item of heap.items) hide(item, isStack);
      const radius = isStack ? stack(heap, zoom) : 10;
      bv.obstacles.push([heap.at.x - radius, heap.at.y - radius, heap.at.x + radius, heap.at.y + radius]);
    }
    const chosen = bv.items.get(bv.selected);
    if (chosen && chosen.marker) hide(chosen, false);
  };

  /* Means move while heaps grow: join those that ended up touching. */
  const merged = (heaps) => {
    const kept = [];
    for (const heap of heaps) {
      const near = kept.find((other) => other.at.distanceTo(heap.at) < APART);
      if (!near) {
        kept.push(heap);
        continue;
      }
      const [a, b] = [near.items.length, heap.items.length];
      near.at = near.at.multiplyBy(a / (a + b)).add(heap.at.multiplyBy(b / (a + b)));
      near.items.push(...heap.items);
    }
    return kept;
  };

  const hide = (item, hidden) => {
    const element = item.marker.getElement();
    if (element) element.classList.toggle("bv-hidden", hidden);
  };

  const stack = (heap, zoom) => {
    const count = heap.items.length;
    const radius = count > 20 ? 14 : count > 6 ? 12.5 : 11;
    const icon = L.divIcon({
      className: "bv-stack",
      html: ring(heap.items, radius),
      iconSize: [radius * 2, radius * 2],
    });
    const at = bv.map.unproject(heap.at, zoom);
    const marker = L.marker(at, { icon, pane: "bv-groups", riseOnHover: true });
    const ids = heap.items.map((item) => item.id);
    marker.feature = bv.feature(`group-${ids[0]}`, { ids });
    const title = bv.say("group-title", { count });
    marker.bindTooltip(() => bv.element("b", "", title), { className: "bv-tip", offset: [8, 0] });
    bv.onPress(marker, () => bv.openList(ids, at, title));
    marker.on("add", () => marker.getElement().setAttribute("aria-label", title));
    stacks.addLayer(marker);
    return radius;
  };

  /* A ring whose arcs are the shares of the layers, with the count inside. */
  const ring = (items, radius) => {
    const shares = new Map();
    for (const item of items) {
      const style = bv.texts.get(item.id).style;
      shares.set(style, (shares.get(style) || 0) + 1);
    }
    const r = radius - 2;
    const around = 2 * Math.PI * r;
    let from = 0;
    let arcs = "";
    for (const [style, share] of shares) {
      const length = (share / items.length) * around;
      arcs += `<circle class="bv-c-${style}" r="${r}" stroke-dasharray="${length} ${around}" stroke-dashoffset="${-from}"/>`;
      from += length;
    }
    const box = `${-radius} ${-radius} ${2 * radius} ${2 * radius}`;
    return `<svg viewBox="${box}" aria-hidden="true"><circle class="bv-stack-fill" r="${radius - 0.5}"/><g transform="rotate(-90)">${arcs}</g><text dy="0.35em">${items.length}</text></svg>`;
  };
})();
