"""The operator's points: their address, what a session keeps of them, what is freed."""

from __future__ import annotations

import gc
import gzip
import struct
import weakref
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from borderviz.filters import Filters
from borderviz.overlay import points_file
from borderviz.overlay.narrow import Narrowing
from borderviz.ui import crowd_route, overlay_state
from borderviz.ui.overlay_own import Own
from borderviz.ui.overlay_reading import Held
from borderviz.ui.points import Points
from loops import finished
from points_files import points as shapes
from points_files import write

LONG_S = 60
AT = np.array([(-38.5, 31.5), (-38.4, 31.45), (-38.45, 31.5), (-38.3, 31.4)] * 30)


@pytest.fixture
def path(tmp_path):
    count = len(AT)
    names = [f"row {n}" for n in range(count)]
    days = [f"2013-05-{n % 28 + 1:02d}" for n in range(count)]
    kinds = ["seen", "heard"] * (count // 2)
    return write(
        tmp_path / "points.parquet", shapes(AT), title=names, date=days, category=kinds
    )


@pytest.fixture
def _few_are_many(monkeypatch):
    monkeypatch.setattr(points_file, "ROWS", 0)


@pytest.fixture
def server(path, atlantis, monkeypatch, _few_are_many):
    """The points of a server, all of them there."""
    found = Points(lambda: path)
    found.current(atlantis)
    found.wait(LONG_S)
    for module in (crowd_route, overlay_state):
        monkeypatch.setattr(module, "points", lambda: found)
    return found


def ask(address, *, query="", method="GET", headers=()):
    """Ask the route as a server would: status, headers, body."""
    app, sent = Starlette(routes=crowd_route.routes()), []
    scope = {
        "type": "http",
        "method": method,
        "path": address,
        "raw_path": address.encode(),
        "query_string": query.encode("latin-1"),
        "headers": [(k.encode(), v.encode()) for k, v in headers],
        "root_path": "",
    }

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    finished(app(scope, receive, send))
    told = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return SimpleNamespace(status=sent[0]["status"], headers=told, body=body)


def total(answer):
    return struct.unpack_from("<BBHII", answer.body)[3]


def test_a_tile_is_answered_to_be_kept_for_good(server):
    answer = ask(f"/points/{server.shown().version}/0/0/0")
    assert (answer.status, total(answer)) == (200, len(AT))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip, br", True),
        ("br;q=1, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("", False),
    ],
)
def test_a_tile_is_packed_for_who_can_unpack_it(server, accepted, is_packed):
    address = f"/points/{server.shown().version}/0/0/0"
    plain, answer = ask(address), ask(address, headers=[("accept-encoding", accepted)])
    assert ("content-encoding" in answer.headers) == is_packed
    assert answer.headers["vary"] == "accept-encoding"
    body = gzip.decompress(answer.body) if is_packed else answer.body
    assert body == plain.body


def test_an_address_says_what_is_shown(server):
    address = f"/points/{server.shown().version}/0/0/0"
    assert total(ask(address, query="f=c%3D0")) == len(AT) // 2
    assert total(ask(address, query="f=")) == len(AT)
    assert total(ask(address, query="f=q%3D119%2Brow")) == 1


@pytest.mark.parametrize(
    ("where", "query", "status"),
    [
        *((x, "", 400) for x in ("23/0/0", "0/1/0", "0/0/1", "1/-1/0", "a/0/0")),
        *(
            (x, "", 400)
            for x in (
                "../../health",
                "0/0/0.0",
                "+0/0/0",
                "0/0/%30",
                "1e0/0/0",
                "٠/0/0",
            )
        ),
        *((x, "", 400) for x in (f"{'9' * 5000}/0/0", f"1/{'9' * 9}/0", "0/0/ 0")),
        *((x, "", 404) for x in ("0/0", "0/0/0/0", "0/0/", "")),
        *(("0/0/0", x, 400) for x in ("f=x", "g=", "f=&f=", "f=c%3D9", "f=%ff", "x")),
        *(
            ("0/0/0", x, 400)
            for x in ("f=" + "a" * 20_000, "f=c%3D0&g=1", "f=km%3Dnan")
        ),
    ],
)
def test_nonsense_is_refused_and_never_kept(server, where, query, status):
    before = len(server.shown().masks)
    answer = ask(f"/points/{server.shown().version}/{where}", query=query)
    assert (answer.status, answer.body if status == 400 else b"") == (status, b"")
    assert "immutable" not in answer.headers.get("cache-control", "")
    assert len(server.shown().masks) == before


@pytest.mark.parametrize("version", ["0" * 12, "", "x", "..", "%2e%2e"])
def test_other_data_is_not_here(server, version):
    assert server.shown()
    assert ask(f"/points/{version}/0/0/0").status == 404


def test_without_points_there_is_nothing(monkeypatch, atlantis):
    nothing = Points(lambda: None)
    monkeypatch.setattr(crowd_route, "points", lambda: nothing)
    assert nothing.current(atlantis) is None
    assert (nothing.state(), nothing.is_coming()) == ("none", False)
    assert ask("/points/0/0/0/0").status == 404


def test_it_can_only_be_read(server):
    address = f"/points/{server.shown().version}/0/0/0"
    assert {ask(address, method=m).status for m in ("POST", "PUT", "DELETE")} == {405}


@pytest.mark.usefixtures("_few_are_many")
def test_rows_are_there_before_they_are_located(path, atlantis):
    found, seen = Points(lambda: path), []
    show = found._show
    found._show = lambda held: (seen.append(held), show(held))
    found.current(atlantis)
    found.wait(LONG_S)
    first, last = (held.overlay.located["border"] for held in seen)
    assert first.isna().all()
    assert last.notna().all()
    assert (found.state(), found.is_coming()) == ("ready", False)


def test_few_rows_travel_to_the_browser_as_an_upload_does(path, atlantis):
    found = Points(lambda: path)
    found.current(atlantis)
    found.wait(LONG_S)
    held = found.current(atlantis)
    assert held.packed
    assert held.crowd is None
    assert held.overlay.origin is not None


def test_a_bad_file_is_told_to_the_operator_once(tmp_path, atlantis, caplog):
    bad = tmp_path / "points.parquet"
    bad.write_bytes(b"no")
    found = Points(lambda: bad)
    for _ in range(3):
        assert found.current(atlantis) is None
        found.wait(LONG_S)
    assert found.state() == "failed"
    assert [r.getMessage().partition(":")[0] for r in caplog.records] == [
        "points-failed"
    ]
    assert "points.parquet" in found.fault()


def test_a_file_that_is_replaced_is_read_again_and_the_rows_before_are_freed(
    server, path, atlantis
):
    before = weakref.ref(server.current(atlantis).overlay)
    version = server.shown().version
    write(path, shapes(AT[:9]), title=[f"new {n}" for n in range(9)])
    assert server.current(atlantis) is not None
    server.wait(LONG_S)
    assert len(server.current(atlantis).overlay) == 9
    assert server.shown().version != version
    gc.collect()
    assert before() is None


def test_another_version_of_the_atlas_locates_the_same_rows_anew(
    server, atlantis, monkeypatch
):
    before = server.current(atlantis).overlay
    monkeypatch.setattr(points_file, "read_points", lambda _: pytest.fail("read again"))
    other = replace(atlantis, fingerprint="0" * 12)
    server.current(other)
    server.wait(LONG_S)
    held = server.current(other)
    assert held.fingerprint == "0" * 12
    assert held.overlay.raw is before.raw


@pytest.fixture
def own(server, atlantis):
    """A session that looks at the points."""
    found = Own()
    found.shown(atlantis, Filters(), server.current(atlantis))
    return found


def look(own, server, atlantis, filters=None):
    return own.shown(atlantis, filters or Filters(), server.current(atlantis))


def test_what_is_shown_says_how_an_address_asks_for_it(own, server, atlantis):
    own.narrowing = Narrowing(words="row 11")
    shown = look(own, server, atlantis, Filters(since="2013"))
    assert shown.asked == "q%3D11%2Brow%26since%3D2013"
    assert shown.crowd is server.shown()
    assert shown.packed == ""
    assert shown.mask.sum() == total(
        ask(f"/points/{shown.crowd.version}/0/0/0", query=f"f={shown.asked}")
    )


def test_what_is_off_shows_no_row(own, server, atlantis):
    own.narrowing = Narrowing(on=False)
    assert not look(own, server, atlantis).mask.any()


def test_a_cell_is_chosen_and_read(own, server, atlantis):
    x, y = 3, 3  # of zoom 3, over all the points
    cells = [n for n in range(4096) if own.choose({"cell": [3, x, y, n]})]
    assert len(cells) == 4096
    found = []
    for number in cells:
        own.choose({"cell": [3, x, y, number]})
        found += look(own, server, atlantis).cell.rows.tolist()
    assert sorted(found) == list(range(len(AT)))


def test_a_row_takes_the_place_of_a_cell_and_the_other_way_round(own, server, atlantis):
    assert own.choose({"cell": [0, 0, 0, 0]})
    assert own.choose(5)
    assert (look(own, server, atlantis).chosen, own.shown) != (-1, None)
    assert look(own, server, atlantis).cell is None
    assert own.choose({"cell": [0, 0, 0, 7]})
    shown = look(own, server, atlantis)
    assert (shown.chosen, shown.cell.index) == (-1, 7)
    assert own.choose(-1)
    assert look(own, server, atlantis).cell is None


@pytest.mark.parametrize(
    "cell",
    [
        *(None, 1, "0,0,0,0", {}, [], [0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 4096]),
        *([0, 0, 0, -1], [0, 1, 0, 0], [23, 0, 0, 0], [True, 0, 0, 0], [0.0, 0, 0, 0]),
        *([10**400, 0, 0, 0], [0, None, 0, 0], ["0", 0, 0, 0], [[0], 0, 0, 0]),
    ],
)
def test_a_cell_that_there_is_not_changes_nothing(own, server, atlantis, cell):
    own.choose(3)
    assert not own.choose({"cell": cell})
    assert (look(own, server, atlantis).chosen, own._cell._cell) == (3, None)


def test_an_own_file_takes_the_place_and_gives_it_back(own, server, atlantis):
    own.choose({"cell": [0, 0, 0, 0]})
    mine = Held(server.current(atlantis).overlay, "mine", None, atlantis.fingerprint)
    own.held = mine
    shown = look(own, server, atlantis)
    assert (shown.packed, shown.crowd, shown.cell) == ("mine", None, None)
    assert not own.choose({"cell": [0, 0, 0, 0]})
    own.held = None
    assert look(own, server, atlantis).crowd is server.shown()


def test_sessions_share_one_mask(server, atlantis):
    first, second = Own(), Own()
    masks = [look(one, server, atlantis).mask for one in (first, second)]
    assert masks[0] is masks[1]


def test_other_points_keep_what_was_asked_as_far_as_it_is_there(
    own, server, path, atlantis
):
    own.narrowing = Narrowing(categories=("seen", "heard"), words="row")
    own.choose(4)
    write(path, shapes(AT[:9]), title=["x"] * 9, category=["seen"] * 9)
    server.current(atlantis)
    server.wait(LONG_S)
    shown = look(own, server, atlantis)
    assert shown.narrowing == Narrowing(categories=("seen",), words="row")
    assert (shown.chosen, len(shown.overlay)) == (4, 9)


@pytest.mark.usefixtures("_few_are_many")
def test_the_page_shows_points_without_a_file_of_the_reader(
    path, atlantis, monkeypatch, server
):
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(atlantis.root))
    app = AppTest.from_string(
        "from borderviz.ui.page import run\nrun()", default_timeout=90
    )
    app.run()
    assert not app.exception
    assert f"all {len(AT)} rows" in " ".join(
        html.proto.body for html in app.get("html")
    )
