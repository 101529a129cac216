/* Symbols of records, and what stands for several of them where they would overlap. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const NEAR = 8.5; // the zoom from which symbols are large and stay on their spot
  const stacks = L.layerGroup();
  let hairs; // from what stands aside to its true place
  let feet; // the true places

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

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keys = bv.element("p", "bv-keys");
  keys.id = "bv-keys";

  /* Hundreds of symbols are one stop of the tab key, the map: from it Enter goes to the
     symbol nearest the middle, arrows from one to the next, Escape back. */
  const useKeys = (box) => {
    box.append(keys);
    box.setAttribute("role", "application");
    box.setAttribute("aria-describedby", keys.id);
    box.addEventListener("keydown", (event) => {
      const { target, key } = event;
      const isPopup = target.closest(".leaflet-popup");
      const way = target.closest(".bv-symbol, .bv-stack") && WAYS[key];
      if (key === "Escape" && target !== box) {
        if (isPopup) bv.map.closePopup(bv.popup);
        box.focus();
      } else if (way || (target === box && key === "Enter")) {
        const next = nextMark(box, target, way);
        if (next) next.focus({ preventScroll: true });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  };

  const nextMark = (box, from, way) => {
    const middle = (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const [x, y] = middle(from);
    const { left, top, right, bottom } = box.getBoundingClientRect();
    let next = null;
    let least = Infinity;
    for (const mark of box.querySelectorAll(".bv-symbol[role]:not(.bv-hidden), .bv-stack")) {
      const [a, b] = middle(mark);
      if (mark === from || a < left || b < top || a > right || b > bottom) continue;
      const far = Math.hypot(a - x, b - y);
      const along = way ? (a - x) * way[0] + (b - y) * way[1] : far;
      if (along <= far / 2) continue;
      const cost = 3 * far - 2 * along;
      if (cost < least) [next, least] = [mark, cost];
    }
    return next;
  };

  bv.drawSymbols = (words) => {
    bv.symbolsDrawn = true;
    stacks.addTo(bv.map);
    useKeys(bv.map.getContainer());
    bv.map.createPane("bv-hairs").style.zIndex = 580;
    const options = { renderer: L.svg({ pane: "bv-hairs", padding: 0.5 }), interactive: false };
    hairs = L.polyline([], { ...options, weight: 1, className: "bv-hair" }).addTo(bv.map);
    feet = L.polyline([], { ...options, weight: 5, className: "bv-foot" }).addTo(bv.map);
    for (const record of words.records) {
      if (!record.at || !bv.groups.has(record.layer)) continue;
      const { isPlace } = bv.baseData.styles[record.style];
      const icon = L.divIcon({
        className: `bv-symbol bv-c-${record.style}${isPlace ? " bv-place" : ""}`,
        html: bv.svg(record.symbol, record.turn, 1),
        iconSize: [22, 22],
      });
      const at = L.latLng(record.at[1], record.at[0]);
      const marker = L.marker(at, { icon, riseOnHover: true });
      const item = { id: record.id, layer: record.layer, layers: [marker], at, marker, isPlace };
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
    element.tabIndex = -1;
  };

  bv.nameSymbols = () => {
    keys.textContent = bv.say("map-keys");
    for (const item of bv.items.values()) if (item.marker) label(item);
  };

  const shownPoints = () =>
    [...bv.items.values()].filter((item) => item.marker && bv.isShown(item));

  const radiusOf = (items, zoom) => {
    const count = items.length;
    if (count > 1) return count > 99 ? 13 : count > 9 ? 11.5 : 10;
    return items[0].isPlace && zoom < NEAR ? 5.5 : 9;
  };

  /* Group shown symbols that would overlap at this zoom; the selected one stays out. */
  bv.group = () => {
    const zoom = bv.map.getZoom();
    bv.map.getContainer().classList.toggle("bv-far", zoom < NEAR);
    const chosen = bv.items.get(bv.selected);
    const heaps = heaped(shownPoints().filter((item) => item !== chosen), zoom);
    stacks.clearLayers();
    bv.obstacles = [];
    const leaders = [];
    const place = (at) => bv.map.unproject(at, zoom);
    const taken = [];
    if (chosen && chosen.marker) {
      hide(chosen, false);
      chosen.marker.setLatLng(chosen.at);
      const at = bv.map.project(chosen.at, zoom);
      taken.push({ at, spot: at, radius: 14 });
    }
    for (const { at, spot, radius, items } of bv.spread(heaps, zoom, taken)) {
      const isStack = items.length > 1;
      for (const item of items) hide(item, isStack);
      const isAside = spot !== at;
      const where = isStack || isAside ? place(spot) : items[0].at;
      if (isStack) stack(items, radius, where);
      else items[0].marker.setLatLng(where);
      if (isAside) leaders.push([place(at), where]);
      bv.obstacles.push([spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius]);
    }
    hairs.setLatLngs(leaders);
    feet.setLatLngs(leaders.map(([foot]) => [foot, foot]));
  };

  /* Join what would overlap, again and again: means move while heaps grow. */
  const heaped = (items, zoom) => {
    // From afar fewer of them: they have little room beside the lines.
    const apart = zoom < 6.5 ? 1.25 : zoom < NEAR ? 1.1 : 1;
    let heaps = items.map((item) => ({ at: bv.map.project(item.at, zoom), items: [item] }));
    for (let before = Infinity; heaps.length < before; ) {
      before = heaps.length;
      const kept = [];
      for (const heap of heaps) {
        heap.radius = radiusOf(heap.items, zoom);
        const reach = (other) => apart * (other.radius + heap.radius);
        const near = kept.find((other) => other.at.distanceTo(heap.at) < reach(other));
        if (!near) {
          kept.push(heap);
          continue;
        }
        const [a, b] = [near.items.length, heap.items.length];
        near.at = near.at.multiplyBy(a / (a + b)).add(heap.at.multiplyBy(b / (a + b)));
        near.items.push(...heap.items);
        near.radius = radiusOf(near.items, zoom);
      }
      heaps = kept;
    }
    return heaps;
  };

  const hide = (item, hidden) => {
    const element = item.marker.getElement();
    if (element) element.classList.toggle("bv-hidden", hidden);
  };

  const stack = (items, radius, at) => {
    const count = items.length;
    const icon = L.divIcon({
      className: "bv-stack",
      html: ring(items, radius),
      iconSize: [radius * 2, radius * 2],
    });
    const marker = L.marker(at, { icon, pane: "bv-groups", riseOnHover: true });
    const ids = items.map((item) => item.id);
    marker.feature = bv.feature(`group-${ids[0]}`, { ids });
    const title = bv.say("group-title", { count });
    marker.bindTooltip(() => bv.element("b", "", title), { className: "bv-tip", offset: [8, 0] });
    bv.onPress(marker, () => bv.openList(ids, at, title));
    marker.on("add", () => {
      marker.getElement().setAttribute("aria-label", title);
      marker.getElement().tabIndex = -1;
    });
    stacks.addLayer(marker);
  };

  /* A ring whose arcs are the shares of the layers, with the count inside. */
  const ring = (items, radius) => {
    const shares = new Map();
    for (const item of items) {
      const style = bv.texts.get(item.id).style;
      shares.set(style, (shares.get(style) || 0) + 1);
    }
    const r = radius - 1.5;
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
