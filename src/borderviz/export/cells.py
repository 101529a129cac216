"""What stands in the cells of the table: one line each, in one language, clean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from borderviz.along import Along
from borderviz.axes import Axis
from borderviz.citations import Reference, references
from borderviz.filters import is_event
from borderviz.layers import layer_of
from borderviz.model import Record, Remark, Statement
from borderviz.permalink import default_view
from borderviz.related import ties
from borderviz.render.context import Context
from borderviz.render.strip_table import FINE_KM
from borderviz.render.where_html import LEAST_M

LIST = "; "
PARTS = " | "
_BREAKS = re.compile(r"[^\S\xa0]*[\t-\r\x1c-\x1e\x85\u2028\u2029]+\s*")
# What XML, spreadsheets or UTF-8 cannot hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    r"""
    Make a text fit into a cell: line breaks become spaces, unfit characters U+FFFD.

    Examples
    --------
    >>> one_line("a \n b"), one_line("bell\x07")
    ('a b', 'bell\ufffd')
    """
    return fit(_BREAKS.sub(" ", text)).strip(" ")


def fit(text: str) -> str:
    """Replace what XML, spreadsheets or UTF-8 cannot hold; all else stays."""
    return _UNFIT.sub("\ufffd", text)


@dataclass(frozen=True)
class Row:
    """
    One record with all that its cells are made from.

    Parameters
    ----------
    record, context
        What is told, and in which words.
    among
        Ids of all records of the table: no event outside it is named.
    address
        Where the atlas is served; empty leaves links to their query.
    """

    record: Record
    context: Context
    among: frozenset[str]
    address: str = ""

    def said(self, text: dict[str, str] | None) -> str:
        """Return a text of the atlas; one in another language says in which."""
        if not text:
            return ""
        found, context = self.context.pick(text), self.context
        if not found.is_fallback:
            return found.text
        name = context.atlas.settings.languages.get(found.lang, found.lang)
        return f"{found.text} [{context.say('only-in', language=name)}]"

    def term(self, field: str) -> str:
        """Return the atlas's word for what stands in a field of the record."""
        return self.context.term(field, getattr(self.record, field))

    @cached_property
    def layer(self) -> tuple[str, str]:
        """Id and name of the layer that shows the record."""
        layer = layer_of(self.record, self.context.atlas.settings.layers)
        return (layer.id, self.said(layer.name)) if layer else ("", "")

    @cached_property
    def along(self) -> Along | None:
        """Where along a border it is."""
        return self.context.atlas.along.get(self.record.id)

    @cached_property
    def axis(self) -> Axis | None:
        """The border along which it is."""
        return self.context.atlas.axes[self.along.axis] if self.along else None

    @cached_property
    def refs(self) -> dict[str, Reference]:
        """The sources by id, in the order in which the record cites them."""
        atlas = self.context.atlas
        return references(self.record, atlas.sources, atlas.settings.link_hosts)

    def ends(self) -> tuple[float, float] | None:
        """First and last kilometre, no finer than they are known."""
        if self.along is None:
            return None
        digits = self.digits()
        low, high = round(self.along.low, digits), round(self.along.high, digits)
        return max(low, 0.0), high

    def digits(self) -> int:
        """How many decimals the kilometres bear."""
        return 1 if self.along and self.along.width < FINE_KM else 0

    def ranges(self) -> str:
        """Write all ranges of kilometres; a hyphen between would look like a date."""
        spans, digits = self.along.spans if self.along else (), self.digits()
        ends = [tuple(f"{max(0, km):.{digits}f}" for km in span) for span in spans]
        return LIST.join(low if low == high else f"{low}–{high}" for low, high in ends)

    @property
    def measured(self) -> Along | None:
        """Where along a border, if distance and side say anything, as in the panel."""
        along = self.along
        is_point = along is not None and along.km is not None
        return along if is_point and not self.record.location_derived else None

    def distance(self) -> float | None:
        """Write the distance to the line in km, no finer than lines differ."""
        if self.measured is None:
            return None
        return round(max(self.measured.distance_km or 0.0, LEAST_M / 1000), 1)

    def reported(self, parts: Iterable[Statement | Remark]) -> str:
        """Write what is reported, each part with the ids of its sources."""
        return " ".join(
            f"{self.said(part.text)} [{LIST.join(part.sources)}]"
            if part.sources
            else self.said(part.text)
            for part in parts
        )

    def value(self, value: float | dict[str, str]) -> str:
        """Write a value that may be a number or words."""
        return self.said(value) if isinstance(value, dict) else f"{value:.12g}"

    def related(self) -> str:
        """Name the tied records by how and id; events only of the same table."""
        atlas, found = self.context.atlas, []
        for how, records in ties(self.record, atlas).items():
            found += [f"{how}: {r.id}" for r in records if self.names(r)]
        return LIST.join(found)

    def names(self, other: Record) -> bool:
        """Tell whether another record may be named: never one that is filtered out."""
        return other.id in self.among or not is_event(other)

    def citations(self) -> str:
        """Write the sources out: publisher, title, date and address of each."""
        return PARTS.join(citation(ref) for ref in self.refs.values())

    def link(self) -> str:
        """Write the address that opens the record."""
        view = default_view(self.context.atlas)
        view = view.with_(lang=self.context.view.lang, selected=self.record.id)
        return joined(self.address, self.context.query(view))


def joined(address: str, query: str) -> str:
    """
    Write a link in full where it is known where the atlas is served.

    Examples
    --------
    >>> joined("https://example.org/a/?x=1", "?sel=b"), joined("", "?sel=b")
    ('https://example.org/a/?sel=b', '?sel=b')
    """
    plain = address.partition("#")[0].partition("?")[0]
    is_web = plain.startswith(("https://", "http://"))
    return urljoin(plain, query) if is_web else query


def citation(ref: Reference) -> str:
    """Write one source on one line; an address only where it may be linked."""
    source = ref.source
    date = f" ({ref.issued})" if ref.issued else ""
    link = f" {ref.url}" if ref.url else ""
    return f"[{source.id}] {source.publisher}: {source.title}{date}{link}"
