"""Works as BibTeX: one entry each, in UTF-8, with nothing in it that TeX would run."""

from __future__ import annotations

import re
from collections.abc import Iterable

from borderviz.bibliography.works import Work, known_date, tidy, web_address

_BIBTEX_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_YEAR = "jan feb mar apr may jun jul aug sep oct nov dec"
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{c: f"\\{c}" for c in "$&#_%"},
}
# Signs that TeX draws as another one where they stand side by side.
_LIGATURES = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)")


def bibtex(works: Iterable[Work]) -> str:
    """Write works as a BibTeX file."""
    return "\n\n".join(map(bibtex_entry, works)) + "\n"


def bibtex_entry(work: Work) -> str:
    """
    Write a work as one BibTeX entry, in UTF-8.

    Where no person is named the publisher stands in the author's place, which is what
    styles sort and label by.

    Parameters
    ----------
    work
        The work; nothing in it can become a command.
    """
    fields = {
        "author": _kept(work.publisher),
        "title": _kept(work.title),
        "howpublished": _kept(work.container),
        **_bibtex_date(work.issued),
        "version": _braced(tex(work.version)),
        "url": _braced(web_address(work.url)),
        "urldate": _braced(work.accessed.isoformat() if work.accessed else ""),
        "note": _braced(tex("; ".join(work.notes))),
    }
    rows = [f"  {name} = {value}" for name, value in fields.items() if value]
    head = f"@{_BIBTEX_TYPES.get(work.type, 'misc')}{{{work.id},\n"
    return head + ",\n".join(rows) + "\n}"


def _bibtex_date(text: str) -> dict[str, str]:
    """Write year, month and day as far as they are known, or words as the year."""
    if known_date(text) is None:
        return {"year": _kept(text)}
    year, *rest = text.split("-")
    found = {"year": _braced(year)}
    if rest:
        found["month"] = _YEAR.split()[int(rest[0]) - 1]
    if len(rest) > 1:
        found["day"] = _braced(str(int(rest[1])))
    return found


def _kept(text: str) -> str:
    """Write words that keep their capitals and are never taken for a person's name."""
    return f"{{{_braced(tex(text))}}}" if tidy(text) else ""


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def tex(text: str) -> str:
    r"""
    Write text so that TeX shows just that, and runs nothing.

    Examples
    --------
    >>> print(tex(r"50% of {a} & \input{b}"))
    50\% of \textbraceleft{}a\textbraceright{} \& \textbackslash{}input\textbraceleft{}b\textbraceright{}
    """  # noqa: E501
    apart = _LIGATURES.sub("\0", tidy(text))
    return "".join(_TEX.get(c, c) for c in apart).replace("\0", "{}")
