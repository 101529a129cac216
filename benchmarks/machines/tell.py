"""Tell several processes and the static site: seconds, interruptions, requests."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from tables import spread, table

FAILOVER = """Two processes behind nginx (`deploy/nginx/app.conf`), a reader at each.
The process of the first is killed (SIGKILL), {kills} times. The second toggles a layer
meanwhile; interrupted means that their page was loaded anew or its connection opened
again. What the first waits for: that the page notices, asks again, is sent to the other
process, loads itself by its address, and shows the map."""
SITE = """The whole site: {files:,} files, {mb:.0f} MB, as sent {sent:.0f} MB,
compressed once by `deploy/nginx/compress.py`, behind nginx by `deploy/nginx/site.conf`;
wrk with {connections} connections for {seconds} s a time, by turns with a file of as
many random bytes behind another nginx of the same settings. Both share the machine, so
these are no limits of a server of its own; the share is what compares."""
THROUGH = """One process, opened with an empty cache directly and through nginx, by
turns. Without TLS, and so without HTTP/2, which packs them, the headers of
docs/security.md travel with each answer."""
VISIT = """A first visit: the map {map[bytes]:,} bytes in {map[requests]} requests, then
a record {record[bytes]:,} bytes in {record[requests]} more."""


def section(found: Mapping[str, Any]) -> str:
    """
    Write the section.

    Parameters
    ----------
    found
        What `measure.py` wrote.
    """
    parts = ["## Several processes, and the static site"]
    parts += _failover(found["failover"])
    parts += _through(found["through"])
    parts += _site(found["site"])
    return "\n\n".join(parts)


def _failover(found: Mapping[str, Any]) -> list[str]:
    same = "yes" if found["is_same_view"] else "**no**"
    rows = [
        ["the killed one's reader: map shows again", spread(found["back_s"])],
        ["... at the same address", same],
        ["the other reader: interruptions", str(found["interruptions"])],
        [
            "the other reader: a toggle meanwhile, until the address followed",
            spread(found["toggle_s"]),
        ],
        ["... before any kill", f"{found['toggle_before_s']:.2f} s"],
    ]
    told = FAILOVER.format(kills=len(found["back_s"]))
    return ["### One process is killed", told, table(["what", "measured"], rows)]


def _through(found: Mapping[str, Any]) -> list[str]:
    rows = [
        [
            name,
            spread(its["open_s"]),
            f"{median(its['file_bytes']) / 1000:,.0f} kB",
            f"{median(its['socket_bytes']) / 1000:,.0f} kB",
            f"{median(its['requests']):.0f}",
        ]
        for name, its in found.items()
    ]
    head = ["way", "open", "files", "socket", "requests"]
    return ["### The app directly and through nginx", THROUGH, table(head, rows)]


def _site(found: Mapping[str, Any]) -> list[str]:
    rows, faults = [], []
    for name, page in found["pages"].items():
        ours, plain = ([r["per_s"] for r in page[k]] for k in ("site", "plain"))
        rows.append(
            [
                name,
                f"{page['bytes'] / 1000:,.1f} kB",
                f"{page['sent'] / 1000:,.1f} kB",
                spread(ours, "/s", 0),
                spread(plain, "/s", 0),
                f"{median(ours) / median(plain):.2f}",
                f"{median([r['p99_ms'] for r in page['site']]):.1f} ms",
            ]
        )
        faults += [
            r["faults"] for k in ("site", "plain") for r in page[k] if r["faults"]
        ]
    head = ["file", "size", "sent", "ours", "random bytes", "share", "p99"]
    told = SITE.format(
        files=found["files"],
        mb=found["bytes"] / 1e6,
        sent=found["sent"] / 1e6,
        connections=found["connections"],
        seconds=found["seconds"],
    )
    faulty = (
        f"wrk told of faults: {'; '.join(faults)}" if faults else "No request failed."
    )
    visit = VISIT.format(**found["visit"])
    return ["### The static site under load", told, table(head, rows), faulty, visit]
