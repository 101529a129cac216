/* The reader's own rows on the map: which of them are shown, and which is chosen. Fetched
   when the program first tells of some. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const NOTHING = { version: "", data: null, bits: "", shown: null, on: false, chosen: -1, crowd: null };
  const marked = L.layerGroup(); // the chosen row's symbol and circle
  const bounds = map.options.maxBounds; // of the atlas
  let canvas = null;
  let control = null;
  let lang = "";
  let wanted = null; // the latest command
  let telling = null; // makes what the popup says, for when the language changes
  own.now = { ...NOTHING };
  map.createPane("bv-own").style.pointerEvents = "none";

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
      const data = command.crowd ? own.crowd(command) : await own.read(version);
      if (!wanted || wanted.version !== version || own.now.data) return;
      own.now.data = data;
      own.now.crowd = command.crowd || null;
      arrive();
    }
    if (own.now.data) apply(wanted);
  };

  const arrive = () => {
    const box = map.getContainer();
    for (const [name, action] of own.listeners) box.addEventListener(name, action, true);
    // The map ends where the atlas does, unless the reader's rows go on.
    const all = own.extentOfAll();
    if (all) map.options.maxBounds = all.pad(0.2).extend(bounds);
    marked.addTo(map);
  };

  const apply = (command) => {
    const { now } = own;
    const { shown: bits, on } = command;
    const isFirst = !canvas;
    const isChanged = isFirst || now.on !== on || now.bits !== bits;
    if (now.bits !== bits) now.shown = bits ? bitsOf(bits, now.data.count) : null;
    Object.assign(now, { on, bits, crowd: command.crowd || null });
    if (isFirst) {
      own.look();
      canvas = new own.Canvas().addTo(map);
    } else if (isChanged) canvas._update();
    if (lang !== bv.words.lang) speak();
    control.getContainer().hidden = !on;
    if (now.crowd) own.useTiles(command);
    own.markCell(now.crowd && on ? now.crowd.cell : null);
    const isTold = bv.view.ack >= bv.sent && command.chosen !== now.chosen;
    if (isTold) mark(command.chosen, { open: true, move: true });
    else if (isChanged) mark(now.chosen);
    own.tellChosen();
    document.body.dataset.own = Object.values(own.state()).slice(0, 3).join(".");
  };

  /* What is on the map now; tests wait for it. */
  own.state = () => {
    const { version, data, shown, on, chosen, crowd } = own.now;
    const all = crowd ? crowd.count : data ? data.count : 0;
    const count = shown ? shown.reduce((sum, bit) => sum + bit, 0) : all;
    return { version, shown: on ? count : 0, chosen, drawn: own.drawn, took: own.took };
  };

  const drop = () => {
    own.stopWaiting();
    own.stopPointing();
    own.useTiles(null);
    own.markCell(null);
    mark(-1);
    const box = map.getContainer();
    for (const [name, action] of own.listeners) box.removeEventListener(name, action, true);
    for (const part of [canvas, control, marked]) if (part) part.remove();
    canvas = control = telling = null;
    lang = "";
    own.now = { ...NOTHING };
    own.forgetColours();
    own.tellCells();
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

  /* Rows under a click: one is chosen, several are a list. */
  own.open = (rows, at) => {
    if (rows.length === 1) return own.choose(rows[0], { at });
    const listed = rows.slice(0, own.LISTED);
    if (!own.knows(listed)) return own.learn(listed).then((isKnown) => isKnown && own.open(rows, at));
    telling = () => own.list(rows);
    return say(at);
  };

  const say = (at) => {
    bv.popup.options.autoPan = true;
    own.unnoted(() => bv.popup.setLatLng(at).setContent(telling()).openOn(map));
    const first = bv.popup.getElement().querySelector(".bv-row");
    if (first) first.focus({ preventScroll: true });
  };

  /* A cell was pressed: the panel lists what lies there. */
  own.openCell = (cell, at) => {
    if (cell.row >= 0) return own.choose(cell.row, { at });
    mark(-1);
    own.markCell(cell.address);
    telling = () => own.cellCard(cell);
    if (bv.hasRoom()) say(at);
    return bv.send({ set: { own: { cell: cell.address } } });
  };

  own.listFullest = () => {
    telling = () => own.cellList(own.fullest());
    say(map.getCenter());
  };

  /* The reader chose a row, or none any more (-1). */
  own.choose = (row, { move, at } = {}) => {
    own.markCell(null);
    mark(row, { open: true, move, at });
    bv.send({ set: { own: row } });
  };

  /* Show a row as chosen; `open` its card, `move` the map until it is seen. */
  const mark = (row, { open, move, at } = {}) => {
    const { now } = own;
    if (row >= 0 && !own.knows([row])) {
      now.chosen = row;
      const isStill = (isKnown) => isKnown && now.chosen === row;
      own.learn([row]).then((isKnown) => isStill(isKnown) && mark(row, { open, move, at }));
      return;
    }
    const isOther = now.chosen !== row;
    now.chosen = row;
    marked.clearLayers();
    if (isOther && canvas && now.data.parts.length) canvas._update();
    if (now.data) own.tellChosen();
    if (row < 0 || !own.isShown(row)) {
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
      own.unnoted(() => map.setView(where, Math.max(map.getZoom(), 8), { animate: false }));
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

  let frame = 0;

  /* Draw anew what has come, once for all that comes within a frame. */
  own.redraw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (canvas) canvas._update();
      own.tellCells();
    });
  };

  bv.paintOverlay = () => {
    own.forgetColours();
    if (canvas) canvas._update();
  };
})();
