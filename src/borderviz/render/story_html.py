"""The panel while the story is told: one step, where it stands, and the way on."""

from __future__ import annotations

from borderviz.documents import Step
from borderviz.layers import counts
from borderviz.permalink import at_step
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.prose_html import passage_of, prose_html, references_of
from borderviz.render.record_html import article
from borderviz.render.sources_html import source_list
from borderviz.selection import select


def story_html(step: Step, context: Context) -> Html:
    """
    Write one step of the story.

    Parameters
    ----------
    step
        The step that is told.
    context
        Atlas, view and language.
    """
    lang, passage = passage_of(step.passages, context)
    refs = references_of(passage.prose, context)
    sources = tag(
        "details",
        tag("summary", context.say("numbers-sources", count=len(refs))),
        source_list(list(refs.values()), context),
    )
    told = tag(
        "div",
        tag("h2", passage.title, tabindex="-1"),
        prose_html(passage.prose, refs, context, {}),
        class_="bv-told",
        lang=lang,
    )
    return article(
        context,
        _head(step, context),
        told,
        legend_html(step, context),
        sources if refs else Html(""),
        _turn(step, context),
        more="bv-story",
    )


def step_link(step: Step, context: Context) -> str:
    """Write the address of a step."""
    return context.query(at_step(context.view, step.id, context.atlas))


def step_title(step: Step, context: Context) -> str:
    """Return a step's title in the reader's language."""
    return passage_of(step.passages, context)[1].title


def chapters_html(context: Context, now: Step | None = None) -> Html:
    """Write the chapters as links, each with a mark for every step of it."""
    atlas = context.atlas
    told = atlas.story.index(now) if now else -1
    links = []
    for chapter in atlas.settings.chapters:
        steps = [step for step in atlas.story if step.head.chapter == chapter.id]
        marks = [
            tag("i", class_=_mark(atlas.story.index(step), told)) for step in steps
        ]
        is_here = now is not None and now.head.chapter == chapter.id
        link = tag(
            "a",
            tag("span", *marks, class_="bv-steps", aria_hidden="true"),
            context.words(chapter.name),
            href=step_link(steps[0], context),
            aria_current="step" if is_here else None,
            target="_self",
        )
        links.append(tag("li", link))
    return tag("ol", *links, class_="bv-chapters")


def _mark(number: int, told: int) -> str | None:
    if number == told:
        return "bv-step-now"
    return "bv-step-done" if number < told else None


def _head(step: Step, context: Context) -> Html:
    steps = context.atlas.story
    place = context.say(
        "story-place",
        number=steps.index(step) + 1,
        total=len(steps),
    )
    leave = context.way_back("story-leave", _free(step, context))
    return tag(
        "header",
        tag("p", leave, tag("span", place), class_="bv-where"),
        tag("nav", chapters_html(context, step), aria_label=context.say("story")),
    )


def _free(step: Step, context: Context) -> str:
    """Write the address of what the map shows now, without the story."""
    view = context.view.with_(story="", listed="", at="")
    return context.query(view.with_(selected=step.head.focus or ""))


def legend_html(step: Step, context: Context) -> Html:
    """Say what the map shows at this step, and which record is marked on it."""
    atlas, view = context.atlas, context.view
    number = counts(atlas, select(atlas, view).hidden)
    items = [
        tag("li", _named(layer.id, context.plain(layer.name), number, context))
        for layer in atlas.settings.layers
        if layer.id in view.layers and not layer.places and number[layer.id]
    ]
    if step.head.focus:
        items.append(tag("li", _marked(step.head.focus, context)))
    if not items:
        return Html("")
    heading = tag("h3", context.say("story-legend"))
    return tag("section", heading, tag("ul", *items), class_="bv-key")


def _named(layer: str, name: str, number: dict[str, int], context: Context) -> Html:
    words = context.say("layer-count", name=name, count=number[layer])
    return tag("span", words, class_=f"bv-w-{layer}")


def _marked(identity: str, context: Context) -> Html:
    record = context.atlas.records[identity]
    title = context.words(record.title)
    link = tag("a", title, href=context.link(record), target="_self")
    return tag("span", tag("i", class_="bv-focus", aria_hidden="true"), link)


def _turn(step: Step, context: Context) -> Html:
    """Write the links to the step before and the one after."""
    steps = context.atlas.story
    number = steps.index(step)
    parts = []
    if number:
        before = steps[number - 1]
        words = context.say("story-back")
        parts.append(
            tag(
                "a",
                words,
                href=step_link(before, context),
                rel="prev",
                aria_label=f"{words}: {step_title(before, context)}",
                class_="bv-turn-back",
                target="_self",
            )
        )
    if number + 1 < len(steps):
        after = steps[number + 1]
        inner = [tag("small", context.say("story-on")), step_title(after, context)]
        address = step_link(after, context)
    else:
        inner = [tag("small", context.say("story-end")), context.say("story-explore")]
        address = _free(step, context)
    rel = "next" if number + 1 < len(steps) else None
    parts.append(
        tag("a", *inner, href=address, rel=rel, class_="bv-turn-on", target="_self")
    )
    keys = tag("p", context.say("story-keys"), class_="bv-small bv-keys")
    label = context.say("story-turn")
    return tag("nav", *parts, keys, class_="bv-turn", aria_label=label)
