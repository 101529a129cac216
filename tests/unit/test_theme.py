"""The theme: two schemes with the same tokens, readable in both."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from borderviz.render.overlay_style import MARKS as OWN_MARKS
from borderviz.render.overlay_style import OTHER
from borderviz.theme import Theme, css_variables, load_theme

ROOT = Path(__file__).parents[2]

GROUNDS = ("sea", "land", "shade")
NAMES = ("place", "muted", "sea-label", "river")
MARKS = (
    "zone",
    "river",
    "sea-line",
    "south",
    "north",
    "incident",
    "authorised",
    "point",
    "site",
    "fact",
    "route",
)
# What is set as text, and on which ground it may stand.
TEXT_ON = [
    *(
        (token, ground)
        for token in ("ink", "muted", "link")
        for ground in ("page", "panel")
    ),
    ("note-ink", "note"),
    ("place", "land"),
    *((token, "panel") for token in MARKS),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_largest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_light_and_dark_have_the_same_tokens():
    theme = load_theme()
    assert list(theme.light) == list(theme.dark)
    assert theme.light != theme.dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_written_in_one_form(scheme):
    for token, colour in getattr(load_theme(), scheme).items():
        assert re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", colour), token


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("token", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(scheme, token, ground):
    colours = getattr(load_theme(), scheme)
    assert contrast(colours[token], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_map_can_be_read_on_every_ground(scheme, ground):
    colours = getattr(load_theme(), scheme)
    for name in NAMES:
        assert contrast(colours[name], colours[ground]) >= 4.5, name
    for mark in MARKS:
        assert contrast(colours[mark], colours[ground]) >= 3, mark


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, "page", "panel"])
def test_a_readers_own_marks_can_be_seen_on_every_ground(scheme, ground):
    colours = getattr(load_theme(), scheme)
    for mark in (*OWN_MARKS, OTHER):
        assert contrast(colours[mark.token], colours[ground]) >= 3, mark


# Linear RGB as those see it who lack one kind of cone, after Machado and others (2009).
SIGHTS = {
    "all": np.eye(3),
    "no red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
# Oklab: its distances are those that people see.
TO_CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_OKLAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def oklab(colour: str, sight: str) -> np.ndarray:
    """A colour as one kind of eye sees it, in a space of even distances."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SIGHTS[sight]) @ linear, 0, 1)
    return np.array(TO_OKLAB) @ np.cbrt(np.array(TO_CONES) @ seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_a_readers_own_marks_differ_for_every_eye(scheme, sight):
    colours = getattr(load_theme(), scheme)
    seen = [oklab(colours[mark.token], sight) for mark in OWN_MARKS]
    apart = [np.linalg.norm(a - b) for a, b in combinations(seen, 2)]
    # Their shapes differ too; the colours alone keep this much.
    assert min(apart) >= 0.07


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_land_sea_and_the_country_of_the_subject_differ(scheme):
    colours = getattr(load_theme(), scheme)
    assert contrast(colours["land"], colours["sea"]) >= 1.15
    assert contrast(colours["land"], colours["shade"]) >= 1.12
    assert contrast(colours["coast"], colours["sea"]) >= 1.8


def test_css_has_a_variable_for_every_token_that_follows_the_scheme():
    theme = load_theme()
    css = css_variables(theme)
    for token, colour in theme.light.items():
        assert f"--bv-{token}:light-dark({colour},{theme.dark[token]})" in css
    for token, size in theme.sizes.items():
        assert f"--bv-{token}:{size}" in css
    for token, font in theme.fonts.items():
        assert f"--bv-font-{token}:{font}" in css


def test_css_is_one_rule_that_nothing_in_a_token_can_leave():
    css = css_variables(load_theme())
    assert css.startswith(":root{")
    assert css.count("{") == css.count("}") == 1
    assert "<" not in css


def test_no_two_variables_share_a_name():
    theme = load_theme()
    names = re.findall(r"--bv-[a-z0-9-]+(?=:)", css_variables(theme))
    assert len(names) == len(set(names))
    assert len(names) == len(theme.light) + len(theme.sizes) + len(theme.fonts)


def test_a_theme_whose_schemes_differ_is_noticed():
    with pytest.raises(KeyError):
        css_variables(Theme({"sea": "#ffffff"}, {}, {}, {}))


SERVER = {
    "primaryColor": "link",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "panel",
    "textColor": "ink",
    "borderColor": "line",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_server_s_own_parts_have_the_colours_of_the_theme(scheme):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    tokens = getattr(load_theme(), scheme)
    wanted = {option: tokens[token] for option, token in SERVER.items()}
    assert config["theme"][scheme] == wanted


def test_started_from_anywhere_the_server_has_the_same_settings():
    """It looks for its settings beside the script it runs and in the working folder."""
    beside = ROOT / "src" / "borderviz" / "ui" / ".streamlit" / "config.toml"
    assert beside.read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()
