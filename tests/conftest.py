"""Fixtures for every suite: the two atlases, a copy to break, and no network."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from borderviz.content import Atlas, load, read
from borderviz.errors import ContentError, Problem
from chromium import browser, watched

__all__ = ["browser", "watched"]

TESTS = Path(__file__).parent
ATLANTIS = TESTS / "data" / "atlantis"
GEODATA = TESTS.parent / "geodata"

# Reading an atlas takes longer than Hypothesis expects of one example. Examples are the
# same on each run; `pytest --hypothesis-profile=search` looks longer, and for others.
settings.register_profile("borderviz", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("borderviz")


# What Playwright says when what it waits for has not come in time.
OUT_OF_TIME = ["TimeoutError", r"with timeout \d+ms"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    On a CI, try a page that ran out of time once more; the summary names it.

    A machine that others load can be slow beyond all patience. Whatever else a test
    finds, and everything on a developer's machine, counts at once.
    """
    if os.environ.get("CI"):
        again = pytest.mark.flaky(reruns=1, only_rerun=OUT_OF_TIME)
        for item in items:
            if "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(again)


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The folder of the real atlas."""
    return GEODATA


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The real atlas, read once; shared, so never changed by a test."""
    return _sound(GEODATA)


@pytest.fixture(scope="session")
def atlantis() -> Atlas:
    """The invented atlas, read once; shared, so never changed by a test."""
    return _sound(ATLANTIS)


def _sound(root: Path) -> Atlas:
    """Read an atlas; fail with every problem written out, not with their number."""
    try:
        return load(root)
    except ContentError as error:
        told = "\n".join(str(problem) for problem in error.problems)
        pytest.fail(f"{root.name} has problems:\n{told}", pytrace=False)


@pytest.fixture
def atlantis_copy(tmp_path: Path) -> Path:
    """A folder with the invented atlas, to be broken."""
    return Path(shutil.copytree(ATLANTIS, tmp_path / "atlantis"))


@pytest.fixture
def edit_text(atlantis_copy: Path) -> Callable[[str, str, str], list[Problem]]:
    """Replace one passage in a file of the copy; return the problems that follow."""

    def edit(file: str, old: str, new: str) -> list[Problem]:
        path = atlantis_copy / file
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{file} no longer says {old!r}: mend the test"
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        return read(atlantis_copy)[1]

    return edit


@pytest.fixture
def edit_feature(
    atlantis_copy: Path,
) -> Callable[[str, str, Callable[[Any], object]], list[Problem]]:
    """Change one GeoJSON feature of the copy; return the problems that follow."""

    def edit(file: str, record: str, change: Callable[[Any], object]) -> list[Problem]:
        path = atlantis_copy / file
        document = json.loads(path.read_text(encoding="utf-8"))
        (feature,) = (f for f in document["features"] if f["id"] == record)
        change(feature)
        path.write_text(json.dumps(document), encoding="utf-8")
        return read(atlantis_copy)[1]

    return edit


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Fail whatever reaches for another machine; this one's own servers are fine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(name))
        resolve = socket.getaddrinfo

        def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
            _refuse_foreign(host)
            return resolve(host, *args, **kwargs)

        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


def _guarded(name: str) -> Callable[[socket.socket, Any], Any]:
    original = getattr(socket.socket, name)

    def call(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_foreign(address[0])
        return original(self, address)

    return call


def _refuse_foreign(host: str | bytes | None) -> None:
    """Fail the test, in a way no `except Exception` can swallow."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "0.0.0.0", "::"):
        return
    try:
        at_home = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        at_home = False
    if not at_home:
        pytest.fail(f"a test reached for {name}")
