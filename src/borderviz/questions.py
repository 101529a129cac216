"""Questions on which published numbers differ: each value with who states it.

Strict and closed, as `model` is. Rules that need other records live in
`validate_questions`; `competing` sets the values side by side.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from borderviz.model import DateText, Model, Positive, Remark, Slug, Text


class Scope(Model):
    """What some of the claims count; one with a `unit` of its own has its own axis."""

    id: Slug
    name: Text
    unit: Text | None = None


class Claim(Model):
    """
    One value that somebody states: a number, a range, an open end, or only words.

    `value` is one number; `low` and `high` are a range, of which one end may be left
    out for "or more" and "at most"; `words` are what no number was given for. `record`
    is the record of the atlas that reports it.
    """

    value: Positive | None = None
    low: Positive | None = None
    high: Positive | None = None
    words: Text | None = None
    about: bool = False
    who: Text
    as_of: DateText | None = None
    scope: Slug | None = None
    record: Slug
    sources: Annotated[list[Slug], Field(min_length=1)]


class Question(Model):
    """
    Something that has more than one published answer.

    With a `line` the lengths stated for that record and for its parts are claims too,
    and the engine measures it; `beside` are lines that continue it and are not counted.
    With a `zone` the engine measures an area. `charted` is false where the numbers are
    guesses that no axis should make look exact.
    """

    id: Slug
    title: Text
    intro: Text
    unit: Text
    line: Slug | None = None
    zone: Slug | None = None
    beside: list[Slug] = []
    charted: bool = True
    scopes: list[Scope] = []
    claims: list[Claim] = []
    reasons: list[Remark] = []
