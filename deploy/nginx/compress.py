"""
Write FILE.gz beside each file of a static site that gains by it, for `gzip_static`.

Usage: `python deploy/nginx/compress.py public`. Again after each export.
"""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

TEXTS = frozenset(
    (
        *(".bib", ".css", ".csv", ".geojson", ".html", ".js"),
        *(".json", ".kml", ".svg", ".txt", ".xml"),
    )
)
# Below that the headers weigh more than what is saved.
LEAST_BYTES = 1024


def compress(folder: Path) -> tuple[int, int, int]:
    """
    Compress a site's texts; take away what was compressed of files no longer there.

    Parameters
    ----------
    folder
        The site.

    Returns
    -------
    tuple of int
        How many files, their bytes, and their bytes compressed.
    """
    for old in folder.rglob("*.gz"):
        if not old.with_suffix("").exists():
            old.unlink()
    count = before = after = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix not in TEXTS or path.stat().st_size < LEAST_BYTES:
            continue
        told = path.stat()
        data = path.read_bytes()
        # No time and no name inside, so that the same site gives the same bytes.
        packed = gzip.compress(data, compresslevel=9, mtime=0)
        beside = path.with_name(f"{path.name}.gz")
        beside.write_bytes(packed)
        # nginx takes date and tag of an answer from the file that it sends.
        os.utime(beside, ns=(told.st_atime_ns, told.st_mtime_ns))
        count, before, after = count + 1, before + len(data), after + len(packed)
    return count, before, after


def main() -> int:
    """Compress the folder named; return the exit code."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.stderr.write("usage: compress.py FOLDER\n")
        return 2
    count, before, after = compress(Path(sys.argv[1]))
    sys.stdout.write(f"{count} files, {before:,} bytes, compressed {after:,}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
