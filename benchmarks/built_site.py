"""The static site, written and compressed once a version, for all that serve it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".cache" / "bench" / "site"
SOURCES = ("geodata", "src", "deploy/nginx/compress.py")
COMPRESS = ROOT / "deploy" / "nginx" / "compress.py"


def built() -> Path:
    """Write and compress the site, unless it is newer than all it is made of."""
    marker, folder = KEPT.with_suffix(".made"), KEPT
    made = marker.stat().st_mtime if marker.exists() else 0.0
    sources = [p for name in SOURCES for p in _under(ROOT / name)]
    if max(p.stat().st_mtime for p in sources) > made:
        sys.stderr.write("writing the site (about a minute, once a version)\n")
        marker.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        words = [sys.executable, "-m", "borderviz", "export", "site", "-o", str(folder)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        words = [sys.executable, str(COMPRESS), str(folder)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        marker.touch()
    return folder


def _under(path: Path) -> list[Path]:
    """List a file, or the files of a folder that are not made by running it."""
    if path.is_file():
        return [path]
    return [p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc"]
