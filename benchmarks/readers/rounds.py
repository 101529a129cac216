"""Memory over many rounds: readers come, act, leave, and are forgotten."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import time
from statistics import linear_regression, median
from typing import Any

from load import FAULTS, Log, Maker, once, settle
from processes import Server
from reader import ACTIONS, Reader

from borderviz.content import KEPT_BYTES

ROUNDS, READERS, ACTS = 20, 25, 9
# Every so manieth reader lays a file of their own over the map, and leaves with it.
FILE_EVERY = 25
FILE_ROWS = 200
# As many acts as this many readers do in an hour if each acts once in so many seconds.
HOUR_OF = {"readers": 50, "seconds_between_acts": 20}


async def rounds(
    server: Server,
    make: Maker,
    *,
    count: int = ROUNDS,
    readers: int = READERS,
    acts: int = ACTS,
) -> dict[str, Any]:
    """
    Repeat a round, and note the memory after each.

    Parameters
    ----------
    server
        A fresh one.
    make
        Makes the reader of a number.
    count, readers, acts
        Rounds, readers in each, and what each of them does without a pause.

    Returns
    -------
    dict
        Memory in megabytes before, with the readers and after each round, how it grew,
        threads, faults, and the median time of a filter by round.
    """
    caches: dict[int, set[str]] = {}
    log = Log()
    memory, most, threads = [await settle(server, make)], [], []
    filters, cpu = [], []
    for number in range(count):
        took, began, used = len(log.took), time.monotonic(), server.cpu_s()
        everybody = []
        for n in range(readers):
            one = make(number * readers + n)
            one.cache = caches.setdefault(n, one.cache)
            everybody.append(one)
        async with asyncio.TaskGroup() as group:
            for n, one in enumerate(everybody):
                group.create_task(_visit(one, log, acts, n))
        most.append(server.memory_mb())
        for one in everybody:
            await one.leave()
        memory.append(await settle(server, make))
        threads.append(server.threads())
        cpu.append(round(server.cpu_s() - used, 2))
        its = [x.seconds for x in log.took[took:] if x.action == "filter"]
        filters.append(round(median(its or [0.0]) * 1000, 1))
        sys.stderr.write(
            f"round {number + 1}: {memory[-1]:.1f} MB, {threads[-1]} threads, "
            f"{cpu[-1]} CPU s, {len(log.faults)} faults, "
            f"{time.monotonic() - began:.0f} s\n"
        )
    return {
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
        "file_every": FILE_EVERY,
        "rounds": count,
        "readers": readers,
        "acts": sum(took.action != "open" for took in log.took),
        "visits": sum(took.action == "open" for took in log.took),
        "hour_of": HOUR_OF,
        "memory_mb": [round(x, 1) for x in memory],
        "with_mb": [round(x, 1) for x in most],
        "slope_mb": slope(memory),
        "kept_mb": KEPT_BYTES / 2**20,
        "threads": threads,
        "filter_ms": filters,
        "cpu_s": cpu,
        "faults": len(log.faults),
        "first_faults": log.faults[:5],
    }


def slope(memory: list[float]) -> float:
    """
    Tell how much memory grows in a round: the line through the second half.

    Parameters
    ----------
    memory
        Megabytes before the first round and after each.
    """
    late = memory[len(memory) // 2 :]
    if len(late) < 2:
        return 0.0
    return round(linear_regression(range(len(late)), late).slope, 3)


def rows_of(count: int) -> bytes:
    """Write a file with so many places."""
    rows = (f"place {n},{38 + n / 1000:.3f},{127 + n / 1000:.3f}" for n in range(count))
    return "\n".join(["title,lat,lon", *rows]).encode()


async def _visit(one: Reader, log: Log, acts: int, number: int) -> None:
    try:
        log.took.append(await one.open())
        if number % FILE_EVERY == 0:
            await one.bring(f"{number}.csv", rows_of(FILE_ROWS))
        for act in range(acts):
            await once(one, log, ACTIONS[(number + act) % len(ACTIONS)])
    except FAULTS as fault:
        log.faults.append(f"{type(fault).__name__}: {fault}"[:300])
