"""What all readers share: the atlas and its map files, read once per version of it."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from borderviz.content import Atlas, content_files, load
from borderviz.render.css import page_css
from borderviz.render.web_files import symbol_paths
from borderviz.search import Index, build_index
from borderviz.ui.assets import publish


@dataclass(frozen=True)
class Shared:
    """An atlas with everything made from it that no reader changes."""

    atlas: Atlas
    script: str
    css: str
    index: Index


def shared(root: Path) -> Shared:
    """
    Return the atlas in a folder, read again only when a file in it has changed.

    Raises
    ------
    ContentError
        If the atlas cannot be shown.
    """
    return _shared(str(root), _stamp(root))


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Describe the files of an atlas without reading them."""
    return tuple(
        (str(path), (stat := path.stat()).st_mtime_ns, stat.st_size)
        for path in content_files(root)
    )


@st.cache_resource(show_spinner=False, max_entries=4)
def _shared(root: str, stamp: tuple[tuple[str, int, int], ...]) -> Shared:  # noqa: ARG001
    atlas = load(Path(root))
    _ = atlas.along  # made before the first reader asks
    found = Shared(
        atlas, publish(atlas), page_css(atlas, symbol_paths()), build_index(atlas)
    )
    # Streamlit collects all garbage after every run. The atlas and the libraries are
    # some 150,000 objects that never become garbage; looking through them took about
    # 0.08 s of every click, more than everything else together.
    gc.collect()
    gc.freeze()
    return found
