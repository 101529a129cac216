"""The story on one page: every step with its map, its text and its sources."""

from __future__ import annotations

from dataclasses import replace

from borderviz.documents import Step
from borderviz.permalink import at_step
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.prose_html import passage_of, prose_html, references_of
from borderviz.render.sentence import sentence
from borderviz.render.sources_html import source_list
from borderviz.render.story_html import legend_html
from borderviz.selection import select
from borderviz.site.head import void
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import MAP, STORY, step_anchor, step_path


def story_page(site: Site, lang: str) -> Page:
    """
    Write the story.

    Parameters
    ----------
    site, lang
        What it belongs to, and its language.
    """
    context = site.context(lang, STORY)
    steps = site.atlas.story
    title = context.say("story")
    first = [context.plain(step.titles) for step in steps]
    said = context.listed(first, ",")
    main = tag(
        "article",
        tag("h1", title),
        tag("p", context.say("story-title", count=len(steps)), class_="bv-when"),
        _chapters(site, context),
        *[_step(step, site, context) for step in steps],
        class_="bv-record bv-page bv-whole-story",
        lang=lang,
    )
    data = page_data(title, said, STORY, site, context)
    return Page(STORY, title, said, main, now=STORY, data=data)


def _chapters(site: Site, context: Context) -> Html:
    """List the chapters with their steps."""
    items = []
    for chapter in site.atlas.settings.chapters:
        steps = [s for s in site.atlas.story if s.head.chapter == chapter.id]
        links = [
            tag(
                "li",
                tag(
                    "a",
                    passage_of(step.passages, context)[1].title,
                    href=f"#{step_anchor(step.id)}",
                ),
            )
            for step in steps
        ]
        if links:
            name = context.words(chapter.name, "b")
            items.append(tag("li", name, tag("ol", *links)))
    label = context.say("page-contents")
    return tag("nav", tag("ol", *items), class_="bv-site-chapters", aria_label=label)


def _step(step: Step, site: Site, context: Context) -> Html:
    """Write one step: where it stands, its title, its map, its text, its sources."""
    lang, passage = passage_of(step.passages, context)
    steps = site.atlas.story
    number = steps.index(step) + 1
    refs = references_of(passage.prose, context)
    place = f"src-{step.id}"
    text = Html(
        prose_html(passage.prose, refs, context, {}).replace(
            'href="#bv-src-', f'href="#bv-{place}-'
        )
    )
    sources = tag(
        "details",
        tag("summary", context.say("numbers-sources", count=len(refs))),
        source_list(list(refs.values()), context, place=place),
    )
    where = context.say("story-place", number=number, total=len(steps))
    anchor = step_anchor(step.id)
    return tag(
        "section",
        tag("p", where, class_="bv-kicker"),
        tag("h2", passage.title, lang=lang),
        _figure(step, passage.title, site, context),
        tag("div", text, class_="bv-told", lang=lang),
        sources if refs else "",
        _ways(number, site, context),
        id=anchor,
        tabindex="-1",
    )


def _figure(step: Step, title: str, site: Site, context: Context) -> Html:
    """Show the map of the step, which leads to the step on the map, and its legend."""
    lang = context.view.lang
    links = site.links(lang, STORY)
    told = site.context(lang, STORY)
    told = replace(told, view=at_step(context.view, step.id, site.atlas))
    to = links.to(f"{MAP}#story={step.id}")
    words = sentence(select(site.atlas, told.view), told)
    light, dark = (
        site.files.get(f"step-{step.id}-{lang}-{scheme}", "")
        for scheme in ("light", "dark")
    )
    seen = tag("a", context.say("site-on-map"), href=to, class_="bv-button")
    parts = []
    if light:
        wide, high = site.sizes[light]
        image = void(
            "img",
            src=links.root(light),
            alt=f"{title}. {words}",
            width=str(wide),
            height=str(high),
            loading="lazy",
        )
        source = void(
            "source", srcset=links.root(dark), media="(prefers-color-scheme: dark)"
        )
        parts = [tag("a", tag("picture", source if dark else "", image), href=to)]
    caption = tag("figcaption", words, " ", seen)
    return join([tag("figure", *parts, caption), legend_html(step, told)])


def _ways(number: int, site: Site, context: Context) -> Html:
    """Lead to the step before and to the one after."""
    steps, parts = site.atlas.story, []
    for key, index, rel in (
        ("story-back", number - 2, "prev"),
        ("story-on", number, "next"),
    ):
        if 0 <= index < len(steps):
            title = passage_of(steps[index].passages, context)[1].title
            to = f"#{step_path(steps[index].id).partition('#')[2]}"
            words = tag("small", context.say(key))
            parts.append(tag("a", words, " ", title, href=to, rel=rel))
    here = passage_of(steps[number - 1].passages, context)[1].title
    label = f"{context.say('story-turn')}: {here}"
    return tag("nav", *parts, class_="bv-site-turn", aria_label=label)
