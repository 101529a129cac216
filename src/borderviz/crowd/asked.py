"""What of the rows an address asks for: a narrowing as one short text, one way only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from borderviz.dates import PartialDate
from borderviz.errors import BorderVizError
from borderviz.filters import Filters
from borderviz.overlay.narrow import Narrowing, words_of

LONGEST = 8000
_NUMBERS = re.compile(r"\d{1,4}(?:\.\d{1,4})*", re.ASCII)
_KM = re.compile(r"[0-9][0-9.e-]{0,24}")


class AskedError(BorderVizError):
    """A text that asks for nothing that there is."""


@dataclass(frozen=True)
class Asked:
    """
    What an address asks for.

    Parameters
    ----------
    narrowing, filters
        As `narrow.mask` takes them; of the filters those that concern rows.
    """

    narrowing: Narrowing = field(default_factory=Narrowing)
    filters: Filters = field(default_factory=Filters)


def encode(narrowing: Narrowing, filters: Filters, categories: tuple[str, ...]) -> str:
    """
    Write a narrowing; two that leave the same rows for the same reasons are equal.

    Parameters
    ----------
    narrowing, filters
        What is asked for.
    categories
        Those of the data: they travel as numbers.

    Examples
    --------
    >>> encode(Narrowing(categories=("b",), words="Old  gate"), Filters(), ("a", "b"))
    'c=1&q=gate+old'
    >>> encode(Narrowing(), Filters(), ("a", "b"))
    ''
    """
    chosen = [n for n, name in enumerate(categories) if name in narrowing.categories]
    fields = {
        "c": ".".join(map(str, chosen)),
        "q": " ".join(words_of(narrowing)),
        "since": filters.since or "",
        "until": filters.until or "",
        "km": repr(float(filters.within_km)).removesuffix(".0")
        if filters.within_km
        else "",
    }
    if narrowing.categories and not chosen:
        fields["c"] = str(len(categories))  # a category that no row has
    return urlencode({key: value for key, value in fields.items() if value})


def decode(text: str, categories: tuple[str, ...]) -> Asked:
    """
    Read a narrowing that `encode` wrote.

    Parameters
    ----------
    text
        Untrusted.
    categories
        As for `encode`.

    Raises
    ------
    AskedError
        If the text is none that `encode` writes.
    """
    if len(text) > LONGEST:
        raise AskedError
    try:
        pairs = parse_qsl(text, strict_parsing=True, max_num_fields=5) if text else []
        found = dict(pairs)
        asked = _asked(found, categories)
    except ValueError:
        raise AskedError from None
    if encode(asked.narrowing, asked.filters, categories) != text:
        raise AskedError
    return asked


def _asked(found: dict[str, str], categories: tuple[str, ...]) -> Asked:
    numbers, km = found.get("c", ""), found.get("km", "")
    if (numbers and not _NUMBERS.fullmatch(numbers)) or (km and not _KM.fullmatch(km)):
        raise AskedError
    chosen = [int(number) for number in numbers.split(".")] if numbers else []
    if chosen and max(chosen) > len(categories):
        raise AskedError
    # No row has the one behind the last, whose name no file can hold.
    names = (*categories, "\0")
    for name in ("since", "until"):
        if name in found:
            PartialDate.parse(found[name])
    return Asked(
        Narrowing(categories=tuple(names[n] for n in chosen), words=found.get("q", "")),
        Filters(
            since=found.get("since", ""),
            until=found.get("until", ""),
            within_km=float(km) if km else 0,
        ),
    )
