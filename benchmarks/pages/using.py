"""What a reader does on a page: boxes, symbols, moving the map; each is timed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import probes
from peers import OURS, Expected, Peer
from playwright.sync_api import Frame, Locator, Page
from visits import PATIENCE_MS, Visit

TURNS = 2
Samples = dict[str, list[float]]
Place = tuple[str, str, float, float]
CHART = "[data-testid=stDeckGlJsonChart]"
MOVES = ((60, 30), (-80, 20), (30, -60), (0, -1), (0, -1))
ALONE_PX = 14
HOVER_MS = 150
# A map moves on for a while, and the component tells of it 0.25 s later.
STILL_S = 0.7


def used(found: Visit, expected: Expected, places: Sequence[Place]) -> Samples:
    """
    Do on a page once what a reader does, and take the times.

    Parameters
    ----------
    found
        A page just opened.
    expected
        Names the layer to toggle, and counts what the map then holds.
    places
        Records to be clicked, one after another: id, title, longitude, latitude.
    """
    samples: Samples = {}
    peer, page = found.peer, found.page
    if peer.has_toggle:
        box = _layer_box(page, peer, expected)
        counts = [expected.toggled(peer, is_on=n % 2 == 1) for n in range(TURNS)]
        _turns(found, page.main_frame, box, counts, "toggle", samples, expected)
    if peer.has_filter:
        _open_filters(page, peer)
        counts = [expected.filtered(peer, is_on=n % 2 == 0) for n in range(TURNS)]
        box = _filter_box(page, peer)
        _turns(found, page.main_frame, box, counts, "filter", samples, expected)
    if peer.has_control:
        frame = found.frame()
        control = frame.locator(".leaflet-control-layers")
        control.hover()
        box = control.locator(f"label:has-text('{expected.layer_name}') input")
        counts = [expected.toggled(peer, is_on=n % 2 == 1) for n in range(TURNS)]
        _turns(found, frame, box, counts, "control", samples, expected)
    for place in places if peer.clicks else ():
        for name, took in _clicked(found, place, expected).items():
            samples.setdefault(name, []).append(took)
    return samples


def _turns(
    found: Visit,
    frame: Frame,
    box: Locator,
    counts: Sequence[int],
    name: str,
    samples: Samples,
    expected: Expected,
) -> None:
    """Click a box by turns; each time wait for the map, then for silence."""
    traffic = found.traffic
    for n, wanted in enumerate(counts):
        before = traffic.socket_bytes
        frame.evaluate(found.script(probes.WATCH_TOGGLE), [expected.layer, wanted])
        box.click()
        frame.wait_for_function("() => window.benchToggle")
        found.settle()
        took = frame.evaluate("() => window.benchToggle")
        samples.setdefault(name, []).append(took["ms"])
        if name == "toggle":
            samples.setdefault("same-map", []).append(float(took["same"]))
            if n:
                samples.setdefault("toggle-bytes", []).append(
                    traffic.socket_bytes - before
                )


def _layer_box(page: Page, peer: Peer, expected: Expected) -> Locator:
    """Find the box of the layer that is toggled."""
    if peer.served == "streamlit":
        return page.locator(f".st-key-layer-{expected.layer} label")
    return page.locator("label", has_text=expected.layer_name).locator("input")


def _filter_box(page: Page, peer: Peer) -> Locator:
    """Find what shows high confidence alone."""
    if peer.served != "streamlit":
        return page.get_by_role("button", name="high", exact=True)
    if peer.name in OURS:
        return page.locator(".st-key-filter-confidences button").first
    return page.locator(".st-key-sure label")


def _open_filters(page: Page, peer: Peer) -> None:
    """Open the filters where they are behind a heading."""
    if peer.served != "streamlit":
        page.locator("details:has(.bv-pill) > summary").last.click()
    elif peer.name in OURS:
        page.locator(".st-key-more-filters summary").click()
        page.wait_for_selector(".st-key-filter-confidences button")


def _clicked(found: Visit, place: Place, expected: Expected) -> dict[str, float]:
    """Click a symbol; return the times until popup and panel name its record."""
    id_, title, lon, lat = place
    page, peer = found.page, found.peer
    if peer.draws:
        x, y = _on_chart(page, lon, lat, expected.view)
        # A reader's mouse does not click on what it has not come to.
        page.mouse.move(x, y)
        page.wait_for_timeout(HOVER_MS)
        page.evaluate(found.script(probes.WATCH_PANEL), title)
        page.mouse.click(x, y)
        page.wait_for_function("() => window.benchPanel")
        times = {"panel": float(page.evaluate("() => window.benchPanel"))}
    else:
        script = found.script(probes.CLICK)
        times = found.frame().evaluate(script, [id_, title, PATIENCE_MS])
    for name in peer.clicks:
        if name not in times:
            msg = f"the {peer.name} page never showed the {name} of {id_}"
            raise RuntimeError(msg)
    found.settle()
    return times


def pixels(
    lon: float, lat: float, view: tuple[float, float, float]
) -> tuple[float, float]:
    """
    Say how far right of a map's middle a place is, and how far below it.

    Parameters
    ----------
    lon, lat
        The place.
    view
        Latitude and longitude of the middle, and Leaflet's zoom.

    Examples
    --------
    >>> pixels(180, 0, (0, 0, 0))
    (128.0, 0.0)
    """
    size = 256 * 2 ** view[2]

    def down(degrees: float) -> float:
        return math.asinh(math.tan(math.radians(degrees))) / (2 * math.pi)

    return (lon - view[1]) / 360 * size, (down(view[0]) - down(lat)) * size


def _on_chart(
    page: Page, lon: float, lat: float, view: tuple[float, float, float]
) -> tuple[float, float]:
    """Say where on the screen deck.gl draws a place."""
    middle = _at(page.locator(CHART), 0.5, 0.5)
    x, y = pixels(lon, lat, view)
    return middle[0] + x, middle[1] + y


def _at(element: Locator, right: float, down: float) -> tuple[float, float]:
    """Say where on the screen a part of an element is; 0.5, 0.5 is its middle."""
    box = element.bounding_box()
    if box is None:
        msg = "the map is not on the screen"
        raise RuntimeError(msg)
    return box["x"] + box["width"] * right, box["y"] + box["height"] * down


def alone(
    places: Sequence[Place],
    others: Sequence[tuple[float, float]],
    view: tuple[float, float, float],
) -> list[Place]:
    """Leave the places that the mouse can hit: near the middle, no other one near."""
    spots = [pixels(lon, lat, view) for lon, lat in others]
    kept = []
    for place in places:
        x, y = pixels(place[2], place[3], view)
        near = sum(math.hypot(x - a, y - b) < ALONE_PX for a, b in spots)
        if near == 1 and abs(x) < 240 and abs(y) < 300:
            kept.append(place)
    return kept


def moved(found: Visit) -> int:
    """Drag the map three times and zoom twice, as with a mouse; return the number."""
    page, mouse = found.page, found.page.mouse
    name = CHART if found.peer.draws else "iframe"
    x, y = _at(page.locator(name).first, 0.5, 0.33)
    for right, down in MOVES:
        before = found.frame().evaluate(found.script(probes.POSITION))
        mouse.move(x, y)
        if right:
            mouse.down()
            mouse.move(x + right, y + down, steps=8)
            mouse.up()
        else:
            mouse.wheel(0, 240 * down)
        found.traffic.settle(page, STILL_S)
        if found.frame().evaluate(found.script(probes.POSITION)) == before:
            msg = f"the map of the {found.peer.name} page did not move"
            raise RuntimeError(msg)
    return len(MOVES)
