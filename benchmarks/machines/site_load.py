"""Requests a second for pages of the static site, beside files of random bytes.

A file of the same size, served by the same nginx with the same settings, is the most
that nginx itself can do here: wrk, nginx and whoever else is on share the machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from built_site import built
from fronts import nginx
from playwright.sync_api import Browser
from traffic import Traffic

SECONDS = 2
CONNECTIONS = 32
PATTERNS = {
    "index": "index.html",
    "a record": "en/records/2025-10-19-*.html",
    "words": "assets/words-en-*.js",
    "map script": "assets/map-*.js",
}
RATE = re.compile(r"^Requests/sec:\s+([\d.]+)$", re.MULTILINE)
READ = re.compile(r"^\s+(\d+) requests in ([\d.]+)s", re.MULTILINE)
LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
FAULTY = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


def measured(programs: Mapping[str, str], folder: Path, rounds: int) -> dict[str, Any]:
    """
    Load some files of the site and their likes, by turns.

    Parameters
    ----------
    programs
        Paths of `nginx` and `wrk`.
    folder
        For what is made only for this.
    rounds
        How often each file is loaded for some seconds.

    Returns
    -------
    dict
        By name: path, bytes as sent, and for `site` and `plain` requests a second,
        latency and faults of each round.
    """
    site = built()
    plain = folder / "plain"
    plain.mkdir()
    pages: dict[str, dict[str, Any]] = {}
    for name, pattern in PATTERNS.items():
        (path,) = sorted(site.glob(pattern))[:1]
        sent = path.with_name(f"{path.name}.gz").stat().st_size
        like = plain / f"{sent}.png"  # a kind that is never compressed
        like.write_bytes(os.urandom(sent))
        pages[name] = {
            "path": path.relative_to(site).as_posix(),
            "bytes": path.stat().st_size,
            "sent": sent,
            "like": like.name,
            "site": [],
            "plain": [],
        }
    serve = programs["nginx"]
    with (
        nginx(
            serve, "site", folder / "n1", ["--root", str(site)], "robots.txt"
        ) as ours,
        nginx(
            serve, "site", folder / "n2", ["--root", str(plain)], next(_names(pages))
        ) as theirs,
    ):
        for number in range(rounds):
            for name, page in pages.items():
                turns = [
                    ("site", ours + page["path"]),
                    ("plain", theirs + page["like"]),
                ]
                for kind, address in turns if number % 2 else turns[::-1]:
                    page[kind].append(_loaded(programs["wrk"], address))
                sys.stderr.write(f"{name}: round {number + 1} of {rounds}\n")
    kept = {"connections": CONNECTIONS, "seconds": SECONDS, "threads": 1}
    return {**kept, **_size(site), "pages": pages}


def visited(browser: Browser, program: str, folder: Path) -> dict[str, Any]:
    """
    Read the site as a reader does: the map first, then a record by its link.

    Parameters
    ----------
    browser
        The visit has a window without a past.
    program, folder
        nginx, and where it keeps its files.

    Returns
    -------
    dict
        For `map` and `record`: requests, and bytes as they travelled.
    """
    site = built()
    found: dict[str, Any] = {}
    (record,) = sorted(site.glob(PATTERNS["a record"]))[:1]
    paths = {"map": "index.html", "record": record.relative_to(site).as_posix()}
    with nginx(program, "site", folder, ["--root", str(site)], "robots.txt") as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        for name, path in paths.items():
            page, traffic = context.new_page(), Traffic()
            traffic.listen(context.new_cdp_session(page))
            page.goto(address + path)
            traffic.settle(page)
            fetched = [x for x in traffic.encoded_bytes if x not in traffic.cached]
            sent = int(sum(traffic.encoded_bytes[x] for x in fetched))
            found[name] = {"requests": len(fetched), "bytes": sent}
        context.close()
    return found


def _names(pages: Mapping[str, Mapping[str, Any]]) -> Any:
    return (page["like"] for page in pages.values())


def _size(site: Path) -> dict[str, int]:
    """Count the site's files, and their bytes plain and as sent."""
    files = [p for p in site.rglob("*") if p.is_file() and p.suffix != ".gz"]
    packed = [p.with_name(f"{p.name}.gz") for p in files]
    return {
        "files": len(files),
        "bytes": sum(p.stat().st_size for p in files),
        "sent": sum(
            (z if z.exists() else p).stat().st_size
            for p, z in zip(files, packed, strict=True)
        ),
    }


def _loaded(wrk: str, address: str) -> dict[str, Any]:
    words = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    told = subprocess.run(
        [*words, "-H", "Accept-Encoding: gzip", address],
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS + 20,
    ).stdout
    return parsed(told)


def parsed(told: str) -> dict[str, Any]:
    """
    Read what wrk says.

    Parameters
    ----------
    told
        Its output.

    Returns
    -------
    dict
        `per_s`, `p50_ms`, `p99_ms`, and `faults`: what it says of them, or nothing.
    """
    rate, faulty = RATE.search(told), FAULTY.search(told)
    late = {p: float(value) * UNITS[unit] for p, value, unit in LATENCY.findall(told)}
    if rate is None or set(late) != {"50", "99"}:
        msg = f"wrk said something else:\n{told}"
        raise ValueError(msg)
    return {
        "per_s": float(rate[1]),
        "p50_ms": round(late["50"], 3),
        "p99_ms": round(late["99"], 3),
        "faults": faulty[0] if faulty else "",
    }
