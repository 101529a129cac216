"""The page without a browser: what is drawn, and what a widget does to the address."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from borderviz.permalink import SHEETS, default_view
from borderviz.ui.filter_widgets import PRESET_KEY, YEARS_KEY
from borderviz.ui.state import (
    BASEMAP_KEY,
    CIRCLES_KEY,
    FIELD_KEY,
    LANG_KEY,
    layer_key,
)

ROOT = Path(__file__).parents[2]
ATLANTIS = ROOT / "tests" / "data" / "atlantis"
RECORD = "2001-05-04-reed-bridge-walker"


@pytest.fixture
def page(monkeypatch):
    """Return a function that opens the page of an atlas at an address."""

    def open_(root: Path = ATLANTIS, **query: str) -> AppTest:
        monkeypatch.setenv("BORDERVIZ_ATLAS", str(root))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.query_params.update(query)
        app.run()
        assert not app.exception
        return app

    return open_


def html_of(app: AppTest) -> str:
    """All of our own markup."""
    return "".join(element.proto.body for element in app.get("html"))


def address(app: AppTest) -> dict[str, str]:
    pairs = app.query_params.items()
    return {k: v if isinstance(v, str) else v[0] for k, v in pairs}


def test_the_real_page_has_a_toggle_for_each_layer(page, atlas):
    app = page(ROOT / "geodata")
    for layer in atlas.settings.layers:
        box = app.checkbox(layer_key(layer.id))
        assert box.value is layer.on
        assert box.label.replace("\\", "").startswith(layer.name["en"])
    assert atlas.settings.title["en"] in html_of(app)
    assert address(app) == {}
    assert "bv-error bv-record" not in html_of(app)


def test_a_toggle_is_written_to_the_address_and_taken_back(page, atlantis):
    app = page()
    first = next(layer.id for layer in atlantis.settings.layers if layer.on)
    app.checkbox(layer_key(first)).uncheck().run()
    kept = [i for i in default_view(atlantis).layers if i != first]
    assert address(app) == {"v": "1", "layers": ".".join(kept)}
    app.checkbox(layer_key(first)).check().run()
    assert address(app) == {}
    assert not app.exception


def test_each_widget_is_set_from_the_address(page):
    app = page(lang="eo", layers="none", circles="1", map="topo", sel=RECORD)
    assert app.segmented_control(LANG_KEY).value == "eo"
    assert app.checkbox(layer_key(CIRCLES_KEY.removeprefix("layer-"))).value is True
    assert app.selectbox(BASEMAP_KEY).value == "topo"
    boxes = [b for b in app.checkbox if b.key not in (CIRCLES_KEY, "layers-open")]
    assert boxes
    assert not any(box.value for box in boxes)


def test_a_record_in_the_address_fills_the_panel(page, atlantis):
    markup = html_of(page(sel=RECORD))
    assert atlantis.records[RECORD].title["en"] in markup
    for statement in atlantis.records[RECORD].statements:
        assert statement.text["en"] in markup


def test_the_language_changes_every_word(page, atlantis):
    app = page(sel=RECORD)
    app.segmented_control(LANG_KEY).set_value("eo").run()
    assert address(app) == {"v": "1", "lang": "eo", "sel": RECORD}
    markup = html_of(app)
    assert atlantis.records[RECORD].title["eo"] in markup
    assert atlantis.settings.title["eo"] in markup
    layer = atlantis.settings.layers[0]
    assert (
        app.checkbox(layer_key(layer.id))
        .label.replace("\\", "")
        .startswith(layer.name["eo"])
    )


def test_unknown_things_in_the_address_are_told(page):
    markup = html_of(page(sel="2001-05-04-reed-bridge-walkr", layers="x", who="me"))
    assert "2001-05-04-reed-bridge-walkr" in markup
    assert f"sel={RECORD}" in markup
    for part in ("layers=x", "who=me"):
        assert part in markup


def test_the_server_s_own_parameters_are_kept(page, atlantis):
    app = page(embed="true")
    first = atlantis.settings.layers[0].id
    app.checkbox(layer_key(first)).set_value(False).run()
    assert address(app)["embed"] == "true"
    assert "layers" in address(app)


def break_syntax(root: Path) -> None:
    (root / "facts.toml").write_text("[[[", encoding="utf-8")


def break_encoding(root: Path) -> None:
    (root / "timeline.toml").write_bytes(b"\xff\xfe\x00")


def remove_lines(root: Path) -> None:
    (root / "lines.geojson").unlink()


def empty_settings(root: Path) -> None:
    (root / "atlas.toml").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "file"),
    [
        (break_syntax, "facts.toml"),
        (break_encoding, "timeline.toml"),
        (remove_lines, "lines.geojson"),
        (empty_settings, "atlas.toml"),
    ],
)
def test_damaged_content_is_named_without_a_traceback(page, tmp_path, damage, file):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "atlas"))
    damage(root)
    app = page(root)
    assert html_of(app).count("bv-error bv-record") == 1
    assert file in html_of(app)
    assert "Traceback" not in html_of(app)
    assert not app.checkbox


def test_a_folder_that_is_not_there_is_told(page, tmp_path):
    app = page(tmp_path / "nothing")
    assert html_of(app).count("bv-error bv-record") == 1
    assert "no such file" in html_of(app)


def test_content_changed_on_disk_shows_on_the_next_visit(page, tmp_path):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "atlas"))
    assert "Old name" not in html_of(page(root))
    settings = root / "atlas.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("The two borders of Atlantis", "Old name, newly given"),
        encoding="utf-8",
    )
    assert "Old name, newly given" in html_of(page(root))


def words_of(app: AppTest) -> str:
    return html_of(app).replace("&#39;", "'")


def test_a_prepared_view_sets_filters_and_then_offers_itself_again(page):
    app = page()
    app.selectbox(PRESET_KEY).select("down-on-foot").run()
    assert address(app) == {"v": "1", "dir": "down", "mode": "foot"}
    assert app.selectbox(PRESET_KEY).value == ""
    assert "1 of 5 recorded" in words_of(app)


def test_the_years_narrow_and_widen(page):
    app = page()
    assert app.slider(YEARS_KEY).value == (1969, 2003)
    app.slider(YEARS_KEY).set_range(1970, 2003).run()
    assert address(app) == {"v": "1", "from": "1970"}
    app.slider(YEARS_KEY).set_range(1969, 2003).run()
    assert address(app) == {}


def test_a_month_in_a_link_stays_until_its_end_is_moved(page):
    app = page(**{"from": "1970-06", "to": "2003-07"})
    assert app.slider(YEARS_KEY).value == (1970, 2003)
    app.slider(YEARS_KEY).set_range(1970, 2002).run()
    assert address(app) == {"v": "1", "from": "1970-06", "to": "2002"}


def test_years_beyond_the_atlas_do_not_break_the_slider(page):
    app = page(**{"from": "1066", "to": "2999"})
    assert app.slider(YEARS_KEY).value == (1969, 2003)
    app = page(**{"from": "2999", "to": "1066"})
    assert "None of the 5" in words_of(app)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("lang", ["en", "eo"])
def test_every_sheet_opens_also_when_nothing_is_selected(page, sheet, lang):
    for more in ({}, {"mode": "dolphin", "dir": "down"}):
        app = page(show=sheet, lang=lang, **more)
        opened = re.findall(r'bv-tab-(\w+)" aria-expanded="true"', html_of(app))
        assert opened == [sheet]


def test_search_answers_and_escapes(page):
    app = page()
    app.text_input(FIELD_KEY).set_value("Reed Bridge").run()
    assert "bv-hits" in html_of(app)
    app.text_input(FIELD_KEY).set_value("<img src=x onerror=alert(1)>").run()
    assert "&lt;img" in html_of(app) or "bv-item" in html_of(app)
    assert "<img" not in html_of(app)


def test_unknown_filters_are_told(page):
    markup = html_of(page(mode="jetpack", within="x", sort="colour", show="all"))
    for part in ("mode=jetpack", "within=x", "sort=colour", "show=all"):
        assert part in markup


def body_of(app: AppTest) -> str:
    """Our own markup without its styles, which name every class."""
    return re.sub(r"(?s)<style.*?</style>", "", html_of(app))


def test_a_step_of_the_story_opens_from_its_link(page, atlantis):
    app = page(story="reed-bridge")
    markup = body_of(app)
    step = atlantis.story[0]
    assert step.passages["en"].title in markup
    assert atlantis.story[1].passages["en"].title in markup  # the way on
    assert "bv-in-story" in markup
    assert "bv-sentence" not in markup
    assert address(app) == {"story": "reed-bridge"}
    assert not app.checkbox
    assert not app.slider


@pytest.mark.parametrize("lang", ["en", "eo"])
@pytest.mark.parametrize("story", ["reed-bridge", "two-lines", "fog"])
def test_every_step_opens_in_every_language(page, atlantis, lang, story):
    app = page(story=story, lang=lang)
    (step,) = (step for step in atlantis.story if step.id == story)
    titles = step.titles
    assert f">{titles.get(lang, titles['en'])}</h2>" in body_of(app)
    assert app.segmented_control(LANG_KEY).value == lang


def test_the_story_goes_on_in_another_language(page, atlantis):
    app = page(story="two-lines")
    app.segmented_control(LANG_KEY).set_value("eo").run()
    assert address(app) == {"v": "1", "lang": "eo", "story": "two-lines"}
    assert atlantis.story[1].titles["eo"] in body_of(app)


def test_a_record_is_read_without_leaving_the_story(page, atlantis):
    markup = body_of(page(story="fog", sel=RECORD))
    assert atlantis.records[RECORD].title["en"] in markup
    assert "story=fog" in markup  # the way back


def test_a_step_with_a_view_of_its_own_leads_to_the_free_map(page):
    app = page(story="fog", layers="sites")
    markup = body_of(app)
    assert "story=fog" in markup  # what was left out is told
    assert "bv-in-story" not in markup
    assert app.checkbox(layer_key("sites")).value is True
    assert app.checkbox(layer_key("down")).value is False


def test_a_page_opens_from_its_link_over_the_map(page, atlantis):
    app = page(page="about")
    markup = body_of(app)
    passage = atlantis.pages[0].passages["en"]
    assert f">{passage.title}</h2>" in markup
    assert 'aria-current="page"' in markup
    assert "bv-in-page" in markup
    assert atlantis.fingerprint in markup
    assert address(app) == {"page": "about"}
    assert not app.checkbox


def test_a_page_lies_over_a_step_and_both_stay_in_the_address(page, atlantis):
    app = page(page="about", story="fog", lang="eo")
    assert atlantis.pages[0].titles["eo"] in body_of(app)
    assert address(app) == {"page": "about", "story": "fog", "lang": "eo"}


@pytest.mark.parametrize(
    ("key", "value"), [("story", "foggy"), ("page", "abuot"), ("page", "<b>")]
)
def test_an_unknown_step_or_page_leads_to_the_map_and_is_told(page, key, value):
    app = page(**{key: value})
    markup = body_of(app)
    assert f"{key}={value}".replace("<", "&lt;").replace(">", "&gt;") in markup
    assert "<b></" not in markup
    assert "bv-in-" not in markup
    assert app.checkbox


def test_story_and_pages_are_found_in_the_header(page, atlas, atlantis):
    for root, found in ((ATLANTIS, atlantis), (ROOT / "geodata", atlas)):
        markup = body_of(page(root))
        assert f"story={found.story[0].id}" in markup
        assert f"page={found.pages[0].id}" in markup
        assert f">{found.pages[0].passages['en'].label}</a>" in markup


def test_a_broken_step_is_named_without_a_traceback(page, tmp_path):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "atlas"))
    (root / "story" / "03-fog.en.md").write_text("no front matter", encoding="utf-8")
    app = page(root, story="fog")
    assert "story/03-fog.en.md" in body_of(app)
    assert "Traceback" not in body_of(app)
    assert not app.checkbox


def test_an_atlas_without_story_and_pages_has_no_way_to_them(page, tmp_path):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "atlas"))
    settings = root / "atlas.toml"
    text = settings.read_text(encoding="utf-8")
    start, end = text.index("[[chapters]]"), text.index("[[groups]]")
    text = text[:start] + text[end:]
    for line in ('story = "story"\n', 'pages = "pages"\n'):
        text = text.replace(line, "")
    settings.write_text(text, encoding="utf-8")
    markup = body_of(page(root))
    assert "bv-ways" not in markup
    assert "story=" not in markup
