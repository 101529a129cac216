"""Rules that need more than one record: ids that resolve, layers that cover, places.

Each rule is one function over the atlas that reports to the folder's problem list.
What a single field may hold is the business of `model`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from borderviz.errors import near_ids
from borderviz.layers import layer_of
from borderviz.model import DATED, Record
from borderviz.theme import load_theme

if TYPE_CHECKING:
    from borderviz.content import Atlas
    from borderviz.reading import Folder

VOCABULARY_FIELDS = ("direction", "mode", "who", "theme", "extent", "country")


def check(atlas: Atlas, folder: Folder) -> None:
    """Apply every rule to an atlas that has been read."""
    for record in atlas.records.values():
        file = atlas.files[f"record {record.id}"]
        _check_sources(atlas, folder, file, record.id, _cited(record))
        _check_words(atlas, folder, file, record)
        _check_place(atlas, folder, file, record)
        _check_ties(atlas, folder, file, record)
        _check_layer(atlas, folder, file, record)
        _check_languages(atlas, folder, file, record)
    for place, _ in atlas.places:
        name = atlas.settings.places or ""
        _check_sources(atlas, folder, name, place.id, place.sources)
    for sector in atlas.sectors:
        name = atlas.settings.sectors or ""
        _check_sources(atlas, folder, name, sector.id, sector.sources)
    _check_settings(atlas, folder)
    _check_arrivals(atlas, folder)


def _cited(record: Record) -> Iterable[str]:
    """List every source id a record names anywhere."""
    yield from record.sources
    for part in (*record.statements, *record.conflicts, *record.stated):
        yield from part.sources


def _check_sources(
    atlas: Atlas, folder: Folder, file: str, record: str, cited: Iterable[str]
) -> None:
    for source in dict.fromkeys(cited):
        if source not in atlas.sources:
            folder.problem(
                file,
                record,
                "sources",
                found=source,
                allowed="an id of sources.json",
                cure=_suggestion(source, atlas.sources, "Add the source there first."),
            )


def _suggestion(identity: str, known: Iterable[str], otherwise: str) -> str:
    near = near_ids(identity, known)
    return f"Did you mean {' or '.join(near)}? {otherwise}" if near else otherwise


def _check_words(atlas: Atlas, folder: Folder, file: str, record: Record) -> None:
    for name in VOCABULARY_FIELDS:
        value, known = getattr(record, name), getattr(atlas.settings.vocabulary, name)
        if value is not None and value not in known:
            folder.problem(
                file,
                record.id,
                name,
                found=value,
                allowed="one of " + ", ".join(known),
                cure=f"Use one of them, or add it to [vocabulary.{name}] in atlas.toml.",
            )


def _check_place(atlas: Atlas, folder: Folder, file: str, record: Record) -> None:
    placed = record.id in atlas.positions
    limit = atlas.settings.no_point_from_km
    if placed and record.uncertainty_km is None:
        folder.problem(
            file,
            record.id,
            "uncertainty_km",
            found="nothing",
            allowed="a radius in km: no position finer than its evidence",
            cure="Say how far from the point the reports may mean.",
        )
    if placed and (record.uncertainty_km or 0) >= limit:
        folder.problem(
            file,
            record.id,
            "geometry",
            found=f"a point known only within {record.uncertainty_km} km",
            allowed=f"no point from {limit:g} km on",
            cure="Set the geometry to null and give an `extent`.",
        )
    if record.kind in ("crossing", "incident", "authorised"):
        if not placed and record.extent is None:
            folder.problem(
                file,
                record.id,
                "extent",
                found="neither a point nor an extent",
                allowed="one of " + ", ".join(atlas.settings.vocabulary.extent),
                cure="Say why it has no point.",
            )
        if record.direction is None or record.mode is None:
            folder.problem(
                file,
                record.id,
                "direction" if record.direction is None else "mode",
                found="nothing",
                allowed="a word of the vocabulary",
                cure="Give both `direction` and `mode`.",
            )
    if record.kind in DATED and record.date is None:
        folder.problem(
            file,
            record.id,
            "date",
            found="nothing",
            allowed="YYYY, YYYY-MM or YYYY-MM-DD",
            cure="Give the date as exactly as it is known, no more.",
        )
    if record.waypoints:
        shape = atlas.shapes.get(record.id)
        count = len(getattr(shape, "geoms", []))
        if count != len(record.waypoints):
            folder.problem(
                file,
                record.id,
                "geometry",
                found=f"{count} points for {len(record.waypoints)} waypoints",
                allowed="a MultiPoint with one point a waypoint, in the same order",
                cure="Add or remove the point.",
            )


def _check_ties(atlas: Atlas, folder: Folder, file: str, record: Record) -> None:
    ties = [("related", r.id, atlas.records) for r in record.related]
    ties += [("geometry", g, atlas.shapes) for g in record.geometry]  # type: ignore[misc]
    if record.part_of:
        ties.append(("part_of", record.part_of, atlas.records))
    for name, target, known in ties:
        if target not in known:
            folder.problem(
                file,
                record.id,
                name,
                found=target,
                allowed="the id of an existing record or feature",
                cure=_suggestion(target, known, "Mend the id or remove the tie."),
            )
    for relation in record.related:
        if relation.how not in atlas.settings.vocabulary.relation:
            folder.problem(
                file,
                record.id,
                "related.how",
                found=relation.how,
                allowed="one of " + ", ".join(atlas.settings.vocabulary.relation),
                cure="Use one of them, or add it to [vocabulary.relation].",
            )


def _check_layer(atlas: Atlas, folder: Folder, file: str, record: Record) -> None:
    drawn = record.id in atlas.positions or record.id in atlas.shapes or record.geometry
    if drawn and layer_of(record, atlas.settings.layers) is None:
        folder.problem(
            file,
            record.id,
            "kind",
            found=f"{record.kind}, direction {record.direction}",
            allowed="a record that some layer of atlas.toml shows",
            cure="Add the kind or the direction to a layer.",
        )


def _check_languages(atlas: Atlas, folder: Folder, file: str, record: Record) -> None:
    default = atlas.settings.default_language
    for path, text in texts_of(record):
        unknown = set(text) - set(atlas.settings.languages)
        if default not in text or unknown:
            folder.problem(
                file,
                record.id,
                path,
                found="languages " + ", ".join(sorted(text)),
                allowed=f"always {default}; besides it "
                + ", ".join(list(atlas.settings.languages)[1:]),
                cure=f"Write the text in {default}, under the right language code.",
            )


def texts_of(record: Record) -> Iterable[tuple[str, dict[str, str]]]:
    """
    Walk every text of a record with its dotted path.

    Parameters
    ----------
    record
        Any record.
    """
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, dict):
            yield name, value
        elif isinstance(value, list):
            for number, item in enumerate(value):
                for part in type(item).model_fields if hasattr(item, "model_fields") else ():
                    inner = getattr(item, part)
                    if isinstance(inner, dict):
                        yield f"{name}.{number}.{part}", inner


def _check_settings(atlas: Atlas, folder: Folder) -> None:
    settings, tokens = atlas.settings, load_theme().light
    groups = {group.id for group in settings.groups}
    for layer in settings.layers:
        for name, value, known in (
            ("group", layer.group, groups),
            ("style", layer.style, set(atlas.styles)),
        ):
            if value not in known:
                folder.problem(
                    "atlas.toml",
                    layer.id,
                    name,
                    found=value,
                    allowed="one of " + ", ".join(sorted(known)),
                    cure=f"Mend the {name} of the layer.",
                )
        for record in layer.records:
            if record not in atlas.records:
                folder.problem(
                    "atlas.toml",
                    layer.id,
                    "records",
                    found=record,
                    allowed="the id of a record",
                    cure=_suggestion(record, atlas.records, "Mend the id."),
                )
    for number in settings.numbers:
        if number.record not in atlas.records:
            folder.problem(
                "atlas.toml",
                "numbers",
                "record",
                found=number.record,
                allowed="the id of a record",
                cure=_suggestion(number.record, atlas.records, "Mend the id."),
            )
    for name, style in atlas.styles.items():
        if style.token not in tokens:
            folder.problem(
                "styles.toml",
                name,
                "token",
                found=style.token,
                allowed="one of " + ", ".join(sorted(tokens)),
                cure="Name a colour token of the theme.",
            )


def _check_arrivals(atlas: Atlas, folder: Folder) -> None:
    """Rows that are not inside another must add up to the total the file states."""
    data, name = atlas.arrivals, atlas.settings.arrivals or ""
    rows = data.get("rows", []) if data else []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    for number, row in enumerate(rows, 1):
        record = str(row.get("year", f"#{number}"))
        _check_sources(atlas, folder, name, record, _slugs(row.get("sources")))
    for field, column in (("sum_total", "total"), ("sum_male", "male")):
        whole = [r.get(column) for r in rows if "subset_of" not in r]
        total = sum(v for v in whole if isinstance(v, int))
        if data and total != data.get(field):
            folder.problem(
                name,
                "rows",
                column,
                found=f"a sum of {total}",
                allowed=f"{field} = {data.get(field)}",
                cure="Mend the row that was changed, or mark it with `subset_of`.",
            )


def _slugs(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
