"""A judge of HTML from the npm registry, installed once into the cache."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAME, VERSION = "html-validate", "11.18.0"
HOME = Path(__file__).parents[2] / ".cache" / "node" / f"{NAME}-{VERSION}-installed"
CONFIG = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        # Ours to choose: long titles, and styles that place a mark.
        "long-title": "off",
        "no-inline-style": "off",
        "require-sri": "off",
        # What scrolls by itself is a region, and has a name; no section of the text.
        "prefer-native-element": ["error", {"exclude": ["region"]}],
    },
}


# Its command asks more of Node than Debian's has; the library does not.
JUDGE = """
const [home, settings, ...pages] = process.argv.slice(1);
const { readFileSync } = await import("node:fs");
const { HtmlValidate } = await import(
  `file://${home}/node_modules/html-validate/dist/esm/index.js`);
const judge = new HtmlValidate(JSON.parse(settings));
const found = [];
for (const path of pages) {
  const text = readFileSync(path, "utf8");
  const report = await judge.validateString(text, path);
  for (const result of report.results) found.push([path, result.messages]);
}
console.log(JSON.stringify(found));
"""


def faults(pages: list[Path]) -> list[str]:
    """List what is wrong with pages."""
    if not (HOME / "node_modules").exists():
        _install()
    command = ["node", "--input-type=module", "-e", JUDGE, str(HOME)]
    command += [json.dumps(CONFIG), *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[tuple[str, list[Any]]] = json.loads(done.stdout)
    return [
        f"{Path(path).name}:{m['line']}:{m['column']} "
        f"{m['ruleId']}: {m['message']} {m.get('selector', '')}"
        for path, messages in found
        for m in messages
    ]


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        _do_without("there is no npm")
    HOME.mkdir(parents=True, exist_ok=True)
    command = [str(npm), "install", "--silent", "--ignore-scripts", "--no-audit"]
    command += [f"--prefix={HOME}", f"{NAME}@{VERSION}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        _do_without(f"{NAME} cannot be fetched: {done.stderr[-500:]}")


def _do_without(reason: str) -> None:
    """Skip the test on somebody's own machine; fail it where all must be tested."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
