/* Between the map frame and the page around it, which is of the same origin: messages to
   the program, the address bar, links that select without a reload, theme and language. */
(() => {
  "use strict";
  const bv = window.borderviz;
  const { host } = bv;
  const { page } = host;
  bv.sent = 0;

  /* Tell the program at once; the component's own message would wait a quarter second. */
  bv.send = (message) => {
    bv.sent += 1;
    const at = position();
    host.send({ n: bv.sent, at, ...message });
  };

  const position = () => {
    const centre = bv.map.getCenter();
    return `${centre.lat.toFixed(3)},${centre.lng.toFixed(3)},${Math.round(bv.map.getZoom() * 2) / 2}`;
  };

  let isMoved = false;
  let noted = ""; // where the reader's own hand last left the map

  /* Keep where the map is in the address. */
  bv.noteView = () => {
    if (!bv.view || bv.isGuided) return;
    isMoved = true;
    noted = position();
    host.keep(noted);
  };

  /* Keep the map where it was put, without a word of it in the address. */
  bv.holdView = () => {
    isMoved = true;
  };

  /* At a new step of the story the map goes where the step wants it; whoever leaves the
     story keeps the map where it is. */
  bv.forgetView = (isFree, isVisit) => {
    isMoved = isFree;
    noted = isFree ? position() : "";
    // The new address may have come before the command: then nothing else will add to it.
    if (isFree && !isVisit && !/[?&#]story=/.test(page.location.href)) host.keep(noted);
  };

  /* Move the map without a word of it in the address. */
  bv.quietly = (move) => {
    bv.isGuided = true;
    move();
    bv.isGuided = false;
  };

  /* Take the room there is. A map that nobody has moved yet shows again all it opened with,
     as when a sheet below it has taken its room; any other keeps its middle. */
  bv.refit = () => {
    bv.quietly(() => bv.map.invalidateSize({ pan: true, animate: false }));
    const { view } = bv;
    if (!view || isMoved || view.at || view.selected) return;
    if (view.box.length) bv.fitBox(view.box, false);
    else bv.quietly(() => bv.openAt(""));
  };

  bv.tellLanguage = (lang) => {
    page.document.documentElement.lang = lang;
  };

  const PAPER = 680; // pixels: the width of A4 between its margins
  let isPaper = false;

  /* Paper is white, and has the map as the screen had it, made as wide as the sheet. */
  const onPrint = () => {
    isPaper = true;
    useScheme();
    bv.map.eachLayer((layer) => layer._redraw && layer._redraw()); // not in a frame's time
    const { clientWidth, clientHeight } = host.box();
    const scale = Math.min(1.2, PAPER / clientWidth);
    const { style } = page.document.documentElement;
    style.setProperty("--bv-map-width", `${clientWidth}px`);
    style.setProperty("--bv-map-height", `${clientHeight}px`);
    style.setProperty("--bv-map-scale", scale);
  };

  const onPrinted = () => {
    isPaper = false;
    useScheme();
    for (const part of ["width", "height", "scale"]) {
      page.document.documentElement.style.removeProperty(`--bv-map-${part}`);
    }
  };

  const scheme = () => {
    if (isPaper || matchMedia("print").matches) return "light";
    return host.scheme() || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  };

  const useScheme = () => {
    if (document.documentElement.style.colorScheme === scheme()) return;
    document.documentElement.style.colorScheme = scheme();
    bv.paintLand();
    bv.paintCoverage();
    if (bv.paintOverlay) bv.paintOverlay();
  };

  /* The program writes the address without knowing where the map went meanwhile. */
  const onAddress = (event) => {
    if (event.navigationType === "push" && noted) host.keep(noted);
  };

  const onClick = (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest(host.links);
    if (!link) return;
    const href = link.getAttribute("href");
    if (link.dataset.bv === "copy-text") {
      event.preventDefault();
      copyText(link, page.document.getElementById(href.slice(1)));
    } else if (href.startsWith("#bv-")) {
      event.preventDefault();
      showSource(link, href.slice(1));
    } else if (href.startsWith(host.mark)) {
      event.preventDefault();
      if (link.dataset.bv === "zoom") zoom(link.dataset.id);
      else if (link.dataset.bv === "place") bv.openAt(link.dataset.at);
      else if (link.dataset.bv === "copy") copy(link, href);
      else follow(link, href);
    }
  };

  /* A hit of the search is seen from near, unlike a link in a text. */
  const follow = (link, href) => {
    const id = new URLSearchParams(href.slice(1)).get("sel");
    if (id && link.closest(".bv-hits")) bv.zoomTo(id, false);
    bv.keepFocus(link, href);
    bv.send({ go: href.slice(1) });
  };

  const zoom = (id) => {
    bv.zoomTo(id, true);
    if (page.innerWidth < 700) host.box().scrollIntoView({ behavior: "smooth", block: "start" });
  };

  const showSource = (link, id) => {
    const around = link.closest("article") || page.document;
    const found = around.querySelector(`#${CSS.escape(id)}`);
    if (!found) return;
    const folded = found.closest("details");
    if (folded) folded.open = true;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
    found.classList.remove("bv-flash");
    void found.offsetWidth; // restart the animation
    found.classList.add("bv-flash");
  };

  const copy = async (link, href) => {
    try {
      await page.navigator.clipboard.writeText(host.link(href));
    } catch {
      page.history.pushState(page.history.state, "", href);
    }
    sayCopied(link);
  };

  /* Without leave to copy, the text is marked: a key copies it then. */
  const copyText = async (link, found) => {
    if (!found) return;
    try {
      await page.navigator.clipboard.writeText(found.textContent);
      sayCopied(link);
    } catch {
      page.getSelection().selectAllChildren(found);
      found.focus();
    }
  };

  const sayCopied = (link) => {
    const before = link.textContent;
    link.textContent = bv.say("link-copied");
    page.setTimeout(() => {
      link.textContent = before;
    }, 1500);
  };

  bv.watchPage = () => {
    useScheme();
    const observer = new MutationObserver(useScheme);
    observer.observe(host.dressed(), {
      attributes: true,
      attributeFilter: ["class", "style"],
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", useScheme);
    matchMedia("print").addEventListener("change", useScheme);
    bv.listen([["click", onClick]]);
    bv.listen([["beforeprint", onPrint], ["afterprint", onPrinted]], page);
    const { navigation } = page; // older browsers have none
    if (navigation) bv.listen([["currententrychange", onAddress]], navigation);
    window.addEventListener("pagehide", () => observer.disconnect());
  };

  let overlay = null;

  /* The reader's own rows have a script of their own; it comes with the first of them. */
  bv.useOverlay = (command) => {
    if (!command && !overlay) return;
    overlay ??= bv.script(bv.files.overlay);
    overlay.then(
      () => bv.overlay.use(bv.view.overlay),
      () => {
        overlay = null; // the next command tries again
      },
    );
  };

  let credit;
  let zoomControl;

  /* Leaflet names the button that closes a popup in English, whatever the page speaks. */
  const nameClose = () => {
    const button = bv.popup._closeButton;
    if (button) button.setAttribute("aria-label", bv.say("close"));
  };

  bv.addControls = () => {
    bv.map.on("popupopen", nameClose);
    zoomControl = L.control.zoom({ position: "topleft" }).addTo(bv.map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(bv.map);
    const Credit = L.Control.extend({
      onAdd: () => {
        credit = bv.element("div", "leaflet-control-attribution bv-credit");
        return credit;
      },
    });
    new Credit({ position: "bottomright" }).addTo(bv.map);
  };

  bv.nameControls = (words) => {
    if (!words || !credit) return;
    const tiles = bv.view && bv.view.tiles ? [bv.view.tiles.attribution] : [];
    credit.textContent = [...tiles, ...words.attribution].join("\u00a0· ");
    zoomControl._zoomInButton.title = words.ui["zoom-in"];
    zoomControl._zoomOutButton.title = words.ui["zoom-out"];
    zoomControl._zoomInButton.setAttribute("aria-label", words.ui["zoom-in"]);
    zoomControl._zoomOutButton.setAttribute("aria-label", words.ui["zoom-out"]);
    bv.map.getContainer().setAttribute("aria-label", words.ui["map-title"]);
    host.name(words.ui["map-title"]);
    nameClose();
  };
})();
