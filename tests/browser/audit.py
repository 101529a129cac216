"""What the audits of the page share: its views, axe, and what a reader could not use.

Scripts run in the browser and return what they found, so that an empty list is right.
"""

from __future__ import annotations

from importlib.metadata import files as installed
from typing import Any

SOLDIER = "2025-10-19-cheorwon-soldier"
# Every view that an address can ask for.
VIEWS = {
    "overview": "",
    "story": "story=the-crossing",
    "record": f"sel={SOLDIER}",
    "line": "sel=mdl",
    "events": "list=events",
    "places": "list=places",
    "lines": "list=lines",
    "facts": "list=facts",
    "timeline": "list=timeline",
    "sources": "list=sources",
    "table": "show=table",
    "strip": "show=strip",
    "charts": "show=charts",
    "numbers": "show=numbers",
    "limits": "show=limits",
    "take": "show=take",
    "nothing": "show=table&from=1954&to=1954",
    "unknown": f"sel={SOLDIER}x",
    "no layers": "layers=none",
    "about": "page=about",
}

# What Streamlit draws itself and no style sheet of ours can put right: selector, rule
# of axe, reason. A fault is forgiven only where both match.
STREAMLITS_OWN: tuple[tuple[str, str, str], ...] = ()

# What may be smaller than a finger, and why nobody is shut out by it.
SMALL = {
    ".bv-timeline *": "marks of a scale; the lists have the same records",
    ".bv-strip *": "marks of a scale; the table below them has the same records",
    "[type=range]": "a thumb of Streamlit's slider; its track can be met too",
    ".vega-embed *": "a drawing; what it says stands in words below it",
}
TOUCH = 40

_RUN = """async (options) => (await axe.run(document, options)).violations.map(v => ({
  rule: v.id, impact: v.impact,
  nodes: v.nodes.map(n => ({
    target: n.target.flat().join(" "), html: n.html.slice(0, 160),
  })),
}))"""

# What axe holds against a page of ours alone. What fades in has its colours only in the
# end.
SERIOUS = """async () => {
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
  return (await axe.run(document, {
    resultTypes: ["violations"],
    preload: false, // no request: the page may have been opened from disk
  })).violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.html.slice(0, 120)}`));
}"""

# Where words may be cut off, and where a reader has them in full.
SHORTENED = {
    ".bv-q-names *": "names beside a curve; the table below it has them in full",
    ".bv-s-bands *": "names of stretches; the pointer and the table have them in full",
}

# Visible text that its own box cuts off; what is meant only to be heard is left out.
_CLIPPED = """(shortened) => {
  const found = [];
  for (const box of document.querySelectorAll(".stApp *")) {
    if (!box.checkVisibility({visibilityProperty: true})) continue;
    if (box.closest(".bv-hidden-words, svg") || box.matches(shortened)) continue;
    const style = getComputedStyle(box);
    const cuts = (way) => ["hidden", "clip"].includes(way);
    if (!box.textContent.trim() || box.clientWidth < 2) continue;
    if (style.clipPath !== "none") continue;
    const wide = cuts(style.overflowX) && box.scrollWidth > box.clientWidth + 1;
    const high = cuts(style.overflowY) && box.scrollHeight > box.clientHeight + 2;
    const words = box.textContent.slice(0, 60);
    if (wide || high) found.push(`${box.className}: ${words}`);
  }
  return found;
}"""

_TOO_SMALL = """([least, exempt]) => {
  const found = [];
  const kinds = "a[href], button, input, select, textarea, summary, [role=button]";
  for (const one of document.querySelectorAll(`.stApp :is(${kinds})`)) {
    const seen = one.checkVisibility({visibilityProperty: true, opacityProperty: true});
    if (!seen && !one.closest("label")?.checkVisibility()) continue;
    if (one.matches(exempt) || one.closest(".bv-skip")) continue;
    if (getComputedStyle(one).display === "inline" && one.matches("a")) continue;
    const around = one.closest("label, [data-baseweb=input], [data-baseweb=select]");
    const box = (around || one).getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    if (box.width >= least - 0.5 && box.height >= least - 0.5) continue;
    const words = one.textContent.trim().slice(0, 40) || one.ariaLabel;
    const size = [box.width, box.height].map(Math.round).join("x");
    found.push(`${one.tagName} ${one.className} "${words}" ${size}`);
  }
  return found;
}"""

# How far the page can be moved sideways, in pixels.
SIDEWAYS = """() => Math.max(
  ...["html", ".stApp", ".stMain", "[data-testid=stMainBlockContainer]"]
    .map((name) => document.querySelector(name).scrollWidth - innerWidth))"""

# How much of what was there has moved without the reader doing anything.
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map((source) => source.node?.className);
      window.shifts.push([entry.value, moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


def axe_source() -> str:
    """Read axe's script out of the package that brings it."""
    (script,) = (
        f for f in installed("axe-playwright-python") or [] if f.name == "axe.min.js"
    )
    return script.read_text(encoding="utf-8")


def faults(dashboard: Any) -> list[str]:
    """Run axe on the page and on the map's frame; tell what is serious or critical."""
    return [
        f"{fault['rule']}: {node['target']} {node['html']}"
        for place in (dashboard.page, dashboard.frame)
        for fault in place.evaluate(_RUN, _options(place is dashboard.frame))
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not any(
            rule == fault["rule"] and place.locator(node["target"]).evaluate(_IS, where)
            for where, rule, _ in STREAMLITS_OWN
        )
    ]


def _options(is_frame: bool) -> dict[str, Any]:
    """Each document is looked at by itself; a frame has its title from outside."""
    rules = {"document-title": {"enabled": False}} if is_frame else {}
    return {"resultTypes": ["violations"], "iframes": False, "rules": rules}


_IS = "(one, where) => Boolean(one.closest(where))"


def clipped(page: Any) -> list[str]:
    """Tell which visible words are cut off."""
    return page.evaluate(_CLIPPED, ", ".join(SHORTENED))


def too_small(page: Any) -> list[str]:
    """Tell what a finger could not meet."""
    return page.evaluate(_TOO_SMALL, [TOUCH, ", ".join(SMALL)])


def follow(dashboard: Any, query: str) -> None:
    """Go where a link in the page would lead, and wait until all of it is there."""
    dashboard.js("query => borderviz.send({go: query})", query)
    settle(dashboard)


def settle(dashboard: Any) -> None:
    """Wait until the map has answered the last message and the program is at rest."""
    dashboard.wait_js(
        "() => document.body.dataset.shown?.split('.')[1] === `${borderviz.sent}`"
    )
    dashboard.page.wait_for_function(
        """() => {
          const app = document.querySelector("[data-test-script-state]");
          const isDrawn = !document.querySelector("[data-testid=stSkeleton]");
          return isDrawn && (!app || app.dataset.testScriptState === "notRunning");
        }"""
    )
    dashboard.page.evaluate(
        "() => new Promise((done) => "
        "requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
