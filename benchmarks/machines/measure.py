"""
Measure several processes behind nginx, and the static site behind nginx under wrk.

Usage: `python benchmarks/machines/measure.py --json FILE [--quick]`. All of it on
127.0.0.1; needs Debian's `nginx-light`, `wrk` and `chromium`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import failover  # noqa: E402
import site_load  # noqa: E402
import through  # noqa: E402
from headless import executable, launched  # noqa: E402

KILLS = 5
OPENINGS = 7
ROUNDS = 3


def main() -> int:
    """Measure, write the figures, and return the exit code: 2 if a tool is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="one of each")
    options = parser.parse_args()
    programs = {name: _program(name) for name in ("nginx", "wrk")}
    if missing := [name for name, path in programs.items() if not path]:
        sys.stderr.write(f"No {' and no '.join(missing)} on this machine.\n")
        return 2
    executable()
    few = options.quick
    found: dict[str, Any] = {"section": "machines"}
    with tempfile.TemporaryDirectory(prefix="machines-") as name:
        folder = Path(name)
        with launched() as browser:
            found["failover"] = failover.measured(
                browser, programs["nginx"], folder / "kills", 1 if few else KILLS
            )
            found["through"] = through.measured(
                browser, programs["nginx"], folder / "pages", 1 if few else OPENINGS
            )
            visit = site_load.visited(browser, programs["nginx"], folder / "visit")
        found["site"] = site_load.measured(programs, folder, 1 if few else ROUNDS)
        found["site"]["visit"] = visit
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _program(name: str) -> str:
    """Find a program; Debian has servers where only root looks."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


if __name__ == "__main__":
    sys.exit(main())
