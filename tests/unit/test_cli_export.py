"""`borderviz export` as its users meet it: the view in, a file out, or a clear no."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.main import get_command

from borderviz import cli
from borderviz.cli.export import export

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
FILES = ("geojson", "csv", "gpkg", "kml", "parquet", "png", "svg", "zip", "html")
QUERY = "mode=foot"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(ATLANTIS))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763856000")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def told(capfdbinary):
    """Run the command; return its exit code, its output and its complaints."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return ended.value.code, out, err.decode()

    return run


@pytest.fixture
def ids(told):
    """The ids that `list` tells for a view."""
    return lambda query: json.loads(told("list", "--json", "--view", query)[1])["ids"]


def test_there_is_a_command_for_every_format():
    assert set(get_command(export).commands) == {*FILES, "site"}


@pytest.mark.parametrize("form", FILES)
def test_a_file_is_written_named_by_the_atlas(told, tmp_path, form):
    code, out, err = told("export", form)
    assert (code, out) == (0, b""), err
    assert [path.name for path in tmp_path.iterdir()] == [f"atlantis.{form}"]
    assert err.startswith(f"atlantis.{form}: ")
    assert "data version" in err


@pytest.mark.parametrize("form", [x for x in FILES if x != "gpkg"])
def test_the_same_view_gives_the_same_bytes(told, form):
    _, first, err = told("export", form, "--view", QUERY, "-o", "-")
    assert err == ""
    assert first
    assert told("export", form, "--view", QUERY, "-o", "-")[1] == first


@pytest.mark.parametrize("query", ["", QUERY, "from=2030", "?v=1&layers=none"])
def test_data_hold_the_records_that_list_tells(told, ids, query):
    wanted = ids(query)
    rows = csv.DictReader(
        io.StringIO(
            told("export", "csv", "--view", query, "-o", "-")[1].decode("utf-8-sig")
        )
    )
    assert [row["id"] for row in rows] == wanted
    found = json.loads(told("export", "geojson", "--view", query, "-o", "-")[1])
    assert [x["properties"]["id"] for x in found["features"]] == wanted


def test_a_file_that_is_there_stays_unless_forced(told, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("mine")
    code, _, err = told("export", "csv", "-o", path)
    assert code == 2
    assert err.count("\n") == 1
    assert "it is there already" in err
    assert path.read_text() == "mine"
    assert told("export", "csv", "-o", path, "--force")[0] == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_folder_that_is_not_there_is_told(told, tmp_path):
    code, _, err = told("export", "svg", "-o", tmp_path / "nowhere" / "a.svg")
    assert code == 2
    assert "make it first" in err
    assert list(tmp_path.iterdir()) == []


def test_what_of_the_view_is_not_understood_is_told(told):
    code, _, err = told("export", "csv", "--view", "mode=teleport&sel=nobody")
    assert code == 0
    assert "not understood: mode=teleport" in err
    assert "not understood: nobody" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["csv", "--lang", "xx"], "it has en, eo"),
        (["csv", "--address", "javascript:alert(1)"], "is no address such as"),
        (["csv", "--address", "https://example.org/?a"], "is no address such as"),
        (["zip", "--formats", "csv,xlsx"], "no format is called xlsx"),
        (["csv", "--scope", "all"], "events"),
        (["site"], "--output"),
    ],
)
def test_wrong_words_are_a_fault_in_the_call(told, tmp_path, words, said):
    code, _, err = told("export", *words)
    assert code == 2
    assert said in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_picture_is_told_with_those_there_are(told, tmp_path):
    code, _, err = told("export", "png", "--what", "mapp")
    assert code in (1, 2)
    assert "mapp" in err
    assert "map" in err.replace("mapp", "")
    assert list(tmp_path.iterdir()) == []


def test_a_zip_holds_the_wanted_formats_and_pictures(told):
    _, out, _ = told(
        *("export", "zip", "--formats", "csv,kml", "--picture", "map", "-o", "-")
    )
    names = zipfile.ZipFile(io.BytesIO(out)).namelist()
    endings = {name.rpartition(".")[2] for name in names}
    assert {"csv", "kml", "png", "svg", "bib"} <= endings
    assert "gpkg" not in endings


def test_the_site_is_a_folder_that_replaces_none_unasked(told, ids, tmp_path):
    code, _, err = told("export", "site", "--view", QUERY, "-o", tmp_path / "public")
    assert code == 0
    assert "no sitemap.xml" in err
    public = tmp_path / "public"
    pages = {path.stem for path in (public / "en" / "records").glob("*.html")}
    events = set(ids(""))
    assert pages & events == set(ids(QUERY))
    assert told("export", "site", "-o", public)[0] == 2
    assert told("export", "site", "-o", public, "--force")[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_with_an_address_there_is_a_sitemap(told, tmp_path):
    address = "https://example.org/atlas/"
    told("export", "site", "-o", tmp_path / "public", "--address", address)
    text = (tmp_path / "public" / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{address}" in text


def test_help_teaches_by_example(told):
    _, out, _ = told("export", "--help")
    for words in ("--view", "borderviz export csv", "borderviz export site"):
        assert words in out.decode()
