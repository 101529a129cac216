"""The plug-in that clusters markers, which the pages of others ask another host for.

It comes from its registry package, once, so that these pages can be measured at all.
"""

from __future__ import annotations

import mimetypes
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import stand_ins

PACKAGE = "leaflet.markercluster@1.1.0"  # the version that folium asks for
FOLDER = Path(__file__).parents[2] / ".cache" / "bench" / "npm"


@cache
def folder() -> Path:
    """Return the folder of the plug-in's files; fetch it the first time."""
    found = FOLDER / "node_modules" / PACKAGE.partition("@")[0] / "dist"
    if not found.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            sys.stderr.write("No npm here: the plug-in that clusters is missing.\n")
            raise SystemExit(2)
        FOLDER.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--silent", "--ignore-scripts")
        install = [npm, "install", "--prefix", str(FOLDER), *quiet, PACKAGE]
        subprocess.run([*install, "--legacy-peer-deps"], check=True)
    return found


def answer(url: str) -> tuple[str, bytes]:
    """
    Give the media type and content that stand in for an address.

    Parameters
    ----------
    url
        An address on another host.
    """
    path = url.partition("?")[0]
    if "markercluster" in path.lower():
        media = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return media, (folder() / path.rpartition("/")[2]).read_bytes()
    return stand_ins.answer(url)
