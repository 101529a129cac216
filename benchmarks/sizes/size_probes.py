"""What is asked of the browser about pages with many points. Times are milliseconds."""

# The windows of frames that hold a Leaflet map, whatever its variable is called.
WINDOWS = """
const windows = () => [...document.querySelectorAll("iframe")]
  .map((frame) => frame.contentWindow)
  .filter((w) => w && w.L && w.document.querySelector(".leaflet-map-pane"));
const mapOf = (w) => w.map && w.map._layers ? w.map
  : Object.entries(w).find(([name, x]) => /^map_/.test(name) && x && x._layers)[1];
const layersOf = (w) => Object.values(mapOf(w)._layers);
const deck = () => {
  const canvas = document.querySelector("[data-testid=stDeckGlJsonChart] canvas");
  const key = canvas && Object.keys(canvas.parentElement)
    .find((name) => name.startsWith("__reactFiber"));
  for (let fibre = key && canvas.parentElement[key]; fibre; fibre = fibre.return) {
    for (let hook = fibre.memoizedState; hook; hook = hook.next) {
      const held = hook.memoizedState && hook.memoizedState.current;
      const found = held && (held.deck || held);
      if (found && found.layerManager) return found;
    }
  }
  return null;
};
"""

CLUSTERS = """
windows().some((w) => w.document.querySelector(".leaflet-marker-icon") &&
  layersOf(w).some((l) => l._topClusterLevel &&
    l._topClusterLevel.getChildCount() === expected))
"""

OURS = """
windows().map((w) => (w.document.body.dataset.own || "").split(".")[1])
  .includes(`${expected}`)
"""

# True as soon as the page shows `expected` points and nothing else is still to come.
SHOWN = {
    "marker": """
windows().some((w) => layersOf(w).filter((l) => l._icon).length === expected)
""",
    "cluster": CLUSTERS,
    "leafmap": CLUSTERS,
    "deck": """
(() => {
  const found = deck();
  const layer = found && found.layerManager.layers[0];
  return Boolean(layer) && layer.isLoaded && layer.props.data.length === expected &&
    found.metrics.framesRedrawn > 0;
})()
""",
    "borderviz": OURS,
    "upload": OURS,
}

# Runs in every document before its own scripts; only the page itself takes the time.
OPENING = """
(() => {
  if (window !== window.top) return;
  const expected = %(expected)s;
  %(windows)s
  const look = () => {
    let isShown = false;
    try {
      isShown = %(shown)s;
    } catch { /* half of it is there */ }
    if (isShown) window.benchOpenMs = performance.now();
    else setTimeout(look, 10);
  };
  look();
})();
"""

# Called before a file is given: from then on, until the opening probe has seen it.
GIVING = """
() => document.addEventListener("change", (event) => {
  window.benchGivenMs = event.timeStamp;
}, { capture: true, once: true })
"""

# Called before the click: from then on, look until the map shows `expected` points.
CHANGE = """
(expected) => {
  %(windows)s
  window.benchChangeMs = null;
  document.addEventListener("click", (event) => {
    const look = () => {
      let isShown = false;
      try {
        isShown = %(shown)s;
      } catch { /* half of it is there */ }
      if (isShown) window.benchChangeMs = performance.now() - event.timeStamp;
      else setTimeout(look, 2);
    };
    look();
  }, { capture: true, once: true });
}
"""

# Frames are counted in the window that draws, from here until `benchFrames` is asked.
FRAMES = """
() => {
  const times = [];
  window.benchFrames = () => { window.benchDone = true; return times; };
  const note = (now) => {
    times.push(now);
    if (!window.benchDone) requestAnimationFrame(note);
  };
  window.benchDone = false;
  requestAnimationFrame(note);
}
"""
