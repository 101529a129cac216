"""The ZIP: data with licences, citations and a README, the same bytes each time."""

from __future__ import annotations

import io
import json
import zipfile

import bibtexparser
import pytest

from borderviz.content import load
from borderviz.export.bundle import safe_name, zip_bytes
from borderviz.export.columns import COLUMNS
from borderviz.export.formats import FORMATS
from borderviz.render.context import Context
from borderviz.selection import select

from .conftest import ADDRESS, TODAY, made, view_of
from .reading import csv_rows


def packed(atlas, query="", forms=("csv", "geojson"), **more):
    view = view_of(atlas, query)
    raw = zip_bytes(
        forms,
        select(atlas, view),
        Context(atlas, view),
        today=TODAY,
        **{"address": ADDRESS, **more},
    )
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert archive.testzip() is None
    return archive


def unlicensed(root):
    """Take the licences out of a copy of the invented atlas."""
    path = root / "atlas.toml"
    head, rest = path.read_text(encoding="utf-8").split("\n[[licences]]")
    path.write_text(f"{head}\n[[finest]]{rest.split('[[finest]]', 1)[1]}", "utf-8")
    return load(root)


def test_it_holds_what_must_stay_together(atlas):
    archive = packed(atlas, forms=FORMATS, scope="layers")
    stem = f"korea-{atlas.fingerprint}"
    assert archive.namelist() == [
        "README.txt",
        *(f"{stem}.{form}" for form in FORMATS),
        *("citations.bib", "citations.json", "citations.txt"),
        *("licences/CC-BY-4.0.txt", "licences/ODbL-1.0.txt"),
    ]


def test_licences_are_those_of_what_is_in_it_word_for_word(atlas):
    names = packed(atlas).namelist()
    assert [n for n in names if n.startswith("licences/")] == ["licences/CC-BY-4.0.txt"]
    for name in ("CC-BY-4.0", "ODbL-1.0"):
        text = packed(atlas, scope="layers").read(f"licences/{name}.txt")
        assert text == (atlas.root / "licences" / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("scope", ["events", "layers"])
def test_citations_name_every_source_first(scope, any_atlas):
    archive = packed(any_atlas, scope=scope)
    export = made(any_atlas, scope=scope)
    rows = json.loads(archive.read("citations.json"))
    assert len(rows) == len(export.sources) + 1
    assert rows[-1]["type"] == "dataset"
    entries = bibtexparser.parse_string(archive.read("citations.bib").decode())
    assert not entries.failed_blocks
    assert len(entries.entries) == len(rows)
    text = archive.read("citations.txt").decode()
    assert any_atlas.fingerprint in text


def test_the_readme_tells_what_it_is(atlas):
    export = made(atlas, "mode=foot&from=1998", scope="layers")
    archive = packed(atlas, "mode=foot&from=1998", scope="layers")
    text = archive.read("README.txt").decode()
    assert export.sentence in text
    assert f"{len(export.records)} records are in each file of data." in text
    assert f"{export.unplaced} of them have no point, line or area." in text
    assert atlas.fingerprint in text
    assert "23 November 2026" in text
    assert f"{ADDRESS}?v=1&from=1998&mode=foot" in text
    for name in archive.namelist()[1:]:
        assert f"- {name}: " in text
    for name in COLUMNS:
        assert name.endswith("_label") or f"\n- {name}: " in text
    for words in ("uncertainty_km is the radius", "an apostrophe stands", "1968-01"):
        assert words in text
    assert "What nobody recorded is not here." in text
    assert "© OpenStreetMap contributors" in text


def test_the_readme_speaks_the_reader_s_language(atlas):
    text = packed(atlas, "lang=ko").read("README.txt").decode()
    assert text.startswith("북한의 두 경계")
    assert "쓰기 전에" in text
    assert "Before you use it" not in text


def test_a_hostile_atlas_breaks_no_line(hostile):
    text = packed(hostile, scope="layers").read("README.txt").decode()
    lines = text.split("\n")
    assert len(lines) == len(text.splitlines()) + 1
    heads = [n for n, line in enumerate(lines) if line and set(line) <= {"-"}]
    assert len(heads) == 6


def test_an_atlas_without_licences_says_so_everywhere(atlantis_copy):
    atlas = unlicensed(atlantis_copy)
    archive = packed(atlas, forms=FORMATS, scope="layers")
    assert not [n for n in archive.namelist() if n.startswith("licences/")]
    assert "Licence: no licence stated" in archive.read("README.txt").decode()
    stem = f"atlantis-{atlas.fingerprint}"
    assert json.loads(archive.read(f"{stem}.geojson"))["license"] == (
        "no licence stated"
    )
    rows = csv_rows(archive.read(f"{stem}.csv"))
    assert {row["licence"] for row in rows} == {"no licence stated"}


def test_nothing_at_all_is_packed_too(atlas):
    archive = packed(atlas, "from=1900&to=1901", forms=FORMATS)
    text = archive.read("README.txt").decode()
    assert "0 records are in each file of data." in text
    assert "none needed: no record is in this file" in text
    assert len(json.loads(archive.read("citations.json"))) == 1


@pytest.mark.parametrize("scope", ["events", "layers"])
def test_the_same_view_on_the_same_day_gives_the_same_bytes(scope, any_atlas):
    first, again = (
        packed(any_atlas, forms=FORMATS, scope=scope).fp.getvalue() for _ in range(2)
    )
    assert first == again


def test_times_are_the_day_and_modes_are_plain(atlantis):
    for entry in packed(atlantis).infolist():
        assert entry.date_time == (2026, 11, 23, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644


def test_pictures_lie_in_a_folder_under_safe_names_of_their_own(atlantis):
    pictures = {
        "map.png": b"a",
        "../../map.PNG": b"b",
        "C:\\x\\ma p.svg": b"c",
        "/etc/passwd": b"d",
        "": b"e",
        "..": b"f",
    }
    archive = packed(atlantis, pictures=pictures)
    names = [n for n in archive.namelist() if n.startswith("pictures/")]
    assert len({name.lower() for name in names}) == len(pictures)
    assert sorted(archive.read(name) for name in names) == sorted(pictures.values())
    assert not [name for name in names if ".." in name or "\\" in name or " " in name]


@pytest.mark.parametrize("name", ["a" * 300 + ".png", "con\x00.svg", "한글.png", "-rf"])
def test_a_safe_name_is_short_and_plain(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert safe.isascii()
    assert safe.isprintable()
    assert safe[0] not in "-."


def test_a_format_is_packed_once(atlantis):
    names = packed(atlantis, forms=("csv", "csv")).namelist()
    assert len([n for n in names if n.endswith(".csv")]) == 1
    with pytest.raises(ValueError, match="no format 'doc'"):
        packed(atlantis, forms=("csv", "doc"))
