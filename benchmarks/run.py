"""
Measure all sections one after another, and write docs/benchmarks.md and .json.

A benchmark and never a test: it fails on no figure. Usage: `make bench`, or
`python benchmarks/run.py [--quick] [--tell] [SECTION ...]`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import machine
from document import SECTIONS, teller, written

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
FOUND = ROOT / ".cache" / "bench"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
FIGURES = ROOT / "docs" / "benchmarks.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; return the exit code: 1 if a section was not measured."""
    options = _options(arguments)
    folder = FOUND / "quick" if options.quick else FOUND
    folder.mkdir(parents=True, exist_ok=True)
    # A section may read what an earlier one found, also when only it is measured.
    for name, found in stored().items():
        _write(folder / f"{name}.json", found)
    names = options.sections or [n for n in SECTIONS if (HERE / n).is_dir()]
    failed = []
    for name in () if options.tell else names:
        found = measured(name, folder, is_quick=options.quick)
        if found is None:
            failed.append(name)
        elif options.quick:
            sys.stdout.write(f"{teller(name).section(found)}\n\n")
        else:
            # Kept at once: what comes after may fail, or be broken off.
            kept = {**stored(), name: found}
            _write(FIGURES, {n: kept[n] for n in SECTIONS if n in kept})
    if not options.quick:
        DOCUMENT.write_text(written(stored()), encoding="utf-8")
        sys.stdout.write(f"wrote {DOCUMENT.relative_to(ROOT)}\n")
    if failed:
        sys.stderr.write(f"not measured: {', '.join(failed)}\n")
    return min(len(failed), 1)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=str([*SECTIONS]))
    parser.add_argument(
        "--quick", action="store_true", help="little of each, told here; no document"
    )
    parser.add_argument(
        "--tell", action="store_true", help="measure nothing, write the document anew"
    )
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.sections if name not in SECTIONS]:
        parser.error(f"no such section: {', '.join(unknown)}")
    return options


def stored() -> dict[str, Any]:
    """Return what was found when the document was last written."""
    if not FIGURES.exists():
        return {}
    found: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return found


def measured(name: str, folder: Path, *, is_quick: bool) -> dict[str, Any] | None:
    """
    Measure one section in a process of its own; keep what it found.

    Parameters
    ----------
    name
        Of the section.
    folder
        Where its JSON is kept, beside that of the others.
    is_quick
        Whether it measures little.

    Returns
    -------
    dict or None
        Its JSON with `taken`; None if it failed, and what was found before stays.
    """
    path, new = folder / f"{name}.json", folder / f"{name}.new.json"
    new.unlink(missing_ok=True)
    its = machine.described()
    taken = {"date": its.pop("date"), "load": its.pop("load"), "machine": its}
    began = time.monotonic()
    command = [sys.executable, str(HERE / name / "measure.py"), "--json", str(new)]
    sys.stderr.write(f"-- {name}: {SECTIONS[name]}\n")
    ended = subprocess.run(
        [*command, *(["--quick"] if is_quick else [])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        check=False,
    )
    if ended.returncode or not new.exists():
        sys.stderr.write(f"-- {name}: not measured (exit {ended.returncode})\n")
        return None
    found: dict[str, Any] = json.loads(new.read_text("utf-8"))
    seconds = round(time.monotonic() - began)
    found["taken"] = {**taken, "seconds": seconds}
    _write(path, found)
    new.unlink()
    sys.stderr.write(f"-- {name}: {seconds} s\n")
    return found


def _write(path: Path, found: dict[str, Any]) -> None:
    """Write JSON with a line for each key and one for each list of figures."""
    path.write_text(f"{compact(found)}\n", encoding="utf-8")


def compact(value: Any, indent: str = "") -> str:
    """
    Write JSON that can be compared by line: objects spread out, lists on one line.

    Parameters
    ----------
    value
        Whatever JSON can hold.
    indent
        In front of what an object holds.
    """
    if isinstance(value, dict) and value:
        inner = f"{indent} "
        items = [
            f"{inner}{json.dumps(k)}: {compact(v, inner)}" for k, v in value.items()
        ]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
