"""The exception tree, and the one shape in which a fault in content is told.

BorderVizError            anything this package raises on purpose
├── ContentError          an atlas that cannot be shown; holds every Problem
├── UnknownIdError        an id that no record has; offers near matches
└── WordError             a word that means nothing here; says which do
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """
    One fault in the content: where it is, what stands there, and the cure.

    Parameters
    ----------
    file
        File name inside the atlas folder.
    record
        Id of the record, or its position (`#12`) where it has none; empty for the file.
    field
        Dotted path of the field (`statements.0.sources`); empty for the record itself.
    found
        What stands there, shortened.
    allowed
        What may stand there.
    cure
        What the editor can do about it.
    """

    file: str
    record: str
    field: str
    found: str
    allowed: str
    cure: str

    @property
    def where(self) -> str:
        """File, record and field, as far as they are known."""
        return " › ".join(filter(None, (self.file, self.record, self.field)))

    def __str__(self) -> str:
        """Tell the fault in one line."""
        return f"{self.where}: found {self.found}; allowed: {self.allowed}. {self.cure}"

    def as_dict(self) -> dict[str, str]:
        """Return the fields, for machines."""
        return asdict(self)


class BorderVizError(Exception):
    """Anything this package raises on purpose."""


class ContentError(BorderVizError):
    """An atlas that cannot be shown; `problems` holds every fault found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the content")


class UnknownIdError(BorderVizError):
    """An id that no record has."""

    def __init__(self, identity: str, known: Iterable[str]) -> None:
        self.identity = identity
        self.near = near_ids(identity, known)
        super().__init__(f"no record has the id {identity!r}")


class WordError(BorderVizError):
    """A word that means nothing where it stands; `allowed` holds those that do."""

    def __init__(
        self, name: str, word: str, allowed: Iterable[str], form: str = ""
    ) -> None:
        self.name, self.word, self.allowed = name, word, tuple(allowed)
        near = near_ids(word, self.allowed)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        told = form or ", ".join(self.allowed)
        super().__init__(f"{name}: found {shortened(word)}; allowed: {told}.{hint}")


def near_ids(identity: str, known: Iterable[str]) -> tuple[str, ...]:
    """
    Find ids that look like a mistyped one, best first.

    Examples
    --------
    >>> near_ids("old-brigde", ["old-bridge", "lake"])
    ('old-bridge',)
    """
    return tuple(get_close_matches(identity[:200], list(known), n=3, cutoff=0.6))


def shortened(value: object, limit: int = 80) -> str:
    """
    Show a value as code would, cut to a length that fits a line.

    Examples
    --------
    >>> shortened("a" * 100, limit=10)
    "'aaaaaaaa…"
    """
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
