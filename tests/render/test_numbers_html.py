"""Competing numbers as a page: a table without its plot, marks where they belong."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.competing import Row, compare
from borderviz.content import load
from borderviz.permalink import decode, default_view
from borderviz.questions import Claim
from borderviz.render.context import Context
from borderviz.render.numbers_curve import spaced
from borderviz.render.numbers_html import numbers_html
from borderviz.render.numbers_plot import axis_of, marks
from hostile import shown
from markup import parsed

# What the page's sanitiser lets through, of what is used here.
ALLOWED = {
    *("article", "details", "div", "h3", "h4", "nav", "p", "summary"),
    *("a", "b", "i", "small", "span", "sup", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "th", "thead", "tr"),
}
HERE = re.compile(r"(?:left|width|top):(-?[\d.]+)%")


def page(atlas, **changes):
    return parsed(numbers_html(Context(atlas, default_view(atlas).with_(**changes))))


def article(root, identity):
    (found,) = (a for a in root.all("article") if a["id"] == f"bv-q-{identity}")
    return found


def rows_of(node):
    """Who and what, row for row, as one who cannot see the plot gets it."""
    rows = [row for row in node.all("tr") if row.all("td", "bv-n")]
    return [
        (row.all("th")[0].text, row.all("td", "bv-n")[0].text)
        for row in rows
        if row.all("th")[0]["scope"] == "row"
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_every_page_is_whole_and_passes_the_sanitiser(any_atlas, number):
    root = page(any_atlas, lang=list(any_atlas.settings.languages)[number])
    for node in root.all():
        assert node.name in ALLOWED
        assert not [name for name in node.attributes if name.startswith("on")]
    ids = [node["id"] for node in root.all() if node["id"]]
    assert len(ids) == len(set(ids))
    for link in root.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids
        elif link["href"].startswith("?"):
            pairs = (part.split("=", 1) for part in link["href"][1:].split("&"))
            assert decode(dict(pairs), any_atlas, ()).ignored == ()
        else:
            assert link["href"].startswith(("https://", "http://"))


def test_what_the_content_says_is_shown_and_not_run(hostile):
    root = page(hostile)
    for question in hostile.questions:
        node = article(root, question.id)
        assert shown(question.title["en"]) in node.text
        for claim in question.claims:
            assert shown(claim.who["en"]) in node.text
        for reason in question.reasons:
            assert shown(reason.text["en"]) in node.text


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_each_value_stands_in_a_table_with_who_says_it(request, name):
    atlas = request.getfixturevalue(name)
    root, context = page(atlas), Context(atlas, default_view(atlas))
    for question in atlas.questions:
        found, node = compare(question, atlas), article(root, question.id)
        groups = [group for panel in (*found.panels, found.parts) for group in panel]
        tables = node.all("table", "bv-q-table")
        rows = [pair for table in tables for pair in rows_of(table)]
        assert len(rows) == sum(len(group.rows) for group in groups)
        assert all(table.all("caption") for table in tables)
        heads = [head.text for table in tables for head in table.all("th")]
        assert all(g.name is None or any(context.plain(g.name) in h for h in heads)
                   for g in groups)  # fmt: skip
        told = iter(rows)
        for row in (row for group in groups for row in group.rows):
            who, value = next(told)
            for end in row.numbers:
                assert context.number(end) in value
            assert (
                context.plain(row.claim.who if row.claim else {"en": "measured here"})
                in who
            )


def test_values_are_written_as_exactly_as_they_are_stated(atlantis):
    root = page(atlantis)
    values = dict(rows_of(article(root, "coral-length").all("table", "bv-q-table")[0]))
    found = {who.split(",")[0].rstrip("0123456789–"): v for who, v in values.items()}
    assert found["old fishers"] == "about 120–140"
    assert found["usual figure"] == "130"
    assert found["a song"] == "longer than anyone can walk"
    assert "Stated:" not in article(root, "coral-length").text
    fish = [value for _, value in rows_of(article(root, "singing-fish-count"))]
    assert fish == ["12.5", "at least 1,000"]
    quiet = rows_of(article(root, "quiet-area"))
    stated = [value for who, value in quiet if who != "measured here"]
    assert stated == ["about 500", "at most 90", "40"]


def test_no_average_is_among_the_values(atlas):
    root, context = page(atlas), Context(atlas, default_view(atlas))
    assert "Stated: 237 to 250 km." in root.text
    for question in atlas.questions:
        values = [value for _, value in rows_of(article(root, question.id))]
        for panel in compare(question, atlas).panels:
            for numbers in (
                [n for r in group.rows for n in r.numbers] for group in panel
            ):
                mean = sum(numbers) / len(numbers)
                assert mean in numbers or context.number(mean) not in values


def test_guesses_have_no_axis(atlantis):
    root = page(atlantis)
    assert not article(root, "singing-fish-count").all("div", "bv-q-plot")
    assert article(root, "coral-length").all("div", "bv-q-plot")


def test_unlike_units_have_axes_of_their_own(atlantis):
    root = page(atlantis)
    assert len(article(root, "quiet-area").all("table", "bv-q-table")) == 2
    assert len(article(root, "coral-length").all("table", "bv-q-table")) == 1


def test_no_mark_leaves_its_axis(any_atlas):
    for node in page(any_atlas).all("i"):
        for number in HERE.findall(node["style"]):
            assert 0 <= float(number) <= 100


def test_the_curve_has_words_and_the_same_numbers_as_a_table(atlantis):
    node = article(page(atlantis), "coral-length")
    (plot,) = node.all("div", "bv-q-curve")
    profile = compare(atlantis.questions[0], atlantis).profile
    whole = f"{profile.points[0].length_km:,.1f}"
    assert plot["role"] == "img"
    assert whole in plot["aria-label"]
    (table,) = node.all("table", "bv-q-points")
    cells = [[cell.text for cell in row.all("td")] for row in table.all("tr")[1:]]
    assert cells[0][0] == whole
    assert len(cells) == len(profile.points)
    assert "lines.geojson" in node.text
    assert atlantis.fingerprint in node.text


def test_sources_are_numbered_by_their_first_use(any_atlas):
    for node in page(any_atlas).all("article"):
        numbers = [item["value"] for ol in node.all("ol") for item in ol.all("li")]
        assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
        assert node.all("sup")[0].text.startswith("1")


def test_words_in_another_language_are_marked(atlantis):
    title = article(page(atlantis, lang="eo"), "singing-fish-count").all("h3")[0]
    assert title.all("span")[0].language() == "en"
    assert page(atlantis, lang="eo").all("div")[0].language() == "eo"


def test_an_atlas_without_questions_has_no_page(edit_text, atlantis_copy):
    edit_text("atlas.toml", 'questions = "questions.toml"\n', "")
    atlas = load(atlantis_copy)
    assert numbers_html(Context(atlas, default_view(atlas))) == ""


@given(
    st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=8),
    st.sampled_from([0, 0.85]),
    st.integers(2, 9),
)
def test_every_number_lies_on_its_axis(numbers, close, steps):
    axis = axis_of(numbers, close=close, steps=steps)
    assert axis.ticks[0] == axis.low
    assert axis.ticks[-1] == pytest.approx(axis.high)
    assert 1 <= axis.steps <= steps + 2
    for number in numbers:
        assert -1e-9 <= axis.at(number) <= 1 + 1e-9
    assert f"{axis.step:.0e}"[0] in "125"


def test_an_open_end_has_room_to_fade_and_words_have_no_mark():
    assert marks(Row(None, None), axis_of([10])) == ""
    assert axis_of([200], room=[200]).high > 200
    assert axis_of([200]).high == 200


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Row(5, 5), "bv-q-own"),
        (Row(5, 5, {"value": 5}), "bv-q-dot"),
        (Row(5, 5, {"value": 5, "about": True}), "bv-q-dot bv-q-about"),
        (Row(2, 5, {"low": 2, "high": 5}), "bv-q-bar"),
        (Row(2, None, {"low": 2}), "bv-q-bar bv-q-from"),
        (Row(None, 5, {"high": 5}), "bv-q-bar bv-q-to"),
    ],
)
def test_each_form_of_a_value_has_its_mark(row, name):
    if row.claim:
        claim = Claim(who={"en": "w"}, record="r", sources=["s"], **row.claim)
        row = Row(row.low, row.high, claim)
    (mark,) = parsed(marks(row, axis_of([10]))).all("i")
    assert mark["class"] == name
    start, *width = (float(number) for number in HERE.findall(mark["style"]))
    assert start == 10 * (row.low or 0)
    assert width == (
        [10 * ((row.high or 10) - (row.low or 0))] if "bar" in name else []
    )


@given(st.lists(st.floats(0, 1), max_size=12).map(sorted), st.floats(0.01, 0.2))
def test_names_keep_their_order_and_their_distance(places, gap):
    found = spaced(places, gap)
    assert len(found) == len(places)
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(found))
    if all(b - a >= gap for a, b in pairwise(places)):
        assert all(
            math.isclose(a, b, abs_tol=1e-9) for a, b in zip(found, places, strict=True)
        )
