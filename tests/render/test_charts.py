"""Charts: the right sums, a valid drawing, words for all of it, and only words."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter

import pytest

from borderviz.arrivals import arrivals
from borderviz.content import load
from borderviz.permalink import default_view
from borderviz.render.chart_layout import IS_TALL, LINES
from borderviz.render.chart_rare import own_crossings
from borderviz.render.charts import COLOURS, charts
from borderviz.render.context import Context
from borderviz.texts import catalogue, number_words
from borderviz.theme import load_theme
from hostile import ALL, hostile_copy
from markup import parsed

EVENTS = ("crossing", "incident", "authorised")
ARRIVALS = ["arrivals", "total", "rare"]
BY_RECORD = ["decades", "areas", "modes"]
FORBIDDEN = {"href", "url", "expr", "signal", "calculate", "filter", "params", "src"}
CASES = [(a, lang) for a in ("atlas", "atlantis") for lang in ("en", "ko", "eo")]


def events(atlas):
    return [r for r in atlas.records.values() if r.kind in EVENTS]


def context_of(atlas, lang="en"):
    return Context(atlas, default_view(atlas).with_(lang=lang))


def drawn(atlas, lang="en", records=None, scheme="light"):
    records = events(atlas) if records is None else records
    found = charts(records, context_of(atlas, lang), scheme)
    return {chart.id: chart for chart in found}


def layers(chart):
    return chart.chart.to_dict()["layer"]


def rows(chart, layer=0):
    """The data of a layer, which Altair puts together at the end of the spec."""
    spec = chart.chart.to_dict()
    part = spec["layer"][layer]
    return spec["datasets"][part.get("data", spec.get("data"))["name"]]


def walk(part, path=()):
    """Every value of a spec outside its data, with the keys that lead to it."""
    if isinstance(part, dict):
        for key, inner in part.items():
            if key != "datasets":
                yield from walk(inner, (*path, key))
    elif isinstance(part, list):
        for inner in part:
            yield from walk(inner, path)
    else:
        yield path, part


@pytest.mark.parametrize(("name", "lang"), CASES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_is_valid_and_named(request, name, lang, scheme):
    atlas = request.getfixturevalue(name)
    found = drawn(atlas, lang, scheme=scheme)
    assert list(found) == ARRIVALS + BY_RECORD
    for chart in found.values():
        spec = chart.chart.to_dict()
        assert spec["description"] == chart.summary
        assert chart.title
        assert chart.caveats
        assert parsed(chart.sources).text
        encodings = [layer["encoding"] for layer in spec["layer"]]
        for channel in ("x", "y"):
            titles = [e[channel]["title"] for e in encodings if "title" in e[channel]]
            assert titles
            assert all(titles)
        json.dumps(spec, allow_nan=False)


def test_every_mark_says_what_it_is_or_is_not_read_out(atlas):
    for chart in drawn(atlas).values():
        for number, layer in enumerate(layers(chart)):
            encoding = layer["encoding"]
            is_silent = layer["mark"].get("aria") is False
            assert is_silent != ("description" in encoding)
            assert is_silent != ("tooltip" in encoding)
            if not is_silent:
                field = encoding["description"]["field"]
                assert all(row[field] for row in rows(chart, number))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_arrivals_add_up_by_sex_and_in_all(atlas, lang):
    by_part = Counter()
    for row in rows(drawn(atlas, lang)["arrivals"]):
        by_part[row["part"]] += row["count"]
    words = catalogue(lang)
    assert by_part == {words["chart-women"]: 24_944, words["chart-men"]: 9_593}
    summary = drawn(atlas, lang)["arrivals"].summary
    assert all(number in summary for number in ("34,537", "24,944", "9,593", "2,914"))


def test_merged_years_are_named_as_such_and_stand_apart(atlas):
    chart = drawn(atlas)["arrivals"]
    by_bar = Counter()
    for row in rows(chart):
        by_bar[row["bar"]] += row["count"]
    assert by_bar["1998 and before"] == 947
    assert by_bar["1999–2001"] == 1043
    assert by_bar["2025"] == 223
    assert not {"1998", "1999", "2000", "2001"} & set(by_bar)
    axis = layers(chart)[0]["encoding"]["x"]
    domain = axis["scale"]["domain"]
    assert domain[:4] == ["1998 and before", "1999–2001", " ", "2002"]
    assert {"1998 and before", "1999–2001", "2025"} <= set(axis["axis"]["values"])
    assert set(domain) - {" "} == set(by_bar)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_a_reader_must_know_stands_open(atlas, lang):
    caveats = drawn(atlas, lang)["arrivals"].caveats
    open_ = "".join(c.text for c in map(parsed, caveats) if not c.all("details"))
    given = [row for row in atlas.arrivals["rows"] if "note" in row]
    notes = {row["year"]: row["note"][lang] for row in given}
    for year in ("until-1998", "1999-2001", "2020", "2025"):
        assert notes[year] in open_
    assert notes["2011"] not in open_
    folded = parsed("".join(caveats)).all("details")[0].text
    assert notes["2011"] in folded
    assert atlas.arrivals["how_to_read"][lang] in folded


def test_people_whose_sex_is_not_known_are_drawn(atlantis):
    given = [{"year": "2002", "total": 9, "female": 4, "sources": []}]
    changed = dataclasses.replace(atlantis, arrivals={"rows": given})
    found = {row["part"]: row["count"] for row in rows(drawn(changed)["arrivals"])}
    assert found == {"women": 4, "not known": 5}


def test_the_running_total_ends_at_the_sum(atlas):
    chart = drawn(atlas)["total"]
    data = rows(chart)
    assert data[-1]["count"] == atlas.arrivals["sum_total"] == 34_537
    assert (data[0]["year"], data[0]["count"]) == (1998, 947)
    assert [r["count"] for r in data] == sorted(r["count"] for r in data)
    assert "34,537" in chart.summary
    half = next(r["year"] for r in data if 2 * r["count"] >= 34_537)
    assert str(half) in chart.summary


def test_the_rare_are_on_the_axis_of_all(atlas):
    chart = drawn(atlas)["rare"]
    large, small = rows(chart, 0), rows(chart, 1)
    totals = {row.last: row.total for row in arrivals(atlas.arrivals).whole}
    assert [r["bar"] for r in large] == [r["bar"] for r in small]
    for one, few in zip(large, small, strict=True):
        assert one["count"] == few["all"] == totals[int(one["bar"])]
    counts = {r["bar"]: r["count"] for r in small}
    assert counts["2024"] == 3
    assert not {"2015", "2017", "2025"} & set(counts)
    share = number_words(100 * 3 / 236, "en")
    assert f"3 beside 236, {share}%" in chart.summary
    assert layers(chart)[0]["encoding"]["x"] == layers(chart)[1]["encoding"]["x"]


def test_without_a_count_the_atlas_s_own_crossings_stand_in_and_say_so(atlas):
    without = {k: v for k, v in atlas.arrivals.items() if k != "direct"}
    changed = dataclasses.replace(atlas, arrivals=without)
    own, unknown = own_crossings(context_of(atlas))
    chart = drawn(changed)["rare"]
    for row in rows(chart, 1):
        assert row["count"] == own[int(row["bar"])]
    text = "".join(parsed(c).text for c in chart.caveats)
    assert "not an official count" in text
    assert str(unknown) in text
    assert own.total() == sum(
        r.people or 0
        for r in atlas.records.values()
        if r.kind == "crossing" and r.direction == "south"
    )


def test_an_atlas_without_arrivals_has_the_other_charts(atlantis):
    assert list(drawn(dataclasses.replace(atlantis, arrivals={}))) == BY_RECORD


def test_an_atlas_without_areas_has_no_chart_of_them(atlantis):
    settings = atlantis.settings
    vocabulary = settings.vocabulary.model_copy(update={"area": {}})
    changed = settings.model_copy(update={"vocabulary": vocabulary})
    found = drawn(dataclasses.replace(atlantis, settings=changed))
    assert list(found) == [*ARRIVALS, "decades", "modes"]


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_record_is_counted_once(request, name, lang):
    atlas = request.getfixturevalue(name)
    records = events(atlas)
    for selected in (records, records[::3], records[:1]):
        found = drawn(atlas, lang, selected)
        for identity in set(BY_RECORD) & set(found):
            chart = found[identity]
            assert sum(row["count"] for row in rows(chart)) == len(selected)
            assert sum(row["count"] for row in rows(chart, 1)) == len(selected)
            assert number_words(len(selected), lang) in chart.summary


def test_each_bar_has_its_own_records(atlas):
    found = drawn(atlas)
    fields = {"areas": ("area", "direction"), "modes": ("mode", "mode")}
    for identity, (bar, part) in fields.items():
        terms = [getattr(atlas.settings.vocabulary, field) for field in (bar, part)]
        wanted = Counter(
            tuple(
                terms[n][getattr(r, field)].name["en"]
                for n, field in enumerate((bar, part))
            )
            for r in events(atlas)
        )
        data = {(r["name"], r["part"]): r["count"] for r in rows(found[identity])}
        assert data == dict(wanted)
    decades = Counter(r.date[:3] + "0s" for r in events(atlas))
    assert {r["name"]: r["count"] for r in rows(found["decades"], 1)} == decades


def test_a_decade_without_records_is_there_and_empty(atlantis):
    names = {r["name"]: r["count"] for r in rows(drawn(atlantis)["decades"], 1)}
    assert names == {"1960s": 1, "1970s": 1, "1980s": 0, "1990s": 0, "2000s": 3}


def test_a_record_without_date_or_mode_is_counted_as_such(atlantis):
    record = events(atlantis)[0].model_copy(update={"date": None, "mode": None})
    found = drawn(atlantis, records=[record])
    assert [r["name"] for r in rows(found["decades"])] == ["no date"]
    assert [r["part"] for r in rows(found["modes"])] == ["not stated"]


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_with_nothing_selected_only_the_arrivals_are_drawn(request, name):
    assert list(drawn(request.getfixturevalue(name), records=[])) == ARRIVALS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_the_map_s_and_no_filter_changes_them(atlas, scheme):
    tokens = getattr(load_theme(), scheme)

    def colours(identity, records):
        found = drawn(atlas, records=records, scheme=scheme)[identity]
        scale = layers(found)[0]["encoding"]["color"]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))

    ways = colours("areas", events(atlas))
    assert ways["to the South"] == tokens["south"]
    assert ways["to the North"] == tokens["north"]
    assert len(set(ways.values())) == len(ways)
    modes = colours("modes", events(atlas))
    assert len(set(modes.values())) == len(modes)
    boats = [r for r in events(atlas) if r.mode == "boat"]
    assert colours("modes", boats) == {"by boat": modes["by boat"]}
    spec = json.dumps([c.chart.to_dict() for c in drawn(atlas, scheme=scheme).values()])
    other = getattr(load_theme(), "dark" if scheme == "light" else "light")
    assert tokens["ink"] in spec
    assert other["ink"] not in spec


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_can_be_seen_on_the_panel(scheme):
    tokens = getattr(load_theme(), scheme)
    own = [name for name in tokens if name.startswith("chart-")]
    assert {f"chart-{n + 1}" for n in range(COLOURS)} <= set(own)
    for name in (*own, "south", "north"):
        pair = sorted((luminance(tokens[name]), luminance(tokens["panel"])))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, name


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_sources_name_each_publisher_once_and_link_only_where_it_is_allowed(
    request, name
):
    atlas = request.getfixturevalue(name)
    for identity in ARRIVALS:
        chart = drawn(atlas)[identity]
        node = parsed(chart.sources)
        links = node.all("a")
        assert len({link.text for link in links}) == len(links)
        assert links
        for link in links:
            assert link["rel"] == "noopener noreferrer"
            host = link["href"].split("/")[2]
            hosts = atlas.settings.link_hosts
            assert any(host == h or host.endswith(f".{h}") for h in hosts)
    cited = {s for row in arrivals(atlas.arrivals).whole for s in row.sources}
    publishers = {atlas.sources[s].publisher for s in cited}
    text = parsed(drawn(atlas)["arrivals"].sources).text
    assert all(publisher in text for publisher in publishers)


def marks(spec):
    """All layers of a chart that draw something."""
    if "mark" in spec:
        yield spec
    for layer in spec.get("layer", ()):
        yield from marks(layer)


@pytest.mark.parametrize("lang", ["en", "eo"])
def test_hostile_words_stay_data(atlantis, tmp_path, lang):
    atlas = load(hostile_copy(atlantis.root, tmp_path / "hostile"))
    own = {words for words in catalogue("en").values() if isinstance(words, str)}
    for chart in drawn(atlas, lang).values():
        spec = chart.chart.to_dict()
        for path, value in walk(spec):
            assert not FORBIDDEN & set(path), path
            if "labelExpr" in path or "test" in path:
                assert value in (LINES, IS_TALL)
            if "tooltip" in path and path[-1] == "title":
                assert value in own
            assert path[-1] != "field" or str(value).isalpha()
        for mark in marks(spec):
            # Left out, the page would fill it in with the titles of the axes.
            assert "tooltip" in mark["encoding"] or mark["mark"]["tooltip"] is None
        markup = parsed("".join([*chart.caveats, chart.sources]))
        names = {node.name for node in markup.all()}
        assert names <= {"p", "b", "a", "span", "small", "details", "summary"}


@pytest.mark.parametrize("text", ALL, ids=lambda t: repr(t[:30]))
def test_any_text_can_name_a_bar_a_part_and_the_unit(atlantis, text):
    words = {"en": text}
    settings = atlantis.settings
    foot = settings.vocabulary.mode["foot"].model_copy(update={"name": words})
    modes = {**settings.vocabulary.mode, "foot": foot}
    vocabulary = settings.vocabulary.model_copy(update={"mode": modes})
    changed = dataclasses.replace(
        atlantis,
        settings=settings.model_copy(update={"vocabulary": vocabulary}),
        arrivals={**atlantis.arrivals, "unit": words, "title": words, "check": words},
    )
    for chart in drawn(changed).values():
        written = json.dumps(chart.chart.to_dict(), ensure_ascii=False).encode()
        assert written
        for path, value in walk(chart.chart.to_dict()):
            if "labelExpr" in path or "test" in path:
                assert value in (LINES, IS_TALL)
