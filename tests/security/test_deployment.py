"""The headers that docs/security.md tells operators to set, before the real app."""

from __future__ import annotations

import re
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from security.proxied import Proxy

pytestmark = pytest.mark.browser
GUIDE = Path(__file__).parents[2] / "docs" / "security.md"
SOLDIER = "2025-10-19-cheorwon-soldier"


def advised(title):
    """The headers of one block of the guide, word for word."""
    _, _, rest = GUIDE.read_text(encoding="utf-8").partition(f"\n### {title}\n")
    block = re.search(r"```http\n(.*?)```", rest, re.DOTALL)
    assert block, f"the guide has no headers under {title}"
    return dict(line.split(": ", 1) for line in block[1].strip().splitlines())


@pytest.fixture(scope="module")
def strict(server):
    found = Proxy(server.origin, advised("Headers"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def framed(server):
    found = Proxy(server.origin, advised("Headers") | advised("To be embedded"))
    yield found
    found.stop()


class Canary(ThreadingHTTPServer):
    """Another site on this machine; notes whoever asks it for anything."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("localhost", 0), Noting)
        self.asked = []
        self.origin = f"http://localhost:{self.server_address[1]}"


class Noting(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title>")

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def canary():
    with Canary() as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


def test_the_map_works_under_the_policy(visit, strict, atlas):
    window = visit(at=strict).open(f"?sel={SOLDIER}")
    expect(window.title).to_have_text(atlas.records[SOLDIER].title["en"])
    expect(window.popup).to_be_visible()
    window.checkbox("incidents").click()
    window.wait_js("() => !map.hasLayer(borderviz.groups.get('incidents'))")
    window.open("?show=charts")
    expect(window.page.locator(".stVegaLiteChart").first).to_be_visible()
    window.open("?show=take")
    with window.page.expect_download() as taken:
        window.page.locator(".stDownloadButton button").first.click()
    assert taken.value.path().stat().st_size > 0
    # The policy was there, and nothing of the page went against it.
    assert window.faults == []


SEND = {
    "fetch": "at => fetch(at, {mode: 'no-cors'}).then(() => 1, () => 0)",
    "beacon": "at => navigator.sendBeacon(at, 'x')",
    "image": "at => { new Image().src = at; }",
    "socket": "at => { new WebSocket(at.replace('http', 'ws')); }",
    "script": "at => { const s = document.createElement('script'); s.src = at;"
    " document.head.append(s); }",
    "style": "at => { const s = document.createElement('link'); s.rel = 'stylesheet';"
    " s.href = at; document.head.append(s); }",
    "frame": "at => { const f = document.createElement('iframe'); f.src = at;"
    " document.body.append(f); }",
    "form": "at => { const f = document.createElement('form'); f.action = at;"
    " f.target = '_blank'; document.body.append(f); f.submit(); }",
    "object": "at => { const o = document.createElement('object'); o.data = at;"
    " document.body.append(o); }",
}
# Once all of these were refused, whatever was asked for before has been, too.
LATER = """at => fetch(at).then(() => false, () => true)"""


@pytest.mark.parametrize("frame", ["page", "map"])
def test_what_runs_in_the_page_can_send_nothing_elsewhere(
    visit, strict, server, canary, frame
):
    window = visit(at=strict, may_fail=True).open()
    where = window.page if frame == "page" else window.frame
    window.may_leave = (canary.origin.removeprefix("http://"),)
    for name, script in SEND.items():
        where.evaluate(script, f"{canary.origin}/{name}")
    assert where.evaluate(LATER, f"{canary.origin}/later")
    assert canary.asked == []


def test_without_the_policy_it_could(visit, server, canary):
    """So that the test above cannot pass because its way of sending is wrong."""
    window = visit(at=server, may_fail=True).open()
    window.may_leave = (canary.origin.removeprefix("http://"),)
    assert window.page.evaluate(SEND["fetch"], f"{canary.origin}/fetch")
    assert canary.asked == ["/fetch"]


def test_no_other_site_can_frame_it(visit, strict, canary):
    window = visit(at=strict, may_fail=True)
    window.may_leave = (canary.origin.removeprefix("http://"),)
    window.page.goto(canary.origin)
    with window.page.expect_event(
        "console", lambda message: "frame" in message.text.lower()
    ):
        window.page.evaluate(
            "at => { const f = document.createElement('iframe'); f.src = at;"
            " document.body.append(f); }",
            f"{strict.origin}/?embed=true",
        )
    inner = window.page.frame_locator("iframe")
    # A browser's own page stands there instead.
    expect(inner.locator("body")).to_be_attached()
    expect(inner.locator(".stApp, #root")).to_have_count(0)


def test_where_it_may_be_framed_it_can(visit, framed, canary):
    window = visit(at=framed)
    window.may_leave = (canary.origin.removeprefix("http://"),)
    window.page.goto(canary.origin)
    window.page.evaluate(
        "at => { const f = document.createElement('iframe'); f.src = at;"
        " document.body.append(f); }",
        f"{framed.origin}/?embed=true",
    )
    inner = window.page.frame_locator("iframe")
    expect(inner.locator(".st-key-embed h1")).to_be_visible()


def test_the_headers_are_there_and_say_what_they_must(strict):
    with urllib.request.urlopen(f"{strict.origin}/", timeout=60) as answer:
        found = {key.lower(): value for key, value in answer.headers.items()}
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in found["content-security-policy"].split(";")
    )
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "http" not in found["content-security-policy"]
    assert found["x-content-type-options"] == "nosniff"
    # The servers of the optional backgrounds want to know which site asks.
    assert found["referrer-policy"] == "strict-origin-when-cross-origin"
    assert found["x-frame-options"] == "SAMEORIGIN"
