"""Audit the page with Lighthouse, from its registry package, in the system's Chromium.

Usage: python benchmarks/audit.py [address]

Without an address a server is started for it. Prints each score and each audit that was
not passed; fails if a score is under the least.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from headless import executable
from servers import serving

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "audit"
LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("accessibility", "best-practices")
PRESETS = ("desktop", "mobile")
LEAST = 95


def main(address: str | None) -> int:
    """Audit the page at an address, or at a server of our own; return how many fail."""
    if address:
        return sum(audit(address, preset) for preset in PRESETS)
    with serving(("borderviz",)) as found:
        return sum(audit(found["borderviz"], preset) for preset in PRESETS)


def audit(address: str, preset: str) -> int:
    """Audit with the settings of a kind of machine; return how many scores fail."""
    report = _lighthouse(address, preset)
    failed = 0
    for name in CATEGORIES:
        category = report["categories"][name]
        score = round(100 * (category["score"] or 0))
        failed += score < LEAST
        print(f"{preset:8} {name:15} {score:3}")  # noqa: T201
        for ref in category["auditRefs"]:
            found = report["audits"][ref["id"]]
            if found["score"] is not None and found["score"] < 1:
                print(f"         {ref['id']}: {found['title']}")  # noqa: T201
                for item in found.get("details", {}).get("items", [])[:3]:
                    said = item.get("node", {}).get("snippet") or json.dumps(item)
                    print(f"           {said[:160]}")  # noqa: T201
    return failed


def _lighthouse(address: str, preset: str) -> Any:
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"{preset}.json"
    path.unlink(missing_ok=True)
    command = [
        *("npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"),
        f"--output-path={path}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    command += ["--preset=desktop"] if preset == "desktop" else []
    environment = {
        **os.environ,
        "CHROME_PATH": executable(),
        "npm_config_cache": str(CACHE / "npm"),
    }
    subprocess.run(command, check=True, env=environment, cwd=CACHE, timeout=300)
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1] if len(sys.argv) > 1 else None), 1))
