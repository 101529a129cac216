"""On which line of a file a problem is, as far as its text tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from borderviz.errors import Problem
from borderviz.reading import Folder

_LINE = re.compile(r"line (\d+)")
_BLANK = re.compile(r"[\s,:]*")
_PLAIN = re.compile(r"[^\s{}\[\]]+")
_HEADING = re.compile(r"^\[", re.M)


class Lines:
    """
    Finds lines in the files of an atlas; each is read once.

    Parameters
    ----------
    root
        The folder.
    """

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root)
        self._texts: dict[str, str] = {}

    def of(self, problem: Problem) -> int | None:
        """
        Find the line of a problem, from 1; None where that cannot be known.

        It is the line of the value, else of the field, else of the innermost thing
        around it that can be found.
        """
        if told := _LINE.fullmatch(problem.field):
            return int(told[1])
        is_whole = not problem.record and not problem.field
        if is_whole or problem.field == "front matter":
            told = _LINE.search(problem.found)
            return int(told[1]) if told else None
        text = self._text(problem.file)
        steps = [step for step in problem.field.split(".") if step]
        if problem.file.endswith("json"):
            start, end = _in_json(text, problem.record, steps)
        else:
            start, end = _in_toml(text, problem.record, steps)
        if start < 0:
            return None
        # Of a list, say: the value itself, if it is a word that stands there as found.
        if _PLAIN.fullmatch(problem.found):
            word = re.compile(rf"""["']{re.escape(problem.found)}["']""")
            found = word.search(text, start, end)
            start = found.start() if found else start
        return text.count("\n", 0, start) + 1

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = self._folder.text(name) or ""
        return self._texts[name]


def _in_json(text: str, record: str, steps: list[str]) -> tuple[int, int]:
    """Find where a value begins and ends, as far down its path as there is one."""
    try:
        document, end = json.JSONDecoder().raw_decode(text, _blank(text, 0))
    except (ValueError, RecursionError):
        return -1, -1
    path: list[str] = []
    if record:
        entries: Any = document
        if isinstance(document, dict):
            path, entries = ["features"], document.get("features", [])
        ids = [_identity(entry, n) for n, entry in enumerate(entries, 1)]
        if record not in ids:
            return -1, -1
        path.append(str(ids.index(record)))
        if isinstance(document, dict):
            entry = entries[int(path[-1])]
            in_feature = steps[:1] in (["geometry"], []) and "geometry" in entry
            path += [] if in_feature else ["properties"]
    key = at = _blank(text, 0)
    for step in [*path, *steps]:
        found = _child(text, at, step)
        if found is None:
            break
        key, at, end = found
    return key, end


def _identity(entry: Any, number: int) -> str:
    """Name an entry as a problem does."""
    inner = entry.get("properties", entry) if isinstance(entry, dict) else None
    found = inner.get("id") if isinstance(inner, dict) else None
    return str(found)[:80] if found else f"#{number}"


def _child(text: str, at: int, step: str) -> tuple[int, int, int] | None:
    """Find key, beginning and end of what stands under a key, or at a position."""
    decoder, number = json.JSONDecoder(), 0
    closing = {"{": "}", "[": "]"}.get(text[at : at + 1])
    at = _blank(text, at + 1)
    while closing and text[at] != closing:
        key, name = at, str(number)
        if closing == "}":
            name, at = decoder.raw_decode(text, at)
            at = _blank(text, at)
        _, end = decoder.raw_decode(text, at)
        if name == step:
            return key, at, end
        at, number = _blank(text, end), number + 1
    return None


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _in_toml(text: str, record: str, steps: list[str]) -> tuple[int, int]:
    """Find an entry by its id, name or number, then its field in the lines after."""
    start, end = 0, len(text)
    if len(steps) > 1 and steps[1].isdecimal() and f"[[{steps[0]}]]" in text:
        # The third of [[layers]], whatever it is called.
        record, steps = f"{steps[0]}#{int(steps[1]) + 1}", steps[2:]
    if record:
        start = _entry(text, record)
        if start < 0:
            return -1, -1
        found = _HEADING.search(text, start + 2)
        end = found.start() if found else end
    return _field(text, steps, start, end), end


def _entry(text: str, record: str) -> int:
    """Find the heading of an entry; -1 if there is none."""
    table, _, number = record.rpartition("#")
    if number.isdecimal() and record != number:
        name = re.escape(table) or r"\w+"
        starts = [f.start() for f in re.finditer(rf"^\[\[{name}\]\]", text, re.M)]
        return starts[int(number) - 1] if 0 < int(number) <= len(starts) else -1
    name = re.escape(record)
    if found := re.search(rf"^\[{name}\]", text, re.M):
        return found.start()
    for key in ("id", "record", "year"):
        if found := re.search(rf'^{key}\s*=\s*"{name}"', text, re.M):
            before = [f.start() for f in _HEADING.finditer(text, 0, found.start())]
            return before[-1] if before else 0
    return -1


def _field(text: str, steps: list[str], start: int, end: int) -> int:
    """Go down a path as far as its steps are found."""
    for number, step in enumerate(steps):
        if step.isdecimal():
            continue
        name = re.escape(step)
        key = re.compile(
            rf"^\[+(?:[\w-]+\.)*{name}(?:\.[\w-]+)*\]+|(?<![\w\"'-]){name}\s*=", re.M
        )
        # The third of a list has the third of its keys, if all of them have it.
        before = steps[number - 1] if number else ""
        count = int(before) + 1 if before.isdecimal() else 1
        found = [f.start() for f in key.finditer(text, start, end)]
        if len(found) < count:
            break
        start = found[count - 1]
    return start
