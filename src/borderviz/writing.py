"""Files and folders written whole or not at all, and never over others unasked."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from borderviz.errors import BorderVizError

_CURES = {
    errno.ENOSPC: "The disk is full: make room, or name a place on another one.",
    errno.EDQUOT: "Your share of the disk is used up: make room, or name another.",
    errno.EACCES: "You may not write there: name a folder of your own.",
    errno.EPERM: "You may not write there: name a folder of your own.",
    errno.EROFS: "Nothing can be written on that disk: name another one.",
    errno.ENOENT: "The folder does not exist: make it first, or name another one.",
    errno.ENOTDIR: "A part of the path is a file: name a folder.",
    errno.ENAMETOOLONG: "The name is too long: choose a shorter one.",
}


class OutputError(BorderVizError):
    """A file or folder that cannot be written; nothing of it is left behind."""

    def __init__(self, path: Path, reason: str, cure: str) -> None:
        self.path, self.reason, self.cure = path, reason, cure
        super().__init__(f"{path} was not written: {reason}. {cure}")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """
    Give a name to write to; it takes the place of `path` when all has gone well.

    Parameters
    ----------
    path
        What is to be there in the end; an older file of that name is replaced. If
        anything fails it stays as it was, and nothing else is left behind.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part{path.suffix}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[Path]:
    """
    Give a name to write a file to that a reader asked for.

    Parameters
    ----------
    path
        What is to be there in the end.
    force
        True lets it take the place of a file that is there.

    Raises
    ------
    OutputError
        If it is there and `force` is not set, is a folder, or cannot be written.
    """
    _refuse(path, force=force, is_folder=False)
    with _told(path), replacing(path) as part:
        yield part
        _settle(part)


# A folder with this file in it was written here, and may be replaced as a whole.
SIGN = "written-by-borderviz.txt"


@contextmanager
def new_folder(path: Path, *, force: bool, kept: bool = False) -> Iterator[Path]:
    """
    Give a folder to fill that a reader asked for; it moves into place when it is full.

    Parameters
    ----------
    path
        What is to be there in the end; an empty folder may be there already.
    force
        True lets it take the place of a folder that was written so before.
    kept
        True leaves out the sign: people go on writing there, so nothing replaces it.

    Raises
    ------
    OutputError
        If something else is there, or `force` is not set, or it cannot be written.
    """
    _refuse(path, force=force, is_folder=True, kept=kept)
    path = path.absolute()
    mark = secrets.token_hex(8)
    part, old = (path.with_name(f".{mark}.{end}") for end in ("part", "old"))
    try:
        with _told(path):
            part.mkdir()
            yield part
            if not kept:
                told = "The next export replaces this folder.\n"
                (part / SIGN).write_text(told, "utf-8")
            if path.exists():
                path.rename(old)
            try:
                part.rename(path)
            except OSError:
                if old.exists():
                    old.rename(path)
                raise
    finally:
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)


def _refuse(path: Path, *, force: bool, is_folder: bool, kept: bool = False) -> None:
    """Stop before anything is written where something else is in the way."""
    with _told(path):
        if not path.exists():
            return
        if path.is_dir() != is_folder:
            reason = "a file of that name is there"
            if not is_folder:
                reason = "a folder of that name is there"
            raise OutputError(path, reason, "Choose another name.")
        is_free = is_folder and not any(path.iterdir())
        is_ours = not is_folder or (path / SIGN).is_file()
    if is_free or (force and is_ours):
        return
    what = "it is not empty" if is_folder else "it is there already"
    if kept:
        cure = "Choose another name."
    elif is_ours:
        cure = "Choose another name, or replace it by --force."
    else:
        cure = f"Choose another name: without {SIGN} in it nothing replaces it."
    raise OutputError(path, what, cure)


def _settle(part: Path) -> None:
    """Wait until a file is on the disk: some tell only then that they are full."""
    with suppress(FileNotFoundError), part.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what the system says about a path in words that lead on."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        cure = _CURES.get(error.errno or 0, "Choose another place.")
        raise OutputError(path, reason, cure) from error
