"""Tell what growth costs: cores, memory, bytes; money only at prices that are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tables import table

STATED = """Not measured but computed from the sections above, for {views:,} page
views a day. **Assumed:** each reader stays {stay_s:.0f} s and acts {acts} times; the
busiest hour is {peak:g} times the average one; {new} of readers have nothing in their
browser's cache; a process is busy {most_load:.0%} of the time at the peak, no more.
Other assumptions: `python benchmarks/cost/measure.py --views N --stay S --acts N
--peak N` tells it for yours. At the peak {visits:.1f} readers come each second, and
by Little's law {readers:,.0f} are there at once."""
MEASURED = """**From the measurements:** an opening takes {opening:.0f} ms of
processor time on the server and {opening_kb:,.0f} kB; an act {act:.1f} ms and
{act_kb:.1f} kB; a process has {process:.0f} MB and {reader:.2f} MB more for each
reader."""
QUEUES = """Readers stay at one process, so each process is a queue of its own
(M/G/1). Mean wait by the formula of Pollaczek and Khinchine, and by a simulation of
{minutes} minutes of the peak (seed {seed}), which also gives what {p95} of answers
take on the server. The formula supposes that requests come at random times; readers
who are sent to each process in turn come more evenly, so they wait less. Neither has
a network or a browser in it."""
NO_PRICE = """What that costs depends on who is paid: `--core-hour` and `--gb` take
your own prices. None is built in."""


def section(found: Mapping[str, Any]) -> str:
    """
    Write the section.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    stated, its, app = found["stated"], found["measured"], found["app"]
    acts = its["act_s"]
    parts = [
        f"## What {stated['views']:,} page views a day cost",
        STATED.format(
            **stated,
            new=f"{stated['new_share']:.0%}",
            visits=app["visits_per_s"],
            readers=app["readers"],
        ),
        MEASURED.format(
            opening=1000 * sum(its["opening_s"]) / len(its["opening_s"]),
            act=1000 * sum(acts) / len(acts),
            opening_kb=its["opening_bytes"] / 1000,
            act_kb=its["act_bytes"] / 1000,
            process=its["process_mb"],
            reader=its["reader_mb"],
        ),
        _both(app, found["site"]),
        QUEUES.format(minutes=found["minutes"], seed=found["seed"], p95="95%"),
        _queues(app["queues"]),
        _priced(found),
    ]
    return "\n\n".join(parts)


def _both(app: Mapping[str, Any], site: Mapping[str, Any]) -> str:
    rows = [
        ["requests a second at the peak", *_each(app, site, "requests_per_s", ",.0f")],
        ["processor time a visit", *_each(app, site, "cpu_s_per_visit", ".4f", " s")],
        ["cores busy at the peak", *_each(app, site, "cores_busy", ".2f")],
        ["processes", str(app["processes"]), "nginx"],
        ["machines of 2 cores", *_each(app, site, "machines", "d")],
        ["memory", f"{app['memory_gb']:.1f} GB", "files in the system's cache"],
        ["core hours a day, busy", *_each(app, site, "core_hours_a_day", ",.1f")],
        ["sent a day", *_each(app, site, "gb_a_day", ",.0f", " GB")],
        ["sent at the peak", *_each(app, site, "mbit_s", ",.0f", " Mbit/s")],
    ]
    return table(["what", "app", "static site"], rows)


def _each(
    app: Mapping[str, Any], site: Mapping[str, Any], key: str, form: str, unit: str = ""
) -> list[str]:
    return [f"{its[key]:{form}}{unit}" for its in (app, site)]


def _queues(rows: list[Mapping[str, Any]]) -> str:
    cells = [
        [
            str(row["processes"]),
            f"{row['load']:.0%}",
            _ms(row["formula_wait_s"]),
            _ms(row["wait_mean_s"]),
            _ms(row["p50_s"]),
            _ms(row["p95_s"]),
        ]
        for row in rows
    ]
    head = ["processes", "busy", "wait, formula", "wait, simulated", "p50", "p95"]
    return table(head, cells)


def _ms(seconds: float) -> str:
    return "no end" if seconds == float("inf") else f"{1000 * seconds:,.0f} ms"


def _priced(found: Mapping[str, Any]) -> str:
    prices = found["prices"]
    if not prices:
        return NO_PRICE
    lines = []
    for name, its in (("app", found["app"]), ("static site", found["site"])):
        parts = []
        if "core_hour" in prices:
            a_day = 48 * its["machines"] * prices["core_hour"]
            parts.append(f"{a_day:,.2f} a day for cores")
        if "gb" in prices:
            parts.append(
                f"{its['gb_a_day'] * prices['gb']:,.2f} a day for what is sent"
            )
        lines.append(f"- {name}: {', '.join(parts)}")
    given = ", ".join(f"{value:g} a {key}" for key, value in prices.items())
    return "\n".join(
        [f"At the prices given ({given}), all machines all day:", "", *lines]
    )
