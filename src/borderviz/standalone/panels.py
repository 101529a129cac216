"""All the markup that a reader of the page can ask for, by name, in one language."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

from borderviz.citations import cited
from borderviz.content import Atlas
from borderviz.filters import events
from borderviz.permalink import LISTS, at_step, default_view, encode
from borderviz.render.context import Context
from borderviz.render.html import Html
from borderviz.render.list_html import list_html
from borderviz.render.page_html import page_html
from borderviz.render.record_html import record_html
from borderviz.render.story_html import story_html
from borderviz.render.table_html import table_html
from borderviz.selection import Selection
from borderviz.standalone.facts import orders
from borderviz.view import ViewState


def speaking(context: Context, lang: str) -> Context:
    """
    Return a context of the whole file in one language, whose links are fragments.

    The view is the one that an empty address opens: the page itself adds to each link
    what the reader has set meanwhile.
    """
    atlas = context.atlas

    def write(view: ViewState) -> str:
        # The page knows which language it is in.
        here = view.with_(lang=atlas.settings.default_language)
        return "#" + urlencode(encode(here, atlas), safe=",.")

    return replace(context, view=default_view(atlas).with_(lang=lang), writer=write)


def panels(context: Context, lang: str) -> dict[str, str]:
    """
    Write every panel, page and list, and the table.

    Parameters
    ----------
    context
        Of the narrowed atlas.
    lang
        Language code.
    """
    context = speaking(context, lang)
    atlas = context.atlas
    found: dict[str, str] = {}
    # How to cite it stands in its list of sources: the page makes the fold from that.
    for record in atlas.records.values():
        markup = record_html(record, context, foot=Html(""))
        found[f"record/{lang}/{record.id}"] = markup
    for name in LISTS:
        listing = replace(context, view=context.view.with_(listed=name))
        found[f"list/{lang}/{name}"] = list_html(name, listing)
    for step in atlas.story:
        told = replace(context, view=at_step(context.view, step.id, atlas))
        found[f"story/{lang}/{step.id}"] = story_html(step, told)
    for page in atlas.pages:
        over = replace(context, view=context.view.with_(page=page.id))
        found[f"page/{lang}/{page.id}"] = page_html(page, over)
    every = everything(atlas)
    found[f"table/{lang}"] = table_html(every, context)
    found[f"orders/{lang}"] = json.dumps(orders(atlas, context))
    return found


def everything(atlas: Atlas) -> Selection:
    """Return every event of an atlas, whatever its layer; oldest first."""
    found = sorted(events(atlas), key=lambda r: (r.date or "", r.id))
    unplaced = sum(record.id not in atlas.positions for record in found)
    return Selection(tuple(found), frozenset(), len(found), unplaced)


def searched(atlas: Atlas) -> dict[str, object]:
    """
    Collect what `search.build_index` reads, as it is written, in all languages.

    The browser folds it: so it costs little where the panels hold the same words.
    """
    number = {name: n for n, name in enumerate(atlas.sources)}
    records = []
    for record in atlas.records.values():
        said = [s.text for s in record.statements] + [c.text for c in record.conflicts]
        texts = [t for t in (record.gist, record.outcome, *said) if t]
        where = [t for t in (record.place, record.sector) if t]
        records.append(
            {
                "id": record.id,
                "date": record.date or "",
                "title": list(record.title.values()),
                "name": list((record.name or {}).values()),
                "aliases": record.aliases,
                "place": [words for text in where for words in text.values()],
                "text": [words for text in texts for words in text.values()],
                "cites": sorted({number[s] for s in cited(record) if s in number}),
            }
        )
    return {
        "records": records,
        "places": [[p.id, list(p.name.values())] for p, _ in atlas.places],
        "labels": [list(label.name.values()) for label, _ in atlas.labels],
        "sources": [[s.publisher, s.title] for s in atlas.sources.values()],
    }
