"""What a real browser does on the page: the files it fetches, and what it sends."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from headless import launched
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from traffic import Traffic

SHOWN = """() => {
  const frame = document.querySelector("iframe[src*=st_folium]");
  const map = frame?.contentWindow?.map;
  return Boolean(map && Object.keys(map._layers).length > 3);
}"""
# The first symbol that the map shows; clicked as a reader's mouse would.
CLICK = """() => {
  const w = document.querySelector("iframe[src*=st_folium]").contentWindow;
  const item = [...w.borderviz.items.values()].find((x) => x.marker?.getElement());
  item.marker.getElement().click();
  return item.id;
}"""


@dataclass(frozen=True)
class Recorded:
    """
    One visit.

    Parameters
    ----------
    files
        Paths that were fetched from the server, in order, each once.
    sent
        What went out on the socket: to open, to turn a layer off or on, and, on our
        page, to select a record.
    layer, record
        Which layer and which record that was.
    """

    files: list[str]
    sent: list[BackMsg]
    layer: str
    record: str


def record(address: str, *, has_scripts: bool) -> Recorded:
    """
    Visit a page in Chromium.

    Parameters
    ----------
    address
        Of the page.
    has_scripts
        Whether its map brings all its scripts, so that it is there without a network.
    """
    with launched() as browser:
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        traffic = Traffic()
        traffic.listen(page.context.new_cdp_session(page))
        host = urlsplit(address).netloc
        page.route(
            lambda url: urlsplit(url).netloc != host, lambda route: route.abort()
        )
        page.goto(address)
        box = page.locator("[class*=st-key-layer-] label")
        box.first.wait_for()
        if has_scripts:
            page.wait_for_function(SHOWN)
        traffic.settle(page)
        files = _paths(traffic, host)
        layer, identity = _toggle(page, traffic), ""
        if has_scripts:
            identity = page.evaluate(CLICK)
            traffic.settle(page)
        sent = [BackMsg.FromString(message) for message in traffic.sent]
        return Recorded(files, sent, layer, identity)


def _paths(traffic: Traffic, host: str) -> list[str]:
    parts = [urlsplit(url) for url in traffic.urls.values()]
    own = [x for x in parts if x.netloc == host]
    return list(dict.fromkeys(x.path + (f"?{x.query}" if x.query else "") for x in own))


def _toggle(page: Page, traffic: Traffic) -> str:
    """Click the first layer's checkbox; return its id."""
    box = page.locator("[class*=st-key-layer-]:has(input)")
    names = [x for x in (box.first.get_attribute("class") or "").split()]
    box.first.locator("label").click()
    traffic.settle(page)
    found = next(x for x in names if x.startswith("st-key-layer-"))
    return found.removeprefix("st-key-layer-")


def differences(browser: BackMsg, ours: BackMsg) -> list[str]:
    """
    Say in what a message of our readers is not what the browser sent.

    Parameters
    ----------
    browser, ours
        The same act on the same page. Where the map was, and when the browser has a
        widget's value from, may differ; which widgets there are and what they hold may
        not.
    """
    found = []
    theirs, mine = browser.rerun_script, ours.rerun_script
    for name in ("query_string", "page_script_hash", "fragment_id"):
        if getattr(theirs, name) != getattr(mine, name):
            found.append(name)
    if set(theirs.cached_message_hashes) != set(mine.cached_message_hashes):
        found.append("cached_message_hashes")
    values = [
        {x.id: _value(x.WhichOneof("value"), x) for x in message.widget_states.widgets}
        for message in (theirs, mine)
    ]
    found += [f"widget {x}" for x in sorted(set(values[0]) ^ set(values[1]))]
    both = set(values[0]) & set(values[1])
    found += [f"value {x}" for x in sorted(both) if values[0][x] != values[1][x]]
    return found


def _value(kind: str | None, state: object) -> str:
    """Write a widget's value so that it can be compared."""
    value = getattr(state, kind or "id")
    if kind == "json_value":
        told = json.loads(value)
        return str(told.get("set", told) if isinstance(told, dict) else told)
    return str(value)
