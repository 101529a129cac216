"""The atlas's own settings: its words, layers and opening view (`atlas.toml`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from borderviz.finest import Finest
from borderviz.model import Kind, Model, Positive, Slug, Text

Symbol = Literal[
    "triangle",
    "hull",
    "wave",
    "plane",
    "wheel",
    "diamond",
    "square",
    "dot",
    "note",
    "ring",
]
Token = Slug


class Term(Model):
    """
    A word of the atlas's vocabulary; `turn` is degrees clockwise from north.

    `sectors` says which stretches of a line an area means, `line` that an extent means
    the whole of one: both place a record that has no point as a range of kilometres.
    """

    name: Text
    symbol: Symbol | None = None
    turn: Annotated[int, Field(ge=0, lt=360)] = 0
    sectors: list[Slug] = []
    line: Slug | None = None


class Vocabulary(Model):
    """Values that records may use, by field."""

    direction: dict[str, Term] = {}
    mode: dict[str, Term] = {}
    who: dict[str, Term] = {}
    theme: dict[str, Term] = {}
    extent: dict[str, Term] = {}
    area: dict[str, Term] = {}
    country: dict[str, Term] = {}
    relation: dict[str, Term] = {}


class View(Model):
    """Where a map opens."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    zoom: Annotated[float, Field(ge=1, le=18, multiple_of=0.5)]


class Group(Model):
    """A heading in the list of layers."""

    id: Slug
    name: Text


class Layer(Model):
    """
    A toggle: which records it shows and how.

    A record belongs to the first layer that names its id in `records`, or else whose
    `kinds` (and `directions`, if given) it meets. `places` makes it the labels' layer.
    """

    id: Slug
    group: Slug
    name: Text
    style: Slug
    on: bool = True
    kinds: list[Kind] = []
    directions: list[Slug] = []
    records: list[Slug] = []
    places: bool = False


class Style(Model):
    """How a layer is drawn; `token` names a colour of the theme."""

    token: Token
    form: Literal["line", "band", "symbol", "route", "label"]
    weight: Annotated[float, Field(gt=0, le=12)] = 2.0
    dash: str | None = None
    symbol: Symbol = "dot"


class KeyNumber(Model):
    """One figure of the overview, with the record that carries it."""

    value: Text
    label: Text
    record: Slug


class Chapter(Model):
    """A part of the story; its steps name it."""

    id: Slug
    name: Text


class Preset(Model):
    """A view worth having, as the query part of a link without its question mark."""

    id: Slug
    name: Text
    query: str


class TurningPoint(Model):
    """A dated record that the timeline names, in one or two words."""

    record: Slug
    label: Text


class KnownCount(Model):
    """
    How many there were by somebody's count, to set beside how many are in the atlas.

    `query` is the part of a link that narrows the view to what was counted.
    """

    record: Slug
    label: Text
    value: Annotated[int, Field(ge=0)]
    query: str


class Latest(Model):
    """Which records the overview lists as the latest."""

    kinds: list[Kind]
    directions: list[Slug]
    count: Annotated[int, Field(ge=1, le=30)]


class NamedPlace(Model):
    """A record or town with the name it has where it is used."""

    at: Slug
    name: Text


class Stretch(Model):
    """What a report studied along a line, by names; where it begins is not known."""

    record: Slug
    name: Text
    places: Annotated[list[NamedPlace], Field(min_length=1)]


class ReferenceLine(Model):
    """
    A border along which kilometres are counted.

    The geometry of `record` is walked in its order, or against it if `reverse`; `left`
    and `right` are the countries on either hand then, as words of the vocabulary.
    Places whose circle comes within `reach_km` of the line are near it. `strip` draws
    it as a chart: its events against time, or the places along it.
    """

    record: Slug
    reverse: bool = False
    origin: Text
    end: Text
    left: str
    right: str
    reach_km: Positive
    version: Text
    strip: Literal["events", "places"] | None = None
    landmarks: list[NamedPlace] = []
    stretches: list[Stretch] = []


class Licence(Model):
    """
    A licence, and which files of the atlas are under it.

    `id` is of the SPDX list, or begins with `LicenseRef-`. `file` holds the full text,
    `attribution` says how to name whom. `covers` has names and patterns (`story/*.md`).
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$")]
    name: Text
    address: Annotated[str, Field(pattern=r"^https?://[!-~]+$")]
    file: Annotated[str, Field(pattern=r"^licences/[A-Za-z0-9][A-Za-z0-9._-]*\.txt$")]
    attribution: Text
    covers: Annotated[list[str], Field(min_length=1)]


class Settings(Model):
    """Everything `atlas.toml` says."""

    id: Slug
    title: Text
    subtitle: Text
    version: str
    languages: Annotated[dict[str, str], Field(min_length=1)]
    metric_crs: Annotated[str, Field(pattern=r"^EPSG:\d+$")]
    view: View
    view_phone: View
    bounds: Annotated[list[float], Field(min_length=4, max_length=4)]
    records: Annotated[list[str], Field(min_length=1)]
    geometry: list[str]
    land: list[str]
    places: str | None = None
    labels: str | None = None
    sectors: str | None = None
    arrivals: str | None = None
    questions: str | None = None
    story: str | None = None
    pages: str | None = None
    corrections: str | None = None
    attribution: Annotated[list[Text], Field(min_length=1)]
    licences: list[Licence] = []
    reading: list[Text]
    numbers: list[KeyNumber]
    latest: Latest
    presets: list[Preset] = []
    turning_points: list[TurningPoint] = []
    known_counts: list[KnownCount] = []
    reference_lines: list[ReferenceLine] = []
    chapters: list[Chapter] = []
    groups: list[Group]
    layers: list[Layer]
    vocabulary: Vocabulary
    link_hosts: list[str]
    no_point_from_km: Positive = 60
    finest: list[Finest] = []

    @property
    def default_language(self) -> str:
        """The language every text must have; the first that is listed."""
        return next(iter(self.languages))
