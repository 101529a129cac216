"""What is asked of the browser, in its own language. Times are milliseconds.

All times are taken inside the browser, so that the driver's own delay is in none of
them. A poll sees a change within 5 ms; an observer sees it at once.
"""

# A page's frames that hold a Leaflet map; old ones may live on beside new ones.
MAPS = """
const maps = () => [...document.querySelectorAll("iframe")]
  .map((frame) => frame.contentWindow)
  .filter((w) => w && w.map && w.map._layers);
const layersOf = (w) => Object.values(w.map._layers);
"""

COMPLETE = {
    "bare": """
const found = document.querySelector("h1");
return Boolean(found && found.textContent.trim() && found.getClientRects().length);
""",
    "naive": """
return maps().some((w) =>
  layersOf(w).filter((l) => l._icon).length === expected.markers &&
  layersOf(w).filter((l) => l._path && l.feature).length === expected.paths);
""",
    "borderviz": """
return maps().some((w) => w.document.body && w.document.body.dataset.shown);
""",
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

SHOWN = {
    "naive": "layersOf(w).filter((l) => l._icon).length",
    "borderviz": """layersOf(w).filter((l) => l.feature && l.feature.properties &&
      l.feature.properties.layer === layer).length""",
}

COUNT = "(layer) => { %(maps)s return maps().map((w) => %(shown)s).pop(); }"

# Called before the click: from the click on, look until the map holds `wanted` layers.
WATCH_TOGGLE = """
([layer, wanted]) => {
  %(maps)s
  const before = maps().pop().map;
  window.benchToggle = null;
  document.addEventListener("click", (event) => {
    const look = () => {
      const found = maps().find((w) => %(shown)s === wanted);
      if (!found) setTimeout(look, 1);
      else window.benchToggle = {
        ms: performance.now() - event.timeStamp, same: found.map === before };
    };
    look();
  }, { capture: true, once: true });
}
"""

MARKER = {
    "naive": """Object.values(map._layers)
      .find((l) => l._icon && l.getTooltip() && text(l) === title)""",
    "borderviz": "borderviz.items.get(id).marker",
}

# Click a symbol as the reader's mouse would; wait for the popup, then for the panel.
CLICK = """
([id, title, patienceMs]) => new Promise((done) => {
  const page = window.parent.document;
  const text = (l) => {
    const box = document.createElement("div");
    box.innerHTML = l.getTooltip().getContent();
    return box.textContent.trim();
  };
  const marker = %(marker)s;
  const found = {};
  const start = performance.now();
  const look = () => {
    const now = performance.now() - start;
    const popup = document.querySelector(".leaflet-popup-content");
    if (popup && popup.textContent.includes(title)) found.popup ??= now;
    const heading = page.querySelector(".st-key-detail h2");
    if (heading && heading.textContent.trim() === title) found.panel ??= now;
    if ("popup" in found && "panel" in found) finish();
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

# Symbols of our page that stand alone on the screen, with the title of their record.
CANDIDATES = """
() => [...borderviz.items.values()]
  .filter((item) => item.marker && item.marker.getElement() &&
    !item.marker.getElement().classList.contains("bv-hidden") &&
    map.getBounds().contains(item.at))
  .map((item) => [item.id, borderviz.texts.get(item.id).title.trim()])
"""

POSITION = "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
