"""
Measure many readers at once, as browsers speak to the server, without the browsers.

Usage: `python benchmarks/readers/measure.py --json FILE [--quick | --soak]`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import load  # noqa: E402
import rounds  # noqa: E402
from answers import Known  # noqa: E402
from naive import NaiveReader  # noqa: E402
from processes import TTL_S, Server, served  # noqa: E402
from reader import ACTIONS, THINK_S, Reader  # noqa: E402
from recorded import Recorded, differences, record  # noqa: E402

from borderviz.content import load as load_atlas  # noqa: E402
from borderviz.paths import default_atlas  # noqa: E402
from borderviz.search import build_index  # noqa: E402

SEED = 8
SOAK = HERE / "soak.json"
# Readers, and seconds for which all of them are there.
LEVELS = ((1, 15.0), (10, 20.0), (50, 22.0), (100, 20.0))
QUICK = ((3, 4.0),)
BOTH = ("toggle",)


def main() -> int:
    """Measure, write the figures, and return the exit code."""
    options = _options()
    # Whoever is ended from outside ends the servers too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    atlas = load_atlas(default_atlas())
    known = Known(atlas, build_index(atlas))
    if options.soak:
        found = soak(known)
    else:
        found = section(known, QUICK if options.quick else LEVELS)
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=SOAK, metavar="FILE")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--quick", action="store_true", help="three readers, seconds")
    what.add_argument("--soak", action="store_true", help="20 rounds, ten minutes")
    options = parser.parse_args()
    if options.json == SOAK and not options.soak:
        parser.error("--json is needed, but for --soak")
    return options


def section(known: Known, levels: Sequence[tuple[int, float]]) -> dict[str, Any]:
    """Measure each number of readers on a server of its own; then without pauses."""
    found: dict[str, Any] = {
        "section": "readers",
        "ttl_s": TTL_S,
        "think_s": THINK_S,
        "arrival_s": load.ARRIVAL_S,
        "seed": SEED,
        "acts": ACTIONS,
    }
    visit = visited("borderviz")
    found["files"] = len(visit.files)
    found["unlike_browser"] = asyncio.run(_compared(known, visit))
    make = partial(reader, known=known, visit=visit, kind=Reader)
    found["levels"] = [
        _level("borderviz", make, readers=n, seconds=s, acts=ACTIONS) for n, s in levels
    ]
    most = min(10, levels[-1][0])
    short = min(10.0, levels[-1][1])
    found["without_pause"] = _level(
        "borderviz", make, readers=most, seconds=short, acts=ACTIONS, thinks=False
    )
    plain = partial(reader, known=known, visit=visited("naive"), kind=NaiveReader)
    both = {"readers": most, "seconds": short, "acts": BOTH}
    found["same_script"] = {
        "naive": _level("naive", plain, **both),
        "borderviz": _level("borderviz", make, **both),
    }
    if SOAK.exists():
        found["soak"] = json.loads(SOAK.read_text("utf-8"))
    return found


def soak(known: Known) -> dict[str, Any]:
    """Have readers come, act and leave for twenty rounds, on one server."""
    visit = visited("borderviz")
    make = partial(reader, known=known, visit=visit, kind=Reader)
    with served("borderviz") as server:
        return asyncio.run(rounds.rounds(server, partial(make, server)))


def visited(page: str) -> Recorded:
    """Have a real browser visit a page on a server of its own."""
    with served(page) as server:
        return record(server.address, has_scripts=page == "borderviz")


def reader(
    server: Server, number: int, *, known: Known, visit: Recorded, kind: type[Reader]
) -> Reader:
    """Make the reader of a number: the same choices in every run."""
    return kind(server.address, known, visit.files, Random(f"{SEED}-{number}"))


def _level(page: str, make: Callable[..., Reader], **what: Any) -> dict[str, Any]:
    """Measure one number of readers on a server of its own."""
    with served(page) as server:
        found = asyncio.run(load.level(server, partial(make, server), **what))
    told = f"{page}, {found['readers']} readers: {found['faults']} faults"
    sys.stderr.write(f"{told}, {found['seconds']:.0f} s\n")
    return found


async def _compared(known: Known, visit: Recorded) -> list[list[str]]:
    """Act as the browser did; say in what our messages are not the browser's."""
    asked = []
    with served("borderviz") as server:
        one = reader(server, 0, known=known, visit=visit, kind=Reader)
        await one.open()
        asked.append(one.session.sent)
        await one.turn(visit.layer)
        asked.append(one.session.sent)
        await one.choose(visit.record)
        asked.append(one.session.sent)
        await one.leave()
    theirs = [m for m in visit.sent if m.WhichOneof("type") == "rerun_script"]
    return [differences(a, b) for a, b in zip(theirs, asked, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
