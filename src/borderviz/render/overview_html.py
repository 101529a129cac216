"""The panel with nothing selected: key numbers, the latest, how to read, all lists."""

from __future__ import annotations

from borderviz.model import DATED, Record
from borderviz.permalink import LISTS
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.record_html import article, section
from borderviz.render.story_html import chapters_html, step_link


def overview_html(context: Context) -> Html:
    """Write the overview."""
    settings = context.atlas.settings
    title = tag("h2", context.say("overview"), class_="bv-hidden-words", tabindex="-1")
    return article(
        context,
        title,
        _story(context),
        section(context.say("key-numbers"), _numbers(context)),
        section(
            context.say("latest"),
            *[context.record_link(r) for r in latest(context)],
        ),
        section(
            context.say("how-to-read"),
            *[context.words(text, "p") for text in settings.reading],
        ),
        section(context.say("browse"), _lists(context)),
        _version(context),
        more="bv-overview",
    )


def latest(context: Context) -> list[Record]:
    """List the newest records that the atlas counts as the latest, newest first."""
    wanted = context.atlas.settings.latest
    found = [
        r
        for r in context.atlas.records.values()
        if r.kind in wanted.kinds and r.direction in wanted.directions and r.date
    ]
    return sorted(found, key=lambda r: r.date or "", reverse=True)[: wanted.count]


def first_year(context: Context) -> str:
    """Return the year of the earliest dated development."""
    return min(
        (
            r.date[:4]
            for r in context.atlas.records.values()
            if r.kind in DATED and r.date
        ),
        default="",
    )


def list_title(name: str, context: Context) -> str:
    """Name one of the lists."""
    return context.say(f"list-{name}", year=first_year(context))


def _numbers(context: Context) -> Html:
    items = [
        tag(
            "a",
            context.words(n.value, "b"),
            context.words(n.label),
            href=context.link(n.record),
            class_="bv-number",
            target="_self",
        )
        for n in context.atlas.settings.numbers
    ]
    return tag("div", *items, class_="bv-numbers")


def _story(context: Context) -> Html:
    """Lead into the story, by its beginning or by a chapter."""
    steps = context.atlas.story
    if not steps:
        return Html("")
    start = tag(
        "a",
        context.say("story-start"),
        href=step_link(steps[0], context),
        class_="bv-button bv-start",
        target="_self",
    )
    title = context.say("story-title", count=len(steps))
    return section(title, chapters_html(context), start)


def _lists(context: Context) -> Html:
    links = [
        tag(
            "a",
            list_title(name, context),
            href=context.query(context.view.with_(selected="", listed=name, at="")),
            class_="bv-list-link",
            target="_self",
        )
        for name in LISTS
    ]
    return tag("nav", *links, class_="bv-lists", aria_label=context.say("browse"))


def _version(context: Context) -> Html:
    return tag("p", context.version(), class_="bv-small")
