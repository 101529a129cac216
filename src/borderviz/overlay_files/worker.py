"""The process that reads one file and ends: bytes come in, frames of `packing` go out.

Started by `process` as `python -I -m borderviz.overlay_files.worker`. The first line it
is sent is JSON: the name of the file and what the reader chose; the rest is the file.
"""

from __future__ import annotations

import json
import os
import sys

from borderviz.overlay_files.limits import DEPTH
from borderviz.overlay_files.packing import packed, packed_refusal
from borderviz.overlay_files.parse import prepared
from borderviz.overlay_files.raw import Reason, RefusedFileError
from borderviz.overlay_files.walls import close_doors, limit_resources


def main() -> None:
    """Read the file on the standard input; answer on what was the standard output."""
    limit_resources()
    # What a library may print must not get into the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        read = prepared(data, asked["name"], asked["layer"], asked["encoding"])
        close_doors()
        for frame in packed(read()):
            answer.write(frame)
    except RefusedFileError as error:
        answer.write(packed_refusal(error.reason))
    except MemoryError:
        answer.write(packed_refusal(Reason("file-memory")))
    except RecursionError:
        answer.write(packed_refusal(Reason("file-depth", {"limit": DEPTH})))
    answer.flush()
    # Nothing is left to do, and taking down a million cells one by one takes seconds.
    os._exit(0)


if __name__ == "__main__":
    main()
