"""Paths that lead out of the folders that are served, and what those folders hold."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.version import Version

from borderviz.ui import assets, map_files
from chromium import PATIENCE_MS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def script(server, browser):
    """The address of the map's script, as the page asks for it."""
    page = browser.new_page()
    with page.expect_request("**/map-*.js", timeout=PATIENCE_MS) as found:
        page.goto(server.origin)
    page.close()
    return urlsplit(found.value.url).path


UP = (
    "../app.py",
    "%2e%2e/app.py",
    "%2e%2e%2fapp.py",
    "..%2fapp.py",
    "..%5capp.py",
    "..\\app.py",
    "....//app.py",
    "../../../../../../etc/hostname",
    "..%2f..%2f..%2f..%2f..%2fetc%2fhostname",
    "%252e%252e%252fapp.py",
    "/etc/hostname",
    "//etc/hostname",
    "%2fetc%2fhostname",
    "C:%5cWindows%5cwin.ini",
    "%5c%5cevil.invalid%5cshare",
    "\\\\evil.invalid\\share",
    "file:///etc/hostname",
    "x%00.js",
    "a" * 8000,
)


@pytest.mark.parametrize("path", UP)
@pytest.mark.parametrize("base", ["app/static", "component", "static", "media"])
def test_no_path_leads_to_another_file(ask, base, path):
    found = ask("GET", f"/{base}/{path}")
    is_page = "text/html" in found.headers.get("content-type", "")
    assert found.status in (400, 403, 404) or is_page
    assert not is_page or b'<div id="root">' in found.body
    assert not leaks(found.body)


@pytest.mark.parametrize("path", UP)
def test_no_path_leads_out_of_the_folder_of_the_map(ask, script, path):
    folder = script.rpartition("/")[0]
    found = ask("GET", f"{folder}/{path}")
    assert found.status in (400, 403, 404)
    assert not leaks(found.body)


def leaks(body):
    """Whether an answer has what is only in a file elsewhere."""
    hostname = Path("/etc/hostname")
    secret = hostname.read_bytes().strip() if hostname.is_file() else b"\0"
    code = (ROOT / "src/borderviz/ui/app.py").read_bytes()
    return body.strip() == secret or code in body or b"import " in body[:2000]


def test_what_is_not_there_answers_with_the_page_never_with_a_script(ask):
    """Streamlit's fallback: 200, but HTML, and under `nosniff` no browser runs it."""
    for path in ("/app/static/x.js", "/no/such/x.js", "/x.json"):
        found = ask("GET", path)
        assert "javascript" not in found.headers.get("content-type", "")
        assert found.status == 404 or "text/html" in found.headers["content-type"]


def test_the_map_s_script_is_what_it_says(ask, script):
    found = ask("GET", script)
    assert found.status == 200
    assert "javascript" in found.headers["content-type"]
    digest = script.rpartition("-")[2].removesuffix(".js")
    assert hashlib.sha256(found.body).hexdigest().startswith(digest)


SERVED = re.compile(r"[a-z]+(-[a-z]{2,3})?-([0-9a-f]{10})\.(js|json)")


def test_what_is_served_is_what_the_map_needs_and_nothing_else(atlantis):
    """No page, no drawing: nothing that a browser would show or run as a document."""
    assets.publish(atlantis)
    files = map_files.published().files
    assert len(files) >= 4
    for name, data in files.items():
        found = SERVED.fullmatch(name)
        assert found, name
        assert hashlib.sha256(data).hexdigest().startswith(found[2])
        if found[3] == "json":
            json.loads(data)


def test_versions_are_past_the_known_holes():
    """CVE-2026-33682 (Streamlit), CVE-2026-48818 (Starlette)."""
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in pins if "==" in line)
    for name, least in (("streamlit", "1.55"), ("starlette", "1.1.0")):
        assert Version(pinned[name]) >= Version(least)
        assert pinned[name] == version(name)
