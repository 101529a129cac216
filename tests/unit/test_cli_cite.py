"""`borderviz cite`: what it writes, says and refuses."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bibliography_reader import read_back
from borderviz import cli
from borderviz.citations import cited
from borderviz.permalink import decode_query
from borderviz.render.citation import STYLES, record_citation, view_citation
from borderviz.render.context import Context
from borderviz.selection import select

# Noon of 4 March 2026, which SOURCE_DATE_EPOCH hands to reproducible builds.
EPOCH, TODAY = "1772625600", dt.date(2026, 3, 4)
QUERIES = ("", "from=1990", "?v=1&lang=eo&kind=crossing", "layers=none")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def told(capfd, atlantis):
    """Run the command on the island; return exit code, output and complaints."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main(["cite", *map(str, words), "--atlas", str(atlantis.root)])
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("query", QUERIES)
def test_a_view_is_cited_as_the_page_does(told, atlantis, query, style):
    view = decode_query(query.removeprefix("?"), atlantis, ()).view
    citation = view_citation(
        select(atlantis, view), Context(atlantis, view), today=TODAY
    )
    found = told("--view", query, "--format", style)
    assert found == (0, citation.text(style), "")


def test_every_record_can_be_cited(told, atlantis):
    context = Context(atlantis, decode_query("", atlantis, ()).view)
    for identity, record in list(atlantis.records.items())[:6]:
        code, out, err = told("--record", identity, "--format", "bibtex")
        assert (code, err) == (0, "")
        assert out == record_citation(record, context, today=TODAY).text("bibtex")
        assert list(read_back(out))[:-1] == list(dict.fromkeys(cited(record)))


def test_address_and_language_are_used(told):
    home = "https://example.org/atlas/"
    code, out, _ = told("--lang", "eo", "--address", home, "--format", "csl")
    item = json.loads(out)[-1]
    assert (code, item["language"]) == (0, "eo")
    assert item["URL"].startswith(f"{home}?v=1&lang=eo")


def test_what_a_query_has_too_much_is_told(told):
    code, out, err = told("--view", "from=1990&x=1&sel=nobody")
    assert code == 0
    assert out == told("--view", "from=1990")[1]
    assert err.splitlines() == [
        "borderviz: not understood: x=1",
        "borderviz: not understood: nobody",
    ]


def test_an_unknown_record_is_told_with_those_near_it(told, atlantis):
    identity = next(iter(atlantis.records))
    code, out, err = told("--record", identity + "x")
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert first == f"borderviz: no record has the id '{identity}x'"
    assert identity in second
    assert told("--record", "qqqqqqqq\x1b[31m")[2].splitlines() == [
        "borderviz: no record has the id 'qqqqqqqq\\x1b[31m'"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--view", "", "--record", "a"),
        ("--format", "apa"),
        ("--lang", "xx"),
        ("--address", "javascript:alert(1)"),
        ("more",),
    ],
)
def test_a_wrong_call_is_refused(told, words):
    code, out, err = told(*words)
    assert (code, out) == (2, "")
    assert err


def test_the_help_shows_how(capfd):
    with pytest.raises(SystemExit):
        cli.main(["cite", "--help"])
    shown = capfd.readouterr().out
    for style in STYLES:
        assert style in shown
    assert shown.count("borderviz cite") >= 4
