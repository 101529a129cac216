"""What readers leave behind in the server's memory when they have gone: nothing."""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import os
import pkgutil
import socket
import subprocess
import sys
import urllib.request
import weakref
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

import borderviz
from borderviz.content import load
from borderviz.permalink import default_view
from borderviz.selection import select
from borderviz.server import server_command
from borderviz.ui import data
from loops import finished

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
READERS = ROOT / "benchmarks" / "readers"
SERVER = Path(__file__).with_name("counted_server.py")
SESSION = "streamlit.runtime.app_session.AppSession"
OVERLAY = "borderviz.overlay.model.Overlay"
# Whatever holds something of one reader, Streamlit's and ours.
OF_READERS = (
    SESSION,
    "streamlit.runtime.state.session_state.SessionState",
    "streamlit.runtime.scriptrunner.script_runner.ScriptRunner",
    "streamlit.runtime.fragment.MemoryFragmentStorage",
    "streamlit.web.server.starlette.starlette_websocket.StarletteSessionClient",
    "borderviz.ui.overlay_own.Own",
    "borderviz.ui.overlay_own.Shown",
    "borderviz.ui.overlay_reading.Held",
    "borderviz.ui.overlay_reading.Upload",
    OVERLAY,
)
OURS = OF_READERS[-5:]
VISITS = 6
ROWS = "title,lat,lon\none,10.2,20.1\ntwo,10.4,20.3\n"
MARK = "COUNTED "


@pytest.fixture
def readers(monkeypatch):
    """The protocol of the load test, which speaks as a browser does."""
    monkeypatch.syspath_prepend(str(READERS))
    before = set(sys.modules)
    yield importlib.import_module("protocol"), importlib.import_module("upload")
    # Other folders have modules of these names.
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(READERS)):
            del sys.modules[name]


class Counted:
    """A server of the invented atlas that tells what is alive in it."""

    def __init__(self, process, port):
        self.process = process
        self.address = f"http://127.0.0.1:{port}/"

    def lines(self, start):
        for line in self.process.stdout:
            if line.startswith(start):
                return line.removeprefix(start)
        pytest.fail("the server ended")

    def counts(self):
        self.process.stdin.write("?\n")
        self.process.stdin.flush()
        return json.loads(self.lines(MARK))


@contextmanager
def serving():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = server_command(port=port, host="127.0.0.1")
    command = words[words.index("-m") + 1 :]
    # Whoever leaves is forgotten as soon as another one leaves, not two minutes later.
    command.append("--server.disconnectedSessionTTL=0")
    process = subprocess.Popen(
        [sys.executable, str(SERVER), *OF_READERS, "--", *command],
        env={**os.environ, "BORDERVIZ_ATLAS": str(ATLANTIS)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        found = Counted(process, port)
        found.lines("  URL:")
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
        process.stdin.close()


async def come(session_type, address, query=""):
    """Open the page as a browser does."""
    with urllib.request.urlopen(f"{address}_stcore/health", timeout=60) as answer:
        cookie = answer.headers["set-cookie"]
    token = cookie.partition("_streamlit_xsrf=")[2].partition(";")[0]
    session = session_type(address, token, query=query)
    await session.ask()
    return session


async def act(session):
    """Toggle a layer, move the years, and follow a link of the map."""
    layer = load(ATLANTIS).settings.layers[0]
    box = session.named(f"layer-{layer.id}")
    await session.choose(box, {"bool_value": not layer.on})
    slider = session.named("filter-years")
    values = [slider.element.slider.min + 1, slider.element.slider.max]
    await session.choose(slider, {"double_array_value": {"data": values}})
    link = json.dumps({"n": 1, "go": "v=1&show=table"})
    await session.choose(session.component(), {"json_value": link})


async def visits(readers, server):
    """Let readers come, act, lay a file over the map, and leave."""
    protocol, upload = readers
    first = await come(protocol.Session, server.address)
    await first.close()  # the atlas is read now
    for number in range(VISITS):
        session = await come(protocol.Session, server.address, "show=yours")
        await upload.give(session, f"{number}.csv", ROWS.encode())
        await act(session)
        if number == VISITS - 1:
            during = server.counts()
        await session.close()
    return during


def test_nothing_of_a_reader_outlives_the_visit(readers):
    with serving() as server:
        during = finished(visits(readers, server))
        assert during[OVERLAY] >= 1, "no file was taken: the test tests nothing"
        assert during[SESSION] >= 1
        # The server looks every now and then who has left.
        for _ in range(100):
            after = server.counts()
            if not any(after[name] for name in OURS):
                break
    # Nobody came after them: what ends a visit is the time, not the next visitor.
    assert {name: after[name] for name in OURS} == dict.fromkeys(OURS, 0)
    # The server's own loop holds the last session that it served, emptied.
    assert {name: n for name, n in after.items() if n > 1} == {}


class Loop:
    """Something that only the collector can free, as much of a session is."""

    def __init__(self):
        self.itself = self


def test_what_was_set_aside_with_the_atlas_is_looked_at_again():
    keeper, one = data.Keeper(ATLANTIS), Loop()
    alive = weakref.ref(one)
    try:
        keeper.current()
        del one
        gc.collect()
        assert alive(), "nothing was set aside: the collector looks through the atlas"
        data.set_aside()
        assert alive() is None
    finally:
        gc.unfreeze()


def modules():
    """Every module of the package."""
    for found in pkgutil.walk_packages(borderviz.__path__, "borderviz."):
        if not found.name.endswith(("__main__", ".ui.app")):
            yield importlib.import_module(found.name)


def caches():
    """Every function of the package that keeps what it returned."""
    for module in modules():
        for name, found in vars(module).items():
            is_own = getattr(found, "__module__", "") == module.__name__
            if is_own and isinstance(found, _lru_cache_wrapper):
                yield f"{module.__name__}.{name}", found


# Without a limit, for what is asked is of this package: no reader can ask for more.
FIXED = {
    "borderviz.overlay.cells.table",  # a file of ours
    "borderviz.pictures.fonts.font_of",  # a font of the machine, a weight
    "borderviz.pictures.fonts._covered",
    "borderviz.pictures.lettering._face",
    "borderviz.pictures.map_symbols._outline",  # a symbol of ours
}


def test_what_the_process_keeps_is_limited():
    found = dict(caches())
    assert found.keys() >= FIXED, "a name here is of nothing any more"
    endless = {
        name
        for name, its in found.items()
        if its.cache_parameters()["maxsize"] is None
        and inspect.signature(its).parameters
    }
    assert endless == FIXED


def test_results_kept_for_an_atlas_are_limited():
    atlas = load(ATLANTIS)
    most = atlas.kept.most
    view = default_view(atlas)
    for year in range(1, most + 50):
        filters = view.filters.with_(since=f"{year:04}")
        select(atlas, view.with_(filters=filters))
    assert len(atlas.kept) <= most
