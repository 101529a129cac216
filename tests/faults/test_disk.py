"""Disks that take nothing, and caches on them that hold rubbish."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from faults.conftest import assert_whole
from faults.readers import Reader
from faults.serving import until

pytestmark = pytest.mark.browser

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"

SHEET = "show=yours&lang=en"
# More than a megabyte, which Streamlit by itself would put on a disk.
ROWS = b"Title,Latitude,Longitude\n" + b"Somewhere %s,0.5,10.1\n" % (b"x" * 9_000) * 200


@pytest.fixture(scope="module")
def full(start, tmp_path_factory):
    """A server that was started where no file can be written to any disk."""
    program = shutil.which("prlimit")
    if program is None:
        pytest.skip("no prlimit here, of Debian's package `util-linux`")
    atlas = shutil.copytree(ATLANTIS, tmp_path_factory.mktemp("atlas") / "atlantis")
    found = start(atlas=atlas, before=(program, "--fsize=0:unlimited", "--"))
    yield found
    found.end()


def may_write(server, size):
    """Let a server's process write files up to a size, while it runs."""
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_server_without_a_disk_shows_everything(full):
    assert_whole(full, "lang=en", "two borders")
    with Reader(full.origin) as reader:
        reader.run(SHEET)
        reader.run(SHEET, states=[reader.put(ROWS)])
        until(lambda: "Somewhere" in reader.run(SHEET).text)
    assert full.files() == []
    assert full.tracebacks() == []


def test_an_atlas_is_read_again_without_a_disk(full):
    path = full.atlas / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("two borders", "three shores"), encoding="utf-8")
    assert_whole(full, "lang=en", "three shores")
    path.write_text(text, encoding="utf-8")
    assert_whole(full, "lang=en", "two borders")
    assert full.tracebacks() == []


def test_a_file_that_needs_a_disk_is_refused_in_words_until_there_is_one(full, visit):
    window = visit(at=full).open("?show=take&lang=en")
    failed = window.page.get_by_test_id("stDownloadButtonError")
    click(window, "gpkg")
    expect(failed).to_be_visible()
    with window.page.expect_download() as csv:
        click(window, "csv")
    assert Path(csv.value.path()).stat().st_size > 1000
    may_write(full, resource.RLIM_INFINITY)
    try:
        with window.page.expect_download() as gpkg:
            click(window, "gpkg")
        assert Path(gpkg.value.path()).stat().st_size > 1000
    finally:
        may_write(full, 0)
    assert full.files() == []
    assert_whole(full, "lang=en", "two borders")


def click(window, form):
    window.page.locator(f".st-key-take-get-{form} button").click()


# --- what Python and its libraries keep ----------------------------------------------

RUBBISH = {"empty": b"", "noise": b"\xff" * 4000, "text": b"{]"}


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_compiled_code_that_is_rubbish_is_made_anew(tmp_path, rubbish):
    run = "from borderviz import dates; print(sorted(vars(dates)))"
    before = told(run, PYTHONPYCACHEPREFIX=str(tmp_path))
    compiled = list(tmp_path.rglob("dates.*.pyc"))
    assert compiled
    for path in compiled:
        path.write_bytes(rubbish)
    assert told(run, PYTHONPYCACHEPREFIX=str(tmp_path)) == before
    assert all(path.read_bytes() != rubbish for path in compiled)


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_a_list_of_fonts_that_is_rubbish_is_made_anew(tmp_path, rubbish):
    import matplotlib.font_manager as fonts

    name = f"fontlist-v{fonts.FontManager.__version__}.json"
    (tmp_path / name).write_bytes(rubbish)
    run = (
        "from borderviz.pictures.fonts import missing; print(missing('A\uac00\ue000'))"
    )
    assert told(run, MPLCONFIGDIR=str(tmp_path)) == "set()"


def told(code, **environment):
    """Run a line of Python in a process of its own; return what it prints."""
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return found.stdout.strip()
