"""The figures of many readers, in words and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from tables import Budget, table

MOST_FILTER_S = 1.0
# Memory may wander by the allocator's pages; what is kept of a reader would add up.
MOST_GROWTH_MB = 5.0
BUDGETED = 50
ACTIONS = {
    "open": "open",
    "toggle": "toggle a layer",
    "filter": "move the years",
    "select": "click a symbol",
    "search": "search",
    "sheet": "change the sheet",
}
Found = Mapping[str, Any]


def section(found: Found) -> str:
    """Write the section from the JSON of `measure.py`."""
    parts = [
        "## Many readers at once",
        _how(found),
        _waits(found),
        _costs(found),
        _without_pause(found["without_pause"]),
        "### The same script on a plain page",
        _same(found["same_script"]),
    ]
    if "soak" in found:
        parts += ["### Readers come and go", _soak(found["soak"])]
    return "\n\n".join(parts)


def budgets(found: Found) -> list[Budget]:
    """List the budgets with their figures."""
    told = []
    for level in found["levels"]:
        if level["readers"] == BUDGETED:
            late = p95(level["actions"]["filter"]["ms"]) / 1000
            is_met = late <= MOST_FILTER_S and not level["faults"]
            what = f"{BUDGETED} readers at once: filter, 95 of 100 within"
            told.append(Budget(what, "≤ 1 s", f"{late:.2f} s", is_met))
    if "soak" in found:
        grown = growth_mb(found["soak"])
        what = "memory after each round of readers, growth in the second half"
        limit = f"≤ {MOST_GROWTH_MB:.0f} MB"
        is_met = grown <= MOST_GROWTH_MB and not found["soak"]["faults"]
        told.append(Budget(what, limit, f"{grown:.1f} MB", is_met))
    return told


def losses(found: Found) -> list[str]:
    """List the figures in which the plain page was ahead."""
    plain, ours = (found["same_script"][x] for x in ("naive", "borderviz"))
    told = []
    for action in ("open", "toggle"):
        if action not in plain["actions"] or action not in ours["actions"]:
            continue
        theirs, mine = (median(x["actions"][action]["ms"]) for x in (plain, ours))
        if theirs < mine:
            told.append(
                f"- {ours['readers']} readers, {ACTIONS[action]}: plain page "
                f"{theirs:.0f} ms, ours {mine:.0f} ms (median)"
            )
    return told


def p95(values: Sequence[float]) -> float:
    """
    Return the least value that at least 95 of 100 do not exceed.

    Examples
    --------
    >>> p95([3, 1, 2]), p95(range(1, 101))
    (3, 95)
    """
    ordered = sorted(values)
    return ordered[-(-len(ordered) * 95 // 100) - 1]


def growth_mb(soak: Found) -> float:
    """Tell what the line through the second half of the rounds grows in that half."""
    return float(soak["slope_mb"]) * (soak["rounds"] - soak["rounds"] // 2)


def _how(found: Found) -> str:
    low, high = found["think_s"]
    unlike = sum(map(len, found["unlike_browser"]))
    same = (
        "they are the same, widget for widget"
        if not unlike
        else f"**{unlike} things in them differ**"
    )
    return (
        "Each reader is a connection that speaks the page's own protocol as a browser "
        f"does: it fetches the {found['files']} files a browser fetched (six "
        "connections, an empty cache), opens the socket, keeps the widgets and the "
        "large messages, and acts by the same messages, each for the part of the page "
        "that a browser names. Three of them (opening, a layer, a click on a symbol) "
        f"were compared with those of Chromium in this run: {same}. Nothing is drawn: "
        "these are times until all of an answer had arrived, and `map` is the time "
        "until the map had been told. Each answer is held against what the atlas says "
        "for that view: layers and hidden records of the map, the sentence with its "
        "count, panel, hits, rows of the table. A reader comes every "
        f"{found['arrival_s']} s; each then looks for {low:.0f} to {high:.0f} s "
        "(uniform, seeded) before the next act. The readers share the two cores with "
        "the server; what they use of them is told. A fresh server for each row, "
        f"warmed by one reader, that forgets who left after {found['ttl_s']} s "
        "(`server.disconnectedSessionTTL`; usually 120 s)."
    )


def _waits(found: Found) -> str:
    rows = []
    for action, name in ACTIONS.items():
        cells = [_times(x["actions"].get(action)) for x in found["levels"]]
        rows.append([name, *cells])
    maps = [_times(x["actions"].get("filter"), "map_ms") for x in found["levels"]]
    rows.insert(3, ["move the years: map", *maps])
    head = [f"{x['readers']} readers" for x in found["levels"]]
    return "Median / 95 of 100 / longest, in milliseconds:\n\n" + table(
        ["", *head], rows
    )


def _times(samples: Found | None, which: str = "ms") -> str:
    if not samples:
        return ""
    values = samples[which]
    return f"{median(values):.0f} / {p95(values):.0f} / {max(values):.0f}"


def acts(level: Found) -> int:
    """Count what readers did after they had opened the page."""
    actions = level["actions"].items()
    return sum(len(its["ms"]) for name, its in actions if name != "open")


def _costs(found: Found) -> str:
    rows = []
    for level in found["levels"]:
        memory, number = level["memory"], level["readers"]
        seconds, cpu = level["seconds"], level["cpu"]
        each = (memory["with"] - memory["before"]) / number
        rows.append(
            [
                str(number),
                f"{acts(level)} in {seconds:.0f} s",
                f"{cpu['server']:.1f} s ({cpu['server'] / seconds:.0%})",
                f"{cpu['readers']:.1f} s ({cpu['readers'] / seconds:.0%})",
                f"{memory['before']:.0f} / {memory['with']:.0f} / "
                f"{memory['after']:.0f} MB",
                f"{each:.2f} MB",
                str(level["faults"]),
            ]
        )
    head = ["readers", "acts", "server: processor", "readers: processor"]
    head += ["memory before / with / after", "a reader", "faults"]
    return (
        "100% is one of the cores. Memory is resident, of the whole server process; "
        "what the allocator keeps after readers left is used for the next.\n\n"
        + table(head, rows)
    )


def _without_pause(level: Found) -> str:
    rate = acts(level) / level["seconds"]
    cpu = level["cpu"]["server"] / (acts(level) + level["readers"])
    return (
        f"**Saturation.** {level['readers']} readers who never pause: {rate:.0f} acts "
        f"a second, {cpu * 1000:.0f} ms of the server's processor each (opening "
        f"counted as one); a filter took {_times(level['actions'].get('filter'))} ms, "
        f"{level['faults']} faults. Python runs one thread at a time: one process has "
        "one core."
    )


def _same(found: Found) -> str:
    rows = []
    for name, page in (("a plain page", "naive"), ("ours", "borderviz")):
        level = found[page]
        rows.append(
            [
                name,
                _times(level["actions"].get("open")),
                _times(level["actions"].get("toggle")),
                str(acts(level)),
                f"{level['cpu']['server']:.1f} s",
                f"{level['bytes'] / 1e6:.1f} MB",
                str(level["faults"]),
            ]
        )
    head = ["page", "open", "toggle", "toggles", "server: processor", "received"]
    number = found["naive"]["readers"]
    return (
        f"{number} readers open the page and turn layers off and on, with the same "
        "pauses. The plain page's scripts from other hosts are not fetched.\n\n"
        + table([*head, "faults"], rows)
    )


def _soak(soak: Found) -> str:
    hour = soak["hour_of"]
    wanted = hour["readers"] * 3600 / hour["seconds_between_acts"]
    memory = soak["memory_mb"]
    quarter = max(1, soak["rounds"] // 4)
    rows = [
        [str(n), f"{memory[n]:.1f} MB", f"{soak['cpu_s'][n - 1]:.1f} s"]
        for n in sorted({1, *range(quarter, soak["rounds"] + 1, quarter)})
    ]
    told = (
        f"{soak['rounds']} rounds on one server (`benchmarks/readers/measure.py "
        f"--soak`, {soak['date']}, apart from the rest): {soak['readers']} "
        f"readers come, act without a pause, lay a file over the map (one in "
        f"{soak['file_every']}), leave, and are forgotten. {soak['acts']:,} acts in "
        f"{soak['visits']:,} visits, as many as {hour['readers']} readers with an act "
        f"every {hour['seconds_between_acts']} s make in "
        f"{60 * soak['acts'] / wanted:.0f} minutes. Memory was {memory[0]:.0f} MB "
        f"before the first; the line through the second half of the rounds grows by "
        f"{soak['slope_mb']:+.2f} MB a round (what is worked out for a view is kept "
        f"for all readers, up to {soak['kept_mb']:.0f} MB an atlas). "
        f"{soak['faults']} faults."
    )
    return f"{told}\n\n{table(['after round', 'memory', 'processor'], rows)}"
