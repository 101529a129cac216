"""Rules for `atlas.toml` and `styles.toml`: what they name exists, and it fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from pyproj import CRS
from pyproj.exceptions import CRSError

from borderviz.faults import (
    Fault,
    Found,
    language_faults,
    texts_of,
    unknown,
    unresolved,
)
from borderviz.permalink import decode_query
from borderviz.settings import Settings
from borderviz.theme import load_theme
from borderviz.validate_lists import is_box

if TYPE_CHECKING:
    from borderviz.content import Atlas

_LANGUAGE = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def settings_faults(atlas: Atlas) -> Found:
    """
    Find the faults of the settings and styles.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the entry's id (empty for the settings as a whole) and the fault.
    """
    settings = atlas.settings
    whole = (
        _languages(settings),
        _map(settings),
        _hosts(settings),
        _texts(settings),
        _numbers(atlas),
        _views(atlas),
    )
    for faults in whole:
        yield from (("atlas.toml", "", fault) for fault in faults)
    entries = (
        ("groups", settings.groups),
        ("layers", settings.layers),
        ("presets", settings.presets),
        ("finest", settings.finest),
        ("licences", settings.licences),
    )
    for field, listed in entries:
        yield from (("atlas.toml", name, f) for name, f in _doubles(field, listed))
    for layer in settings.layers:
        groups = [group.id for group in settings.groups]
        words = [("group", layer.group, groups, "atlas.toml as one of [[groups]]")]
        words += [("style", layer.style, list(atlas.styles), "styles.toml as a table")]
        known, place = list(settings.vocabulary.direction), "[vocabulary.direction]"
        words += [("directions", word, known, place) for word in layer.directions]
        for field, word, known, place in words:
            cure = f"Use one of them, or add it to {place}."
            for fault in unknown(field, word, known, cure):
                yield "atlas.toml", layer.id, fault
        for record in layer.records:
            for fault in unresolved("records", record, atlas.records, "a record"):
                yield "atlas.toml", layer.id, fault
    tokens = sorted(load_theme().light)
    for name, style in atlas.styles.items():
        cure = "Name one of these colours."
        for fault in unknown("token", style.token, tokens, cure):
            yield "styles.toml", name, fault


def is_language(code: str) -> bool:
    """
    Tell whether a code means a language in which dates and numbers can be written.

    Examples
    --------
    >>> [is_language(code) for code in ("pt", "pt-BR", "zh-Hant", "english", "zz")]
    [True, True, True, False, False]
    """
    found = _LANGUAGE.fullmatch(code)
    try:
        return bool(found and Locale.parse(found[1]))
    except UnknownLocaleError:
        return False


def _languages(settings: Settings) -> Iterator[Fault]:
    """Languages are such as dates and numbers can be written in."""
    for code, name in settings.languages.items():
        if not is_language(code) or not name.strip():
            yield Fault(
                f"languages.{code}",
                f"{code} = {name!r}",
                "a code in use, such as pt or pt-BR, and its own name",
                'Write it as in languages = {en = "English"}.',
            )


def _map(settings: Settings) -> Iterator[Fault]:
    """The bounds are a box in the world, the views are inside, metres are real."""
    west, south, east, north = settings.bounds
    if not is_box(settings.bounds):
        yield Fault(
            "bounds",
            settings.bounds,
            "[west, south, east, north] in degrees",
            "Check the order: longitudes first and third.",
        )
    for name, view in (("view", settings.view), ("view_phone", settings.view_phone)):
        inside = west <= view.lon <= east and south <= view.lat <= north
        if is_box(settings.bounds) and not inside:
            yield Fault(
                name,
                f"lat {view.lat}, lon {view.lon}",
                f"a place inside bounds = {settings.bounds}",
                "Check latitude and longitude, or widen the bounds.",
            )
    try:
        units = {
            axis.unit_name
            for axis in CRS.from_user_input(settings.metric_crs).axis_info
        }
    except CRSError:
        units = set()
    if units != {"metre"}:
        yield Fault(
            "metric_crs",
            settings.metric_crs,
            "a projected coordinate system in metres that exists",
            "Use the national grid, or the UTM zone of the atlas's middle.",
        )


def _hosts(settings: Settings) -> Iterator[Fault]:
    """Hosts that may be linked are bare names."""
    for number, host in enumerate(settings.link_hosts):
        if _HOST.fullmatch(host) is None:
            yield Fault(
                f"link_hosts.{number}",
                host,
                "a host in lower case, such as example.org",
                "Leave out https://, paths and capitals.",
            )


def _texts(settings: Settings) -> Iterable[Fault]:
    """Every text of the settings is there in the default language."""
    texts = ((path, text) for path, text in texts_of(settings) if path != "languages")
    return language_faults(texts, settings.languages)


def _numbers(atlas: Atlas) -> Iterator[Fault]:
    """Key numbers and the list of the latest name what exists."""
    for number, key in enumerate(atlas.settings.numbers):
        field = f"numbers.{number}.record"
        yield from unresolved(field, key.record, atlas.records, "a record")
    known = atlas.settings.vocabulary.direction
    for direction in atlas.settings.latest.directions:
        cure = "Use one of them, or add it to [vocabulary.direction]."
        yield from unknown("latest.directions", direction, known, cure)


def _views(atlas: Atlas) -> Iterator[Fault]:
    """Prepared views can be read, and what the timeline names exists and has a date."""
    settings = atlas.settings
    for name in ("presets", "known_counts"):
        for number, entry in enumerate(getattr(settings, name)):
            found = decode_query(entry.query, atlas, ())
            if not entry.query.strip("&") or found.ignored or found.unknown_record:
                yield Fault(
                    f"{name}.{number}.query",
                    entry.query,
                    "what a link has after its question mark",
                    "Make the view on the page and copy that part of its link.",
                )
    for name in ("turning_points", "known_counts"):
        for number, entry in enumerate(getattr(settings, name)):
            field = f"{name}.{number}.record"
            yield from unresolved(field, entry.record, atlas.records, "a record")
    for number, point in enumerate(settings.turning_points):
        record = atlas.records.get(point.record)
        if record and not record.date:
            yield Fault(
                f"turning_points.{number}.record",
                point.record,
                "a record with a date",
                "Name another record, or give this one its date.",
            )


def _doubles(field: str, listed: Iterable[object]) -> Iterator[tuple[str, Fault]]:
    """No two entries of a list have the same id."""
    ids = [str(getattr(entry, "id", "")) for entry in listed]
    for identity in dict.fromkeys(i for i in ids if ids.count(i) > 1):
        fault = Fault(
            f"{field}.id",
            f"an id that {ids.count(identity)} entries have",
            "an id of its own for each entry",
            "Give one of them another id.",
        )
        yield identity, fault
