"""How to cite a view or a record: its producers first, then the atlas it is found in.

Nobody is named as the author of an atlas: it names none. Its title stands first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from borderviz.bibliography import Work, tidy, web_address, work_of
from borderviz.citations import cited
from borderviz.model import Record
from borderviz.permalink import default_view
from borderviz.render.citation_text import (
    STYLES,
    Citation,
    Line,
    lines_of,
    short_of,
)
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.selection import Selection

__all__ = ["STYLES", "Citation", "Line", "record_citation", "view_citation"]


def view_citation(
    selection: Selection,
    context: Context,
    *,
    today: dt.date | None,
    address: str = "",
    records: Sequence[Record] | None = None,
) -> Citation:
    """
    Cite what a view shows.

    Parameters
    ----------
    selection
        The events of the view; their sources come first, sorted by publisher.
    context
        The view, and the reader's language.
    today
        Day of access; None leaves it out.
    address
        Where the atlas is served; empty leaves the link to its query.
    records
        Whose sources are meant, if more is taken along than the events.
    """
    atlas, view = context.atlas, context.view
    every = selection.records if records is None else records
    found = {i for record in every for i in cited(record) if i in atlas.sources}
    producers = [_work(i, context) for i in found]
    producers.sort(key=lambda w: (w.publisher.casefold(), w.title.casefold(), w.id))
    query = context.query(view.with_(at="", selected="", listed="", page=""))
    own = Work(
        id=_key(context, atlas.fingerprint + query),
        type="dataset",
        title=context.plain(atlas.settings.title),
        url=_address(address, query),
        accessed=today,
        version=_version(context),
        language=view.lang,
        notes=(sentence(selection, context), *_query_note(address, query, context)),
    )
    return Citation(
        works=(*producers, own),
        lines=lines_of(producers, own, context),
        short=short_of(context, today, own.url),
    )


def record_citation(
    record: Record, context: Context, *, today: dt.date | None, address: str = ""
) -> Citation:
    """
    Cite one record: its sources in the order in which it cites them, then the atlas.

    Parameters
    ----------
    record
        The record.
    context
        The atlas, and the reader's language.
    today
        Day of access; None leaves it out.
    address
        Where the atlas is served; empty leaves the link to its query.
    """
    atlas, lang = context.atlas, context.view.lang
    found = [i for i in dict.fromkeys(cited(record)) if i in atlas.sources]
    producers = [_work(i, context) for i in found]
    plainly = replace(context, view=default_view(atlas).with_(lang=lang))
    query = plainly.link(record)
    own = Work(
        id=_key(context, record.id),
        type="webpage",
        title=context.plain(record.title),
        container=context.plain(atlas.settings.title),
        url=_address(address, query),
        accessed=today,
        version=_version(context),
        language=lang,
        notes=(
            context.say("cite-id", id=record.id),
            *_query_note(address, query, context),
        ),
    )
    names = context.listed(dict.fromkeys(tidy(w.publisher) for w in producers))
    short = short_of(context, today, own.url)
    return Citation(
        works=(*producers, own),
        lines=lines_of(producers, own, context),
        short=context.say("cite-short-record", names=names, atlas=short),
    )


def _work(identity: str, context: Context) -> Work:
    atlas = context.atlas
    source, hosts = atlas.sources[identity], atlas.settings.link_hosts
    return work_of(source, hosts, context.view.lang, atlas.texts)


def _key(context: Context, of: str) -> str:
    """Name the atlas's own entry: another one for each record, view and version."""
    digest = hashlib.sha256(f"{context.atlas.fingerprint} {of}".encode()).hexdigest()
    return f"{context.atlas.settings.id}-atlas-{digest[:8]}"


def _version(context: Context) -> str:
    atlas = context.atlas
    return f"{atlas.settings.version} ({atlas.fingerprint})"


def _address(address: str, query: str) -> str:
    """Join where the atlas is served and a link; nothing if that is no web address."""
    plain = address.partition("#")[0].partition("?")[0]
    return web_address(urljoin(plain, query)) if web_address(plain) else ""


def _query_note(address: str, query: str, context: Context) -> Iterable[str]:
    """Say the link alone where nobody knows the place that it belongs to."""
    if query != "?" and not _address(address, query):
        yield context.say("cite-query", query=query)
