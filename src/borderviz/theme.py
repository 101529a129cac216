"""Colour tokens, fonts and sizes: one file, `theme.toml`, for page and map alike."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Theme:
    """
    Tokens by name.

    Parameters
    ----------
    light, dark
        Colours (`#rrggbb`) by token; both have the same names.
    sizes, fonts
        CSS lengths and font stacks by token.
    """

    light: dict[str, str]
    dark: dict[str, str]
    sizes: dict[str, str]
    fonts: dict[str, str]


@cache
def load_theme() -> Theme:
    """Read the theme; the file is part of the package and checked by its tests."""
    text = files("borderviz").joinpath("theme.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Theme(data["light"], data["dark"], data["sizes"], data["fonts"])


def css_variables(theme: Theme) -> str:
    """
    Write the tokens as CSS custom properties that follow the page's colour scheme.

    Examples
    --------
    >>> css_variables(Theme({"sea": "#fff"}, {"sea": "#000"}, {}, {}))
    ':root{--bv-sea:light-dark(#fff,#000)}'
    """
    rules = [
        f"--bv-{name}:light-dark({colour},{theme.dark[name]})"
        for name, colour in theme.light.items()
    ]
    rules += [f"--bv-{name}:{value}" for name, value in theme.sizes.items()]
    rules += [f"--bv-font-{name}:{value}" for name, value in theme.fonts.items()]
    return ":root{" + ";".join(rules) + "}"
