"""Where things are in a site, and how it is spoken of when it is small."""

from __future__ import annotations

import pytest

from borderviz.permalink import LISTS, SHEETS, decode_query, default_view
from borderviz.site.head import locale_name, short
from borderviz.site.names import (
    LinkWriter,
    file_name,
    page_path,
    path_of,
    plain_map,
    record_path,
)


def view_of(atlas, query):
    return decode_query(query, atlas, ()).view


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "A", "a b", "a%2fb", "x\0"])
def test_a_name_that_could_leave_its_folder_is_refused(name):
    with pytest.raises(ValueError, match="cannot name a file"):
        file_name(name)


def test_every_id_of_an_atlas_names_a_file_of_its_own(atlas):
    names = {record_path(identity) for identity in atlas.records}
    assert len(names) == len(atlas.records)


def test_a_text_gives_way_to_sheets_and_lists():
    taken = {f"{name}.html" for name in (*SHEETS, *LISTS)}
    assert {page_path(name) for name in (*SHEETS, *LISTS)}.isdisjoint(taken)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "index.html"),
        ("sel=coral-line", "records/coral-line.html"),
        ("list=places", "places.html"),
        ("show=table", "table.html"),
        ("show=table&sort=-people", "table.html#bv-by-people"),
        ("page=about", "about.html"),
        ("from=1990", "index.html#v=1&from=1990"),
        ("show=table&layers=none", "index.html#v=1&layers=none&show=table"),
    ],
)
def test_every_view_has_a_place(atlantis, query, path):
    base = default_view(atlantis)
    assert path_of(view_of(atlantis, query), base, atlantis) == path


def test_what_is_not_there_is_not_linked(atlantis):
    base = default_view(atlantis)
    write = LinkWriter("records/x.html", base, atlantis)
    assert write(base.with_(selected="nobody")) == ""
    assert write(base.with_(story="nothing")) == ""
    assert write(base.with_(page="nowhere")) == ""


def test_links_are_written_from_where_they_stand(atlantis):
    base = default_view(atlantis)
    write = LinkWriter("records/x.html", base, atlantis)
    assert write(base) == "../index.html"
    assert write.root("assets/a.css") == "../../assets/a.css"
    assert LinkWriter("table.html", base, atlantis).root("a") == "../a"


def test_the_map_opens_what_a_record_page_is_about(atlantis):
    base = default_view(atlantis)
    found = plain_map(base, atlantis, selected="coral-line")
    assert found == "index.html#v=1&sel=coral-line"


def test_a_description_is_cut_at_a_word():
    text = "one two " * 40
    assert short(text, 20) == "one two one two one…"
    assert short("  short \n text ") == "short text"
    assert len(short("x" * 500, 100)) <= 101


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "en_US"), ("ko", "ko_KR"), ("x", "x")]
)
def test_previews_want_a_country_with_a_language(lang, name):
    assert locale_name(lang) == name
