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
  let frame = 0;

  const under = (event) => {
    const isFinger = event.pointerType === "touch";
    if (!event.target.closest || event.target.closest(ABOVE)) return [];
    const pixel = map.mouseEventToContainerPoint(event);
    // A line of the atlas is narrow, an area of the reader's may hold all of it.
    return own.at(pixel, isFinger ? FINGER : MOUSE, !event.target.closest(".bv-hit"));
  };

  /* Show what the pointer is on, or nothing. */
  const point = (rows, at) => {
    box.classList.toggle("bv-own-hot", rows.length > 0);
    if (rows.length) tip.setLatLng(at).setContent(own.tip(rows)).addTo(map);
    else tip.remove();
  };

  own.stopPointing = () => {
    cancelAnimationFrame(frame);
    point([]);
  };

  const onMove = (event) => {
    if (event.pointerType === "touch") return;
    cancelAnimationFrame(frame);
    if (event.buttons) return own.stopPointing();
    frame = requestAnimationFrame(() => point(under(event), map.mouseEventToLatLng(event)));
  };

  const onClick = (event) => {
    if (event.button || map.dragging.moved()) return;
    const rows = under(event);
    if (!rows.length) return;
    event.stopPropagation(); // the map would close the popup, a line below would open its own
    own.stopPointing();
    own.open(rows, map.mouseEventToLatLng(event));
  };

  /* What lies under a row has nothing to say while the pointer is on that row. */
  const onOver = (event) => {
    if (under(event).length) event.stopPropagation();
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
