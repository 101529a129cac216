"""What a number of page views a day needs, from what was measured for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from fitted import split
from queueing import in_system, mean_wait_s, simulated

DAY_S = 86_400
HOUR_S = 3_600


@dataclass(frozen=True)
class Stated:
    """
    What nobody measured: assumptions, to be replaced by the operator's own.

    Parameters
    ----------
    views
        Page views a day; each opens the page once.
    stay_s, acts
        How long a reader stays, and how often they act in that time.
    peak
        How much busier the busiest hour is than the average one.
    most_load
        The share of a process that may be busy at the peak.
    new_share
        Share of readers whose browser has nothing of it yet.
    pages_per_visit
        Pages of the static site that a visit reads.
    """

    views: int = 1_000_000
    stay_s: float = 180.0
    acts: int = 8
    peak: float = 3.0
    most_load: float = 0.6
    new_share: float = 1.0
    pages_per_visit: int = 5


@dataclass(frozen=True)
class Measured:
    """
    What was measured for one reader.

    Parameters
    ----------
    opening_s, act_s
        Samples of the processor time for an opening, and for an act.
    reader_mb, process_mb
        Memory for each reader, and of a process without any.
    opening_bytes, act_bytes
        What is sent for each.
    """

    opening_s: tuple[float, ...]
    act_s: tuple[float, ...]
    reader_mb: float
    process_mb: float
    opening_bytes: float
    act_bytes: float


def app(
    measured: Measured, stated: Stated, *, hours: float, seed: int
) -> dict[str, Any]:
    """
    Tell what the app needs, by formula and by simulation.

    Parameters
    ----------
    measured, stated
        What is known, and what is assumed.
    hours
        How long the peak is simulated.
    seed
        Of the simulation.
    """
    visits = stated.views / DAY_S * stated.peak
    work = [*measured.opening_s, *measured.act_s]
    opening = sum(measured.opening_s) / len(measured.opening_s)
    act = sum(measured.act_s) / len(measured.act_s)
    each_s = opening + stated.acts * act
    cores = visits * each_s
    least = max(1, int(cores) + 1)
    enough = max(1, -int(-cores // stated.most_load))
    readers = in_system(visits, stated.stay_s)
    requests = visits * (1 + stated.acts)
    mixed = _mixed(measured, stated.acts)
    rows = []
    for processes in sorted({least, enough, 2 * enough, (least + enough) // 2}):
        found = simulated(
            visits_per_s=visits,
            acts=stated.acts,
            stay_s=stated.stay_s,
            processes=processes,
            opening_s=measured.opening_s,
            act_s=measured.act_s,
            seconds=hours * HOUR_S,
            seed=seed,
        )
        waits = mean_wait_s(requests / processes, mixed)
        rows.append({"processes": processes, "formula_wait_s": waits, **found})
    sent = measured.opening_bytes + stated.acts * measured.act_bytes
    return {
        "visits_per_s": visits,
        "requests_per_s": requests,
        "cpu_s_per_visit": each_s,
        "samples": len(work),
        "cores_busy": cores,
        "processes": enough,
        "machines": -(-enough // 2),
        "readers": readers,
        "memory_gb": (enough * measured.process_mb + readers * measured.reader_mb)
        / 1e3,
        "core_hours_a_day": stated.views * each_s / HOUR_S,
        "gb_a_day": stated.views * sent * stated.new_share / 1e9,
        "mbit_s": visits * sent * stated.new_share * 8 / 1e6,
        "queues": rows,
    }


def _mixed(measured: Measured, acts: int) -> list[float]:
    """Mix samples of both kinds as often as they happen."""
    n = len(measured.opening_s) * len(measured.act_s)
    return [
        *(list(measured.opening_s) * (n // len(measured.opening_s))),
        *(list(measured.act_s) * (n // len(measured.act_s) * acts)),
    ]


def site(found: Mapping[str, Any], stated: Stated, cores: int) -> dict[str, Any]:
    """
    Tell what the static site needs: a visit loads the map once and then reads pages.

    Parameters
    ----------
    found
        The part `site` of the section `machines`.
    stated
        What is assumed.
    cores
        Of the machine on which it was measured, with wrk on it as well.
    """
    pages = list(found["pages"].values())
    spent = [cores / median(r["per_s"] for r in page["site"]) for page in pages]
    # What each request takes, and each byte of it.
    request_s, byte_s = split([1] * len(pages), [p["sent"] for p in pages], spent)
    more = stated.pages_per_visit - 1
    first, then = found["visit"]["map"], found["visit"]["record"]
    requests = first["requests"] + more * then["requests"]
    sent = first["bytes"] + more * then["bytes"]
    cpu_s = requests * request_s + sent * byte_s
    visits = stated.views / DAY_S * stated.peak
    return {
        "visits_per_s": visits,
        "requests_per_s": visits * requests,
        "cpu_s_per_visit": cpu_s,
        "cores_busy": visits * cpu_s,
        "machines": 1 + int(visits * cpu_s / (2 * stated.most_load)),
        "core_hours_a_day": stated.views * cpu_s / HOUR_S,
        "bytes_per_visit": sent,
        "gb_a_day": stated.views * sent * stated.new_share / 1e9,
        "mbit_s": visits * sent * stated.new_share * 8 / 1e6,
    }
