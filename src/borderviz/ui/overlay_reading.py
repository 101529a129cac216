"""A reader's file, read beside the page: the map answers while a large one is read.

Two at once in the whole process, whoever asks meanwhile waits. Nothing is kept here:
what was made belongs to the session that asked for it.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from borderviz.overlay_files.raw import RawTable, Reason, RefusedFileError

if TYPE_CHECKING:
    from borderviz.content import Atlas
    from borderviz.crowd import Crowd
    from borderviz.overlay.model import Overlay
    from borderviz.overlay.roles import Choices

AT_ONCE = 2
FAILED = Reason("page-failed")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Upload:
    """
    A file as it came.

    Parameters
    ----------
    name, data
        Its name, untrusted, and all of its bytes.
    layer, encoding
        Which of its tables and which encoding the reader asks for; empty: as found.
    """

    name: str
    data: bytes
    layer: str = ""
    encoding: str = ""


@dataclass(frozen=True, eq=False)
class Held:
    """
    A reader's data as the page holds it.

    Parameters
    ----------
    overlay
        The rows, cleaned and located.
    packed
        The same for the map.
    upload
        The file, if it might be read in another way; else None, and its bytes are gone.
    fingerprint
        Version of the atlas that the rows were located by.
    crowd
        Of more rows than a browser gets, the same by place; `packed` is empty then.
    """

    overlay: Overlay
    packed: str
    upload: Upload | None
    fingerprint: str
    crowd: Crowd | None = None


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="overlay")


def read(upload: Upload, atlas: Atlas) -> Future[Held]:
    """Begin to read a file; its columns are recognised."""
    return _pool().submit(_read, upload, atlas)


def build_again(held: Held, choices: Choices, atlas: Atlas) -> Future[Held]:
    """Begin to make an overlay of the same table by other choices."""
    return _pool().submit(
        _held, held.overlay.raw, held.overlay.name, choices, held.upload, atlas
    )


def outcome(future: Future[Held]) -> Held | Reason:
    """
    Return what came of it: the data, or why there is none.

    Parameters
    ----------
    future
        One that is done. What nobody expected goes to the log by its name alone: its
        words may hold words of the file.
    """
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, RefusedFileError):
        return error.reason
    _LOG.log(logging.ERROR, "overlay-failed: %s", type(error).__name__)
    return FAILED


def _read(upload: Upload, atlas: Atlas) -> Held:
    # Here and below: imported when the first file comes, not with the first page.
    from borderviz.overlay.roles import recognise
    from borderviz.overlay_files import read_file

    raw = read_file(
        upload.data, upload.name, layer=upload.layer, encoding=upload.encoding
    )
    kept = upload if may_differ(raw) else None
    return _held(raw, upload.name, recognise(raw), kept, atlas)


def may_differ(raw: RawTable) -> bool:
    """Tell whether the same bytes could be read in another way."""
    is_guessed = raw.encoding.lower().replace("-sig", "") not in ("", "ascii", "utf-8")
    return is_guessed or len(raw.layers) > 1


def _held(
    raw: RawTable, name: str, choices: Choices, upload: Upload | None, atlas: Atlas
) -> Held:
    from borderviz.overlay.build import build
    from borderviz.render.overlay_map import packed_html

    overlay = build(raw, name, choices, atlas)
    return Held(overlay, packed_html(overlay), upload, atlas.fingerprint)
