"""Reads a file in a process of its own, so that no file can harm or stop the page."""

from __future__ import annotations

import json
import subprocess
import sys
from threading import BoundedSemaphore, Thread, Timer
from typing import IO

from borderviz.overlay_files.limits import (
    ANSWER_BYTES,
    AT_ONCE,
    FILE_BYTES,
    MEGABYTE,
    READ_SECONDS,
    WAIT_SECONDS,
    refusal,
)
from borderviz.overlay_files.packing import unpacked
from borderviz.overlay_files.raw import RawTable

COMMAND = (sys.executable, "-I", "-m", "borderviz.overlay_files.worker")
# No secret of the page's own environment; no thread that a table would not need; no
# download of grids.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
}
_LONGEST_NAME = 200
_places = BoundedSemaphore(AT_ONCE)


def read_file(
    data: bytes, name: str, *, layer: str = "", encoding: str = ""
) -> RawTable:
    """
    Read a reader's file; whatever is in it, this returns or refuses.

    Parameters
    ----------
    data
        Its bytes.
    name
        What the reader's machine calls it. Used for a remark only, never as a path.
    layer
        The sheet or table to read; empty for the first.
    encoding
        One of `ENCODINGS`, if the reader chose; empty to find out.

    Raises
    ------
    RefusedFileError
        If it cannot be read; its reason says why.
    """
    if len(data) > FILE_BYTES:
        raise refusal(why="large", limit=FILE_BYTES // MEGABYTE)
    asked = {"name": name[-_LONGEST_NAME:], "layer": layer, "encoding": encoding}
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise refusal(why="busy")
    try:
        answer = _answer(json.dumps(asked).encode() + b"\n", data)
    finally:
        _places.release()
    try:
        return unpacked(answer)
    except (ValueError, RecursionError):
        raise refusal(why="crashed") from None


def _answer(asked: bytes, data: bytes) -> bytes:
    """Start a worker, feed it, and take what it says; none outlives its time."""
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        is_late = False

        def end() -> None:
            nonlocal is_late
            is_late = True
            worker.kill()

        clock = Timer(READ_SECONDS, end)
        feeder = Thread(target=_feed, args=(worker.stdin, asked, data), daemon=True)
        clock.start()
        feeder.start()
        try:
            answer = worker.stdout.read(ANSWER_BYTES + 1)
        finally:
            worker.kill()
            clock.cancel()
            feeder.join()
    if is_late:
        raise refusal(why="timeout", limit=READ_SECONDS)
    if len(answer) > ANSWER_BYTES:
        raise refusal(why="letters", limit=ANSWER_BYTES // MEGABYTE)
    return answer


def _feed(pipe: IO[bytes], asked: bytes, data: bytes) -> None:
    """Write to a worker, which may end before it has read all."""
    try:
        with pipe:
            pipe.write(asked)
            pipe.write(data)
    except OSError:
        return
