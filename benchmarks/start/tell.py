"""Tell how soon a fresh server is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tables import spread, table

HOW = """A server is started and asked every 5 ms until it answers; then a reader's
messages are sent over the socket, without a browser, until the script has ended and all
of it has arrived; then SIGTERM. {runs} times each, by turns, every time a new process.
Ready means: `/health` says 200 (borderviz; it has then read the atlas, made the map's
files and run the page once for nobody), `/_stcore/health` says 200 (bare page)."""
ROWS = {
    "answers_s": "process start until the server answers",
    "ready_s": "process start until it is ready",
    "drawn_s": "process start until the first reader has the page",
    "first_run_s": "the first reader's run",
    "second_run_s": "the second reader's run",
    "stop_s": "SIGTERM until the process has ended",
}


def section(found: Mapping[str, Any]) -> str:
    """
    Write the section.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    pages = ("bare", "borderviz")
    rows = [
        [
            what,
            *(spread([x[key] for x in found["samples"][p]], "s", 3) for p in pages),
        ]
        for key, what in ROWS.items()
    ]
    head = ["what", *pages]
    told = HOW.format(runs=found["runs"])
    return "\n\n".join(["## A fresh server", told, table(head, rows)])
