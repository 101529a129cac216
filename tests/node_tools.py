"""Programs of the npm registry that judge what is exported: named versions, cached.

A laptop without Node skips these tests; where all is tested (`CI` is set) nothing is.
Packages are unpacked as they are, without their dependencies and their scripts.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

CACHE = Path(__file__).parents[1] / ".cache" / "node"
CHECK = ("@placemarkio/check-geojson", "0.1.14")
HINT = ("@mapbox/geojsonhint", "3.3.0")
# Reads a text from the standard input and prints what is wrong with it, as JSON.
_CHECK = """
const { check, HintError } = require(process.argv[1]);
const text = require('fs').readFileSync(0, 'utf8');
try { check(text); console.log('[]'); }
catch (e) { if (!e.issues) throw e; console.log(JSON.stringify(e.issues)); }
"""
_HINT = """
const { hint } = require(process.argv[1] + '/lib/object.js');
const text = require('fs').readFileSync(0, 'utf8');
console.log(JSON.stringify(hint(JSON.parse(text))));
"""


def check_geojson(text: bytes) -> list[Any]:
    """List what @placemarkio/check-geojson finds wrong."""
    return _judged(_CHECK, package(*CHECK), text)


def hint_geojson(text: bytes) -> list[Any]:
    """List what @mapbox/geojsonhint finds wrong, or would warn of."""
    return _judged(_HINT, package(*HINT), text)


def package(name: str, version: str) -> Path:
    """Fetch a package of the npm registry once; return the folder of its files."""
    folder = CACHE / f"{name.removeprefix('@').replace('/', '-')}-{version}"
    if folder.is_dir():
        return folder
    npm = _program("npm")
    CACHE.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    part.mkdir()
    try:
        command = [npm, "pack", f"{name}@{version}", "--silent", "--ignore-scripts"]
        done = subprocess.run(command, cwd=part, capture_output=True, text=True)
        if done.returncode:
            _do_without(f"{name} cannot be fetched: {done.stderr[-500:]}")
        with tarfile.open(part / done.stdout.split()[-1]) as archive:
            archive.extractall(part, filter="data")
        (part / "package").rename(folder)
    finally:
        shutil.rmtree(part)
    return folder


def _judged(script: str, folder: Path, text: bytes) -> list[Any]:
    command = [_program("node"), "-e", script, str(folder)]
    done = subprocess.run(command, input=text, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        _do_without(f"there is no {name}")
    assert found is not None
    return found


def _do_without(reason: str) -> None:
    """Skip the test on somebody's own machine; fail it where all must be tested."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
