"""The text that lies beside exported data: what it is, and what to know before use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from borderviz.export.about import Export
from borderviz.export.cells import one_line
from borderviz.export.columns import COLUMNS
from borderviz.limits import beside, limits
from borderviz.render.context import Context
from borderviz.settings import Licence
from borderviz.texts import date_words

_LABEL = "_label"
_CAVEATS = (
    "place",
    "along",
    "date",
    "people",
    "comma",
    "apostrophe",
    "language",
    "line",
)


def readme(export: Export, files: Mapping[str, str], cited: str) -> str:
    """
    Write the README in the reader's language, one paragraph a line.

    Parameters
    ----------
    export
        What is taken along.
    files
        Names of the files beside it, each with the key of the text that says what it
        is.
    cited
        The line by which the atlas itself is cited.
    """
    return "".join(f"{clean_line(line)}\n" for line in _lines(export, files, cited))


def clean_line(line: str) -> str:
    """Keep a line one line, with its indent and without what no file should hold."""
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return indent + one_line(line)


def _lines(export: Export, files: Mapping[str, str], cited: str) -> Iterator[str]:
    say = export.context.say
    title = say("export-readme-title", title=export.title)
    yield from (title, "=" * width(title), "")
    yield export.sentence
    yield say("export-count", count=len(export.records))
    if export.unplaced:
        yield say("export-unplaced", count=export.unplaced)
    yield say("export-link", link=export.query)
    yield export.version
    date = date_words(export.today.isoformat(), export.context.view.lang)
    yield say("export-made", date=date)
    yield from _section(export, "cite")
    yield say("export-sources-first")
    yield say("export-cite-files", files=export.context.listed(_citations(files), ","))
    yield from cited.split("\n")
    yield from _section(export, "licences")
    yield from _licences(export)
    yield from _section(export, "files")
    yield from (f"- {name}: {say(key)}" for name, key in files.items())
    yield from _section(export, "caveats")
    for name in _CAVEATS:
        km = export.context.number(export.context.atlas.settings.no_point_from_km)
        yield f"- {say(f'export-caveat-{name}', km=km)}"
    yield from _section(export, "complete")
    yield from _limits(export)
    yield from _section(export, "columns")
    yield from (say("export-columns-label"), "")
    for name in COLUMNS:
        if not name.endswith(_LABEL):
            yield f"- {name}: {say(column_key(name))}"


def column_key(name: str) -> str:
    """
    Name the text that says what a column holds.

    Examples
    --------
    >>> column_key("km_from")
    'export-col-km-from'
    """
    return f"export-col-{name.replace('_', '-')}"


def width(text: str) -> int:
    """Count the columns of a line where CJK letters take two."""
    return sum(2 if ord(c) > 0x10FF else 1 for c in text)


def headed(head: str) -> Iterator[str]:
    """Write the heading of a part."""
    yield from ("", head, "-" * width(head), "")


def _section(export: Export, name: str) -> Iterator[str]:
    return headed(export.context.say(f"export-{name}"))


def _citations(files: Mapping[str, str]) -> list[str]:
    """List the files that hold the citations."""
    return [name for name in files if name.startswith("citations.")]


def _licences(export: Export) -> Iterator[str]:
    """Name each licence, whom it asks to name, and where its text is."""
    say, context = export.context.say, export.context
    yield say("export-licence", licence=export.licence)
    yield from licence_lines(export.licences, context)
    yield say("export-attribution", names="; ".join(export.attribution))
    yield say("export-licence-rows")


def licence_lines(licences: Iterable[Licence], context: Context) -> Iterator[str]:
    """Name licences, and where the text of each lies."""
    for licence in licences:
        name = context.plain(licence.name)
        line = context.say(
            "export-licence-line", id=licence.id, name=name, address="\0"
        )
        yield f"- {line.replace(chr(0), licence.address)}"
        yield f"  {context.say('export-licence-file', file=licence.file)}"


def _limits(export: Export) -> Iterator[str]:
    """Count what is vague, thin or missing, as the page does."""
    say, context = export.context.say, export.context
    events = export.selection.records
    found = limits(events, context.atlas)
    yield say("limits-intro", count=found.total)
    counts = {f"limits-date-{name}": n for name, n in found.dates.items()}
    counts |= {f"limits-place-{name}": n for name, n in found.places.items()}
    counts |= {
        "limits-source-single": found.single,
        "limits-source-low": found.low,
        "limits-source-conflict": found.conflicting,
    }
    for key, count in counts.items():
        words = {"words": say(key), "count": count, "total": found.total}
        yield f"- {say('export-complete-part', **words)}"
    known = beside(events, context.atlas)
    if known:
        yield say("limits-counts")
    for other in known:
        words = {"value": other.known.value, "count": other.count}
        label = context.plain(other.known.label)
        yield f"- {say('limits-counts-line', label=label, **words)}"
    yield say("limits-missing")
