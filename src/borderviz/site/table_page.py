"""The table as a page: every event, sorted by a heading where a script may run."""

from __future__ import annotations

from dataclasses import replace

from borderviz.render.context import Context
from borderviz.render.html import join, script_json, tag
from borderviz.render.table_html import KEYS, sorted_records, table_html
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site

PATH = "table.html"


def table_page(site: Site, lang: str) -> Page:
    """
    Write the table.

    The orders of every column are worked out here, as the app works them out; the
    script only puts the rows into one of them. Without it the table is in order of
    date, and complete.

    Parameters
    ----------
    site, lang
        What it belongs to, and its language.
    """
    context = site.context(lang, PATH)
    # The headings lead to this sheet in another order, not to the map.
    context = replace(context, view=context.view.with_(sheet="table"))
    title = context.say("site-table")
    said = site.said(lang)
    frame = tag(
        "div",
        table_html(site.selection, context),
        class_="bv-site-table",
        tabindex="0",
        role="region",
        aria_label=title,
        data_orders=script_json(_orders(site, context)),
    )
    main = join([tag("h1", title), tag("p", said, class_="bv-site-said"), frame])
    data = page_data(title, said, PATH, site, context)
    scripts = (site.files["table.js"],)
    return Page(
        PATH, title, said, main, now=PATH, name="bv-full", data=data, scripts=scripts
    )


def _orders(site: Site, context: Context) -> dict[str, list[int]]:
    """Work out the places of the rows for each way of sorting."""
    first = sorted_records(site.selection.records, "", context)
    number = {record.id: place for place, record in enumerate(first)}
    return {
        sort: [number[r.id] for r in sorted_records(first, sort, context)]
        for key in KEYS
        for sort in (key, f"-{key}")
    }
