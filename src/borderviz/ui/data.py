"""What all readers share: the atlas and its map files, read once per version of it.

Whoever edits an atlas while it is served never takes it away: until every file is whole
and without a fault, readers keep the version before, and the page says why.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import streamlit as st

from borderviz.content import Atlas, load
from borderviz.errors import ContentError
from borderviz.paths import stamp
from borderviz.render.css import page_css
from borderviz.render.web_files import symbol_paths
from borderviz.search import Index, build_index
from borderviz.ui.assets import publish

# How often an atlas is read again that was saved while it was read.
TRIES = 4
# How often garbage is collected while readers are busy.
COLLECT_S = 10.0


@dataclass(frozen=True)
class Shared:
    """
    An atlas with everything made from it that no reader changes.

    `trouble` says what is wrong with the files as they are now, if they are not those
    that this was read from.
    """

    atlas: Atlas
    script: str
    css: str
    index: Index
    trouble: ContentError | None = None


def shared(root: Path) -> Shared:
    """
    Return the atlas in a folder, read again only when a file in it has changed.

    Raises
    ------
    ContentError
        If the atlas cannot be shown, and could not since the server was started.
    """
    return _keeper(str(root)).current()


@dataclass(frozen=True)
class _Known:
    """What was last read: the files as they were, what is shown, what was wrong."""

    stamp: object = None
    good: Shared | None = None
    trouble: ContentError | None = None


class Keeper:
    """The newest version of one atlas that can be shown, and what came after it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        # Replaced as a whole, so that no reader sees half of a change.
        self._known = _Known()

    def current(self) -> Shared:
        """
        Return what is to be shown now.

        Raises
        ------
        ContentError
            If nothing can be shown.
        """
        known = self._known
        # One reader waits for the new version; the others keep the old meanwhile.
        if known.stamp != stamp(self.root) and self._lock.acquire(
            blocking=known.good is None
        ):
            try:
                self._look()
            finally:
                self._lock.release()
        known = self._known
        if known.good is None:
            raise known.trouble or ContentError([])
        return replace(known.good, trouble=known.trouble)

    def _look(self) -> None:
        """Read the files, again if any was saved meanwhile: versions never mix."""
        good = self._known.good
        for _ in range(TRIES):
            before: object = stamp(self.root)
            if before == self._known.stamp:
                return
            found = _read(self.root)
            if before == stamp(self.root):
                break
        else:
            if good:
                return  # still being saved; the next visit looks again
            before = None
        if isinstance(found, ContentError):
            self._known = _Known(before, good, found)
        else:
            self._known = _Known(before, _made(found))


def _read(root: Path) -> Atlas | ContentError:
    try:
        return load(root)
    except ContentError as error:
        return error


def _made(atlas: Atlas) -> Shared:
    """Make from an atlas what all readers need of it."""
    _ = atlas.along  # made before the first reader asks
    found = Shared(
        atlas, publish(atlas), page_css(atlas, symbol_paths()), build_index(atlas)
    )
    set_aside()
    return found


def set_aside() -> None:
    """
    Take out of the garbage collector's way what lives long: atlas and libraries.

    Those are some 150,000 objects that never become garbage; looking through them took
    about 0.08 s, more than all else that a click takes. But what readers have at this
    moment is set aside too, a file of theirs as well, until this is called again:
    `forgetting` does.
    """
    gc.unfreeze()  # the version before is garbage as soon as its last reader has gone
    gc.collect()
    gc.freeze()


_collected_at = [time.monotonic()]


def collect_now_and_then() -> None:
    """
    Collect garbage, but not after every run as Streamlit does unless told not to.

    What is looked through grows with the readers who are there: with fifty, it was two
    fifths of what a click took.
    """
    now = time.monotonic()
    if now - _collected_at[0] >= COLLECT_S:
        _collected_at[0] = now
        gc.collect()


@st.cache_resource(show_spinner=False, max_entries=4)
def _keeper(root: str) -> Keeper:
    return Keeper(Path(root))
