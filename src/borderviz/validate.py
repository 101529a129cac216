"""Rules that need more than one record: ids that resolve, layers that cover, places.

Each rule is one function that yields the faults of one record; `check` says which file
they are in. Rules for settings and lists are in the two modules beside this one; what a
single field may hold is the business of `model`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from borderviz.consequences import Consequences
from borderviz.dates import PartialDate
from borderviz.faults import (
    Fault,
    language_faults,
    one_of,
    texts_of,
    unknown,
    unresolved,
)
from borderviz.layers import layer_of
from borderviz.model import DATED, Record
from borderviz.validate_harm import harm_faults
from borderviz.validate_licences import licence_faults
from borderviz.validate_lines import line_faults
from borderviz.validate_lists import list_faults, outside
from borderviz.validate_questions import question_faults
from borderviz.validate_settings import settings_faults
from borderviz.validate_story import story_faults

if TYPE_CHECKING:
    from borderviz.content import Atlas
    from borderviz.reading import Folder

VOCABULARY_FIELDS = (
    *("direction", "mode", "who", "theme", "extent", "area", "country"),
)
MOVES = ("crossing", "incident", "authorised")
Rule = Callable[["Atlas", Record], Iterable[Fault]]


def check(atlas: Atlas, folder: Folder) -> None:
    """
    Apply every rule to an atlas that has been read.

    Parameters
    ----------
    atlas
        As far as it could be read.
    folder
        Gets a `Problem` for each fault, but for those that follow from what could not
        be read.
    """
    read = Consequences(folder.problems)
    if read.unread:
        return
    faults = [
        (atlas.files[f"record {record.id}"], record.id, fault)
        for record in atlas.records.values()
        for rule in RULES
        for fault in rule(atlas, record)
    ]
    for file, record_id, fault in (
        *faults,
        *list_faults(atlas),
        *settings_faults(atlas),
        *licence_faults(atlas),
        *line_faults(atlas),
        *question_faults(atlas),
        *story_faults(atlas),
    ):
        if read.explain(file, record_id, fault):
            continue
        folder.problem(
            file,
            record_id,
            fault.field,
            found=fault.found,
            allowed=fault.allowed,
            cure=fault.cure,
        )


def _sources(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Every source a record names anywhere is in the list of sources."""
    cited = {source: "sources" for source in record.sources}
    for name in ("statements", "conflicts", "stated"):
        for number, part in enumerate(getattr(record, name)):
            cited |= {source: f"{name}.{number}.sources" for source in part.sources}
    for source, field in cited.items():
        yield from unresolved(field, source, atlas.sources, "an entry of sources.json")


def _words(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Words of the vocabulary and names of styles are defined."""
    vocabulary = atlas.settings.vocabulary
    words = [(name, name, getattr(record, name)) for name in VOCABULARY_FIELDS]
    words += [("related.how", "relation", r.how) for r in record.related]
    words += [
        (f"waypoints.{number}.country", "country", waypoint.country)
        for number, waypoint in enumerate(record.waypoints)
    ]
    for field, name, word in words:
        if word is not None:
            cure = f"Use one of them, or add it to [vocabulary.{name}] in atlas.toml."
            yield from unknown(field, word, getattr(vocabulary, name), cure)
    if record.style is not None:
        cure = "Use one of them, or add it to styles.toml as a table [name]."
        yield from unknown("style", record.style, atlas.styles, cure)


def _place(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """No position is finer than its evidence, and none is off the map."""
    position = atlas.positions.get(record.id)
    limit = atlas.settings.no_point_from_km
    if position is None:
        if record.kind in MOVES and record.extent is None:
            yield Fault(
                "extent",
                "neither a point nor an extent",
                one_of(atlas.settings.vocabulary.extent),
                "Say why it has no point.",
            )
        return
    yield from outside(position, atlas.settings, "at" if record.at else "geometry")
    if record.uncertainty_km is None:
        yield Fault(
            "uncertainty_km",
            "nothing",
            "a radius in km: no position finer than its evidence",
            "Say how far from the point the reports may mean.",
        )
    elif record.uncertainty_km >= limit:
        yield Fault(
            "geometry",
            f"a point known only within {record.uncertainty_km} km",
            f"no point from {limit} km on",
            "Set the geometry to null and give an `extent`.",
        )


def _moves(_: Atlas, record: Record) -> Iterator[Fault]:
    """Crossings and incidents say which way and how, even if the answer is none."""
    for name in ("direction", "mode"):
        if record.kind in MOVES and getattr(record, name) is None:
            yield Fault(
                name,
                "nothing",
                "a word of the vocabulary",
                "Give both `direction` and `mode`.",
            )


def _dates(_: Atlas, record: Record) -> Iterator[Fault]:
    """Events have a date, and end no earlier than they begin."""
    if record.kind in DATED and record.date is None:
        yield Fault(
            "date",
            "nothing",
            "YYYY, YYYY-MM or YYYY-MM-DD",
            "Give the date as exactly as it is known, no more.",
        )
    if record.date_end is not None:
        end = PartialDate.parse(record.date_end)
        if record.date is None or end.last < PartialDate.parse(record.date).first:
            yield Fault(
                "date_end",
                record.date_end,
                f"no earlier than `date`, here {record.date}",
                "Mend one of the two dates.",
            )


def _waypoints(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """A route has a point for each waypoint."""
    points = len(getattr(atlas.shapes.get(record.id), "geoms", ()))
    if record.waypoints and points != len(record.waypoints):
        yield Fault(
            "geometry",
            f"{points} points for {len(record.waypoints)} waypoints",
            "a MultiPoint with one point a waypoint, in the same order",
            "Add or remove the point.",
        )


def _ties(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Related records and drawn shapes exist."""
    for relation in record.related:
        yield from unresolved("related", relation.id, atlas.records, "a record")
    if record.part_of is not None:
        yield from unresolved("part_of", record.part_of, atlas.records, "a record")
    for shape in record.geometry:
        yield from unresolved("geometry", shape, atlas.shapes, "a line or zone")


def _layer(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """What can be drawn is drawn: some layer shows it."""
    drawn = record.id in atlas.positions or record.id in atlas.shapes or record.geometry
    if drawn and layer_of(record, atlas.settings.layers) is None:
        yield Fault(
            "kind",
            f"{record.kind}, direction {record.direction}",
            "a record that some layer of atlas.toml shows",
            "Add the kind or the direction to a layer.",
        )


def _languages(atlas: Atlas, record: Record) -> Iterator[Fault]:
    """Every text is there in the default language, and in no unknown one."""
    return language_faults(texts_of(record), atlas.settings.languages)


RULES: tuple[Rule, ...] = (
    _sources,
    _words,
    _place,
    _moves,
    _dates,
    _waypoints,
    _ties,
    _layer,
    _languages,
    harm_faults,
)
