"""Links that somebody else wrote: too long, repeated, binary, of other people."""

from __future__ import annotations

from urllib.parse import quote, quote_from_bytes

import pytest
from playwright.sync_api import expect

from borderviz.ui.state import layer_key
from hostile import PAYLOADS, assert_harmless

pytestmark = pytest.mark.browser
SOLDIER = "2025-10-19-cheorwon-soldier"
NAMES = ("v", "sel", "layers", "at", "lang", "map", "list", "show", "story", "page")

ADDRESSES = {
    "long": f"sel={'9' * 30_000}",
    "many": "&".join(f"x{n}=1" for n in range(2000)),
    "repeated": f"sel={SOLDIER}&sel=nothing&lang=ko&lang=en&lang=xx",
    "binary": "&".join(f"{n}={quote_from_bytes(bytes(range(256)))}" for n in NAMES),
    "no utf-8": "&".join(f"{name}=%ff%fe%c3%28%ed%a0%80" for name in NAMES),
    "half escapes": "sel=%&lang=%2&layers=%zz&at=%%%",
    "numbers": "since=1e99&until=-1&within=nan&cited=1e400&at=1e308,-1e308,1e999",
    "paths": "sel=../../etc/passwd&page=..%2f..%2fatlas.toml&story=/etc/hostname",
    "objects": "sel[]=a&sel[x]=b&__proto__[pwned]=1&constructor.prototype.pwned=1",
    "every payload": "&".join(
        f"{name}={quote(text)}" for text in PAYLOADS for name in ("sel", "layers", "q")
    ),
    "row of another's data": "own=12&row=3&overlay=abc&show=yours",
    "server's own": "embed_options=dark_theme&embed=yes&session=abc&streamlit=1",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_page_opens_says_what_it_left_out_and_works(dashboard, atlas, name):
    dashboard.open(f"?{ADDRESSES[name]}")
    expect(dashboard.header.locator("h1")).to_be_visible()
    if name not in {"many", "server's own", "repeated"}:
        expect(dashboard.page.locator(".bv-note").first).to_be_visible()
    assert_harmless(dashboard.page)
    assert dashboard.page.evaluate("() => ({}).pwned") is None
    layer = next(x.id for x in atlas.settings.layers if x.on)
    assert f"layer-{layer}" == layer_key(layer)
    dashboard.checkbox(layer).click()
    expect(dashboard.is_checked(layer)).not_to_be_checked()


def test_an_address_too_long_for_the_server_is_refused_and_nothing_else(ask):
    assert ask("GET", f"/?sel={'9' * 200_000}").status in {400, 414, 431}
    assert ask("GET", "/_stcore/health").body == b"ok"


def test_a_fragment_is_nothing_to_run(dashboard):
    dashboard.open("#javascript:window.top.pwned=1")
    dashboard.page.evaluate("() => { location.hash = '<img src=x onerror=pwned=1>'; }")
    assert_harmless(dashboard.page)


MESSAGES = (
    "{n: 1, set: {sel: ['a', {}]}}",
    "{n: 2, go: 'javascript:window.top.pwned=1' + '9'.repeat(100000)}",
    "{n: 3, set: {q: '<img src=x onerror=window.top.pwned=1>'.repeat(1000)}}",
    "{n: 4, set: {own: 1e99}}",
    "{n: 5, set: {from: {a: [1]}, to: '9'.repeat(5000)}}",
    "{n: 6, set: {ownsort: {a: 1}, ownpage: [-1, 'x']}}",
    "{n: 1e308, set: {sel: '__proto__'}}",
    "[1, 2, 3]",
)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_a_map_that_is_not_ours_is_not_believed(dashboard, message):
    """What the map's frame sends can be written by whoever holds the browser."""
    dashboard.open()
    dashboard.js(
        "() => window.parent.postMessage({isStreamlitMessage: true, dataType: 'json',"
        f" type: 'streamlit:setComponentValue', value: {message}}}, '*')"
    )
    dashboard.checkbox("incidents").click()
    expect(dashboard.is_checked("incidents")).not_to_be_checked()
    expect(dashboard.header.locator("h1")).to_be_visible()
    assert_harmless(dashboard.page)
