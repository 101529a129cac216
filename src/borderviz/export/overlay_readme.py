"""The text beside a reader's own rows: what they are, what is added or missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from borderviz.export.overlay_about import OwnExport
from borderviz.export.overlay_columns import COMPUTED
from borderviz.export.readme import clean_line, headed, licence_lines, width
from borderviz.texts import date_words

_LABEL = "_label"
_CAVEATS = ("line", "point", "far", "date")
_SHARED = ("comma", "apostrophe")


def readme(export: OwnExport, files: Mapping[str, str]) -> str:
    """
    Write the README in the reader's language, one paragraph a line.

    Parameters
    ----------
    export
        What is taken along.
    files
        Names of the files beside it, each with the key of the text that says what it
        is.
    """
    return "".join(f"{clean_line(line)}\n" for line in _lines(export, files))


def _lines(export: OwnExport, files: Mapping[str, str]) -> Iterator[str]:
    context, say = export.context, export.context.say
    yield from (export.title, "=" * width(export.title), "")
    served = "" if export.overlay.origin is None else "-served"
    yield say(f"overlay-export-what{served}", title=export.atlas_title)
    yield export.sentence
    yield from _missing(export)
    yield say("overlay-export-link", link=export.link)
    yield export.version
    date = date_words(export.today.isoformat(), context.view.lang)
    yield say("export-made", date=date)
    yield from headed(say("export-licences"))
    words = {"prefix": export.prefix, "licence": export.licence}
    if export.overlay.origin is not None:
        words["stated"] = export.overlay.origin.stated or say("overlay-given-unstated")
    yield say(f"overlay-export-licence{served}", **words)
    yield from licence_lines(export.licences, context)
    if export.attribution:
        yield say("export-attribution", names="; ".join(export.attribution))
    yield from headed(say("export-files"))
    yield from (f"- {name}: {say(key)}" for name, key in files.items())
    yield from headed(say("export-caveats"))
    yield from (f"- {say(f'overlay-export-caveat-{x}')}" for x in _CAVEATS)
    yield from (f"- {say(f'export-caveat-{x}')}" for x in _SHARED)
    yield from headed(say("export-columns"))
    yield say("overlay-export-columns", prefix=export.prefix)
    yield ""
    for name in COMPUTED:
        if not name.endswith(_LABEL):
            key = f"overlay-export-col-{name.replace('_', '-')}"
            yield f"- {export.prefix}_{name}: {say(key)}"


def _missing(export: OwnExport) -> Iterator[str]:
    """Say which rows of the file are not here, and why."""
    say, overlay = export.context.say, export.overlay
    hidden = len(overlay) - len(export.frame)
    if hidden:
        yield say("overlay-export-hidden", count=hidden)
    if overlay.bad_count:
        listed = len(overlay.problems)
        yield say("overlay-export-left", count=overlay.bad_count, listed=listed)
    if overlay.doubt_count:
        yield say("overlay-export-doubts", count=overlay.doubt_count)
