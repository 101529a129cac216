"""The rules to do no harm bite where they must, and the contract has their numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
README = Path(__file__).parents[2] / "geodata" / "README.md"


@pytest.fixture(scope="module")
def rules(atlas):
    return {rule.id: rule for rule in atlas.settings.finest}


def test_crossings_and_routes_and_places_of_settlement_have_a_rule(rules):
    assert rules["crossers"].km >= 3
    assert {"crossing", "incident", "authorised"} <= set(rules["crossers"].kinds)
    assert rules["routes"].generalised
    assert rules["routes"].town_km <= 1
    assert rules["settlement"].km >= 5


def test_no_rule_is_for_nothing(atlas, rules):
    """A kind or type that is misspelt would protect nobody."""
    for rule in rules.values():
        types = {
            (r.type or {}).get("en")
            for r in atlas.records.values()
            if r.kind in rule.kinds
        }
        assert types & set(rule.types) or not rule.types, rule.id
        assert {r.kind for r in atlas.records.values()} >= set(rule.kinds), rule.id


def test_every_crossing_says_that_somebody_crossed(atlas):
    """Without a number of people it would escape the rule for crossers."""
    crossings = [r for r in atlas.records.values() if r.kind == "crossing"]
    assert [r.id for r in crossings if not (r.people or r.attempted)] == []


def test_along_the_borders_a_waypoint_can_only_be_a_town(atlas, rules):
    """No stretch of a border is farther from all towns than the rule reaches."""
    towns = np.array([at for _, at in atlas.places])
    for border in atlas.axes:
        for name in atlas.records[border].geometry:
            line = np.array(atlas.shapes[name].coords)[::20]
            pairs = np.repeat(line, len(towns), 0), np.tile(towns, (len(line), 1))
            metres = GEOD.inv(*pairs[0].T, *pairs[1].T)[2].reshape(len(line), -1)
            assert metres.min(axis=1).max() / 1000 < rules["routes"].town_reach_km - 20


def test_what_is_placed_finely_is_named_or_public(atlas, rules):
    fine = [
        r
        for r in atlas.records.values()
        if r.kind in rules["crossers"].kinds
        and (r.people or r.attempted)
        and r.id in atlas.positions
        and r.uncertainty_km < rules["crossers"].km
    ]
    assert len(fine) >= 20
    assert {r.landmark for r in fine if not r.name} == {"jsa-panmunjom"}


def test_the_contract_tells_the_numbers_of_the_rules(rules):
    _, _, rest = README.read_text("utf-8").partition("\n### Do no harm\n")
    told = " ".join(rest.partition("\n## ")[0].split())
    routes = rules["routes"]
    assert f"**{rules['crossers'].km} km** or more, a village" in told
    assert f"at most {routes.decimals} decimals" in told
    assert f"to **{routes.town_km} km**" in told
    assert f"no town within {routes.town_reach_km} km" in told
    assert f"**{rules['settlement'].km} km** or more" in told
