"""The rules for licences: wrong file, missing text, double cover, none at all."""

from __future__ import annotations

import pytest

from borderviz.content import fingerprint, load, read

SECOND = """
[[licences]]
id = "LicenseRef-sea"
name = {en = "Sea Licence"}
address = "https://example.org/sea"
file = "licences/sea.txt"
attribution = {en = "The sea"}
covers = [%s]
"""


def without(atlas_text):
    """The settings with their licence table cut out."""
    head, rest = atlas_text.split("\n[[licences]]")
    return f"{head}\n[[finest]]{rest.split('[[finest]]', 1)[1]}"


def with_second(root, covers, *, first='covers = ["*"]', text="Free as the sea.\n"):
    path = root / "atlas.toml"
    before = path.read_text(encoding="utf-8").replace('covers = ["*"]', first)
    path.write_text(before + SECOND % covers, encoding="utf-8")
    if text is not None:
        (root / "licences" / "sea.txt").write_text(text, encoding="utf-8")
    return read(root)[1]


def places(problems):
    return [(p.file, p.record, p.field) for p in problems]


def test_an_atlas_may_have_several_licences(atlantis_copy):
    names = [p.name for p in sorted(atlantis_copy.glob("*.*"))]
    first = [n for n in names if n not in ("lines.geojson", "zones.geojson")]
    listed = ", ".join(f'"{n}"' for n in first)
    assert not with_second(
        atlantis_copy, '"lines.geojson", "zones.*"', first=f"covers = [{listed}]"
    )
    assert load(atlantis_copy).licences["LicenseRef-sea"] == "Free as the sea.\n"


def test_an_atlas_may_state_no_licence(atlantis_copy):
    path = atlantis_copy / "atlas.toml"
    path.write_text(without(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert load(atlantis_copy).licences == {}


def test_a_file_under_two_licences_is_told(atlantis_copy):
    (problem,) = with_second(atlantis_copy, '"lines.geojson"')
    assert places([problem]) == [("atlas.toml", "LicenseRef-sea", "covers")]
    assert "lines.geojson, which CC0-1.0 covers too" in problem.found
    assert "one of the two" in problem.cure


def test_a_file_under_no_licence_is_told(edit_text):
    found = edit_text("atlas.toml", 'covers = ["*"]', 'covers = ["*.toml", "story/*"]')
    told = [p.found for p in found if p.field == "licences"]
    assert "crossings.geojson under no licence" in told
    assert "sources.json under no licence" in told
    assert not [x for x in told if x.startswith(("pages/", "texts/", "facts.toml"))]


def test_what_is_covered_must_be_there(edit_text):
    (problem,) = edit_text(
        "atlas.toml", 'covers = ["*"]', 'covers = ["*", "line.geojson"]'
    )
    assert places([problem]) == [("atlas.toml", "CC0-1.0", "covers.1")]
    assert "Did you mean lines.geojson" in problem.cure


def test_a_text_that_is_not_there_is_told(atlantis_copy):
    problems = with_second(atlantis_copy, '"texts/*.toml"', text=None)
    assert ("licences/sea.txt", "", "") in places(problems)


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_a_text_without_words_is_told(atlantis_copy, text):
    problems = with_second(atlantis_copy, '"lines.geojson"', text=text)
    assert ("atlas.toml", "LicenseRef-sea", "file") in places(problems)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("licences/CC0-1.0.txt", "../CC0-1.0.txt", "licences.0.file"),
        ("licences/CC0-1.0.txt", "crossings.geojson", "licences.0.file"),
        ('id = "CC0-1.0"', 'id = "as you like it"', "licences.0.id"),
        ("https://creativecommons", "javascript:creativecommons", "licences.0.address"),
        ('covers = ["*"]', "covers = []", "licences.0.covers"),
    ],
)
def test_a_licence_that_cannot_be_used_is_told(edit_text, old, new, field):
    assert ("atlas.toml", "", field) in places(edit_text("atlas.toml", old, new))


def test_a_licence_twice_is_told(atlantis_copy):
    path = atlantis_copy / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    table = SECOND.replace("LicenseRef-sea", "CC0-1.0") % '"texts/*.toml"'
    path.write_text(text + table, encoding="utf-8")
    (atlantis_copy / "licences" / "sea.txt").write_text("Free.\n", encoding="utf-8")
    told = [(p.record, p.field) for p in read(atlantis_copy)[1]]
    assert ("CC0-1.0", "licences.id") in told


def test_the_data_version_knows_the_texts(atlantis_copy):
    before = fingerprint(atlantis_copy)
    path = atlantis_copy / "licences" / "CC0-1.0.txt"
    path.write_text("Other words.\n", encoding="utf-8")
    assert fingerprint(atlantis_copy) != before
