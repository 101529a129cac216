"""A reader's own rows in words, legend and panel; hostile ones in every view."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely

from borderviz.overlay.narrow import Narrowing, mask
from borderviz.overlay_files.raw import Reason
from borderviz.render.css import page_css
from borderviz.render.overlay_css import overlay_css
from borderviz.render.overlay_legend import legend_html
from borderviz.render.overlay_record import row_html
from borderviz.render.overlay_rows import cell_words
from borderviz.render.overlay_strip import own_strips
from borderviz.render.overlay_style import MARKS, OTHER
from borderviz.render.overlay_table import table_html
from borderviz.render.overlay_timeline import band
from borderviz.render.overlay_words import reason_words, said_html, sentence
from borderviz.render.sentence import sentence_html
from borderviz.render.strip_html import strips_html
from borderviz.render.timeline_html import timeline_html
from borderviz.render.web_files import symbol_paths
from hostile import PAYLOADS
from markup import FORBIDDEN, parsed
from overlay.tables import built
from own_rows import along, asked, everything, hostile


def whole(overlay, context, selection):
    """Every view of some rows, by name."""
    shown, narrowing = everything(overlay), Narrowing(words=PAYLOADS[2])
    return {
        "table": table_html(overlay, shown, context),
        "legend": legend_html(overlay, shown, context),
        "timeline": timeline_html(selection, context, band(overlay, shown, context)),
        "strips": strips_html(selection, context, own_strips(overlay, shown, context)),
        "said": said_html(overlay, shown, narrowing, context),
        "rows": "".join(row_html(overlay, n, context) for n in range(len(overlay))),
    }


@pytest.mark.parametrize(("name", "lang"), [("atlas", "ko"), ("atlantis", "en")])
def test_hostile_words_are_shown_and_do_nothing(name, lang, request):
    atlas = request.getfixturevalue(name)
    overlay = hostile(atlas)
    selection, context = asked(atlas, f"lang={lang}")
    views = whole(overlay, context, selection)
    for html in views.values():
        root = parsed(html)
        assert not {node.name for node in root.all()} & FORBIDDEN
        names = {name for node in root.all() for name in node.attributes}
        assert not [name for name in names if name.startswith("on")]
        for node in root.all("a"):
            assert node["href"].startswith("?")
    for view in ("table", "rows"):
        said = parsed(views[view]).text
        for text in PAYLOADS:
            assert text in said
            assert f"{text} h" in said
    legend = parsed(views["legend"]).text
    for category in overlay.categories[: len(MARKS)]:
        assert category in legend
    assert PAYLOADS[0] in parsed(views["said"]).text


def test_every_mark_has_its_shape_and_its_colour(atlantis):
    sheet, page = overlay_css(), page_css(atlantis, symbol_paths())
    assert sheet.count("<style") == sheet.count("</style>") == 1
    shapes = set()
    for mark in (*MARKS, OTHER):
        assert f".bv-c-{mark.token}{{" in page
        shapes.add(re.search(rf"\.bv-y-{mark.symbol}{{(.*?)}}", sheet)[1])
    assert len(shapes) == len(MARKS) + 1


def test_the_sentence_says_what_narrows_the_rows(atlantis):
    overlay = along(atlantis, 40)
    _, context = asked(atlantis)
    words = sentence(overlay, everything(overlay), Narrowing(), context)
    assert words == "Your data “mine.csv”: all 40 rows are shown."
    _, context = asked(atlantis, "from=2013&within=5")
    narrowing = Narrowing(categories=("seen", "told"), words="row 3")
    shown = mask(overlay, narrowing, context.view.filters)
    words = sentence(overlay, shown, narrowing, context)
    count = int(shown.sum())
    assert f"{count} of 40 rows" in words
    for part in ("seen or told", "“row 3”", "from 2013 on", "within 5 km"):
        assert part in words
    off = sentence(overlay, shown, Narrowing(on=False), context)
    assert off == "Your data “mine.csv” (40 rows) is switched off."
    none = np.zeros(40, bool)
    assert "none of 40 rows" in sentence(overlay, none, narrowing, context)


def test_the_line_below_the_sentence_says_what_was_left_out(atlantis):
    bad = ["north", *["37"] * 3]
    overlay = built({"lat": bad, "lon": ["127"] * 4}, atlantis)
    selection, context = asked(atlantis)
    said = said_html(overlay, everything(overlay), Narrowing(), context)
    assert "1 row of the file could not be used." in parsed(said).text
    plain, joined = (
        sentence_html(selection, context, **x) for x in ({}, {"own": said})
    )
    assert said in joined
    assert joined.replace(said, "").replace("> </div>", "></div>") == plain


def test_a_reason_is_said_in_the_readers_language(atlas):
    reason = Reason("view-bar", {"time": "2013", "count": 1200})
    for lang, words in (("en", "2013: 1,200 rows"), ("ko", "2013: 1,200행")):
        assert words in reason_words(reason, asked(atlas, f"lang={lang}")[1])


def test_a_reason_without_what_it_is_about_is_no_fault_of_the_page(atlas):
    context = asked(atlas, "lang=en")[1]
    told = reason_words(Reason("view-bar", {"time": "2013"}), context)
    assert told == context.say("overlay-page-failed")


def test_the_legend_counts_what_is_shown_of_each_category(atlantis):
    overlay = along(atlantis, 40)
    _, context = asked(atlantis)
    shown = np.arange(40) % 4 != 0
    items = [x.text for x in parsed(legend_html(overlay, shown, context)).all("li")]
    totals = np.bincount(overlay.category + 1).tolist()[1:]
    for index, (name, total) in enumerate(zip(overlay.categories, totals, strict=True)):
        count = int((shown & (overlay.category == index)).sum())
        told = f"({total})" if count == total else f"({count} of {total})"
        assert [x for x in items if x.startswith(name) and told in x]
    assert any(x.startswith("Without a category") for x in items)
    assert len(items) == 4


def test_more_categories_than_marks_are_one_line(atlantis):
    names = [f"kind {n % 12}" for n in range(48)]
    overlay = along(atlantis, 48, category=names)
    _, context = asked(atlantis)
    items = parsed(legend_html(overlay, everything(overlay), context)).all("li")
    assert len(items) == len(MARKS) + 1
    assert items[-1].text == "4 more categories (16)"


def test_the_panel_has_every_cell_and_says_whose_it_is(atlantis):
    overlay = along(atlantis, 9)
    _, context = asked(atlantis)
    for index in range(9):
        root = parsed(row_html(overlay, index, context))
        (cells,) = root.all("table", "bv-own-cells")
        found = [
            (row.all("th")[0].text, row.all("td")[0].text) for row in cells.all("tr")
        ]
        row = overlay.rows[index]
        wanted = [cell_words(column[row]) or "empty" for column in overlay.raw.cells]
        assert found == list(zip(overlay.raw.columns, wanted, strict=True))
        assert f"Row {overlay.numbers[index]} of your file mine.csv" in root.text
        (zoom,) = [x for x in root.all("button") if x["data-bv"] == "own-zoom"]
        assert zoom["data-row"] == str(index)
        radius = overlay.radii_km[index]
        known = f"Known within {radius:g} km" if radius == radius else "does not say"
        assert known in root.text


def test_the_panel_says_where_a_row_is_as_it_was_located(atlas):
    overlay = along(atlas, 12)
    _, context = asked(atlas)
    for index in range(12):
        row = overlay.located.iloc[index]
        said = parsed(row_html(overlay, index, context)).text
        title = context.plain(atlas.records[row["border"]].title)
        assert f"{title}." in said
        if row["km_high"] - row["km_low"] < 2:
            low = context.number(round(row["km_low"], 1))
            assert re.search(rf"Kilometre {low}\b", said)
    bare = replace(overlay, located=overlay.located.assign(border=None))
    assert "Along the line" not in row_html(bare, 0, context)


def test_the_panel_says_what_a_line_was_measured_by(atlantis):
    lon, lat = next(iter(atlantis.positions.values()))
    shape = shapely.LineString([(lon, lat), (lon + 0.1, lat)])
    overlay = built({"name": ["a line"]}, atlantis, shapes=[shape])
    said = row_html(overlay, 0, asked(atlantis)[1])
    assert "those of one point on it" in parsed(said).text
