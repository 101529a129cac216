"""A server that is killed and started again: what readers see, and what stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from faults.conftest import assert_whole
from faults.serving import until

pytestmark = pytest.mark.browser

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
CHOIR = "2002-03-01-choir"
ROWS = "Title,Latitude,Longitude\nFirst,0.5,10.1\nSecond,0.6,10.4\n"
SEEN = """() => ({
  words: document.querySelector('.st-key-sentence').innerText,
  title: document.querySelector('.st-key-detail h2')?.innerText ?? '',
  heading: document.querySelector('.st-key-header h1').innerText,
  lang: document.documentElement.lang,
  on: [...document.querySelectorAll('.st-key-layers input')].map((x) => x.checked),
})"""


LOST = "Your data is no longer here"


@pytest.fixture(scope="module")
def mortal(start, tmp_path_factory):
    atlas = tmp_path_factory.mktemp("atlas") / "atlantis"
    found = start(atlas=shutil.copytree(ATLANTIS, atlas))
    yield found
    found.end()


@pytest.fixture
def window(mortal, visit):
    """A page that has been used: its map has sent messages to the first server."""
    # While nobody answers, the browser notes each address that it asked in vain.
    found = visit(at=mortal, may_fail=True)
    found.open(f"?sel={CHOIR}&lang=eo")
    found.detail.locator(".bv-back").first.click()
    found.wait_address(sel="")
    found.checkbox("sites").click()
    found.page.wait_for_url("**layers=**")
    return found


def seen(window):
    """All that a reader would notice if it changed."""
    wait_drawn(window)
    lat, lon, *more = window.js(
        "[map.getCenter().lat, map.getCenter().lng, map.getZoom(), borderviz.selected]"
    )
    # The address names a place to a thousandth of a degree.
    at = round(lat, 2), round(lon, 2), *more
    return window.page.evaluate(SEEN), window.query, window.ids(), at


def state_of(window, part, wanted):
    """Wait until Streamlit's page is in a state."""
    app = window.page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute(f"data-test-{part}-state", wanted)


def wait_drawn(window):
    state_of(window, "connection", "CONNECTED")
    state_of(window, "script", "notRunning")
    window.wait_shown()


def restart(mortal, window):
    """Kill the server, have the page notice, and start it where it was."""
    mortal.kill()
    app = window.page.locator('[data-testid="stApp"]')
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    mortal.again()
    wait_drawn(window)
    until(lambda: mortal.metric("active_sessions") == 1)
    wait_drawn(window)


def put_own(window):
    """Lay two rows over the map."""
    window.page.locator("input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    )
    window.wait_js("Boolean(document.body.dataset.own)")


def test_a_page_finds_its_way_back_to_the_same_view(mortal, window):
    window.look_at(31.4, -38.5, 9)
    window.wait_address(at="31.400,-38.500,9")
    before = seen(window)
    assert before[0]["lang"] == "eo"
    restart(mortal, window)
    assert seen(window) == before
    assert window.detail.locator(".bv-note").count() == 0
    assert mortal.tracebacks() == []


def test_a_page_that_is_back_goes_on_as_before(mortal, window):
    restart(mortal, window)
    has_sites = "was => map.hasLayer(borderviz.groups.get('sites')) === was"
    window.wait_js(has_sites, False)
    window.checkbox("sites").click()
    window.wait_js(has_sites, True)
    window.wait_address(layers="")
    wait_drawn(window)
    window.page.go_back()
    window.wait_js(has_sites, False)


def test_data_that_was_lost_with_the_server_is_not_lost_in_silence(mortal, visit):
    window = visit(at=mortal, may_fail=True).open("?show=yours")
    put_own(window)
    note = window.detail.locator(".bv-note")
    expect(note).to_have_count(0)
    restart(mortal, window)
    expect(note).to_contain_text(LOST)
    window.wait_js("!document.body.dataset.own")
    put_own(window)
    expect(window.page.locator(".st-key-yours-head")).to_contain_text("rows.csv")
    expect(note).to_have_count(0)


def test_data_lost_with_an_atlas_that_changed_is_told_too(mortal, visit):
    """The map's frame is a new one then, and only the page remembers."""
    window = visit(at=mortal, may_fail=True).open("?show=yours")
    put_own(window)
    path = mortal.atlas / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("zoom = 8}", "zoom = 8.5}", 1), encoding="utf-8")
    restart(mortal, window)
    expect(window.detail.locator(".bv-note")).to_contain_text(LOST)


def test_a_page_that_removed_its_data_is_told_nothing(mortal, visit):
    window = visit(at=mortal, may_fail=True).open("?show=yours")
    put_own(window)
    window.page.locator(".st-key-own-remove button").click()
    window.wait_js("!document.body.dataset.own")
    restart(mortal, window)
    assert window.detail.locator(".bv-note").count() == 0


def test_a_killed_server_leaves_nothing_on_the_disk(mortal):
    assert_whole(mortal, "lang=en", "Atlantis")
    assert mortal.files() == []
    mortal.kill()
    assert mortal.files() == []
    assert_whole(mortal.again(), "lang=en", "Atlantis")
