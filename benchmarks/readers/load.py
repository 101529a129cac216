"""Many readers at once: what they waited for, and what the server needed for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from processes import TTL_S, Server, own_cpu_s
from protocol import RefusedError
from reader import Reader, Took
from websockets.exceptions import WebSocketException

FAULTS = (RefusedError, WebSocketException, OSError, TimeoutError, EOFError)
# Readers come one after another over this time, so that not all open at once.
ARRIVAL_S = 0.2
Maker = Callable[[int], Reader]


@dataclass
class Log:
    """What all readers of one measurement saw."""

    took: list[Took] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return the samples by action, in milliseconds, and the faults."""
        found: dict[str, dict[str, list[float]]] = {}
        for took in self.took:
            its = found.setdefault(took.action, {"ms": [], "map_ms": []})
            its["ms"].append(round(took.seconds * 1000, 1))
            its["map_ms"].append(round(took.map_seconds * 1000, 1))
        return {
            "actions": found,
            "bytes": sum(took.received for took in self.took),
            "runs": sum(took.runs for took in self.took),
            "faults": len(self.faults),
            "first_faults": self.faults[:5],
        }


async def stay(
    reader: Reader,
    log: Log,
    acts: Sequence[str],
    *,
    seconds: float,
    until: float,
    thinks: bool,
) -> None:
    """
    Open the page, then act until the time is over; the tab stays open.

    Parameters
    ----------
    reader, log
        Who acts, and where it is noted.
    acts
        What they do, again and again.
    seconds, until
        They stay so long after the page has opened, and not less than until that time
        of the monotonic clock.
    thinks
        Whether they look at each answer for a while.
    """
    try:
        log.took.append(await reader.open())
        until, number = max(until, time.monotonic() + seconds), 0
        while True:
            if thinks:
                await reader.think()
            if time.monotonic() > until:
                return
            await once(reader, log, acts[number % len(acts)])
            number += 1
    except FAULTS as fault:
        log.faults.append(f"{type(fault).__name__}: {fault}"[:300])


async def once(reader: Reader, log: Log, action: str) -> None:
    """Act once; a wrong answer is a fault, and the reader goes on."""
    try:
        log.took.append(await reader.act(action))
    except RefusedError as fault:
        log.faults.append(f"{action}: {fault}"[:300])


async def settle(server: Server, make: Maker) -> float:
    """
    Wait until the server may forget who has left; return its memory then.

    It forgets when the next one leaves, not by the clock: hence one more visit.
    """
    await asyncio.sleep(TTL_S + 0.2)
    await make(-1).look_in()
    await asyncio.sleep(0.3)
    return server.memory_mb()


async def level(
    server: Server,
    make: Maker,
    *,
    readers: int,
    seconds: float,
    acts: Sequence[str],
    thinks: bool = True,
) -> dict[str, Any]:
    """
    Measure one number of readers.

    Parameters
    ----------
    server
        A fresh one; a first reader warms it.
    make
        Makes the reader of a number.
    readers
        How many there are at once.
    seconds
        How long they act after the last of them has come.
    acts
        What they do; each begins at another place of the list.
    thinks
        Whether they look at each answer for a while.

    Returns
    -------
    dict
        Samples, faults, processor seconds, memory in megabytes.
    """
    first, log = make(0), Log()
    await first.open()
    for action in acts:
        await first.act(action)
    await first.leave()
    before = await settle(server, make)
    cpu, own, began = server.cpu_s(), own_cpu_s(), time.monotonic()
    until = began + ARRIVAL_S * readers + seconds
    everybody = [make(number + 1) for number in range(readers)]
    async with asyncio.TaskGroup() as group:
        for number, reader in enumerate(everybody):
            at = number % len(acts)
            its = [*acts[at:], *acts[:at]]
            visit = stay(reader, log, its, seconds=seconds, until=until, thinks=thinks)
            group.create_task(visit)
            await asyncio.sleep(ARRIVAL_S)
    took = time.monotonic() - began
    found = {
        "readers": readers,
        "thinks": thinks,
        "seconds": round(took, 2),
        **log.figures(),
        "cpu": {
            "server": round(server.cpu_s() - cpu, 2),
            "readers": round(own_cpu_s() - own, 2),
        },
        "threads": server.threads(),
        "memory": {"before": before, "with": server.memory_mb()},
    }
    for reader in everybody:
        await reader.leave()
    found["memory"]["after"] = await settle(server, make)
    return found
