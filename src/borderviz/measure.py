"""How long each line is, beside what is said about it; areas are not measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from borderviz.content import Atlas
from borderviz.geometry import METHOD, area_km2, length_km, line_parts
from borderviz.model import Record, Stated, Text

LINE_KINDS = ("border", "sea-line")


@dataclass(frozen=True)
class Measured:
    """
    One line, measured.

    Parameters
    ----------
    id, title, asserted_by
        As the record has them.
    length_km
        Kilometres, as exact as the drawn geometry is; not rounded.
    stated
        The lengths that others give, in the record's order, with who gives them.
    method
        How `length_km` was found.
    """

    id: str
    title: Text
    length_km: float
    stated: tuple[Stated, ...]
    asserted_by: Text | None
    method: str = METHOD

    def as_dict(self, language: str) -> dict[str, Any]:
        """
        Write the measurement for machines, texts in one language.

        Parameters
        ----------
        language
            A language every text of the atlas has: its default one.

        Returns
        -------
        dict
            Plain values for JSON; `length_km` to the metre.
        """
        return {
            "id": self.id,
            "title": self.title[language],
            "length_km": round(self.length_km, 3),
            "stated": [
                {
                    "km": claim.km,
                    "who": claim.who[language],
                    "as_of": claim.as_of,
                    "sources": list(claim.sources),
                }
                for claim in self.stated
            ],
            "asserted_by": self.asserted_by[language] if self.asserted_by else None,
            "method": self.method,
        }

    def rows(self, language: str) -> list[str]:
        """
        Lay the measurement out for reading, the stated lengths below our own.

        Parameters
        ----------
        language
            As for `as_dict`.
        """
        rows = [f"{self.id}  {self.title[language]}"]
        rows.append(f"  measured {self.length_km:9,.1f} km  {self.method}")
        for claim in self.stated:
            dated = f" ({claim.as_of})" if claim.as_of else ""
            rows.append(f"  stated   {claim.km:9,g} km  {claim.who[language]}{dated}")
        if self.asserted_by:
            rows.append(f"  asserted by: {self.asserted_by[language]}")
        return rows


def measure(atlas: Atlas) -> list[Measured]:
    """
    Measure every border and sea line that is drawn, in the order of the files.

    A record that names several shapes gets their sum. Areas among them count for
    nothing, and a record that has no line at all is left out.

    Parameters
    ----------
    atlas
        An atlas that has been read.
    """
    return [
        Measured(
            id=record.id,
            title=record.title,
            length_km=sum(length_km(atlas.shapes[name]) for name in names),
            stated=tuple(record.stated),
            asserted_by=record.asserted_by,
        )
        for record in atlas.records.values()
        if record.kind in LINE_KINDS and (names := line_names(atlas, record))
    ]


def line_names(atlas: Atlas, record: Record) -> list[str]:
    """List the shapes of a record that have a line, each once."""
    names = dict.fromkeys(record.geometry or [record.id])
    shapes = ((name, atlas.shapes.get(name)) for name in names)
    return [name for name, shape in shapes if shape and any(line_parts(shape))]


def length_of(record: Record, atlas: Atlas) -> float:
    """Measure the lines a record names, in km; 0 if it names none."""
    return float(
        sum(length_km(atlas.shapes[name]) for name in line_names(atlas, record))
    )


def area_of(record: Record, atlas: Atlas) -> float:
    """Measure the areas a record names, in square km; 0 if it names none."""
    return sum(area_km2(atlas.shapes[name]) for name in record.geometry)
