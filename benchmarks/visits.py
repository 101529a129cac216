"""Visits to a page: a survey of what travels, and rounds in which times are taken."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import probes
import stand_ins
from playwright.sync_api import Browser, Frame, Page
from traffic import Traffic

from borderviz.content import Atlas
from borderviz.layers import layer_of

PATIENCE_MS = 30_000.0
TOGGLES = 4
CLICKS = 2
Samples = dict[str, list[float]]
Record = tuple[str, str]


@dataclass(frozen=True)
class Expected:
    """
    What a complete map of the atlas holds.

    Parameters
    ----------
    markers, paths
        Placed records that some layer shows; pieces of lines and zones.
    layer, layer_markers
        The layer with the most placed records, which is toggled, and their number.
    filtered
        How many of these are of high confidence, which is what is filtered by.
    """

    markers: int
    paths: int
    layer: str
    layer_markers: int
    filtered: int

    @classmethod
    def of(cls, atlas: Atlas) -> Expected:
        """Count what an atlas puts on the map."""
        found = [
            layer_of(atlas.records[name], atlas.settings.layers)
            for name in atlas.positions
        ]
        ids = [layer.id for layer in found if layer is not None]
        layer = max(sorted(set(ids)), key=ids.count)
        paths = sum(len(record.geometry) for record in atlas.records.values())
        sure = [
            name
            for name, its in zip(atlas.positions, found, strict=True)
            if its and its.id == layer and atlas.records[name].confidence == "high"
        ]
        return cls(len(ids), paths, layer, ids.count(layer), len(sure))

    def on_map(self, kind: str, *, is_on: bool) -> int:
        """Say what a page's count comes to with the layer on or off."""
        others = self.markers - self.layer_markers if kind == "naive" else 0
        return others + (self.layer_markers if is_on else 0)


@dataclass
class Visit:
    """An open page with its map complete, and what has travelled so far."""

    kind: str
    address: str
    page: Page
    traffic: Traffic
    open_ms: float

    def frame(self) -> Frame:
        """Return the frame with the map; a naive toggle puts another in its place."""
        return next(f for f in reversed(self.page.frames) if "st_folium" in f.url)

    def probe(self, script: str) -> str:
        """Fill this page's part into a probe."""
        return script % {
            "maps": probes.MAPS,
            "shown": probes.SHOWN[self.kind],
            "marker": probes.MARKER[self.kind],
        }


@contextmanager
def visit(
    browser: Browser, kind: str, address: str, expected: Expected
) -> Iterator[Visit]:
    """
    Open a page as a new reader would, with an empty cache, and wait for all of it.

    Parameters
    ----------
    browser
        Shared by all visits.
    kind, address
        `bare`, `naive` or `borderviz`, and where it is served.
    expected
        What the naive page's map holds when it is complete.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    wanted = {"markers": expected.markers, "paths": expected.paths}
    maps, complete = probes.MAPS, probes.COMPLETE[kind]
    page.add_init_script(
        probes.OPENING
        % {"expected": json.dumps(wanted), "maps": maps, "complete": complete}
    )
    session, traffic = context.new_cdp_session(page), Traffic()
    traffic.listen(session)
    if kind == "naive":
        stand_ins.install(session)
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.benchOpenMs !== undefined")
    yield Visit(kind, address, page, traffic, page.evaluate("window.benchOpenMs"))
    context.close()


def survey(found: Visit) -> dict[str, float]:
    """
    Count what a first load costs, then what moving the map asks of the server.

    Parameters
    ----------
    found
        A page just opened.

    Raises
    ------
    RuntimeError
        If the map did not move, so that the counts would mean nothing.
    """
    traffic = found.traffic
    traffic.settle(found.page)
    counts: dict[str, float] = {
        "load-runs": traffic.runs,
        "requests": len(traffic.urls),
        "other-hosts": traffic.other_hosts(found.address),
        "component-bytes": traffic.component_bytes,
        "socket-bytes": traffic.socket_bytes,
    }
    if found.kind == "bare":
        return counts
    asked, runs = traffic.asked, traffic.runs
    counts["movements"] = _move(found)
    counts["move-messages"] = traffic.asked - asked
    counts["move-runs"] = traffic.runs - runs
    return counts


def _move(found: Visit) -> int:
    """Drag the map three times and zoom twice, as with a mouse; return the number."""
    page, mouse = found.page, found.page.mouse
    box = page.locator("iframe[src*=st_folium]").bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    movements = [(60, 30), (-80, 20), (30, -60), (0, -1), (0, -1)]
    for right, down in movements:
        before = found.frame().evaluate(probes.POSITION)
        mouse.move(x, y)
        if right:
            mouse.down()
            mouse.move(x + right, y + down, steps=8)
            mouse.up()
        else:
            mouse.wheel(0, 240 * down)
        found.traffic.settle(page)
        if found.frame().evaluate(probes.POSITION) == before:
            msg = f"the map of the {found.kind} page did not move"
            raise RuntimeError(msg)
    return len(movements)


def candidates(found: Visit) -> list[Record]:
    """List records of our map that can be clicked: id and title, no title twice."""
    pairs: list[list[str]] = found.frame().evaluate(probes.CANDIDATES)
    titles = [title for _, title in pairs]
    return [(id_, title) for id_, title in pairs if titles.count(title) == 1]


def measure(found: Visit, expected: Expected, records: Sequence[Record]) -> Samples:
    """
    Take the times of one round.

    Parameters
    ----------
    found
        A page just opened.
    expected
        Names the layer to toggle.
    records
        To be clicked, one after another.
    """
    samples: Samples = {"open": [found.open_ms]}
    if found.kind == "bare":
        return samples
    found.traffic.settle(found.page)
    for n in range(TOGGLES):
        bytes_before = found.traffic.socket_bytes
        toggled = _toggle(found, expected, is_on=n % 2 == 1)
        samples.setdefault("toggle", []).append(toggled["ms"])
        samples.setdefault("same-map", []).append(float(toggled["same"]))
        if n:
            arrived = found.traffic.socket_bytes - bytes_before
            samples.setdefault("toggle-bytes", []).append(arrived)
    if found.kind == "borderviz":
        found.page.locator(".st-key-more-filters summary").click()
        found.page.wait_for_selector(".st-key-filter-confidences button")
        found.traffic.settle(found.page)
        for n in range(TOGGLES):
            samples.setdefault("filter", []).append(_filter(found, expected, n)["ms"])
    for id_, title in records:
        clicked = found.frame().evaluate(
            found.probe(probes.CLICK), [id_, title, PATIENCE_MS]
        )
        for name in ("popup", "panel"):
            if name not in clicked:
                msg = f"the {found.kind} page never showed the {name} of {id_}"
                raise RuntimeError(msg)
            samples.setdefault(name, []).append(clicked[name])
        found.traffic.settle(found.page)
    return samples


def _filter(found: Visit, expected: Expected, number: int) -> dict[str, Any]:
    """Click the filter for high confidence, on and off by turns; wait for the map."""
    wanted = expected.layer_markers if number % 2 else expected.filtered
    watch = found.probe(probes.WATCH_TOGGLE)
    found.page.evaluate(watch, [expected.layer, wanted])
    found.page.locator(".st-key-filter-confidences button").first.click()
    found.page.wait_for_function("window.benchToggle")
    found.traffic.settle(found.page)
    filtered: dict[str, Any] = found.page.evaluate("window.benchToggle")
    return filtered


def _toggle(found: Visit, expected: Expected, *, is_on: bool) -> dict[str, Any]:
    """Click the layer's checkbox; wait for the map, then for silence."""
    page = found.page
    wanted = expected.on_map(found.kind, is_on=is_on)
    shown = page.evaluate(found.probe(probes.COUNT), expected.layer)
    if shown != expected.on_map(found.kind, is_on=not is_on):
        msg = f"the {found.kind} page shows {shown} of {expected} before a toggle"
        raise RuntimeError(msg)
    page.evaluate(found.probe(probes.WATCH_TOGGLE), [expected.layer, wanted])
    page.locator(f".st-key-layer-{expected.layer} label").click()
    page.wait_for_function("window.benchToggle")
    found.traffic.settle(page)
    toggled: dict[str, Any] = page.evaluate("window.benchToggle")
    return toggled
