"""A reader's own data in this session: the one place that holds it.

It lives in the session's memory and ends with it; nothing of it is in the address, in a
cache that readers share, or on a disk. What the page holds is one copy: Streamlit's own
of an upload is dropped as soon as the file is being read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.overlay.roles import Choices
from borderviz.ui.overlay_own import Own, Shown
from borderviz.ui.overlay_reading import Upload, build_again, read
from borderviz.ui.points import points

KEY = "bv-own"
PREFIX = "own-"
WHOSE_KEY = "own-whose"
MOST_MB = 20
# How often it is looked whether a file has been read that takes longer.
LOOK_EVERY_S = 0.5
_LONGEST_NAME = 80


def own() -> Own:
    """Return what the session knows; for a reader without data that is nothing."""
    found: Own | None = st.session_state.get(KEY)
    return found or Own()


def _kept() -> Own:
    """Return the same to be changed, for the session to keep."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Own()
    found: Own = st.session_state[KEY]
    return found


def shown(atlas: Atlas, filters: Filters) -> Shown | None:
    """Return what the page shows of data over the map; None if there is none."""
    found = points().current(atlas)
    mine = _kept() if found else own()
    return mine.shown(atlas, filters, found)


def has_own() -> bool:
    """Tell whether there is anything of the reader's that would be lost."""
    mine = own()
    return mine.held is not None or mine.coming is not None


def note_loss(told: object) -> None:
    """Take over what the page tells of data that this session never had."""
    st.session_state["bv-lost"] = told is True


def is_lost() -> bool:
    """Tell whether the page has told of lost data, and has none again."""
    return not has_own() and bool(st.session_state.get("bv-lost"))


def is_finished() -> bool:
    """Tell whether nothing is being read any more."""
    coming = own().coming
    return (coming is None or coming.done()) and not points().is_coming()


def upload_key() -> str:
    """Name the widget that takes the next file; it is also a class of the page."""
    return f"{PREFIX}file-{own().uploads}"


def keep_off_disk() -> None:
    """Have the server hold an upload in memory; over 1 MB it would use a file."""
    # Twice the limit: the frame of the message comes on top of the file.
    MultiPartParser.spool_max_size = 2 * MOST_MB * 2**20


def on_upload(atlas: Atlas) -> None:
    """Take over a file, and drop Streamlit's copy of it."""
    mine, key = _kept(), upload_key()
    file = st.session_state.get(key)
    if file is None:
        return
    upload = Upload(str(file.name), file.getvalue())
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
    # Deleted, not only left: the session would keep the file as the widget's value.
    del st.session_state[key]
    mine.uploads += 1
    take(upload, atlas)


def take(upload: Upload, atlas: Atlas, *, is_new: bool = True) -> None:
    """
    Read a file; what was there before stays until it has come.

    Parameters
    ----------
    upload, atlas
        The file, and what its rows are located by.
    is_new
        False if it is the file that is shown, read in another way.
    """
    name = upload.name[:_LONGEST_NAME]
    _kept().begin(read(upload, atlas), name, is_new=is_new)


def read_again(atlas: Atlas, **changes: Any) -> None:
    """Read the same file in another encoding, or another of its tables."""
    held = own().held
    if held and held.upload:
        take(replace(held.upload, **changes), atlas, is_new=False)


def rebuild(choices: Choices, atlas: Atlas) -> None:
    """Make the overlay anew by what the reader says about the columns."""
    mine = _kept()
    if mine.held and choices != mine.held.overlay.choices:
        name = mine.held.overlay.name
        mine.begin(build_again(mine.held, choices, atlas), name, is_new=False)


def remove() -> None:
    """Forget everything of the reader's data."""
    uploads = own().uploads + 1
    if coming := own().coming:
        coming.cancel()
    for key in [k for k in st.session_state if str(k).startswith(PREFIX)]:
        del st.session_state[key]
    st.session_state[KEY] = Own(uploads=uploads)


def narrow(**changes: Any) -> None:
    """Change what of the data is shown."""
    mine = _kept()
    mine.narrowing, mine.page = replace(mine.narrowing, **changes), 1
