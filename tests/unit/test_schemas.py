"""The schemas and the program say the same of every file, well or damaged."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from borderviz import documents, model, questions, settings
from borderviz.content import read
from borderviz.dates import DATE_PATTERN, PartialDate
from borderviz.model import Label, Model, Place, Sector
from borderviz.parsing import oddities
from borderviz.parts import Parts
from borderviz.questions import Question
from borderviz.reading import Folder
from borderviz.schemas import SCHEMAS, file_name, schema
from borderviz.schemas.models import meanings
from borderviz.settings import Settings, Vocabulary

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
STARTER = ROOT / "src" / "borderviz" / "starter"
ATLASES = (ROOT / "geodata", ATLANTIS, STARTER)
HEADS = {
    "step-head": documents.StepHead,
    "title-head": documents.TitleHead,
    "page-head": documents.PageHead,
}
MODELS = {
    name: kind
    for module in (model, settings, questions, documents)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Model) and kind.model_fields
}
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in SCHEMAS}


def parsed(path: Path) -> Any:
    text = path.read_text("utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


def head(path: Path) -> Any:
    return tomllib.loads(path.read_text("utf-8").split("+++\n")[1])


def files_of(root: Path) -> Iterator[tuple[str, Path, Any]]:
    """Each file of an atlas with the schema that is for it."""
    atlas = tomllib.loads((root / "atlas.toml").read_text("utf-8"))
    found = {"atlas.toml": "atlas", "styles.toml": "styles", "sources.json": "sources"}
    for name in atlas["records"]:
        found[name] = f"record-{'tables' if name.endswith('.toml') else 'features'}"
    found |= dict.fromkeys(atlas["geometry"], "shapes")
    found |= dict.fromkeys(atlas["land"], "land")
    for kind in ("places", "labels", "sectors", "arrivals", "questions", "corrections"):
        if kind in atlas:
            found[atlas[kind]] = kind
    for name, kind in found.items():
        yield kind, root / name, parsed(root / name)
    default = next(iter(atlas["languages"]))
    for path in sorted(root.glob("*/*.md")):
        is_default = path.name.endswith(f".{default}.md")
        other = "step-head" if is_default else "title-head"
        kind = "page-head" if path.parent.name == atlas.get("pages") else other
        yield kind, path, head(path)


ALL = [found for root in ATLASES for found in files_of(root)]


def shown(found: tuple[str, Path, Any]) -> str:
    return f"{found[1].parent.parent.name}/{found[1].parent.name}/{found[1].name}"


# --- the schemas themselves -----------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_says_what_it_is(name):
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"].endswith(f":{name}")
    assert found["description"] == SCHEMAS[name].told
    # What it refers to is there, and nothing besides.
    text = json.dumps(found)
    assert set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', text)) == set(found["$defs"])


def test_every_kind_of_file_of_an_atlas_has_a_schema():
    used = {kind for kind, _, _ in ALL}
    assert used == set(SCHEMAS) - {"texts"}


def test_every_field_says_what_it_means_and_no_other_does():
    assert {n: set(f) for n, f in meanings().items()} == {
        name: set(kind.model_fields) for name, kind in MODELS.items()
    }
    defs = schema("record-tables")["$defs"]
    assert (
        defs["Record"]["properties"]["at"]["description"] == meanings()["Record"]["at"]
    )
    assert "\n" not in defs["Waypoint"]["description"]


@pytest.mark.parametrize("name", MODELS)
def test_the_contract_begins_with_the_words_of_the_schemas(name):
    contract = (ROOT / "geodata" / "README.md").read_text("utf-8")
    section = re.split(r"^##", contract.split(f"\n### `{name}`\n")[1], flags=re.M)[0]
    for field, meaning in meanings()[name].items():
        (row,) = [r for r in section.splitlines() if r.startswith(f"| `{field}` |")]
        assert row.strip("| ").rpartition(" | ")[2].startswith(meaning), field


def test_a_date_of_the_schemas_is_one_that_exists():
    def exists(text: str) -> bool:
        try:
            PartialDate.parse(text)
        except ValueError:
            return False
        return True

    years = (0, 1, 4, 100, 400, 1900, 1999, 2000, 2004, 2100, 9999)
    texts = [f"{year:04d}" for year in years]
    texts += [f"{y}-{month:02d}" for y in list(texts) for month in range(14)]
    texts += [f"{t}-{d:02d}" for t in list(texts) for d in range(33)]
    texts += ["", "19", "1999-1", "1999-01-1", "1999-01-01T00", "c. 1999"]
    assert [t for t in texts if exists(t) != bool(re.search(DATE_PATTERN, t))] == []


# --- what is well ---------------------------------------------------------------------


@pytest.mark.parametrize("found", ALL, ids=shown)
def test_every_file_of_an_atlas_is_well(found):
    kind, _, document = found
    problems = VALIDATORS[kind].iter_errors(document)
    assert [(list(p.absolute_path), p.message) for p in problems] == []


def test_the_words_of_the_interface_are_well():
    for lang in ("en", "ko"):
        table = parsed(ROOT / "src" / "borderviz" / "texts" / f"{lang}.toml")
        assert VALIDATORS["texts"].is_valid(table)
        assert not VALIDATORS["texts"].is_valid({**table, "no-such-key": "x"})


# --- what is damaged ------------------------------------------------------------------


class Held(Folder):
    """A folder whose files all hold one document."""

    def __init__(self, document: Any) -> None:
        super().__init__(Path())
        self.document = document

    def _parsed(self, name: str, parse: Callable[[str], Any], form: str) -> Any:
        document = copy.deepcopy(self.document)
        for odd in oddities(document):
            self.problem(name, found=odd.found, allowed=odd.allowed, cure="Mend it.")
        return document


def is_well(kind: str, document: Any) -> bool:
    """Whether the program finds nothing wrong in one file, looked at alone."""
    folder = Held(document)
    parts = Parts(folder)
    match kind:
        case "atlas":
            folder.model(Settings, folder._parsed("", str, ""), "", "")
        case "styles":
            parts.read_styles()
        case "sources":
            parts.read_sources()
        case "record-tables" | "record-features":
            suffix = ".toml" if kind.endswith("tables") else ".geojson"
            parts.read_records(f"r{suffix}")
        case "shapes":
            parts.read_shapes("s.geojson")
        case "land":
            parts.land("l.geojson")
        case "places":
            parts.placed(Place, "p.geojson")
        case "labels":
            parts.placed(Label, "l.geojson")
        case "sectors":
            parts.rows(Sector, "s.toml", "sector")
        case "questions":
            parts.rows(Question, "q.toml", "question")
        case "corrections":
            parts.plain_rows(documents.Correction, "c.toml", "correction")
        case _:
            folder.model(HEADS[kind], document, "", "")
    return not folder.problems


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk a document; of a list the first two entries, which are like the rest."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value[:2]):
            yield from paths(inner, (*path, number))


GONE = object()
# One after the other takes the place of every value.
WRONG: tuple[Any, ...] = (
    *(GONE, None, True, -1, 0.5, 361, "", " ", "no such Word", "2001-02-30"),
    *([], [[]], {}, {"en": ""}, {"en": 1}, {"x": "y"}, [1, 2], ["A b"]),
)


def damaged(document: Any) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Each document that differs from a good one in one place, with place and value."""
    for path in paths(document):
        if not path:
            continue
        for wrong in WRONG:
            whole = copy.deepcopy(document)
            around = whole
            for step in path[:-1]:
                around = around[step]
            if wrong is not GONE:
                around[path[-1]] = wrong
            elif isinstance(around, dict):
                del around[path[-1]]
            else:
                continue
            yield path, wrong, whole
        whole = copy.deepcopy(document)
        around = whole
        for step in path:
            around = around[step]
        if isinstance(around, dict):
            around["unknown_field"] = 1
            yield path, "unknown_field", whole


def thinned(value: Any) -> Any:
    """Take two entries of each list and of each part of the vocabulary."""
    if isinstance(value, list):
        some = value[:2] if value and isinstance(value[0], dict) else value
        return [thinned(inner) for inner in some]
    if isinstance(value, dict):
        return {
            key: dict(list(inner.items())[:1])
            if key in Vocabulary.model_fields and isinstance(inner, dict)
            else thinned(inner)
            for key, inner in value.items()
        }
    return value


def parted(kind: str, path: Path, document: Any) -> Iterator[tuple[str, Path, Any]]:
    """Make documents of one entry each, which are quicker to damage and to look at."""
    listed = [k for k in ("features", "record", "sector", "question", "correction")]
    key = next((k for k in listed if k in document), None)
    if key is None:
        yield kind, path, thinned(document)
        return
    for entry in document[key][:3]:
        yield kind, path, {**document, key: [entry]}


# Smaller than the real atlas, and every field and form is in it.
SMALL = [
    part
    for found in ALL
    if ATLANTIS in found[1].parents and found[0] != "arrivals"
    for part in parted(*found)
]
RULES = ("record-tables", "record-features", "questions")


def is_beyond(path: tuple[Any, ...], wrong: Any) -> bool:
    """
    Whether a damage is one on which schema and program may part, and why.

    Any JSON Schema leaves out: that two ids are the same; geometry that crosses itself
    or is empty in a way of its own. GeoJSON (RFC 7946) asks for closed rings and for
    one position of a Point; shapely closes a ring and takes more.
    """
    return "coordinates" in path or path[-1] == "coordinates"


@pytest.mark.parametrize("found", SMALL, ids=shown)
def test_a_schema_refuses_what_the_program_refuses_in_one_file(found):
    kind, _, document = found
    validator, tried = VALIDATORS[kind], 0
    lenient, strict = [], []
    for path, wrong, whole in damaged(document):
        if is_beyond(path, wrong):
            continue
        tried += 1
        accepted, well = validator.is_valid(whole), is_well(kind, whole)
        if accepted and not well:
            lenient.append((path, wrong))
        elif well and not accepted:
            strict.append((path, whole))
    assert tried > 15
    assert lenient == []
    # What a file alone does not show, but a rule over the record does.
    for path, whole in strict:
        assert kind in RULES, path
        assert not is_well_among(found[1], whole), path


def is_well_among(path: Path, document: Any) -> bool:
    """Whether the whole atlas is well with one entry of a file replaced."""
    shared: dict[str, Any] = {}
    name, whole = path.name, parsed(path)
    key = next(k for k in ("features", "record", "question") if k in document)
    (entry,) = document[key]
    identity = entry.get("properties", entry)["id"]
    whole[key] = [
        entry if e.get("properties", e)["id"] == identity else e for e in whole[key]
    ]

    class Replaced(Folder):
        def _parsed(self, other: str, parse: Callable[[str], Any], form: str) -> Any:
            if other == name:
                return copy.deepcopy(whole)
            return super()._parsed(other, parse, form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("borderviz.content.Folder", Replaced)
        shared["problems"] = read(ATLANTIS)[1]
    return not shared["problems"]


@pytest.mark.parametrize(
    ("coordinates", "is_good"),
    [
        ([-38.9, 31.55], True),
        ([-38.9, 31.55, 12.5], True),
        ([], False),
        ([-38.9], False),
        ([-38.9, 91], False),
        ([-181, 31.55], False),
        (["-38.9", "31.55"], False),
        ([[-38.9, 31.55]], False),
        ([-38.9, 31.55, 1, 1], False),
    ],
)
def test_a_point_is_a_position(coordinates, is_good):
    document = parsed(ATLANTIS / "places.geojson")
    document["features"][0]["geometry"]["coordinates"] = coordinates
    assert VALIDATORS["places"].is_valid(document) == is_good


@pytest.mark.parametrize(
    "change",
    [
        {"type": "LineString", "coordinates": [[0, 0]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
        {"type": "Circle", "coordinates": [0, 0]},
        {"type": "Polygon"},
        None,
    ],
)
def test_land_is_of_valid_geometry(change):
    document = parsed(ATLANTIS / "land.geojson")
    document["features"][0]["geometry"] = change
    assert not VALIDATORS["land"].is_valid(document)


def test_a_coordinate_system_is_refused():
    document = parsed(ATLANTIS / "lines.geojson")
    assert VALIDATORS["shapes"].is_valid({**document, "comment": "drawn by hand"})
    assert not VALIDATORS["shapes"].is_valid({**document, "crs": {}})


@pytest.mark.parametrize(
    ("at", "value"),
    [(("rows", 0, "total"), "7"), (("rows", 0, "note"), "x"), (("title",), "x")],
)
def test_arrivals_are_of_the_right_form(at, value):
    document = around = parsed(ATLANTIS / "arrivals.toml")
    for step in at[:-1]:
        around = around[step]
    around[at[-1]] = value
    assert not VALIDATORS["arrivals"].is_valid(document)


def test_files_of_schemas_are_named_by_what_they_are_for():
    assert file_name("atlas") == "atlas.schema.json"
