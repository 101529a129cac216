/* The story's keys and boxes, and where the focus goes when a link has replaced what it stood in. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { page } = bv.host;
  // Where the arrow keys have work of their own to do.
  const BUSY = "input, textarea, select, [role=slider], [role=radiogroup], [role=tablist]";

  const onKey = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const rel = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
    if (!rel || (event.target.closest && event.target.closest(BUSY))) return;
    const link = page.document.querySelector(`.bv-turn a[rel=${rel}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  };

  /* What stands in a link's place after the next view has replaced it. */
  const heirs = (link, href) => {
    const tab = /\bbv-tab-\w+/.exec(link.className);
    if (tab) return [`.${tab[0]}`];
    const head = link.closest("thead th");
    if (head) return [`.bv-sheet thead th:nth-child(${head.cellIndex + 1}) a`];
    if (link.closest(".bv-sentence")) return [".bv-sentence a"];
    if (/[?&]page=/.test(href)) return ["#bv-page-title"];
    return [".bv-told h2", "#bv-panel"];
  };

  /* A link that the next view has no more takes the focus with it: then what came in its
     place has it, or the heading of what is new, and a screen reader reads on from there. */
  bv.keepFocus = (link, href) => {
    const { document } = page;
    const names = heirs(link, href);
    const watch = new MutationObserver(() => {
      if (link.isConnected) return;
      const isHeld = document.activeElement && document.activeElement !== document.body;
      const found = names.map((name) => document.querySelector(name)).find(Boolean);
      if (!isHeld && found) lead(found);
      // What is still hidden takes no focus: the next change may show it.
      if (document.activeElement === document.body) return;
      watch.disconnect();
      page.clearTimeout(end);
    });
    const end = page.setTimeout(() => watch.disconnect(), 3000);
    watch.observe(document.body, { childList: true, subtree: true });
  };

  const lead = (heading) => {
    heading.focus({ preventScroll: true });
    const panel = heading.closest(bv.host.panels);
    if (panel) panel.scrollTop = 0;
    heading.scrollIntoView({ block: "nearest" });
  };

  let next = null;

  /* Show all of a box, whatever the size of the map; the address is not told of it. */
  bv.fitBox = (box, gently) => {
    next = { box, gently };
    // A zoom that is under way ends where it began to go, whatever came between.
    if (bv.map._animatingZoom) bv.map.once("moveend", fit);
    else fit();
  };

  const fit = () => {
    if (!next) return;
    const { box, gently } = next;
    const [west, south, east, north] = box;
    next = null;
    bv.isGuided = true;
    bv.map.stop();
    bv.map.once("moveend", () => {
      bv.isGuided = false;
    });
    const options = { padding: [12, 12], animate: gently };
    bv.map.fitBounds([[south, west], [north, east]], options);
  };

  bv.watchStory = () => bv.listen([["keydown", onKey]]);
})();
