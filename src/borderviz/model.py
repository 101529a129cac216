"""What an atlas is made of: frozen models that say which fields a record may have.

Every model is strict and closed: an unknown field is a fault, not an extra. Rules that
need more than one record (ids that resolve, layers that cover) live in `validate`.
The field tables in `geodata/README.md` are written from this module.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from borderviz.dates import DATE_PATTERN, PartialDate


def _text(value: dict[str, str]) -> dict[str, str]:
    """Refuse a text without any language, or with an empty one."""
    empty = [lang for lang, words in value.items() if not words.strip()]
    if empty or not value:
        msg = f"needs words in every language it names, empty: {empty or 'all'}"
        raise ValueError(msg)
    return value


def _date(value: str) -> str:
    """Refuse a date that does not exist."""
    PartialDate.parse(value)
    return value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# What the validators ask for, in the words of JSON Schema.
_WORDS = {"additionalProperties": {"type": "string", "pattern": r"\S"}}
_DAY = {"pattern": DATE_PATTERN}
Text = Annotated[
    dict[str, str],
    AfterValidator(_text),
    Field(json_schema_extra={"minProperties": 1, **_WORDS}),
]
DateText = Annotated[str, AfterValidator(_date), Field(json_schema_extra=_DAY)]
# Of a union pydantic does not tell the limit, so it is told here once more.
Positive = Annotated[
    float | int, Field(gt=0, json_schema_extra={"exclusiveMinimum": 0})
]
Confidence = Literal["high", "medium", "low"]
Kind = Literal[
    "crossing",
    "incident",
    "authorised",
    "crossing-point",
    "site",
    "route",
    "fact",
    "event",
    "border",
    "zone",
    "sea-line",
]
DATED: frozenset[str] = frozenset({"crossing", "incident", "authorised", "event"})


class Model(BaseModel):
    """Closed and frozen; numbers stay numbers, texts stay texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Statement(Model):
    """One thing that is reported, with who reports it."""

    text: Text
    sources: Annotated[list[Slug], Field(min_length=1)]


class Remark(Model):
    """A doubt, a conflict or an editor's note; sources where it has some."""

    text: Text
    sources: list[Slug] = []


class Attribute(Model):
    """A short labelled value, shown in the panel's table."""

    label: Text
    value: Text


class Competing(Model):
    """Another value for the same thing, and who states it."""

    value: float | int | Text
    who: Text


class Stated(Model):
    """A length somebody states for a line, in kilometres."""

    km: Positive
    who: Text
    as_of: DateText | None = None
    sources: Annotated[list[Slug], Field(min_length=1)]


class Relation(Model):
    """A tie to another record; `how` is a key of the texts."""

    id: Slug
    how: Slug


class Waypoint(Model):
    """A city on a route; those that share `group` are alternatives to each other."""

    name: Text
    role: Text
    country: str
    group: Slug | None = None


class Record(Model):
    """
    Anything a reader can select: an event, a place, a line, a number.

    Positions are (lon, lat), EPSG:4326, and come from the file's geometry or from `at`.
    `uncertainty_km` is a radius; a record with an `extent` has no position at all.
    """

    id: Slug
    kind: Kind
    title: Text
    gist: Text | None = None
    type: Text | None = None
    theme: Slug | None = None
    style: Slug | None = None
    date: DateText | None = None
    date_end: DateText | None = None
    direction: Slug | None = None
    mode: Slug | None = None
    who: Slug | None = None
    people: Annotated[int, Field(ge=0)] | None = None
    attempted: Annotated[int, Field(ge=0)] | None = None
    victims: Annotated[int, Field(ge=0)] | None = None
    returned: bool = False
    name: Text | None = None
    place: Text | None = None
    sector: Text | None = None
    area: Slug | None = None
    sectors: list[Slug] = []
    country: str | None = None
    extent: Slug | None = None
    at: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    uncertainty_km: Positive | None = None
    location_basis: Text | None = None
    location_confidence: Confidence | None = None
    location_derived: bool = False
    location_unverified: bool = False
    landmark: Slug | None = None
    generalised: bool = False
    status: Text | None = None
    status_as_of: str | None = None
    value: float | int | None = None
    unit: Text | None = None
    as_of: str | None = None
    note: Text | None = None
    statements: Annotated[list[Statement], Field(min_length=1)]
    outcome: Text | None = None
    conflicts: list[Remark] = []
    competing: list[Competing] = []
    attributes: list[Attribute] = []
    aliases: list[str] = []
    related: list[Relation] = []
    waypoints: list[Waypoint] = []
    geometry: list[Slug] = []
    part_of: Slug | None = None
    asserted_by: Text | None = None
    stated: list[Stated] = []
    confidence: Confidence
    sources: Annotated[list[Slug], Field(min_length=1)]


class Place(Model):
    """A town for the map's labels; rank 1 is the largest."""

    id: Slug
    rank: Annotated[int, Field(ge=1, le=4)]
    name: Text
    country: str
    capital: bool = False
    label: Literal["left", "right", "above", "below"] | None = None
    population: int | None = None
    population_note: str | None = None
    geonameid: int | None = None
    geonames_name: str | None = None
    uncertainty_km: float | int
    location_basis: str
    name_check: str
    distance_to_border_km: float | int | None = None
    nearest_border: str | None = None
    unverified: bool = False
    confidence: Confidence
    sources: Annotated[list[Slug], Field(min_length=1)]


class Label(Model):
    """A name laid over the map: a country, a sea, a river."""

    id: Slug
    kind: Literal["country", "sea", "river"]
    name: Text
    rank: Annotated[int, Field(ge=1, le=4)]
    # Where else it may stand in near views, (lon, lat): the map shows one of them.
    near: list[Annotated[list[float | int], Field(min_length=2, max_length=2)]] = []
    note: Text | None = None


class Sector(Model):
    """A named stretch of a line, between two longitudes."""

    id: Slug
    border: Slug
    name: Text
    lon_west: float
    lon_east: float
    lat_at_west: float
    lat_at_east: float
    measured_km: float
    counterparts: list[Text]
    counterparts_confidence: Confidence
    note: Text | None = None
    method: Text
    confidence: Confidence
    sources: Annotated[list[Slug], Field(min_length=1)]


class Source(Model):
    """One citation, in the words of CSL-JSON (what reference managers read)."""

    id: Slug
    type: str
    publisher: str
    title: str
    issued: dict[str, Any] | None = None
    URL: str | None = None
    note: str | None = None
    custom: dict[str, Any] | None = None
