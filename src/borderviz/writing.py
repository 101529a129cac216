"""Files written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
