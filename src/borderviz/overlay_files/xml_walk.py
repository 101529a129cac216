"""XML walked by expat as fast as Python can; a document type is refused when it begins.

Without a document type there are no entities but the five of XML, so that nothing can
be expanded and nothing fetched, in whatever encoding the document is.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from borderviz.overlay_files.limits import DEPTH, refusal, refuse_more


class Names(dict[str, str]):
    """Names of elements without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = found = name.rpartition(":")[2]
        return found


def walk(
    data: bytes,
    form: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    """
    Call back for each element and text of a document.

    Parameters
    ----------
    data
        The document.
    form
        Name of the kind of file, for a refusal.
    start, end
        Called with the name of an element as it is written, `start` with attributes.
    text
        Called with text, in one piece between two elements if it is short.

    Raises
    ------
    RefusedFileError
        If it is no XML, has a document type, or is nested too deep.
    """
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            refuse_more(depth, DEPTH, "depth")
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def doctype(*_: object) -> None:
        raise refusal(why="doctype")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError, OSError):
        raise refusal(why="broken", form=form) from None
