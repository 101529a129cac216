"""Which layer shows a record."""

from __future__ import annotations

import pytest

from borderviz.layers import layer_of
from borderviz.settings import Layer

NAME = {"en": "Layer"}


def layer(identity: str, **fields) -> Layer:
    return Layer(id=identity, group="all", name=NAME, style="plain", **fields)


BY_KIND = layer("by-kind", kinds=["crossing", "site"])
BY_WAY = layer("by-way", kinds=["crossing"], directions=["down"])
BY_ID = layer("by-id", records=["2001-05-04-reed-bridge-walker"])
PLACES = layer("places", places=True)


@pytest.fixture
def walker(atlantis):
    return atlantis.records["2001-05-04-reed-bridge-walker"]


@pytest.fixture
def swimmer(atlantis):
    return atlantis.records["1969-12-31-swimmer"]


def test_a_layer_that_names_the_record_comes_before_all_others(walker):
    assert layer_of(walker, [BY_KIND, BY_WAY, BY_ID]) is BY_ID


def test_the_first_layer_that_fits_the_kind_shows_the_record(walker):
    assert layer_of(walker, [BY_WAY, BY_KIND]) is BY_WAY
    assert layer_of(walker, [BY_KIND, BY_WAY]) is BY_KIND


def test_a_layer_of_one_direction_leaves_the_other_to_the_next(swimmer):
    assert swimmer.direction == "up"
    assert layer_of(swimmer, [BY_WAY, BY_KIND]) is BY_KIND
    assert layer_of(swimmer, [BY_WAY]) is None


def test_a_layer_of_place_names_shows_no_record(walker):
    assert layer_of(walker, [PLACES]) is None
    assert layer_of(walker, []) is None


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("2001-05-04-reed-bridge-walker", "down"),
        ("1970-fog-rafts", "down"),
        ("1969-12-31-swimmer", "up"),
        ("2003-07-reed-bridge-flare", "incidents"),
        ("2002-03-01-choir", "permitted"),
        ("hill-gate", "gates"),
        ("white-tower", "sites"),
        ("raft-route", "routes"),
        ("singing-fish", "facts"),
        ("coral-line", "land-line"),
        ("quiet-zone", "land-line"),
        ("lethe-border", "river-line"),
        ("foam-line", "foam"),
        ("coral-treaty", None),
    ],
)
def test_the_invented_atlas_shows_each_record_where_it_belongs(
    atlantis, record, expected
):
    found = layer_of(atlantis.records[record], atlantis.settings.layers)
    assert (found.id if found else None) == expected
