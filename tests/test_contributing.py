"""CONTRIBUTING.md tells the truth: its examples are good, its messages are real."""

import copy
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from borderviz.cli import problem_as_text
from borderviz.content import read
from borderviz.errors import Problem

ROOT = Path(__file__).parents[1]
GEODATA = ROOT / "geodata"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.M | re.S)


def incident() -> dict[str, Any]:
    (found,) = [
        f
        for b in blocks("json")
        if "kind" in (f := json.loads(b)).get("properties", {})
    ]
    return found


@pytest.fixture
def atlas_copy(tmp_path: Path) -> Path:
    """A copy of the real atlas, to write into."""
    folder = tmp_path / "geodata"
    skipped = shutil.ignore_patterns("build", "README.md")
    shutil.copytree(GEODATA, folder, ignore=skipped)
    return folder


def put(folder: Path, name: str, *, item: dict[str, Any]) -> None:
    """Add one entry to the end of a JSON file of an atlas."""
    path = folder / name
    data = json.loads(path.read_text("utf-8"))
    (data if isinstance(data, list) else data["features"]).append(item)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_the_files_and_folders_it_names_exist():
    layout = GUIDE.split("### Layout")[1].split("### Style")[0]
    paths = re.findall(r"`((?:src|tests|geodata)/[^`]*)`", layout)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_example_incident_is_good(atlas_copy):
    put(atlas_copy, "crossings.geojson", item=incident())
    found, problems = read(atlas_copy)
    assert problems == []
    assert found is not None
    assert incident()["id"] in found.records


def test_the_other_examples_are_good(atlas_copy):
    records = [json.loads(block) for block in blocks("json")]
    (source,) = [r for r in records if "publisher" in r]
    (place,) = [r for r in records if "rank" in r.get("properties", {})]
    put(atlas_copy, "sources.json", item=source)
    put(atlas_copy, "places.geojson", item=place)
    facts, (example,) = atlas_copy / "facts.toml", blocks("toml")
    facts.write_text(facts.read_text("utf-8") + "\n" + example, encoding="utf-8")
    found, problems = read(atlas_copy)
    assert problems == []
    assert found is not None
    assert source["id"] in found.sources
    assert tomllib.loads(example)["record"][0]["id"] in found.records


def broken(how: str) -> dict[str, Any]:
    """The example incident with one thing wrong."""
    item = copy.deepcopy(incident())
    properties = item["properties"]
    match how:
        case "source":
            properties["sources"][0] = "kbs-world-2024-08-02"
        case "date":
            properties["date"] = "2024-08-32"
        case "mode":
            properties["mode"] = "walk"
        case "language":
            del properties["title"]["en"]
        case "point":
            properties["uncertainty_km"] = 80
        case "id":
            properties["id"] = "2024-08-20-goseong-staff-sergeant"
        case "field":
            properties["statements"][1]["source"] = ["kbs-world-2024-08-20"]
            del properties["statements"][1]["sources"]
        case "fine":
            properties["uncertainty_km"] = 0.5
        case "swapped":
            item["geometry"]["coordinates"].reverse()
    return item


def is_told(problem: Problem) -> bool:
    return f"```text\n{problem_as_text(problem)}\n```" in GUIDE


@pytest.mark.parametrize(
    "how",
    [
        *("source", "date", "mode", "language", "point", "id", "swapped"),
        *("field", "fine"),
    ],
)
def test_one_thing_wrong_yields_the_message_of_the_guide_alone(atlas_copy, how):
    put(atlas_copy, "crossings.geojson", item=broken(how))
    _, (problem,) = read(atlas_copy)
    assert is_told(problem), problem_as_text(problem)


def test_a_missing_comma_yields_the_message_of_the_guide(atlas_copy):
    path = atlas_copy / "crossings.geojson"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"CC-BY-4.0",', '"CC-BY-4.0"', 1), encoding="utf-8")
    _, (problem,) = read(atlas_copy)
    assert is_told(problem)


def test_the_guide_sorts_events_as_the_atlas_does(atlas_copy):
    """What the table under "What is it?" asks divides the records that are there."""
    atlas, _ = read(atlas_copy)
    assert atlas is not None
    records = atlas.records.values()
    crossings = [r for r in records if r.kind == "crossing"]
    assert all(r.people and not r.returned and not r.attempted for r in crossings)
    told = [r for r in records if r.returned or r.attempted or r.victims]
    assert {r.kind for r in told} == {"incident"}
    assert {r.kind for r in records if r.landmark} <= {
        *("crossing", "incident", "authorised", "event"),
    }


def test_the_guide_knows_where_the_coordinates_lie(atlas_copy):
    atlas, _ = read(atlas_copy)
    assert atlas is not None
    (west, east), (south, north) = (
        map(int, re.search(pattern, GUIDE).groups())  # type: ignore[union-attr]
        for pattern in (r"\(here (\d+) to (\d+)\)", r"latitude \((\d+) to (\d+)\)")
    )
    for name in ("crossing", "incident", "authorised"):
        for record in atlas.records.values():
            if record.kind == name and record.id in atlas.positions:
                lon, lat = atlas.positions[record.id]
                assert west <= lon <= east, record.id
                assert south <= lat <= north, record.id
