"""Colours of pictures are the page's."""

from __future__ import annotations

import pytest

from borderviz.pictures.tokens import SCHEMES, colour, palette
from borderviz.theme import load_theme


def test_colours_are_those_of_the_theme():
    theme = load_theme()
    assert colour("sea", "light") == theme.light["sea"]
    assert colour("sea", "dark") == theme.dark["sea"]
    assert colour("sea", "light") != colour("sea", "dark")


def test_schemes_have_the_same_tokens():
    assert {frozenset(palette(scheme)) for scheme in SCHEMES} == {
        frozenset(load_theme().light)
    }


def test_unknown_scheme_is_told():
    with pytest.raises(ValueError, match=r"'sepia'.*light, dark"):
        palette("sepia")


def test_unknown_token_is_told():
    with pytest.raises(KeyError, match="mauve"):
        colour("mauve", "light")
