/* The map's own script. Loaded once into the map frame, after Leaflet and after the small
   generated file that names the data files. `start` is called with the new map, `show`
   whenever the page wants another view. All text from data is set as text, never as HTML. */
(() => {
  "use strict";
  const bv = window.borderviz;

  bv.items = new Map(); // id -> {id, layer, layers: [Leaflet layers], at}
  bv.groups = new Map(); // layer id -> L.layerGroup
  bv.view = null; // the command shown now
  bv.words = null; // the words shown now
  bv.texts = new Map(); // id -> words of one record
  bv.selected = "";

  /* Undo the packing of render/map_data.py: flat differences to [lat, lng] pairs. */
  bv.unpack = (flat, units) => {
    const points = new Array(flat.length / 2);
    let lon = 0;
    let lat = 0;
    for (let i = 0; i < flat.length; i += 2) {
      lon += flat[i];
      lat += flat[i + 1];
      points[i / 2] = [lat / units, lon / units];
    }
    return points;
  };

  bv.element = (name, className, text) => {
    const found = document.createElement(name);
    if (className) found.className = className;
    if (text !== undefined) found.textContent = text;
    return found;
  };

  bv.say = (key, values) => bv.fill(bv.words.ui[key] || "", values, bv.words.lang);

  /* Fill a text of the interface; a table of words has one for each plural of its language. */
  bv.fill = (template, values = {}, lang = "") => {
    let text = template;
    if (text.other) {
      const rule = new Intl.PluralRules(lang).select(values[text.by || "count"]);
      text = text[rule] || text.other;
    }
    for (const [name, value] of Object.entries(values)) {
      const words = typeof value === "number" ? value.toLocaleString(lang) : String(value);
      text = text.split(`{${name}}`).join(words);
    }
    return text;
  };

  /* What a record is called: title and date. */
  bv.nameOf = ({ title, date }) => [title, date].filter(Boolean).join(", ");

  /* Listen on the page around the map for as long as the frame lives. */
  bv.listen = (listeners, target = bv.host.page.document) => {
    for (const [name, action] of listeners) target.addEventListener(name, action, true);
    window.addEventListener("pagehide", () => {
      for (const [name, action] of listeners) target.removeEventListener(name, action, true);
    });
  };

  bv.feature = (id, extra) => ({
    type: "Feature",
    properties: { id, ...extra },
    geometry: null,
  });

  bv.start = (map) => {
    bv.map = map;
    map.setMinZoom(3);
    map.setMaxZoom(14);
    // `refit` does it; Leaflet's own would be noted as if the reader had moved the map.
    L.DomEvent.off(window, "resize", map._onResize, map);
    const pane = (name, zIndex, passive) => {
      map.createPane(name).style.zIndex = zIndex;
      if (passive) map.getPane(name).style.pointerEvents = "none";
    };
    pane("bv-land", 200, true);
    // Below the lines whatever is switched on last: a line in a zone can be clicked.
    pane("bv-bands", 370, false);
    pane("bv-circles", 380, true);
    pane("bv-labels", 590, true);
    pane("bv-groups", 610, false);
    pane("bv-selected", 620, false);
    bv.bandRenderer = L.svg({ pane: "bv-bands", padding: 0.5 }).addTo(map);
    bv.lineRenderer = L.svg({ padding: 0.5 }).addTo(map);
    map.on("movestart", () => (isMoving = true));
    map.on("moveend", () => (isMoving = false));
    bv.watchPage();
    bv.watchTimeline();
    bv.watchStrips();
    bv.watchStory();
    bv.ready = bv.base.then((base) => {
      bv.baseData = base;
      bv.refit();
      new ResizeObserver(bv.refit).observe(map.getContainer());
      bv.openAt("");
      // Only now: bounds set while the map is elsewhere start a pan that ends too late.
      const [west, south, east, north] = base.bounds;
      map.setMaxBounds([[south - 4, west - 8], [north + 4, east + 8]]);
      bv.drawLand(base);
      for (const layer of base.layers) bv.groups.set(layer.id, L.layerGroup());
      bv.addControls();
      bv.drawLines(base);
      map.on("zoomend", () => bv.arrange());
      map.on("moveend", bv.noteView);
    });
    bv.ready.catch(() => {}); // `show` tells the reader
  };

  const fail = (words) => {
    document.querySelectorAll(".bv-failed").forEach((box) => box.remove());
    bv.map.getContainer().appendChild(bv.element("div", "bv-failed", words));
  };

  /* By how much to zoom out where the map is smaller than the opening view was made for. */
  const tooSmall = () => {
    const { x, y } = bv.map.getSize();
    if (bv.host.width() < 520) return y < 300 ? 1 : 0;
    // Symbols at the edge need room too.
    const part = Math.min(1, x / 720, (y - 28) / 776);
    return Math.ceil(-Math.log2(part) * 2) / 2;
  };

  /* Go to `lat,lon,zoom`, or to the opening view. */
  bv.openAt = (at) => {
    const base = bv.baseData;
    const found = at
      ? at.split(",").map(Number)
      : bv.host.width() < 520
        ? base.viewPhone
        : base.view;
    const zoom = at ? found[2] : found[2] - tooSmall();
    if (bv.isGuided && isAt(L.latLng(found[0], found[1]), zoom)) return;
    bv.map.stop();
    bv.map.setView([found[0], found[1]], zoom, { animate: false });
  };

  let isMoving = false;

  /* Whether the map stands there. Leaflet would draw everything anew where it is: twice
     while the page opens. */
  const isAt = (centre, zoom) => {
    const { map } = bv;
    if (isMoving || map.getZoom() !== zoom) return false;
    return map.project(centre, zoom).distanceTo(map.project(map.getCenter(), zoom)) < 0.5;
  };

  /* Bring the map to a view. Commands may overtake each other: the last one counts. */
  bv.show = async (command) => {
    bv.wanted = command;
    let words;
    try {
      [words] = await Promise.all([bv.wordsOf(command.lang), bv.ready]);
    } catch {
      if (!bv.view) fail(command.failed);
      return;
    }
    if (bv.wanted !== command) return;
    if (bv.noteSession) bv.noteSession(command);
    const before = bv.view;
    bv.view = command;
    const isFirst = !before;
    const isNewLanguage = isFirst || before.lang !== command.lang;
    if (isNewLanguage) bv.useWords(words);
    const isTurned = !isFirst && before.step !== command.step;
    if (isFirst || before.nav !== command.nav) {
      if (command.box.length && !command.at) bv.fitBox(command.box, false);
      else bv.quietly(() => bv.openAt(command.at));
    } else if (isTurned && command.step) bv.fitBox(command.box, true);
    if (isTurned) bv.forgetView(!command.step, before.nav !== command.nav);
    const narrowed = bv.useHidden(command.hidden);
    const changed = bv.useLayers(command.layers) || narrowed;
    bv.host.page.document.title = command.title;
    bv.useTiles(command.tiles);
    const isOther = command.selected !== bv.selected || (isTurned && bv.selected);
    if (command.ack >= bv.sent && (isFirst || isOther)) {
      const still = (isFirst && Boolean(command.at)) || command.quiet;
      bv.mark(command.selected, { open: !command.quiet, move: !still, still });
    } else if (isNewLanguage && bv.selected) {
      bv.mark(bv.selected, { open: bv.popup.isOpen(), move: false });
    }
    if (changed || isNewLanguage) bv.arrange();
    bv.drawCircles();
    bv.useSpan(command.selected === bv.selected ? command.span : null);
    bv.tellSelected(bv.selected);
    bv.useOverlay(command.overlay);
    document.body.dataset.shown = `${command.nav}.${command.ack}.${command.lang}`;
  };

  bv.useWords = (words) => {
    bv.words = words;
    bv.texts = new Map(words.records.map((record) => [record.id, record]));
    bv.all = new Map([...bv.texts, ...words.unplaced.map((record) => [record.id, record])]);
    document.documentElement.lang = words.lang;
    if (bv.items.size === 0 || !bv.symbolsDrawn) bv.drawSymbols(words);
    bv.nameSymbols();
    bv.drawLabels(words);
    bv.nameControls(words);
    bv.tellLanguage(words.lang);
  };

  bv.useLayers = (wanted) => {
    let changed = false;
    for (const [id, group] of bv.groups) {
      const on = wanted.includes(id);
      if (on === bv.map.hasLayer(group)) continue;
      changed = true;
      if (on) bv.map.addLayer(group);
      else bv.map.removeLayer(group);
    }
    bv.routesOn = wanted.some((id) => bv.baseData.routes.some((r) => r.layer === id));
    return changed;
  };

  /* Show one layer or take it away before the program's own command says the same. */
  bv.previewLayer = (id, on) => {
    if (!bv.view) return;
    const isOn = ([other, group]) => (other === id ? on : bv.map.hasLayer(group));
    if (!bv.useLayers([...bv.groups].filter(isOn).map(([name]) => name))) return;
    bv.arrange();
    bv.drawCircles();
  };

  let hidden = new Set();

  /* Take what is filtered out off the map, and bring back what is not. */
  bv.useHidden = (ids) => {
    const wanted = new Set(ids);
    let changed = false;
    for (const item of bv.items.values()) {
      if (!item.marker || wanted.has(item.id) === hidden.has(item.id)) continue;
      changed = true;
      const group = bv.groups.get(item.layer);
      if (wanted.has(item.id)) group.removeLayer(item.marker);
      else group.addLayer(item.marker);
    }
    hidden = wanted;
    return changed;
  };

  bv.isShown = (item) => !hidden.has(item.id) && bv.map.hasLayer(bv.groups.get(item.layer));

  /* Everything whose place on the screen depends on zoom and on what is shown. */
  bv.arrange = () => {
    if (!bv.words) return;
    bv.group();
    bv.placeLabels();
  };
})();
