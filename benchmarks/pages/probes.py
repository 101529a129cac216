"""What is asked of the browser, in its own language. Times are milliseconds.

All times are taken inside the browser, so that the driver's own delay is in none of
them. A poll sees a change within 5 ms; an observer sees it at once.
"""

# The Leaflet maps of a page and its frames; old ones may live on beside new ones.
MAPS = """
const leafletOf = (w) => {
  const name = Object.keys(w).find((key) => /^map_[0-9a-f]{32}$/.test(key));
  return [w.map, w.borderviz && w.borderviz.map, name && w[name]]
    .find((map) => map && map._layers);
};
const maps = () => [window, ...[...document.querySelectorAll("iframe")]
  .map((frame) => frame.contentWindow)]
  .map((w) => w && { w, map: leafletOf(w) })
  .filter((its) => its && its.map);
const layersOf = (its) => Object.values(its.map._layers);
"""

# WebGL tells nobody what it has drawn: each call by which deck.gl draws is listened to.
# Its circles are four corners repeated for each, its lines the pieces of them.
DRAWN = """
(() => {
  if (!window.WebGL2RenderingContext) return;
  const drawn = window.benchDrawn = { circles: 0, pieces: 0, calls: 0 };
  const note = (name, count, told) => {
    const usual = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      drawn[told] = given[count];
      drawn.calls += 1;
      return usual.apply(this, given);
    };
  };
  note("drawArraysInstanced", 3, "circles");
  note("drawElementsInstanced", 4, "pieces");
})();
"""

BARE = """
const found = document.querySelector("h1");
return Boolean(found && found.textContent.trim() && found.getClientRects().length);
"""
LEAFLET = """
return maps().some((its) =>
  layersOf(its).filter((l) => l._icon).length === expected.markers &&
  layersOf(its).filter((l) => l._path && l.feature).length === expected.paths);
"""
WEBGL = """
const drawn = window.benchDrawn;
return drawn.circles === expected.markers && drawn.pieces >= %d;
"""
OURS = """
return maps().some((its) => its.w.document.body.dataset.shown &&
  layersOf(its).filter((l) => l.feature && l.feature.properties &&
    l.feature.properties.layer === expected.layer).length === expected.layer_markers);
"""
COMPLETE = {
    "bare": BARE,
    "naive": LEAFLET,
    "leafmap": LEAFLET,
    "deck": WEBGL % 1,
    "map": WEBGL % 0,
    "borderviz": OURS,
    "site": OURS,
}

# Runs in every document before its own scripts; only the page itself takes the time.
OPENING = """
(() => {
  if (window !== window.top) return;
  const expected = %(expected)s;
  %(maps)s
  const complete = () => { %(complete)s };
  const look = () => {
    if (complete()) window.benchOpenMs = performance.now();
    else setTimeout(look, 5);
  };
  look();
})();
"""

ICONS = "maps().map((its) => layersOf(its).filter((l) => l._icon).length)"
CIRCLES = "[window.benchDrawn.circles]"
FEATURES = """maps().map((its) => layersOf(its).filter((l) => l.feature &&
  l.feature.properties && l.feature.properties.layer === layer).length)"""
SHOWN = {
    "naive": ICONS,
    "leafmap": ICONS,
    "deck": CIRCLES,
    "map": CIRCLES,
    "borderviz": FEATURES,
    "site": FEATURES,
}

COUNT = "(layer) => { %(maps)s return (%(shown)s).pop(); }"

# Called before the click: from the click on, look until the map holds `wanted` layers.
WATCH_TOGGLE = """
([layer, wanted]) => {
  %(maps)s
  const current = () => (maps().pop() || {}).map;
  const before = current();
  window.benchToggle = null;
  document.addEventListener("click", (event) => {
    const look = () => {
      const at = (%(shown)s).indexOf(wanted);
      if (at < 0) setTimeout(look, 1);
      else window.benchToggle = {
        ms: performance.now() - event.timeStamp,
        same: ((maps()[at] || {}).map) === before };
    };
    look();
  }, { capture: true, once: true });
}
"""

TOLD = """const text = (l) => {
    const box = document.createElement("div");
    box.innerHTML = l.getTooltip().getContent();
    return box.textContent.trim();
  };"""
MARKER = {
    "naive": """layersOf(maps()[0])
      .find((l) => l._icon && l.getTooltip() && text(l) === title)""",
    "leafmap": """layersOf(maps()[0])
      .find((l) => l._icon && l.feature && l.feature.properties.title === title)""",
    "borderviz": "borderviz.items.get(id).marker",
    "site": "borderviz.items.get(id).marker",
}
HEADING = {
    "naive": ".st-key-detail h2",
    "deck": ".st-key-detail h2",
    "borderviz": ".st-key-detail h2",
    "site": ".bv-panel h2",
}

# Click a symbol as the reader's mouse would; wait for the popup, then for the panel.
CLICK = """
([id, title, patienceMs]) => new Promise((done) => {
  %(maps)s
  const page = window.parent.document;
  %(told)s
  const marker = %(marker)s;
  const found = {};
  const start = performance.now();
  const look = () => {
    const now = performance.now() - start;
    const popup = document.querySelector(".leaflet-popup-content");
    if (popup && popup.textContent.includes(title)) found.popup ??= now;
    const heading = "%(heading)s" && page.querySelector("%(heading)s");
    if (heading && heading.textContent.trim() === title) found.panel ??= now;
    if ("popup" in found && ("panel" in found || !"%(heading)s")) finish();
  };
  const options = { subtree: true, childList: true, characterData: true };
  const observers = [window, window.parent].map((w) => new w.MutationObserver(look));
  const finish = () => {
    observers.forEach((observer) => observer.disconnect());
    done(found);
  };
  observers[0].observe(document.body, options);
  observers[1].observe(page.body, options);
  setTimeout(finish, patienceMs);
  marker.getElement().click();
  look();
})
"""

# Where the symbol has no element the mouse itself clicks, and this waits.
WATCH_PANEL = """
(title) => {
  window.benchPanel = null;
  document.addEventListener("click", (event) => {
    const look = () => {
      const heading = document.querySelector("%(heading)s");
      if (!heading || heading.textContent.trim() !== title) setTimeout(look, 1);
      else window.benchPanel = performance.now() - event.timeStamp;
    };
    look();
  }, { capture: true, once: true });
}
"""

# Symbols of our page that stand alone on the screen, with the title of their record.
CANDIDATES = """
() => {
  %(maps)s
  const [its] = maps();
  return [...borderviz.items.values()]
    .filter((item) => item.marker && item.marker.getElement() &&
      !item.marker.getElement().classList.contains("bv-hidden") &&
      its.map.getBounds().contains(item.at))
    .map((item) => [item.id, borderviz.texts.get(item.id).title.trim()]);
}
"""

POSITION = """() => {
  %(maps)s
  const [its] = maps();
  return its ? [its.map.getCenter().lat, its.map.getCenter().lng, its.map.getZoom()]
    : window.benchDrawn.calls;
}"""
