"""The file to try with works for any atlas, in each of its languages."""

import dataclasses

import pytest

from borderviz.export.csv_text import guarded
from borderviz.overlay.build import build
from borderviz.overlay.example import example_file
from borderviz.overlay.roles import ROLES, recognise

from .tables import from_csv, keys


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
@pytest.mark.parametrize("lang", ["en", "ko", "eo"])
def test_the_example_shows_what_a_file_may_hold(name, lang, request):
    atlas = request.getfixturevalue(name)
    content = example_file(atlas, lang)
    assert content == example_file(atlas, lang)
    raw = from_csv(content)
    choices = recognise(raw)
    assert tuple(choices.columns) == ROLES
    assert tuple(choices.columns.values()) == raw.columns
    overlay = build(raw, "example.csv", choices, atlas)
    assert len(overlay) == 39
    assert [problem.reason.key for problem in overlay.problems] == ["row-range"]
    assert (overlay.bad_count, overlay.doubt_count) == (1, 0)
    assert keys(overlay.notes) == ["row-named"]
    assert len(overlay.categories) == 4
    assert {len(date) for date in overlay.dates} == {4, 7, 10}
    assert any(overlay.date_ends)
    assert all(overlay.texts)
    assert len(set(overlay.sources)) == 1
    assert len(set(overlay.titles)) == 39
    assert set(overlay.located["border"]) == set(atlas.axes)
    by_coordinates = [not cell for cell in raw.cells[2]]
    near = overlay.located["distance_km"][[by_coordinates[r] for r in overlay.rows]]
    assert near.max() <= 12
    cells = (cell for column in raw.cells[2:-1] for cell in column)
    assert all(guarded(cell) == cell for cell in cells)


def test_an_atlas_without_lines_and_places_has_an_example(atlantis):
    settings = atlantis.settings.model_copy(update={"reference_lines": []})
    events = {k: r for k, r in atlantis.records.items() if r.date is None}
    bare = dataclasses.replace(atlantis, settings=settings, places=[], records=events)
    raw = from_csv(example_file(bare, "en"))
    overlay = build(raw, "example.csv", recognise(raw), bare)
    assert len(overlay) == 39
    view = bare.settings.view
    assert abs(overlay.lats - view.lat).max() < 0.2
    assert min(overlay.dates)[:4] == "2000"


def test_a_place_that_begins_like_a_formula_is_not_in_it(atlantis):
    places = [
        (place.model_copy(update={"name": {"en": f"={place.name['en']}"}}), at)
        for place, at in atlantis.places
    ]
    changed = dataclasses.replace(atlantis, places=places)
    assert set(from_csv(example_file(changed, "en")).cells[2]) == {""}
