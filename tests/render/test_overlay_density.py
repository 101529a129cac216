"""What a reader is told of rows that stay on the server: colours, commands, cells."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from borderviz.content import load
from borderviz.render.overlay_cell import LISTED, cell_html
from borderviz.render.overlay_map import crowd_command, row_data
from borderviz.render.overlay_style import MARKS, kinds
from borderviz.theme import load_theme
from conftest import ATLANTIS
from markup import parsed
from own_rows import along, asked, everything
from unit.test_theme import SIGHTS, oklab

RAMP = [f"density-{n}" for n in range(1, 8)]
GROUNDS = ("sea", "land", "shade")


@pytest.fixture(scope="module")
def atlantis():
    return load(ATLANTIS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_steps_of_density_are_even_and_go_one_way_for_every_eye(scheme, sight):
    colours = getattr(load_theme(), scheme)
    seen = [oklab(colours[token], sight) for token in RAMP]
    apart = [np.linalg.norm(b - a) for a, b in pairwise(seen)]
    light = np.diff([one[0] for one in seen])
    assert (light < 0).all() if scheme == "light" else (light > 0).all()
    assert min(apart) >= 0.065
    if sight == "all":
        assert max(apart) <= 1.2 * min(apart)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_palest_step_can_be_told_from_every_ground(scheme, ground):
    colours = getattr(load_theme(), scheme)
    palest, below = (oklab(colours[x], "all") for x in (RAMP[0], ground))
    assert np.linalg.norm(palest - below) >= 0.12


def test_a_command_tells_what_is_shown_and_where(atlantis):
    overlay = along(atlantis, 30)
    mask = np.arange(30) < 10
    told = crowd_command(overlay, mask, 4, asked="c%3D1", cell=[3, 1, 2, 5])
    crowd = told["crowd"]
    assert told["chosen"] == 4
    assert (crowd["count"], crowd["total"]) == (10, 30)
    assert (crowd["f"], crowd["cell"]) == ("c%3D1", [3, 1, 2, 5])
    west, south, east, north = crowd["box"]
    assert (west, east) == (overlay.lons[:10].min(), overlay.lons[:10].max())
    assert (south, north) == (overlay.lats[:10].min(), overlay.lats[:10].max())
    assert crowd["whole"][0] == overlay.lons.min()
    assert len(crowd["looks"]) == len(MARKS) + 1


def test_a_row_that_is_not_shown_is_not_chosen_and_nothing_has_no_box(atlantis):
    overlay = along(atlantis, 5)
    told = crowd_command(overlay, ~everything(overlay), 2, asked="")
    assert told["chosen"] == -1
    assert told["crowd"]["box"] is None


def test_a_row_is_told_as_the_map_draws_it(atlantis):
    overlay = along(atlantis, 12)
    for index in range(12):
        told = row_data(overlay, index)
        assert told["title"] == overlay.titles[index]
        assert (told["date"], told["number"]) == (
            overlay.dates[index],
            overlay.numbers[index],
        )
        assert told["look"] == kinds(overlay)[index]
        assert (told["km"] is None) == np.isnan(overlay.radii_km[index])


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("count", [0, 1, LISTED, LISTED + 7])
def test_a_cell_lists_the_first_and_counts_the_rest(atlantis, count, lang):
    overlay = along(atlantis, 80)
    _, context = asked(atlantis, f"lang={lang}")
    rows = np.arange(count, dtype=np.int32)
    root = parsed(cell_html(overlay, rows, (5, 27, 12, 130), context))
    assert str(count) in root.all("h2")[0].text
    buttons = [b for b in root.all("button") if b["data-bv"] == "own"]
    assert [int(b["data-row"]) for b in buttons] == rows[:LISTED].tolist()
    rest = context.say("overlay-map-more", count=7)
    assert (rest in root.text) is (count > LISTED)
    (nearer,) = (b for b in root.all("button") if b["data-bv"] == "own-cell")
    assert nearer["data-cell"] == "5,27,12,130"


def test_a_cell_says_where_it_is(atlantis):
    """Cell 0 of tile 1/1/0 lies east of Greenwich, at the upper edge of the map."""
    overlay, rows = along(atlantis, 3), np.arange(3, dtype=np.int32)
    _, context = asked(atlantis)
    said = parsed(cell_html(overlay, rows, (1, 1, 1, 0), context)).text
    # Below the equator by half of 180 / 64 degrees of the map.
    assert "longitude 1.406" in said
    assert "latitude -1.406" in said
    assert "310 km wide" in said
