"""Answers for the scripts of others' pages, asked of hosts that may be out of reach.

Leaflet is the real one. jQuery is the one function that folium's popups call; the
rest (Bootstrap, fonts, awesome markers) is empty, since default markers use none of
it. The base map below deck.gl is an empty one. All this favours the pages of others:
nothing travels, and most of it is missing.
"""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession
from xstatic.pkg import leaflet

JQUERY = """
window.$ = window.jQuery = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return [...box.content.childNodes];
};
"""
STYLE = b'{"version": 8, "sources": {}, "layers": []}'


def answer(url: str) -> tuple[str, bytes]:
    """
    Give the media type and content that stand in for an address.

    Parameters
    ----------
    url
        An address on another host.
    """
    path = url.partition("?")[0]
    media = mimetypes.guess_type(path)[0] or "application/octet-stream"
    _, is_leaflet, name = path.partition("/leaflet@1.9.3/dist")
    if is_leaflet:
        # Where its style sheet has not arrived, Leaflet guesses this folder wrongly.
        name = name.lstrip("/")
        folder = "images" if name.startswith("marker-") else ""
        return media, (Path(leaflet.BASE_DIR) / folder / name).read_bytes()
    if path.endswith("/style.json"):
        return media, STYLE
    return media, JQUERY.encode() if "jquery" in path else b""


def install(
    session: CDPSession, answer: Callable[[str], tuple[str, bytes]] = answer
) -> None:
    """
    Answer a page's requests to other hosts; leave those to its own server alone.

    Parameters
    ----------
    session
        A session with the page that asks.
    answer
        What stands in for an address.
    """

    def on_request(event: dict[str, Any]) -> None:
        media, body = answer(event["request"]["url"])
        headers = {"Content-Type": media, "Access-Control-Allow-Origin": "*"}
        session.send(
            "Fetch.fulfillRequest",
            {
                "requestId": event["requestId"],
                "responseCode": 200,
                "responseHeaders": [
                    {"name": name, "value": value} for name, value in headers.items()
                ],
                "body": base64.b64encode(body).decode(),
            },
        )

    session.on("Fetch.requestPaused", on_request)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "https://*"}]})
