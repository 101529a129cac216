"""How finely an atlas places at most what could harm somebody."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from borderviz.model import Kind, Model, Positive, Slug, Text


class Finest(Model):
    """
    A rule to do no harm: how finely records of some kinds are placed at most.

    It is for the `kinds`, of these only for the `types` if it names any (by a record's
    `type` in the default language), and with `crossers` only where somebody crossed or
    tried to. `km` is the least radius, `decimals` the most of a coordinate, in degrees.

    With `town_km` every point is that of a town of the list, give or take as much; one
    that has no town of the list within `town_reach_km` may be elsewhere.
    """

    id: Slug
    what: Text
    kinds: Annotated[list[Kind], Field(min_length=1)]
    types: list[str] = []
    crossers: bool = False
    km: Positive | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    town_km: Positive | None = None
    town_reach_km: Positive | None = None
    generalised: bool = False
    unless_named: bool = False
    unless_landmark: bool = False
