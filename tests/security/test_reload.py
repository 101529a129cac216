"""An atlas edited while it is served: the last good version stays, and it is said."""

from __future__ import annotations

import gc
import json
import shutil
import threading
import weakref
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from borderviz import reading
from borderviz.content import content_files, read
from borderviz.errors import ContentError
from borderviz.texts import say
from borderviz.ui import data
from borderviz.ui.data import TRIES, Keeper
from browser.audit import axe_source, faults

ROOT = Path(__file__).parents[2]
TITLE = "The two borders of Atlantis"
CHOIR = "2002-03-01-choir"


@pytest.fixture
def root(atlantis_copy):
    return atlantis_copy


@pytest.fixture
def keeper(root):
    return Keeper(root)


def edit(path, old, new):
    """Save a file the way most editors do: emptied first, then written."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rename(root, title, *, since=TITLE):
    edit(root / "atlas.toml", TITLE if since == "Title -1" else since, title)


def features(root, name, change):
    path = root / name
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["features"])
    path.write_text(json.dumps(document), encoding="utf-8")


# --- every damage: what is told, and that nothing is lost ----------------------------


def missing(root):
    (root / "facts.toml").unlink()


def a_folder_instead(root):
    (root / "facts.toml").unlink()
    (root / "facts.toml").mkdir()


def link_out(root):
    secret = root.parent / "secret.toml"
    secret.write_text("password = 'hunter2'", encoding="utf-8")
    (root / "facts.toml").unlink()
    (root / "facts.toml").symlink_to(secret)


def folder_link_out(root):
    outside = root.parent / "outside"
    shutil.move(root / "story", outside)
    (root / "story").symlink_to(outside)


def links_in_a_circle(root):
    (root / "facts.toml").unlink()
    (root / "facts.toml").symlink_to(root / "facts.toml")


def not_toml(root):
    (root / "facts.toml").write_text("[[fact]\nid = ", encoding="utf-8")


def not_json(root):
    (root / "sources.json").write_text('{"a": ', encoding="utf-8")


def not_utf8(root):
    (root / "facts.toml").write_bytes("이름 = 1".encode("euc-kr"))


def emptied(root):
    (root / "atlas.toml").write_bytes(b"")


def the_same_id_twice(root):
    features(root, "sites.geojson", lambda found: found.append(found[0]))


def a_source_that_is_not_there(root):
    path = root / "sources.json"
    sources = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(sources[1:]), encoding="utf-8")


def a_reference_to_nothing(root):
    edit(root / "crossings.geojson", '"uncertainty_km": 3,', '"landmark": "nowhere",')


def deeply_nested(root):
    (root / "sources.json").write_text("[" * 100_000, encoding="utf-8")


DAMAGES = (
    (missing, "facts.toml", "no such file"),
    (a_folder_instead, "facts.toml", "a folder"),
    (link_out, "facts.toml", "a path out of the atlas folder"),
    (folder_link_out, "story", ""),
    (links_in_a_circle, "facts.toml", "links in a circle"),
    (not_toml, "facts.toml", "line 1"),
    (not_json, "sources.json", "line 1"),
    (not_utf8, "facts.toml", "not UTF-8"),
    (emptied, "atlas.toml", "says nothing"),
    (the_same_id_twice, "sites.geojson", ""),
    (a_source_that_is_not_there, "", "source"),
    (a_reference_to_nothing, "crossings.geojson", "nowhere"),
    (deeply_nested, "sources.json", "recursion"),
)


@pytest.mark.parametrize(
    ("damage", "file", "found"), DAMAGES, ids=[d[0].__name__ for d in DAMAGES]
)
def test_the_last_good_version_stays_and_is_left_when_mended(
    keeper, root, damage, file, found
):
    before = keeper.current()
    whole = root.parent / "whole"
    shutil.copytree(root, whole, symlinks=True)
    damage(root)
    kept = keeper.current()
    assert kept.atlas is before.atlas
    assert kept.script == before.script
    assert kept.trouble.problems
    told = "\n".join(map(str, kept.trouble.problems))
    assert file in told
    assert found in told
    assert "hunter2" not in told
    shutil.rmtree(root)
    shutil.copytree(whole, root)
    mended = keeper.current()
    assert mended.trouble is None
    assert mended.atlas.fingerprint == before.atlas.fingerprint


def test_a_file_that_may_not_be_read_is_told(keeper, root, monkeypatch):
    """As the system says it; whoever runs the tests may be allowed to read all."""
    whole = Path.read_text

    def read_text(path, *args, **kwargs):
        if path.name == "facts.toml":
            raise PermissionError(13, "Permission denied")
        return whole(path, *args, **kwargs)

    before = keeper.current()
    monkeypatch.setattr(Path, "read_text", read_text)
    (root / "facts.toml").touch()
    (problem,) = [
        p for p in keeper.current().trouble.problems if p.file == "facts.toml"
    ]
    assert problem.found == "Permission denied"
    assert keeper.current().atlas is before.atlas


def test_a_good_change_is_shown(keeper, root):
    before = keeper.current()
    assert keeper.current().atlas is before.atlas
    rename(root, "Another title")
    after = keeper.current()
    assert after.atlas.settings.title["en"] == "Another title"
    assert after.atlas.fingerprint != before.atlas.fingerprint
    assert after.trouble is None
    assert before.atlas.settings.title["en"] == TITLE


def test_an_old_version_is_freed(keeper, root):
    """Whoever edits all day must not fill the memory; the one before may be kept."""
    found = []
    for number in range(4):
        found.append(weakref.ref(keeper.current().atlas))
        rename(root, f"Title {number}", since=f"Title {number - 1}")
        keeper.current()
    gc.collect()
    assert [ref() for ref in found[:-1]] == [None] * 3


def test_a_file_of_the_same_size_and_time_is_noticed(keeper, root):
    """A tool may set the time back; what it writes is another file all the same."""
    before = keeper.current()
    path = root / "atlas.toml"
    stat = path.stat()
    other = root.parent / "other"
    text = path.read_text(encoding="utf-8")
    other.write_text(text.replace(TITLE, TITLE[::-1]), encoding="utf-8")
    shutil.copystat(path, other)
    other.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (
        stat.st_size,
        stat.st_mtime_ns,
    )
    assert keeper.current().atlas.settings.title["en"] == TITLE[::-1]
    assert keeper.current().atlas is not before.atlas


def test_a_broken_atlas_is_read_once_not_with_every_visit(keeper, root, monkeypatch):
    not_toml(root)
    with pytest.raises(ContentError):
        keeper.current()
    monkeypatch.setattr(data, "load", pytest.fail)
    with pytest.raises(ContentError) as again:
        keeper.current()
    assert again.value.problems


# --- saved while it is read ----------------------------------------------------------


@pytest.fixture
def while_reading(monkeypatch):
    """Do something at the moment when one file of the atlas has been read."""

    def arrange(name, act):
        text = reading.Folder.text

        def spy(folder, asked):
            found = text(folder, asked)
            if asked == name:
                act()
            return found

        monkeypatch.setattr(reading.Folder, "text", spy)

    return arrange


def title_and_fact(atlas):
    fact = next(r for r in atlas.records.values() if r.kind == "fact")
    return atlas.settings.title["en"], fact.title["en"]


def set_both(root, words):
    """Write one word into two files, as one change to both would."""
    for name, key in (("atlas.toml", "title = {"), ("facts.toml", "title = {")):
        path = root / name
        head, mark, rest = path.read_text(encoding="utf-8").partition(key)
        _, end, rest = rest.partition("}")
        assert mark
        path.write_text(f'{head}{mark}en = "{words}"{end}{rest}', encoding="utf-8")


def test_files_saved_while_they_are_read_do_not_mix(keeper, root, while_reading):
    set_both(root, "one")
    assert title_and_fact(keeper.current().atlas) == ("one", "one")
    set_both(root, "two")
    saves = iter(["three"])

    def save():
        for words in saves:
            set_both(root, words)

    while_reading("atlas.toml", save)
    shown = keeper.current()
    assert title_and_fact(shown.atlas) == ("three", "three")
    assert shown.atlas.fingerprint == read(root)[0].fingerprint
    assert shown.trouble is None


def test_a_file_half_saved_is_read_again_when_it_is_whole(keeper, root, while_reading):
    keeper.current()
    path = root / "facts.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    rest = iter([whole.replace('en = "', 'en = "New: ', 1)])

    def finish():
        for text in rest:
            path.write_text(text, encoding="utf-8")

    while_reading("facts.toml", finish)
    shown = keeper.current()
    assert shown.trouble is None
    assert title_and_fact(shown.atlas)[1].startswith("New: ")


def test_an_atlas_that_is_saved_all_the_time_waits(keeper, root, while_reading):
    before = keeper.current()
    rename(root, "Another title")
    reads = []

    def save():
        reads.append(1)
        (root / "facts.toml").touch()

    while_reading("facts.toml", save)
    assert keeper.current().atlas is before.atlas
    assert keeper.current().trouble is None
    assert len(reads) == 2 * TRIES


def test_one_reader_reads_and_the_others_do_not_wait(keeper, root, while_reading):
    before = keeper.current()
    rename(root, "Another title")
    reads, may_end, begun = [], threading.Event(), threading.Event()

    def hold():
        reads.append(1)
        begun.set()
        assert may_end.wait(30)

    while_reading("facts.toml", hold)
    first = threading.Thread(target=keeper.current)
    first.start()
    assert begun.wait(30)
    assert keeper.current().atlas is before.atlas
    may_end.set()
    first.join(30)
    assert keeper.current().atlas.settings.title["en"] == "Another title"
    assert len(reads) == 1


# --- the page ------------------------------------------------------------------------


@pytest.fixture
def app(monkeypatch, root):
    """The page of the copy at a record, without a browser."""
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(root))
    found = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    found.query_params["sel"] = CHOIR
    return found.run()


def html_of(app):
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_banner_speaks_the_reader_s_language(lang):
    told = say("reload-kept", lang, count=3, hash="abc")
    assert "3" in told
    assert "abc" in told


def test_a_visit_that_goes_on_is_not_broken_by_new_content(app, root):
    assert not app.exception
    assert CHOIR in html_of(app)
    for path in content_files(root):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(CHOIR, "2002-03-01-chorus"), encoding="utf-8")
    assert read(root)[1] == []
    app.run()
    assert not app.exception
    assert 'class="bv-note' in html_of(app)
    assert "2002-03-01-chorus" in html_of(app)


def test_a_page_that_is_taken_away_while_it_is_read_leads_to_the_map(app, root):
    app.query_params["page"] = "about"
    app.run()
    assert "bv-page-title" in html_of(app)
    for path in list((root / "pages").iterdir()):
        path.rename(path.with_name(path.name.replace("about", "other")))
    assert read(root)[1] == []
    app.run()
    assert not app.exception
    assert "bv-page-title" not in html_of(app)


def test_hostile_words_in_a_fault_stay_words(app, root):
    payload = '<img src=x onerror="window.top.pwned=1">'
    path = root / "facts.toml"
    path.write_text(f"{path.read_text('utf-8')}\n['{payload}']\na = 1\n", "utf-8")
    app.run()
    assert not app.exception
    assert "bv-reload" in html_of(app)
    assert "<img" not in html_of(app)


@pytest.mark.browser
def test_a_reload_keeps_what_is_good_says_what_is_not_and_recovers(visit, serve, root):
    window = visit(at=serve(root))
    page = window.page
    page.context.add_init_script(axe_source())
    window.open(f"?sel={CHOIR}")
    banner = page.locator(".bv-reload")
    expect(banner).to_have_count(0)
    facts = (root / "facts.toml").read_text(encoding="utf-8")
    not_toml(root)
    window.reload()
    expect(window.header.locator("h1")).to_have_text(TITLE)
    expect(window.title).to_be_visible()
    assert len(window.ids()) > 2
    expect(banner).to_be_in_viewport()
    expect(banner.locator("summary")).to_contain_text("Problems found")
    first = banner.locator("li").first
    expect(first).to_be_hidden()
    banner.locator("summary").click()
    expect(first).to_be_visible()
    expect(banner).to_contain_text("facts.toml")
    assert faults(window) == []
    window.detail.locator(".bv-back").first.click()
    window.wait_address(sel="")
    (root / "facts.toml").write_text(facts, encoding="utf-8")
    rename(root, "Mended and renamed")
    window.reload()
    expect(window.header.locator("h1")).to_have_text("Mended and renamed")
    expect(banner).to_have_count(0)
