"""Readers at processes: by formula, and by a simulation that knows no formula.

Each process draws one answer at a time (Python runs one thread), and a reader stays at
one process. So each process is a queue of its own with one server, and `c` processes
are `c` such queues: M/G/1 each, not one M/G/c.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from random import Random


def in_system(per_s: float, stay_s: float) -> float:
    """
    Count who is there at once, by Little's law.

    Parameters
    ----------
    per_s, stay_s
        Arrivals a second, and how long each stays, in seconds.
    """
    return per_s * stay_s


def mean_wait_s(per_s: float, service_s: Sequence[float]) -> float:
    """
    Return the mean wait in one queue, by Pollaczek and Khinchine.

    Parameters
    ----------
    per_s
        Requests a second at this process, at random times.
    service_s
        Samples of how long the process works on one.

    Returns
    -------
    float
        Seconds before the work on a request begins; infinite where more comes than can
        be done.
    """
    mean = math.fsum(service_s) / len(service_s)
    square = math.fsum(s * s for s in service_s) / len(service_s)
    load = per_s * mean
    return per_s * square / (2 * (1 - load)) if load < 1 else math.inf


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def simulated(
    *,
    visits_per_s: float,
    acts: int,
    stay_s: float,
    processes: int,
    opening_s: Sequence[float],
    act_s: Sequence[float],
    seconds: float,
    seed: int,
) -> dict[str, float]:
    """
    Let readers come, open the page, act with pauses, and leave.

    Parameters
    ----------
    visits_per_s
        How many come, at random times.
    acts, stay_s
        What each does after opening, and over how long, on average.
    processes
        Readers go to each in turn, and stay there.
    opening_s, act_s
        Samples of the work for an opening, and for an act.
    seconds
        How long readers come; the first fifth is left out of the figures.
    seed
        The same seed gives the same figures.

    Returns
    -------
    dict
        `wait_mean_s` and, for whole answers, `p50_s` and `p95_s`; `load`, the share of
        the time that processes were busy.
    """
    chance = Random(seed)
    pause_s = stay_s / max(acts, 1)
    # When, in order of arrival among equals, at which process, and acts still to do.
    due: list[tuple[float, int, int, int]] = []
    count, now = 0, chance.expovariate(visits_per_s)
    while now < seconds:
        heapq.heappush(due, (now, count, count % processes, acts))
        count, now = count + 1, now + chance.expovariate(visits_per_s)
    free_at = [0.0] * processes
    waits: list[float] = []
    answers: list[float] = []
    busy = 0.0
    begin = seconds / 5
    while due:
        asked, _, at, left = heapq.heappop(due)
        if asked > seconds:
            break
        work = chance.choice(opening_s if left == acts else act_s)
        begun = max(asked, free_at[at])
        free_at[at] = begun + work
        if asked >= begin:
            waits.append(begun - asked)
            answers.append(free_at[at] - asked)
            busy += work
        if left:
            count += 1
            again = free_at[at] + chance.expovariate(1 / pause_s)
            heapq.heappush(due, (again, count, at, left - 1))
    return {
        "wait_mean_s": math.fsum(waits) / len(waits),
        "p50_s": percentile(answers, 0.5),
        "p95_s": percentile(answers, 0.95),
        "load": busy / (processes * (seconds - begin)),
    }
