"""What machines may know of a page: JSON-LD in the words of schema.org."""

from __future__ import annotations

from typing import Any

from borderviz.citations import references
from borderviz.export.licences import licences_of
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.site.model import Site
from borderviz.site.names import MAP

EVENTS = frozenset({"crossing", "incident", "authorised", "event"})
PLACES = frozenset({"crossing-point", "site", "border", "zone", "sea-line", "route"})
Data = dict[str, Any]


def dataset(site: Site, context: Context) -> Data:
    """Describe the atlas as a whole."""
    settings = site.atlas.settings
    found: Data = {
        "@type": "Dataset",
        "name": context.plain(settings.title),
        "description": context.plain(settings.subtitle),
        "version": f"{settings.version} ({site.atlas.fingerprint})",
        "inLanguage": list(site.languages),
        "license": [licence.address for licence in settings.licences],
        "url": site.full(f"{context.view.lang}/{MAP}"),
    }
    return filled(found)


def page_data(
    name: str, description: str, path: str, site: Site, context: Context
) -> Data:
    """
    Describe a page.

    Parameters
    ----------
    name, description
        What it is called, and what it says.
    path
        Where it is, from the folder of its language.
    site, context
        What it belongs to, and its language.
    """
    address = site.full(f"{context.view.lang}/{path}")
    return filled(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": name,
            "description": description,
            "inLanguage": context.view.lang,
            "dateModified": site.today.isoformat(),
            "isPartOf": dataset(site, context),
        }
    )


def record_data(record: Record, path: str, site: Site, context: Context) -> Data:
    """
    Describe the page of a record, and what the record is about.

    Nothing is finer than in the atlas: a date is as exact as it is known, and a place
    is a circle.
    """
    said = context.plain(record.gist or record.statements[0].text)
    # Its words and its line may be under licences of their own.
    licences = [licence.address for licence in licences_of([record], site.atlas)]
    found = page_data(context.plain(record.title), said, path, site, context)
    found |= {
        "license": licences[0] if len(licences) == 1 else licences,
        "temporalCoverage": _span(record),
        "about": _about(record, site, context),
        "citation": _works(record, site),
    }
    return filled(found)


def _span(record: Record) -> str | None:
    """
    Write when something was as an interval, or as a single date.

    Examples
    --------
    >>> from types import SimpleNamespace as S
    >>> _span(S(date="2010-05", date_end=None)), _span(S(date="2010", date_end="2012"))
    ('2010-05', '2010/2012')
    """
    if record.date and record.date_end:
        return f"{record.date}/{record.date_end}"
    return record.date


def _about(record: Record, site: Site, context: Context) -> Data:
    where = _place(record, site, context)
    if record.kind in EVENTS:
        return filled(
            {
                "@type": "Event",
                "name": context.plain(record.title),
                "startDate": record.date,
                "endDate": record.date_end,
                "location": where,
            }
        )
    if record.kind in PLACES:
        return filled(where | {"name": context.plain(record.title)})
    return {"@type": "Thing", "name": context.plain(record.title)}


def _place(record: Record, site: Site, context: Context) -> Data:
    """Describe where a record is: its place in words, and the circle it is known in."""
    found: Data = {"@type": "Place", "name": context.plain(record.place)}
    position, radius = site.atlas.positions.get(record.id), record.uncertainty_km
    if position:
        lon, lat = position
        middle = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
        circle = {
            "@type": "GeoCircle",
            "geoMidpoint": middle,
            "geoRadius": round((radius or 0) * 1000),
        }
        found["geo"] = circle if radius else middle
    is_empty = not (found["name"] or position)
    return {} if is_empty and record.kind in EVENTS else filled(found)


def _works(record: Record, site: Site) -> list[Data]:
    atlas = site.atlas
    found = references(record, atlas.sources, atlas.settings.link_hosts)
    return [
        filled(
            {
                "@type": "CreativeWork",
                "name": ref.source.title,
                "publisher": {"@type": "Organization", "name": ref.source.publisher},
                "datePublished": ref.issued,
                "url": ref.url,
            }
        )
        for ref in found.values()
    ]


def filled(found: Data) -> Data:
    """Leave out what nothing is known of."""
    return {
        key: value for key, value in found.items() if value not in (None, "", {}, [])
    }
