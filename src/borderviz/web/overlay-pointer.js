/* What a pointer does with the reader's own rows: on the map, and on whatever in the page
   around it names one of them. The canvas itself takes no events: lines below it do. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const own = bv.overlay;
  const { map } = bv;
  const { page } = bv.host;
  const box = map.getContainer();
  const FINGER = 24; // pixels
  const MOUSE = 10;
  const tip = L.tooltip({ className: "bv-tip", offset: [8, 0], direction: "right" });
  // What lies above the canvas and has its own clicks.
  const ABOVE = ".leaflet-marker-icon, .leaflet-control, .leaflet-popup";
  const NOTHING = { rows: [], cell: null };
  let pointed = NOTHING;
  let frame = 0;

  const under = (event) => {
    const isFinger = event.pointerType === "touch";
    if (!event.target.closest || event.target.closest(ABOVE)) return NOTHING;
    const pixel = map.mouseEventToContainerPoint(event);
    // A line of the atlas is narrow, an area of the reader's may hold all of it.
    const isDeep = !event.target.closest(".bv-hit");
    const rows = own.at(pixel, isFinger ? FINGER : MOUSE, isDeep);
    const cell = rows.length || !isDeep ? null : own.cellUnder(pixel, isFinger ? FINGER : 0);
    return { rows, cell };
  };

  /* Show what the pointer is on, or nothing. */
  const point = (found, at) => {
    pointed = found;
    const { rows, cell } = found;
    box.classList.toggle("bv-own-hot", Boolean(rows.length || cell));
    own.pointCell(cell);
    const isKnown = cell || rows.length > 1 || own.knows(rows);
    if (!isKnown) own.learn(rows).then((isNow) => isNow && pointed === found && point(found, at));
    if (!isKnown || !(rows.length || cell)) tip.remove();
    else tip.setLatLng(at).setContent(cell ? own.cellTip(cell) : own.tip(rows)).addTo(map);
  };

  own.stopPointing = () => {
    cancelAnimationFrame(frame);
    point(NOTHING);
  };

  const onMove = (event) => {
    if (event.pointerType === "touch") return;
    cancelAnimationFrame(frame);
    if (event.buttons) return own.stopPointing();
    frame = requestAnimationFrame(() => point(under(event), map.mouseEventToLatLng(event)));
  };

  const onClick = (event) => {
    if (event.button || map.dragging.moved()) return;
    const { rows, cell } = under(event);
    if (!rows.length && !cell) return;
    event.stopPropagation(); // the map would close the popup, a line below would open its own
    own.stopPointing();
    const at = map.mouseEventToLatLng(event);
    if (cell) own.openCell(cell, at);
    else own.open(rows, at);
  };

  /* What lies under a row has nothing to say while the pointer is on that row. */
  const onOver = (event) => {
    if (under(event).rows.length) event.stopPropagation();
  };

  own.listeners = [
    ["pointermove", onMove],
    ["pointerleave", own.stopPointing],
    ["mouseover", onOver],
    ["click", onClick],
  ];

  const ACTIONS = {
    own: (button) => own.choose(Number(button.dataset.row), { move: true }),
    "own-zoom": (button) => own.show(Number(button.dataset.row)),
    "own-cell": (button) => own.showCell(button.dataset.cell.split(",").map(Number)),
    "own-fit": () => own.showAll(),
    "own-close": () => own.choose(-1),
    "own-sort": (button) => bv.send({ set: { ownsort: button.dataset.sort } }),
    "own-page": (button) => bv.send({ set: { ownpage: Number(button.dataset.page) } }),
  };

  /* A mark on a strip is small: the nearest counts, unless the atlas has one there. */
  const nearMark = (target, event) => {
    const strip = target.closest(".bv-strip");
    if (!strip) return null;
    const mark = target.closest(".bv-own[data-row]");
    if (mark || bv.near(strip, ".bv-s[data-id]", event, 8).length) return mark;
    return bv.near(strip, ".bv-own[data-row]", event, 8)[0];
  };

  const onPage = (event) => {
    const { target } = event;
    if (!own.now.data || !target.closest) return;
    const button = target.closest("[data-bv^=own]");
    if (button && ACTIONS[button.dataset.bv]) {
      event.preventDefault();
      ACTIONS[button.dataset.bv](button);
      return;
    }
    const mark = nearMark(target, event);
    if (mark) own.choose(Number(mark.dataset.row), { move: true });
  };

  bv.listen([["click", onPage]], page.document);
})();
