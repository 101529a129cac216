"""From an empty folder to a working atlas by obeying the check, word for word.

The author of this walk knows what the atlas is to say (`WANTED`) and nothing else:
which file is missing, which field, which word is not defined yet, is told by the first
message of each check.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from borderviz import cli
from borderviz.content import load

EN = {"en": "Words"}
LINE = [[-29.6, 45.0], [-29.2, 45.04], [-28.8, 45.0]]
# What this author would write in a field that has to be there, and in which words.
WANTED: dict[str, Any] = {
    "title": EN,
    "subtitle": EN,
    "name": EN,
    "text": EN,
    "label": EN,
    "origin": EN,
    "end": EN,
    "what": EN,
    "attribution": [EN],
    "reading": [],
    "numbers": [],
    "languages": {"en": "English"},
    "version": "1",
    "metric_crs": "EPSG:32626",
    "bounds": [-32, 43, -27, 47],
    "records": ["borders.toml", "events.geojson"],
    "geometry": ["lines.geojson"],
    "land": [],
    "link_hosts": [],
    "vocabulary": {},
    "groups": [],
    "layers": [
        {"id": "line", "kinds": ["border"]},
        {"id": "all", "kinds": ["crossing"]},
    ],
    "latest": {},
    "count": 3,
    "directions": ["south"],
    "lat": 45,
    "lon": -29,
    "zoom": 8,
    "view": {},
    "view_phone": {},
    "group": "everything",
    "style": "plain",
    "token": "south",
    "form": "symbol",
    "sources": ["a-book"],
    "statements": [{}],
    "confidence": "low",
    "type": "book",
    "publisher": "A press",
    "date": "2001-05",
    "direction": "south",
    "mode": "foot",
    "uncertainty_km": 5,
    "extent": "somewhere",
    "kinds": ["crossing"],
    "kind": "crossing",
}
# What is in the files that this author begins: neither is whole.
BEGUN: dict[str, Any] = {
    "atlas.toml": {
        "reference_lines": [
            {
                "record": "line",
                "left": "AA",
                "right": "BB",
                "reach_km": 20,
                "strip": "events",
            }
        ]
    },
    "borders.toml": {
        "record": [{"id": "line", "kind": "border", "geometry": ["drawn"]}]
    },
    "events.geojson": {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": "walk", "kind": "crosing"},
                "geometry": {"type": "Point", "coordinates": [-29.2, 45.04]},
            }
        ],
    },
    "lines.geojson": {"type": "FeatureCollection", "features": []},
    "sources.json": [],
    "styles.toml": {"plain": {}},
}


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value)


class Author:
    """Somebody who does what the last message says, and nothing more."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, Any] = {}

    def write(self) -> None:
        for name, document in self.files.items():
            text = json.dumps(document, indent=1)
            if name.endswith(".toml"):
                rows = (
                    f"{key} = {as_toml(value)}\n" for key, value in document.items()
                )
                text = "".join(rows)
            (self.root / name).write_text(text, encoding="utf-8")

    def entry(self, file: str, record: str) -> Any:
        """The entry that a message names."""
        document = self.files[file]
        if not record:
            return document
        if file == "styles.toml":
            return document[record]
        if file == "atlas.toml":
            lists = (rows for rows in document.values() if isinstance(rows, list))
            entries = [row for rows in lists for row in rows if isinstance(row, dict)]
            return next(e for e in entries if record in (e.get("id"), e.get("record")))
        rows = (
            document
            if isinstance(document, list)
            else next(
                document[key] for key in ("features", "record") if key in document
            )
        )
        entries = [row.get("properties", row) for row in rows]
        if record.startswith("#"):
            return entries[int(record[1:]) - 1]
        return next(entry for entry in entries if entry["id"] == record)

    def obey(self, told: dict[str, Any]) -> None:
        """Do what a message says; a message that does not say enough fails here."""
        file, field, found, cure = (told[k] for k in ("file", "field", "found", "cure"))
        if found == "no such file":
            assert "Add the file" in cure
            self.files[file] = BEGUN[file]
            return
        around, name = self.entry(file, told["record"]), field
        for step in (steps := field.split("."))[:-1]:
            # In `reference_lines.0.left` the entry is the one that the record names.
            if isinstance(around, list) or step in around:
                around = around[int(step) if isinstance(around, list) else step]
            name = steps[-1]
        name = int(name) if name.isdecimal() else name
        if near := re.match(r"Did you mean ([\w-]+)", cure):
            self.replace(around, name, found, near[1])
        elif match := re.match(r"Add the field `(\w+)`", cure):
            around[match[1]] = WANTED.get(match[1], told["record"] or "an-atlas")
        elif "words by language" in cure:
            around[name] = EN
        elif "in straight quotes" in cure:
            around[name] = "Words"
        elif match := re.search(r"add it to \[vocabulary\.(\w+)\]", cure):
            words = self.files["atlas.toml"]["vocabulary"].setdefault(match[1], {})
            words[found] = {}
        elif "add it to atlas.toml as one of [[groups]]" in cure:
            self.files["atlas.toml"]["groups"].append({"id": found})
        elif "add it to styles.toml as a table" in cure:
            self.files["styles.toml"][found] = {}
        elif "add what it names" in cure:
            self.add(told["allowed"], found)
        elif match := re.fullmatch(r"Give both `(\w+)` and `(\w+)`\.", cure):
            for key in match.groups():
                around.setdefault(key, WANTED[key])
        elif told["found"] == "nothing":
            # The field is named, what it is for is said: the author knows the value.
            around[field] = WANTED[field]
        else:
            pytest.fail(f"no way on from: {told}")

    def add(self, allowed: str, identity: str) -> None:
        """Add the thing that a message says is missing."""
        if "sources.json" in allowed:
            self.files["sources.json"].append({"id": identity})
        elif "line or zone" in allowed:
            shape = {"type": "LineString", "coordinates": LINE}
            feature = {"type": "Feature", "properties": {"id": identity}}
            self.files["lines.geojson"]["features"].append(
                {**feature, "geometry": shape}
            )
        else:
            pytest.fail(f"nowhere to add {identity}: {allowed}")

    def replace(self, around: Any, name: str | int, wrong: str, right: str) -> None:
        """Put the word that was meant where a wrong one stands: a value or a name."""
        if isinstance(around, dict) and around.get(name) != wrong and name in around:
            around[right] = around.pop(name)
        else:
            around[name] = right


def test_each_message_leads_to_the_next_until_the_atlas_works(tmp_path, capfd):
    author, seen = Author(tmp_path), []
    for _ in range(120):
        with pytest.raises(SystemExit) as ended:
            cli.main(["check", str(tmp_path), "--json"])
        told = json.loads(capfd.readouterr().out)
        if ended.value.code == 0:
            break
        first = told[0]
        message = (*(first[k] for k in ("file", "record", "field", "found")),)
        # What was mended once is not told again, and nothing is told twice at once.
        assert message not in seen
        assert len({json.dumps(each) for each in told}) == len(told)
        seen.append(message)
        author.obey(first)
        author.write()
    else:
        pytest.fail(f"no end: {seen[-3:]}")
    assert len(seen) > 40
    atlas = load(tmp_path)
    assert list(atlas.records) == ["line", "walk"]
    assert atlas.along["walk"].axis == "line"
