/* The reader's own rows on the map: which of them are shown, and which is chosen. Fetched
   when the program first tells of some. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const NOTHING = { version: "", data: null, bits: "", shown: null, on: false, chosen: -1 };
  const NEAREST = 12; // the zoom beyond which nothing is gained by going there unasked
  const ROOM = { padding: [32, 32], maxZoom: NEAREST, animate: false };
  const marked = L.layerGroup(); // the chosen row's symbol and circle
  const bounds = map.options.maxBounds; // of the atlas
  let canvas = null;
  let control = null;
  let lang = "";
  let wanted = null; // the latest command
  let telling = null; // makes what the popup says, for when the language changes
  own.now = { ...NOTHING };
  map.createPane("bv-own").style.pointerEvents = "none";

  const isShown = (row) => own.now.on && (!own.now.shown || own.now.shown[row] === 1);

  const bitsOf = (text, count) => {
    const bytes = atob(text);
    return Uint8Array.from({ length: count }, (_, i) => (bytes.charCodeAt(i >> 3) >> (i & 7)) & 1);
  };

  /* Bring the map to a command of the program; without one everything of it ends. */
  own.use = async (command) => {
    wanted = command;
    if (own.now.version !== (command ? command.version : "")) drop();
    if (!command) return;
    const { version } = command;
    if (!own.now.version) {
      own.now.version = version;
      const data = await own.read(version);
      if (!wanted || wanted.version !== version || own.now.data) return;
      own.now.data = data;
      arrive();
    }
    if (own.now.data) apply(wanted);
  };

  const arrive = () => {
    const box = map.getContainer();
    for (const [name, action] of own.listeners) box.addEventListener(name, action, true);
    // The map ends where the atlas does, unless the reader's rows go on.
    const all = extent(() => true);
    if (all) map.options.maxBounds = all.pad(0.2).extend(bounds);
    marked.addTo(map);
  };

  const apply = (command) => {
    const { now } = own;
    const { shown: bits, on } = command;
    const isFirst = !canvas;
    const isChanged = isFirst || now.on !== on || now.bits !== bits;
    if (now.bits !== bits) now.shown = bits ? bitsOf(bits, now.data.count) : null;
    Object.assign(now, { on, bits });
    if (isFirst) {
      look();
      canvas = new own.Canvas().addTo(map);
    } else if (isChanged) canvas._update();
    if (lang !== bv.words.lang) speak();
    control.getContainer().hidden = !on;
    const isTold = bv.view.ack >= bv.sent && command.chosen !== now.chosen;
    if (isTold) mark(command.chosen, { open: true, move: true });
    else if (isChanged) mark(now.chosen);
    own.tellChosen();
    document.body.dataset.own = Object.values(own.state()).slice(0, 3).join(".");
  };

  /* What is on the map now; tests wait for it. */
  own.state = () => {
    const { version, data, shown, on, chosen } = own.now;
    const count = shown ? shown.reduce((sum, bit) => sum + bit, 0) : data ? data.count : 0;
    return { version, shown: on ? count : 0, chosen, drawn: own.drawn, took: own.took };
  };

  const drop = () => {
    own.stopWaiting();
    own.stopPointing();
    mark(-1);
    const box = map.getContainer();
    for (const [name, action] of own.listeners) box.removeEventListener(name, action, true);
    for (const part of [canvas, control, marked]) if (part) part.remove();
    canvas = control = telling = null;
    lang = "";
    own.now = { ...NOTHING };
    own.forgetColours();
    map.options.maxBounds = bounds;
    document.body.dataset.own = "";
  };

  const Control = L.Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const bar = bv.element("div", "leaflet-bar");
      const link = bv.element("a", "bv-own-fit");
      link.href = "#";
      link.role = "button";
      link.title = bv.say("overlay-map-fit");
      link.setAttribute("aria-label", link.title);
      link.innerHTML = `<svg viewBox="-10 -10 20 20" aria-hidden="true"><path d="M-7-3V-7H-3M3-7H7V-3M7 3V7H3M-3 7H-7V3"/><circle r="2"/></svg>`;
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(link, "click", (event) => {
        L.DomEvent.preventDefault(event);
        own.showAll();
      });
      bar.append(link);
      return bar;
    },
  });

  /* Say everything in the language the page has now. */
  const speak = () => {
    lang = bv.words.lang;
    if (control) control.remove();
    control = new Control().addTo(map);
    if (telling && bv.popup.isOpen()) bv.popup.setContent(telling());
  };

  /* The box of the rows that pass a test, with their lines and areas; null for none. */
  const extent = (isWanted) => {
    const { spots, spotRows, parts } = own.now.data;
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    const add = (row, a, b, c, d) => {
      if (!isWanted(row)) return;
      west = Math.min(west, a);
      north = Math.min(north, b);
      east = Math.max(east, c);
      south = Math.max(south, d);
    };
    spotRows.forEach((row, n) => {
      const [x, y] = [spots[2 * n], spots[2 * n + 1]];
      add(row, x, y, x, y);
    });
    for (const { row, box } of parts) add(row, ...box);
    if (west === Infinity) return null;
    return L.latLngBounds(own.latLng(west, south), own.latLng(east, north));
  };

  /* Move the map without a word of it in the address: where a reader's rows lie is nothing
     that a copied link should tell. */
  const unnoted = (move) => {
    bv.isGuided = true;
    move();
    const end = () => {
      bv.isGuided = false;
    };
    if (map._panAnim && map._panAnim._inProgress) map.once("moveend", end);
    else end();
    bv.holdView();
  };

  const fit = (all) => {
    if (all) unnoted(() => map.fitBounds(all, ROOM));
  };

  /* Rows of which none would be seen: the map goes to them, once. */
  const look = () => {
    const all = extent(isShown);
    if (!all) return;
    const { min, max } = map.getPixelBounds();
    const [near, far] = [min, max].map((pixel) => pixel.divideBy(2 ** map.getZoom()));
    const { at, count } = own.now.data;
    for (let row = 0; row < count; row += 1) {
      const [x, y] = [at[2 * row], at[2 * row + 1]];
      if (isShown(row) && x > near.x && x < far.x && y > near.y && y < far.y) return;
    }
    fit(all);
  };

  own.showAll = () => {
    if (own.now.data) fit(extent(isShown));
  };

  /* Go to one row and all of its shape. */
  own.show = (row) => {
    fit(extent((other) => other === row));
  };

  /* Rows under a click: one is chosen, several are a list. */
  own.open = (rows, at) => {
    if (rows.length === 1) return own.choose(rows[0], { at });
    telling = () => own.list(rows);
    return say(at);
  };

  const say = (at) => {
    bv.popup.options.autoPan = true;
    unnoted(() => bv.popup.setLatLng(at).setContent(telling()).openOn(map));
    const first = bv.popup.getElement().querySelector(".bv-row");
    if (first) first.focus({ preventScroll: true });
  };

  /* The reader chose a row, or none any more (-1). */
  own.choose = (row, { move, at } = {}) => {
    mark(row, { open: true, move, at });
    bv.send({ set: { own: row } });
  };

  /* Show a row as chosen; `open` its card, `move` the map until it is seen. */
  const mark = (row, { open, move, at } = {}) => {
    const { now } = own;
    const isOther = now.chosen !== row;
    now.chosen = row;
    marked.clearLayers();
    if (isOther && canvas && now.data.parts.length) canvas._update();
    if (now.data) own.tellChosen();
    if (row < 0 || !isShown(row)) {
      if (telling) map.closePopup(bv.popup);
      telling = null;
      return;
    }
    // The atlas's record and the reader's row are never chosen together.
    if (bv.selected) bv.mark("", {});
    own.tellChosen();
    // A line or an area that can be seen is marked itself.
    const scale = 2 ** map.getZoom();
    const isLarge = (part) => part.row === row && !own.isSmall(part, scale);
    if (!now.data.parts.some(isLarge)) marked.addLayer(own.marker(row));
    if (now.data.radii[row] > 0) marked.addLayer(own.circle(row));
    const where = own.placeOf(now.data, row);
    if (move && !map.getBounds().pad(-0.15).contains(where)) {
      unnoted(() => map.setView(where, Math.max(map.getZoom(), 8), { animate: false }));
    }
    if (!open || !bv.hasRoom()) return;
    telling = () => own.card(row);
    say(at || where);
  };

  /* A record of the atlas was chosen. */
  own.leave = () => {
    telling = null;
    if (own.now.chosen >= 0) mark(-1);
  };

  bv.paintOverlay = () => {
    own.forgetColours();
    if (canvas) canvas._update();
  };
})();
