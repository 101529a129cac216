"""Two processes of the app behind nginx: one dies in the middle, real readers watch."""

from __future__ import annotations

import json
import signal

import pytest
from playwright.sync_api import expect

from deploy.conftest import SOLDIER, VIEW, seat_of
from deploy.machines import ask
from faults.serving import until

pytestmark = pytest.mark.browser
ROWS = b"date,latitude,longitude,title\n2020,38.30,127.50,First\n"
OTHER = {"1": "2", "2": "1"}
IS_SHOWN = "key => map.hasLayer(borderviz.groups.get(key))"
IS_HIDDEN = "key => !map.hasLayer(borderviz.groups.get(key))"


def mark(window):
    """Leave a sign that a page loaded anew would not have; note new connections."""
    window.page.evaluate("window.isTheSame = true")
    window.js("window.isTheSame = true")
    window.connections = []
    window.page.on("websocket", lambda found: window.connections.append(found.url))


def is_the_same(window):
    return window.page.evaluate("window.isTheSame") and window.js("window.isTheSame")


def toggle(window, key="incidents"):
    """Hide a layer, and wait until map and address say so."""
    before = window.page.url
    window.checkbox(key).click()
    window.wait_js(IS_HIDDEN, key)
    window.page.wait_for_url(lambda url: url != before)


def wait_reloaded(window):
    """Wait for a page that loads itself again, and for its map."""
    window.page.wait_for_function("() => !window.isTheSame")
    expect(window.page.locator(".st-key-map iframe")).to_be_visible()
    window.wait_shown()


def shown(window):
    """What a reader sees of their view."""
    return {
        "query": window.query,
        "title": window.title.inner_text(),
        "sentence": window.page.locator(".st-key-sentence").inner_text(),
        "lang": window.page.evaluate("document.documentElement.lang"),
        "ids": window.ids(),
    }


def test_one_process_is_killed(pair, two):
    first, second = two
    toggle(first, "crossings-north")
    before = shown(first)
    assert before["query"]["from"] == "2000"
    assert before["lang"] == "ko"
    mark(first)
    mark(second)
    seat = seat_of(first)
    pair.apps[seat].send(signal.SIGKILL)

    # The other reader notices nothing.
    toggle(second)
    assert is_the_same(second)
    assert second.connections == []
    assert seat_of(second) == OTHER[seat]

    # The page whose process died comes back by itself, as it was, at the other one.
    wait_reloaded(first)
    expect(first.title).to_have_text(before["title"])
    expect(first.page.locator(".st-key-sentence")).to_have_text(before["sentence"])
    assert shown(first) == before
    assert seat_of(first) == OTHER[seat]
    toggle(first)

    # By the log: the connection that ended was at one, those that end now at the other.
    assert pair.nginx.served("/_stcore/stream")[0] == pair.at(seat)
    for window in two:
        window.page.close()
    until(lambda: len(pair.nginx.served("/_stcore/stream")) >= 4)
    ended = pair.nginx.served("/_stcore/stream")
    assert set(ended[1:]) == {pair.at(OTHER[seat])}
    assert pair.apps[OTHER[seat]].tracebacks() == []


def give(window):
    """Drop a file and wait until the page has it."""
    window.page.locator("input[type=file]").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS}
    )
    expect(window.page.locator(".st-key-yours-head")).to_contain_text("rows.csv")


def test_own_data_ends_with_its_process_and_can_be_given_again(pair, two):
    first, _ = two
    first.open("?show=yours")
    give(first)
    mark(first)
    seat = seat_of(first)
    pair.apps[seat].send(signal.SIGKILL)
    wait_reloaded(first)
    assert first.query["show"] == "yours"
    # The sheet asks for a file, as before there was one: nothing of it is anywhere.
    expect(first.page.locator(".st-key-yours-first")).to_be_visible()
    expect(first.page.locator(".st-key-yours-head")).to_have_count(0)
    assert seat_of(first) == OTHER[seat]
    give(first)


def test_a_process_that_is_stopped_ends_well_and_its_readers_move(pair, two):
    first, second = two
    second.may_fail = True
    mark(first)
    mark(second)
    seat = seat_of(first)
    stopped = pair.apps[seat]
    # The command itself is told, as an operator or a container's engine would.
    stopped.process.terminate()
    assert stopped.ended(10) == 0
    assert stopped.tracebacks() == []
    assert stopped.left() == []
    wait_reloaded(first)
    expect(first.title).not_to_be_empty()
    toggle(first)
    toggle(second)
    assert is_the_same(second)

    # Started again it takes new readers, and those whose process goes now.
    pair.start(seat)
    mark(first)
    other = pair.apps[OTHER[seat]]
    other.process.terminate()
    assert other.ended(10) == 0
    wait_reloaded(first)
    wait_reloaded(second)
    assert seat_of(first) == seat_of(second) == seat
    toggle(second, "crossings-south")


def test_one_process_restarted_has_its_readers_back(both, pair, visit):
    """Without another one to go to: as with a single process behind a proxy."""
    window = visit(at=pair, may_fail=True).open(VIEW)
    seat = seat_of(window)
    mark(window)
    for app in pair.apps.values():
        app.send(signal.SIGKILL)
    pair.apps[seat].ended()
    assert ask(pair.origin, "/health")[0] == 502
    # Even a killed one leaves nothing behind.
    assert pair.apps[seat].left() == []
    pair.start(seat)
    wait_reloaded(window)
    expect(window.title).not_to_be_empty()
    toggle(window)


def test_both_serve_the_same_files_under_the_same_names(pair, two):
    first, _ = two
    asked = {url.partition(pair.origin)[2] for url in first.requests}
    paths = sorted(p for p in asked if p.startswith(("/component/", "/static/")))
    assert [p for p in paths if "borderviz" in p]
    for path in paths:
        answers = [ask(app.origin, path) for app in pair.apps.values()]
        assert {status for status, *_ in answers} == {200}, path
        assert len({body for *_, body in answers}) == 1, path


def test_a_reader_s_own_data_comes_from_their_process_alone(pair, two):
    """Each upload and download is asked where the session is, however often."""
    for window in two:
        seat = seat_of(window)
        window.open("?show=take")
        with window.page.expect_download() as taken:
            window.page.locator(".stDownloadButton button").first.click()
        assert taken.value.path().stat().st_size > 0
        assert seat_of(window) == seat
    media = [
        line
        for line in (pair.nginx.folder / "access.log").read_text().splitlines()
        if "/media/" in line
    ]
    assert {line.split('"')[1] for line in media} == {pair.at("1"), pair.at("2")}
    assert all(" 200 " in line for line in media)


def test_a_lost_connection_to_the_same_process_loses_nothing(pair, two):
    """A short break of the line: the session is still there, and so is the page."""
    _, second = two
    mark(second)
    context = second.page.context
    seat = seat_of(second)
    context.set_offline(True)
    context.set_offline(False)
    toggle(second)
    assert is_the_same(second)
    assert seat_of(second) == seat


def test_the_log_says_neither_who_nor_what(pair, two):
    log = (pair.nginx.folder / "access.log").read_text()
    assert "/component/" in log
    assert SOLDIER not in log
    assert "127.0.0.1:" in log  # the process
    assert "127.0.0.1 " not in log  # the reader
    fields = [line.split()[1:3] for line in log.splitlines()]
    assert all("?" not in path for _, path in fields)


def test_new_readers_go_to_both(both):
    seats = {ask(both.origin, "/")[1]["set-cookie"] for _ in range(8)}
    assert {found.partition(";")[0] for found in seats} == {"seat=1", "seat=2"}


def test_answers_say_what_the_guide_wants(pair, two):
    status, headers, _ = ask(pair.origin, "/")
    assert status == 200
    assert headers["set-cookie"].count("seat=") == 1
    for name in ("content-security-policy", "referrer-policy", "x-frame-options"):
        assert headers[name]
    # A header twice would be read as the strictest of both, or not at all.
    assert headers["x-content-type-options"] == "nosniff"
    for path in ("/_stcore/metrics", "/_stcore/agent/x"):
        assert ask(pair.origin, path)[0] == 404
    status, headers, body = ask(pair.origin, "/health")
    assert status == 200, body
    assert headers["cache-control"] == "no-store"
    files = [u for u in two[0].requests if "/static/js/index" in u]
    status, headers, _ = ask(pair.origin, files[0].removeprefix(pair.origin))
    assert status == 200
    assert "set-cookie" not in headers
    assert "immutable" in headers["cache-control"]
    packed = ask(
        pair.origin, files[0].removeprefix(pair.origin), Accept_Encoding="gzip"
    )
    assert packed[1]["content-encoding"] == "gzip"
    told = json.loads(ask(pair.origin, "/_stcore/host-config")[2])
    assert isinstance(told, dict)
