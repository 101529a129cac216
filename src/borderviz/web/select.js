/* Selection: tooltip, popup, the circle of what is known, and going to a record. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const circles = L.layerGroup();
  const chosen = L.layerGroup();
  const LOWEST = 300; // pixels: on a map less high than this no popup opens
  const CARD = 200; // pixels: most cards are less high
  bv.popup = L.popup({
    maxWidth: Math.min(300, window.innerWidth - 90),
    minWidth: 200,
    offset: [0, -6],
    autoPanPadding: [24, 24],
    className: "bv-popup",
  });

  const line = (parts, className) => {
    const words = parts.filter(Boolean).join(" · ");
    return words ? [bv.element("p", className, words)] : [];
  };

  const spoken = (name, words, lang) => {
    const element = bv.element(name, "", words);
    if (lang) element.lang = lang;
    return element;
  };

  const titled = (name, text) => spoken(name, text.title, text.lang);

  bv.tooltip = (id) => {
    const text = bv.texts.get(id);
    const box = bv.element("div");
    if (!text) return box;
    box.append(titled("b", text), ...line([text.date, text.date ? "" : text.label]));
    return box;
  };

  const content = (id) => {
    const text = bv.texts.get(id);
    const box = bv.element("div", "bv-card");
    box.append(
      ...line([text.label], "bv-kicker"),
      titled("h3", text),
      ...line([text.date, text.place], "bv-meta"),
      spoken("p", text.gist, text.gistLang),
      ...line([text.km ? bv.say("known-within", { km: text.km }) : ""], "bv-meta"),
    );
    return box;
  };

  const row = (id) => {
    const text = bv.texts.get(id);
    const button = bv.element("button", "bv-row");
    button.type = "button";
    const mark = bv.element("span", `bv-mark bv-c-${text.style}`);
    mark.innerHTML = bv.svg(text.symbol, text.turn, 1);
    const words = bv.element("span");
    words.append(titled("b", text), bv.element("small", "", text.date || text.label));
    button.append(mark, words);
    button.addEventListener("click", (event) => {
      // The list is gone when the click reaches the map, which would then take it for one
      // beside the popup, and close that.
      event.stopPropagation();
      bv.select(id, bv.items.get(id).at);
    });
    return button;
  };

  /* Several records at one place: a list in which each can be chosen. */
  bv.openList = (ids, at, title) => {
    const box = bv.element("div", "bv-card");
    const list = bv.element("div", "bv-rows");
    const newestFirst = [...ids].sort((a, b) => (a < b ? 1 : -1));
    list.append(...newestFirst.map(row));
    box.append(bv.element("h3", "", title), list);
    bv.popup.setLatLng(at).setContent(box).openOn(bv.map);
    const first = list.querySelector("button");
    if (first) first.focus({ preventScroll: true });
  };

  /* The reader chose a record on the map. */
  bv.select = (id, at) => {
    bv.mark(id, { open: true, move: false, at });
    bv.send({ set: { sel: id } });
  };

  /* Show a record as selected; `open` its popup, `move` the map until it is seen, or hold
     it `still` where a link wants it. */
  bv.mark = (id, { open, move, at, still }) => {
    if (id && bv.overlay) bv.overlay.leave();
    const hadGroup = bv.selected !== id;
    bv.selected = id;
    chosen.clearLayers();
    chosen.addTo(bv.map);
    document.querySelectorAll(".bv-chosen").forEach((e) => e.classList.remove("bv-chosen"));
    const item = bv.items.get(id);
    if (hadGroup) bv.arrange();
    bv.drawCircles();
    bv.tellSelected(id);
    if (!item || !bv.texts.has(id)) {
      bv.map.closePopup(bv.popup);
      bv.map.getContainer().classList.remove("bv-routed");
      return;
    }
    const isRoute = bv.baseData.routes.some((route) => route.id === id);
    bv.map.getContainer().classList.toggle("bv-routed", isRoute);
    for (const layer of item.layers) {
      const element = layer.getElement && layer.getElement();
      if (element) element.classList.add("bv-chosen");
    }
    if (item.marker) drawMark(item);
    if (move) bv.bringIntoView(item);
    const where = at || item.at || middle(item);
    bv.popup.options.autoPan = !still;
    // On a low map a popup would cover the place it tells of; the panel has the words.
    const fits = bv.hasRoom() && (!still || isWhole(where));
    if (!fits) bv.map.closePopup(bv.popup);
    if (open && where && fits) bv.popup.setLatLng(where).setContent(content(id)).openOn(bv.map);
  };

  /* Tell whether a card at a place would be seen whole where the map must not move. */
  const isWhole = (where) => {
    if (!where) return false;
    const { x, y } = bv.map.latLngToContainerPoint(where);
    const half = bv.popup.options.maxWidth / 2 + 24;
    return x > half && x < bv.map.getSize().x - half && y > CARD;
  };

  const drawMark = (item) => {
    const text = bv.texts.get(item.id);
    const icon = L.divIcon({
      className: `bv-symbol bv-on-top bv-c-${text.style}`,
      html: bv.svg(text.symbol, text.turn, 1.25),
      iconSize: [30, 30],
    });
    const marker = L.marker(item.at, { icon, pane: "bv-selected", keyboard: false });
    marker.feature = bv.feature(item.id, { layer: item.layer, kind: text.kind });
    bv.onPress(marker, () => bv.select(item.id, item.at));
    chosen.addLayer(marker);
  };

  bv.circle = (item, km, className) => {
    const style = bv.texts.get(item.id).style;
    const found = L.circle(item.at, {
      radius: km * 1000,
      pane: "bv-circles",
      interactive: false,
      className: `${className} bv-c-${style}`,
    });
    found.feature = bv.feature(item.id, { layer: item.layer, km });
    return found;
  };

  /* The selected record's circle; of all others, if wanted, how many cover each place. */
  bv.drawCircles = () => {
    circles.clearLayers();
    circles.addTo(bv.map);
    if (!bv.view) return;
    const item = bv.items.get(bv.selected);
    const text = bv.texts.get(bv.selected);
    if (item && item.marker && text && text.km) {
      circles.addLayer(bv.circle(item, text.km, "bv-circle bv-circle-chosen"));
    }
    bv.useCoverage(bv.view.circles);
  };

  const bounds = (item) => {
    if (item.at) return item.at.toBounds(Math.max(4000, (bv.texts.get(item.id).km || 1) * 2600));
    const found = L.latLngBounds([]);
    for (const layer of item.layers) {
      if (layer.getBounds) found.extend(layer.getBounds());
      else if (layer.getLatLng) found.extend(layer.getLatLng());
    }
    return found;
  };

  const middle = (item) => {
    const path = item.layers.find((layer) => layer.getLatLngs && !(layer instanceof L.Polygon));
    if (!path) return bounds(item).getCenter();
    let points = path.getLatLngs();
    if (Array.isArray(points[0])) points = points[Math.floor(points.length / 2)];
    return points[Math.floor(points.length / 2)];
  };

  /* On a low map a popup would hide more than it tells. */
  bv.hasRoom = () => bv.map.getSize().y > LOWEST;

  bv.bringIntoView = (item) => {
    const where = item.at || bounds(item);
    // On a low map the scale and the attribution take much of its edge.
    const seen = bv.map.getBounds().pad(bv.hasRoom() ? -0.15 : -0.3);
    if (seen.contains(where)) return;
    // At once: the popup that opens next moves the map too, and must find it at rest.
    const options = { padding: [40, 40], maxZoom: 11, animate: false };
    if (item.at) bv.map.setView(item.at, Math.max(bv.map.getZoom(), 8), options);
    else bv.map.fitBounds(where, options);
  };

  bv.zoomTo = (id, slowly) => {
    const item = bv.items.get(id);
    if (!item) return;
    bv.map.fitBounds(bounds(item), { padding: [36, 36], maxZoom: 12, animate: slowly });
  };
})();
