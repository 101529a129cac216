"""On what is measured: the machine, how busy it was before, and which versions."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from servers import LEAFMAP

PACKAGES = (
    *("borderviz", "streamlit", "streamlit-folium", "folium", "pydeck", "leafmap"),
    *("starlette", "uvicorn", "numpy", "pyarrow"),
)
PROGRAMS = {"chromium": "--version", "nginx": "-v", "wrk": "-v"}
NUMBER = re.compile(r"\d+(?:\.\d+)+")


def described() -> dict[str, Any]:
    """
    Describe this machine as it is now, before anything is measured.

    Returns
    -------
    dict
        `date` (UTC), `system`, `cpu`, `cores`, `memory_gb`, `load` (of the last minute)
        and `versions`, by name; what is not installed is not named.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
        "system": f"{_system()}, Linux {platform.release()}, {platform.machine()}",
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30),
        "load": round(os.getloadavg()[0], 2),
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Return the versions of whatever takes part, as far as it is installed."""
    found = {"python": platform.python_version()}
    installed = {
        its.name: its.version for its in distributions(path=[*sys.path, str(LEAFMAP)])
    }
    found |= {name: installed[name] for name in PACKAGES if name in installed}
    for name, flag in PROGRAMS.items():
        path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if path is None:
            continue
        said = subprocess.run([path, flag], capture_output=True, text=True, check=False)
        number = NUMBER.search(said.stdout + said.stderr)
        found[name] = number[0] if number else "of unknown version"
    return found


def _system() -> str:
    """Name the distribution."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _cpu() -> str:
    """Name the processor, as the system knows it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or "unknown"
