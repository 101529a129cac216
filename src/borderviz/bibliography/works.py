"""One work in the terms that all formats share, and what goes into each of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from borderviz.citations import reference
from borderviz.dates import PartialDate
from borderviz.model import Source
from borderviz.texts import Own, date_words, list_words, say

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_IN_ADDRESS = "%:/?#[]@!&'()*+,;=~"


@dataclass(frozen=True)
class Work:
    """
    One work, in the terms that all formats share.

    Parameters
    ----------
    id
        Key in a bibliography.
    type
        A type of CSL; another is written as a document.
    title
        As it stands on the work, or a description.
    publisher, container
        Who made it public; the larger work it is part of. Empty where there is none.
    issued
        Partial date, or words where the source has no date; empty if nothing is said.
    url
        Address; kept only if it is http or https.
    is_linked
        False if the address is that of a copy, which plain text does not show.
    accessed
        Day on which it was looked at; None if that is not known.
    version, language
        Of the work; empty if nothing is said.
    notes
        Remarks, each complete in itself.
    """

    id: str
    type: str
    title: str
    publisher: str = ""
    container: str = ""
    issued: str = ""
    url: str = ""
    is_linked: bool = True
    accessed: dt.date | None = None
    version: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


def work_of(
    source: Source, hosts: Sequence[str], lang: str, own: Own | None = None
) -> Work:
    """
    Turn a source into a work.

    Parameters
    ----------
    source
        The citation.
    hosts
        Hosts that may be linked.
    lang, own
        Language of the remarks, and the atlas's own words.
    """
    found = reference(1, source, hosts=hosts)
    notes = [say("source-described", lang, own)] if found.is_described else []
    return Work(
        id=source.id,
        type=source.type,
        title=source.title,
        publisher=source.publisher,
        issued=found.issued,
        url=source.URL or "",
        is_linked=bool(found.url),
        notes=tuple(filter(None, [*notes, source.note])),
    )


def plain_text(work: Work, lang: str, own: Own | None = None) -> str:
    """Write a work as one line, in a reader's language."""
    title = say("cite-title", lang, own, title=work.title)
    issued = date_words(work.issued, lang) if work.issued else ""
    url = web_address(work.url)
    parts = [work.publisher, title, work.container, issued, url * work.is_linked]
    notes = list(work.notes)
    if url and not work.is_linked:
        notes.append(say("source-no-link", lang, own))
    line = list_words(filter(None, parts), lang, ",")
    return tidy(line + (f" ({'; '.join(notes)})" if notes else ""))


def known_date(text: str) -> PartialDate | None:
    """Read a partial date; None if the text is something else."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def tidy(text: str) -> str:
    r"""
    Put text on one line; what no file should hold becomes U+FFFD.

    Examples
    --------
    >>> tidy(" a\n  b\x07")
    'a b\ufffd'
    """
    return _CONTROLS.sub("\ufffd", " ".join(text.split()))


def web_address(url: str) -> str:
    r"""
    Return an address if it is http or https, fit for any format; else nothing.

    Examples
    --------
    >>> web_address("https://a.example/b{c}?d=1&e=%20"), web_address("javascript:f()")
    ('https://a.example/b%7Bc%7D?d=1&e=%20', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return quote(_CONTROLS.sub("\ufffd", url), safe=_IN_ADDRESS)
