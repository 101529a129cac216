"""Colours of pictures: the tokens of the page, as a plotting library takes them."""

from __future__ import annotations

from typing import Literal

from borderviz.theme import load_theme

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def palette(scheme: Scheme | str) -> dict[str, str]:
    """
    Return every colour of a scheme by its token.

    Parameters
    ----------
    scheme
        `light` or `dark`; both have the same tokens.

    Raises
    ------
    ValueError
        If there is no such scheme.
    """
    if scheme not in SCHEMES:
        msg = f"there is no colour scheme {scheme!r}; there are {', '.join(SCHEMES)}"
        raise ValueError(msg)
    theme = load_theme()
    return theme.dark if scheme == "dark" else theme.light


def colour(name: str, scheme: Scheme | str) -> str:
    """
    Return the colour of a token: `#rrggbb`, or `#rrggbbaa` where it is not solid.

    Parameters
    ----------
    name
        A token of `theme.toml`.
    scheme
        `light` or `dark`.

    Raises
    ------
    KeyError
        If the theme has no such token.

    Examples
    --------
    >>> len(colour("sea", "light"))
    7
    """
    return palette(scheme)[name]
