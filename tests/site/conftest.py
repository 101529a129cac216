"""Sites to look at: of the invented atlas whole, of the real one without pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from borderviz.content import Atlas, load
from borderviz.permalink import decode_query
from borderviz.pictures import catalogue, map_picture
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.site import write_site
from hostile import hostile_copy

from .pages import Built

TODAY = dt.date(2026, 11, 23)
ADDRESS = "https://example.org/atlas/"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm" '
    'viewBox="0 0 9 9">'
    '<g id="frame"><path d="M 1 2 L 5 2 L 5 8"/></g></svg>'
)


def build(folder: Path, atlas: Atlas, query: str = "", address: str = "") -> Built:
    """Write a site of a view; note what was told on the way."""
    view = decode_query(query, atlas, ()).view
    selection, told = select(atlas, view), []
    write_site(
        folder,
        selection,
        Context(atlas, view),
        today=TODAY,
        address=address,
        progress=lambda *said: told.append(said),
    )
    return Built(folder, atlas, view, selection, address, told)


@pytest.fixture(scope="session")
def invented(atlantis, tmp_path_factory) -> Built:
    """The invented atlas, all of it, where it will be served is known."""
    return build(tmp_path_factory.mktemp("invented"), atlantis, address=ADDRESS)


@pytest.fixture(scope="session")
def homeless(atlantis, tmp_path_factory) -> Built:
    """The invented atlas; nobody said where it will be served."""
    with pytest.MonkeyPatch.context() as patch:
        without_pictures(patch)
        return build(tmp_path_factory.mktemp("homeless"), atlantis)


@pytest.fixture(scope="session")
def real(atlas, tmp_path_factory) -> Built:
    """The real atlas; its pictures have tests of their own and take their time."""
    with pytest.MonkeyPatch.context() as patch:
        without_pictures(patch)
        return build(tmp_path_factory.mktemp("real"), atlas, address=ADDRESS)


@pytest.fixture
def quick(monkeypatch) -> Callable[..., Built]:
    """Write a site without drawing its pictures."""
    without_pictures(monkeypatch)
    return build


def without_pictures(patch: pytest.MonkeyPatch) -> None:
    """Put a small picture in the place of each."""

    def picture(name: str, *_: Any, form: str, **__: Any) -> bytes:
        return _png() if form == "png" else SVG.encode()

    patch.setattr(catalogue, "picture", picture)
    patch.setattr(map_picture, "map_picture", lambda *_, **__: SVG.encode())


def _png() -> bytes:
    import io

    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (1920, 1080)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, atlantis) -> Atlas:
    """An atlas whose every text tries to become code."""
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


@pytest.fixture(params=["atlas", "atlantis", "hostile"])
def any_atlas(request) -> Atlas:
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["invented", "homeless", "real"])
def any_site(request) -> Built:
    return request.getfixturevalue(request.param)
