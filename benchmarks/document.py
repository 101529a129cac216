"""The document: budgets first, then where others win, then each section's own words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from tables import Budget, table, verdict

HERE = Path(__file__).parent
SECTIONS = {
    "pages": "the pages beside each other",
    "start": "how a server starts",
    "sizes": "1,000 to 1,000,000 points",
    "readers": "many readers at once",
    "machines": "several processes, and the static site",
    "cost": "what a million page views cost",
}
PROFILES = ("profile_open.md", "profile_runs.md")
INTRODUCTION = """# Benchmarks

Made by `make bench`, which measures everything on one machine; never edited by hand.
All samples are in [benchmarks.json](benchmarks.json). How each figure is taken, and in
whose favour, is in [benchmarks/README.md](../benchmarks/README.md). Figures of one
section were taken in one run, by turns; compare them within it only."""
NO_LOSS = "In none of the figures below was a peer ahead of ours."
LOSSES = """Every figure in which a peer was ahead of ours, found by the generator, not
chosen:"""
LEFT_OUT = """## What is left out

Other browsers, phones, and the network: server and browser share one machine, so what
travels costs next to nothing, and each takes processor time from the other. Peers are
what one writes first with a library, and need stand-ins for what they ask of other
hosts; an expert's page would be faster. Drawing by a graphics processor, which deck.gl
is made for. Whatever the load before a section was, it is in its figures."""

Found = Mapping[str, Mapping[str, Any]]


def teller(name: str) -> ModuleType:
    """
    Load the module that tells a section's figures.

    Parameters
    ----------
    name
        Of the section: a folder beside this file with a `tell.py`.
    """
    folder = str(HERE)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = spec_from_file_location(f"tell_{name}", HERE / name / "tell.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    # A dataclass of the section looks for its own module by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def written(found: Found) -> str:
    """
    Write the document from what was measured; the same text from the same figures.

    Parameters
    ----------
    found
        By section, the JSON of its `measure.py` with `taken`: when, where, how long.
    """
    tellers = {name: teller(name) for name in SECTIONS if name in found}
    parts = [INTRODUCTION, machines(found), *_missing(found)]
    budgets = [b for n, m in tellers.items() for b in _told(m, "budgets", found[n])]
    if budgets:
        parts += ["## Budgets", budget_table(budgets)]
    losses = [x for n, m in tellers.items() for x in _told(m, "losses", found[n])]
    if tellers:
        parts.append("## Where a peer wins")
        parts.append("\n".join([LOSSES, "", *losses]) if losses else NO_LOSS)
        parts.append(LEFT_OUT)
    for name, module in tellers.items():
        parts.append(str(module.section(found[name])).strip())
    parts += [(HERE / name).read_text("utf-8").strip() for name in _profiles()]
    return "\n\n".join(parts) + "\n"


def _told(module: ModuleType, name: str, found: Mapping[str, Any]) -> list[Any]:
    """Ask a section for its budgets or losses; it need have none."""
    function = getattr(module, name, None)
    return list(function(found)) if function else []


def _missing(found: Found) -> list[str]:
    """Say which sections were not measured."""
    names = [f"{name} ({told})" for name, told in SECTIONS.items() if name not in found]
    return [f"**Not measured here:** {', '.join(names)}."] if names else []


def _profiles() -> list[str]:
    return [name for name in PROFILES if (HERE / name).exists()]


def budget_table(budgets: list[Budget]) -> str:
    """Write the first table, and say how many budgets are met."""
    rows = [[b.what, b.limit, b.beside, b.ours, verdict(b.is_met)] for b in budgets]
    met = sum(b.is_met for b in budgets)
    head = ["what", "budget", "a plain page", "ours", ""]
    return f"{table(head, rows)}\n\n{met} of {len(budgets)} budgets are met."


def machines(found: Found) -> str:
    """Say for each section when it was measured, how long, and how busy the machine."""
    taken = {name: found[name]["taken"] for name in SECTIONS if name in found}
    lines = []
    for machine in _distinct([its["machine"] for its in taken.values()]):
        told = ", ".join(f"{k} {v}" for k, v in machine["versions"].items())
        lines += [
            f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB; "
            f"{machine['system']}; {told}.",
            "",
        ]
    rows = [
        [name, its["date"], f"{its['seconds']:.0f} s", f"{its['load']:.2f}"]
        for name, its in taken.items()
    ]
    head = ["section", "measured", "took", "load before"]
    return "\n".join([*lines, table(head, rows)]) if rows else ""


def _distinct(machines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out those that are the same as an earlier one."""
    return [m for n, m in enumerate(machines) if m not in machines[:n]]
