"""Source ids into numbered references: the one place that writes a citation.

A reference is linked only where its address is http or https and its host is on the
atlas's own list; many addresses lead to copies, and those are cited without a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from borderviz.model import Record, Source

# A host that every browser reads as Python does: no user, backslash or look-alike.
_AUTHORITY = re.compile(r"([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?::[0-9]{1,5})?")


@dataclass(frozen=True)
class Reference:
    """
    One line of a list of sources.

    Parameters
    ----------
    number
        From 1, in the order in which the record cites.
    source
        The citation.
    url
        Address that may be linked; empty where none may.
    issued
        Date as the source gives it: a partial date, or words; empty if undated.
    is_described
        True if the title is a description by the editors.
    """

    number: int
    source: Source
    url: str
    issued: str
    is_described: bool

    def leading_to(self, address: str) -> Reference:
        """Return the same reference with an address of our own."""
        return replace(self, url=address)


def references(
    record: Record, sources: dict[str, Source], hosts: Sequence[str]
) -> dict[str, Reference]:
    """
    Number the sources of a record by their first use in it.

    Parameters
    ----------
    record
        Its statements come first, then lengths, conflicts, and the rest of `sources`.
    sources
        The atlas's citations by id.
    hosts
        Hosts that may be linked, with all their subdomains.
    """
    return numbered(cited(record), sources, hosts)


def numbered(
    identities: Iterable[str], sources: dict[str, Source], hosts: Sequence[str]
) -> dict[str, Reference]:
    """Number sources from 1 in the order in which they are first named."""
    found: dict[str, Reference] = {}
    for identity in identities:
        if identity not in found and identity in sources:
            found[identity] = reference(len(found) + 1, sources[identity], hosts=hosts)
    return found


def reference(number: int, source: Source, *, hosts: Sequence[str]) -> Reference:
    """Make one numbered reference."""
    return Reference(
        number=number,
        source=source,
        url=linkable(source.URL or "", hosts),
        issued=issued(source),
        is_described=bool((source.custom or {}).get("title_is_description")),
    )


def cited(record: Record) -> Iterable[str]:
    """Walk the ids of all sources of a record in order of use; some come again."""
    for statement in record.statements:
        yield from statement.sources
    for stated in record.stated:
        yield from stated.sources
    for conflict in record.conflicts:
        yield from conflict.sources
    yield from record.sources


def issued(source: Source) -> str:
    """
    Write a source's date as far as it is known.

    Examples
    --------
    >>> issued(Source(id="a", type="webpage", publisher="P", title="T",
    ...               issued={"date-parts": [[2019, 11]]}))
    '2019-11'
    """
    found = source.issued or {}
    parts = found.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [p for p in parts[0] if isinstance(p, int)]
        return "-".join(
            f"{n:04d}" if i == 0 else f"{n:02d}" for i, n in enumerate(numbers)
        )
    return str(found.get("literal", ""))


def linkable(url: str, hosts: Sequence[str]) -> str:
    """
    Return the address if it may be linked, else nothing.

    Examples
    --------
    >>> linkable("https://www.example.org/a", ["example.org"])
    'https://www.example.org/a'
    >>> linkable("javascript:alert(1)//example.org", ["example.org"])
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    found = _AUTHORITY.fullmatch(parts.netloc)
    is_plain = url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or found is None or not is_plain:
        return ""
    host = found[1].lower()
    return url if any(host == h or host.endswith("." + h) for h in hosts) else ""
