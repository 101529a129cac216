"""What the page must answer: worked out here from the atlas, by the same selection."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from protocol import RefusedError, Session

from borderviz.content import Atlas
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.search import Index, search
from borderviz.selection import select
from borderviz.view import ViewState

_COMMAND = re.compile(r"borderviz\.show\((\{.*?\})\);", re.DOTALL)
_LINKED = re.compile(r"sel=([a-z0-9-]+)")
MOST_HITS = 10
# The sheet for a reader's own data, which the atlas knows nothing of.
OWN = "yours"


def command(session: Session) -> dict[str, Any]:
    """
    Read what the page told the map last.

    Raises
    ------
    RefusedError
        If that is no command.
    """
    arguments = session.component().element.component_instance.json_args
    for value in json.loads(arguments).values():
        found = _COMMAND.search(value) if isinstance(value, str) else None
        if found:
            told: dict[str, Any] = json.loads(found[1])
            return told
    msg = "the map was told nothing"
    raise RefusedError(msg)


@dataclass(frozen=True)
class Known:
    """The atlas as the readers know it."""

    atlas: Atlas
    index: Index

    def check(
        self, session: Session, view: ViewState, searched: str = "", file: str = ""
    ) -> None:
        """
        Hold what the page says against what it should say.

        Parameters
        ----------
        session
            The page.
        view
            What its reader asked for.
        searched
            What stands in the search field.
        file
            Name of the file that lies over the map; the table is of its rows then.

        Raises
        ------
        RefusedError
            If the map, the count in the sentence, the panel, the hits or the table say
            something else.
        """
        selection, context = select(self.atlas, view), Context(self.atlas, view)
        told, texts = command(session), session.texts()
        _same("layers of the map", told["layers"], list(view.layers))
        _same("hidden on the map", set(told["hidden"]), set(selection.hidden))
        _same("chosen on the map", told["selected"], view.selected)
        _holds("sentence", texts, f">{escape(sentence(selection, context))}<")
        if view.selected:
            record = self.atlas.records[view.selected]
            heading = escape(context.plain(record.title), quote=False)
            _holds("panel", unescape(texts), unescape(heading))
        if searched:
            hits = search(self.index, searched, MOST_HITS)
            wanted = {hit.id for hit in hits if hit.kind == "record"}
            _same("hits", wanted - set(_LINKED.findall(texts)), set())
        if file:
            check_file(told, texts, file if view.sheet == OWN else "")
        if file and view.sheet == "table":
            _holds("table of the file", texts, "place ")
        elif view.sheet == "table":
            name = context.say("sheet-table", count=len(selection.records))
            _holds("table", texts, f'aria-label="{escape(name)}"')
            missing = set(selection.ids) - set(_LINKED.findall(texts))
            _same("records missing in the table", missing, set())
        elif view.sheet and view.sheet != OWN:
            name = context.say(f"sheet-{view.sheet}", count=len(selection.records))
            _holds("sheet", texts, f'aria-label="{escape(name)}"')


def check_file(told: dict[str, Any], texts: str, name: str) -> None:
    """Hold the page against a file that was laid over the map; as `Known.check`."""
    _holds("own file", texts, name)
    _same("own file on the map", bool(told.get("overlay")), True)


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        msg = f"{what}: {found!r:.200}, not {wanted!r:.200}"
        raise RefusedError(msg)


def _holds(what: str, texts: str, wanted: str) -> None:
    if wanted not in texts:
        msg = f"{what}: {wanted[:200]!r} is not on the page"
        raise RefusedError(msg)
