"""A step of the story as markup: whole, cited, with a way back, on and out."""

from __future__ import annotations

from borderviz.layers import layer_of
from borderviz.permalink import at_step, decode_query, default_view
from borderviz.prose import walk
from borderviz.render.context import Context
from borderviz.render.story_html import chapters_html, story_html
from borderviz.selection import select
from borderviz.validate_story import OWN
from markup import FORBIDDEN, parsed


def context_of(atlas, step, **changes):
    view = default_view(atlas).with_(**changes)
    return Context(atlas, at_step(view, step.id, atlas))


def told(atlas, step, **changes):
    """One step as a tree."""
    return parsed(story_html(step, context_of(atlas, step, **changes)))


def every(atlas):
    """Each step in each language, with its tree."""
    for step in atlas.story:
        for lang in atlas.settings.languages:
            yield step, lang, told(atlas, step, lang=lang)


def view_of(link, atlas):
    """The view that a link leads to; fails if anything of it cannot be used."""
    assert link["href"].startswith("?"), link["href"]
    assert link["target"] == "_self"
    found = decode_query(link["href"][1:], atlas, ())
    assert found.ignored == ()
    assert found.unknown_record == ""
    return found.view


def words(node):
    return " ".join(node.text.replace("\xa0", " ").split())


def only(nodes):
    (node,) = nodes
    return node


def test_every_step_is_whole_and_only_our_own_markup(any_atlas):
    for _, lang, root in every(any_atlas):
        article = only(root.all("article"))
        assert article["lang"] == lang
        for node in root.all():
            assert node.name not in FORBIDDEN
            assert not [name for name in node.attributes if name.startswith("on")]
            assert "style" not in node.attributes
        ids = [node["id"] for node in root.all() if node["id"]]
        assert len(ids) == len(set(ids))
        assert not [a for link in root.all("a") for a in link.all("a")]


def test_titles_and_words_are_the_document_s(any_atlas):
    for step, lang, root in every(any_atlas):
        passage = step.passages.get(lang, step.passages["en"])
        block = only(root.all("div", "bv-told"))
        assert block.language() == (lang if lang in step.passages else "en")
        assert words(only(block.all("h2"))) == " ".join(passage.title.split())
        assert len(block.all("p")) == len(passage.prose)
        texts = [s.text for _, s in walk(passage.prose) if s.kind == "text"]
        for text in texts:
            assert " ".join(text.split()) in words(block)


def test_hostile_words_are_shown_as_they_are(hostile):
    """The fixture is hostile: without payloads in its story the tests prove nothing."""
    pages = [root for _, _, root in every(hostile)]
    text = " ".join(root.text for root in pages)
    for payload in (
        "<img src=x onerror=",
        "${window.top",
        "</script>",
        '"><svg onload',
    ):
        assert payload in text


def test_small_numbers_follow_each_other_and_each_has_its_entry(any_atlas):
    for step, lang, root in every(any_atlas):
        passage = step.passages.get(lang, step.passages["en"])
        cited = [name for _, s in walk(passage.prose) for name in s.ids]
        first = list(dict.fromkeys(cited))
        numbers = [a.text for sup in root.all("sup") for a in sup.all("a")]
        assert numbers == [str(first.index(name) + 1) for name in cited]
        entries = only(root.all("ol", "bv-sources")).all("li")
        assert [li["value"] for li in entries] == [
            str(n + 1) for n in range(len(first))
        ]
        for sup in root.all("sup"):
            for link in sup.all("a"):
                entry = only(li for li in entries if f"#{li['id']}" == link["href"])
                assert entry["value"] == link.text
        for name, entry in zip(first, entries, strict=True):
            if name != OWN:
                source = any_atlas.sources[name]
                assert words(entry).startswith(" ".join(source.publisher.split()))


def test_what_the_atlas_says_of_itself_leads_to_its_first_page(any_atlas):
    seen = 0
    for step, lang, root in every(any_atlas):
        passage = step.passages.get(lang, step.passages["en"])
        cited = [name for _, s in walk(passage.prose) for name in s.ids]
        if OWN not in cited:
            continue
        seen += 1
        number = list(dict.fromkeys(cited)).index(OWN)
        link = only(root.all("ol", "bv-sources")[0].all("li")[number].all("a"))
        view = view_of(link, any_atlas)
        assert (view.page, view.story) == (any_atlas.pages[0].id, step.id)
    assert seen


def test_links_in_the_words_lead_to_their_records_and_stay_in_the_story(any_atlas):
    seen = 0
    for step, lang, root in every(any_atlas):
        passage = step.passages.get(lang, step.passages["en"])
        targets = [s.target for _, s in walk(passage.prose) if s.kind == "link"]
        links = [view_of(a, any_atlas) for a in root.all("a", "bv-in-text")]
        assert [view.selected for view in links] == targets
        assert {view.story for view in links} <= {step.id}
        assert {view.lang for view in links} <= {lang}
        seen += len(targets)
    assert seen >= 5


def test_back_and_on_lead_through_all_steps(any_atlas):
    steps = any_atlas.story
    for step, lang, root in every(any_atlas):
        number = steps.index(step)
        context = context_of(any_atlas, step, lang=lang)
        nav = only(root.all("nav", "bv-turn"))
        for rel, other in (("prev", number - 1), ("next", number + 1)):
            links = [a for a in nav.all("a") if a["rel"] == rel]
            if not 0 <= other < len(steps):
                assert links == []
                continue
            view = view_of(only(links), any_atlas)
            assert view == at_step(context.view, steps[other].id, any_atlas)
            passages = steps[other].passages
            title = passages.get(lang, passages["en"]).title
            said = only(links)["aria-label"] or only(links).text
            assert title in said
        place = context.say("story-place", number=number + 1, total=len(steps))
        assert place in only(root.all("p", "bv-where")).text


def test_leaving_keeps_what_the_map_shows_and_opens_the_record(any_atlas):
    for step, lang, root in every(any_atlas):
        free = at_step(default_view(any_atlas).with_(lang=lang), step.id, any_atlas)
        free = free.with_(story="", selected=step.head.focus or "")
        leave = only(only(root.all("p", "bv-where")).all("a"))
        assert view_of(leave, any_atlas) == free
        on = only(root.all("a", "bv-turn-on"))
        is_last = step is any_atlas.story[-1]
        assert (on["rel"] == "next") != is_last
        assert (view_of(on, any_atlas) == free) == is_last


def test_each_chapter_leads_to_its_first_step_and_marks_where_one_is(any_atlas):
    chapters = any_atlas.settings.chapters
    for step, lang, root in every(any_atlas):
        links = only(root.all("ol", "bv-chapters")).all("a")
        assert len(links) == len(chapters)
        for link, chapter in zip(links, chapters, strict=True):
            inside = [s for s in any_atlas.story if s.head.chapter == chapter.id]
            view = view_of(link, any_atlas)
            assert (view.story, view.lang) == (inside[0].id, lang)
            assert len(link.all("i")) == len(inside)
            assert (link["aria-current"] == "step") == (step in inside)
        marks = [i["class"] for link in links for i in link.all("i")]
        number = any_atlas.story.index(step)
        assert marks.count("bv-step-now") == 1
        assert marks.count("bv-step-done") == number


def test_chapters_outside_the_story_mark_no_step(atlantis):
    root = parsed(chapters_html(Context(atlantis, default_view(atlantis))))
    assert len(root.all("i")) == 3
    assert not [i["class"] for i in root.all("i") if i["class"]]
    assert not [a for a in root.all("a") if a["aria-current"]]


def on_map(atlas, step):
    """Layers of a step, with how many records of each the map has; counted here."""
    view = atlas.step_views[step.id]
    hidden = select(atlas, view).hidden
    wholes = {record.part_of for record in atlas.records.values()}
    found = {}
    for record in atlas.records.values():
        layer = layer_of(record, atlas.settings.layers)
        is_drawn = (
            record.id in atlas.positions or record.geometry or record.waypoints
        ) and record.id not in hidden | wholes
        if layer and layer.id in view.layers and is_drawn:
            found[layer.id] = found.get(layer.id, 0) + 1
    return found


def test_the_legend_has_the_layers_with_something_on_the_map(any_atlas):
    for step, lang, root in every(any_atlas):
        context = context_of(any_atlas, step, lang=lang)
        numbers = on_map(any_atlas, step)
        wanted = [
            context.say("layer-count", name=context.plain(x.name), count=numbers[x.id])
            for x in any_atlas.settings.layers
            if x.id in numbers
        ]
        items = [li for s in root.all("section", "bv-key") for li in s.all("li")]
        if step.head.focus:
            link = only(items.pop().all("a"))
            assert view_of(link, any_atlas).selected == step.head.focus
        assert [words(li) for li in items] == [" ".join(w.split()) for w in wanted]


def test_layers_without_anything_are_not_in_the_legend(atlantis):
    """Of `down` and `routes`, the fog's filters leave nothing of `down` on the map."""
    root = told(atlantis, atlantis.story[2])
    key = only(root.all("section", "bv-key"))
    classes = [span["class"] for span in key.all("span") if span["class"]]
    assert classes == ["bv-w-routes"]
