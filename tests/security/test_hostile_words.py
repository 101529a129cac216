"""Words of the interface, brought by an atlas for a language of its own: input too."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import expect

import borderviz.texts
from borderviz.content import load, read
from borderviz.permalink import SHEETS
from hostile import assert_harmless

pytestmark = pytest.mark.browser
OWN = Path(borderviz.texts.__file__).parent / "en.toml"
# Short: a word of the interface stands in buttons too.
WORDS = (
    "![x](https://evil.invalid/x.png)",
    "<img src=x onerror=window.top.pwned=1>",
    "[a](javascript:window.top.pwned=1)",
    "</script><script>window.top.pwned=1</script>",
    '"><svg onload=window.top.pwned=1>',
    "`\\` $x$ :red[x]",
)


def texts(change):
    """The catalogue of English with every text changed, in the form of a file."""
    found = tomllib.loads(OWN.read_text(encoding="utf-8"))
    lines = (f"{key} = {written(value, change)}" for key, value in found.items())
    return "\n".join(lines)


def written(value, change, key=""):
    """Write a text, or one with forms; `by` names what the form depends on."""
    if isinstance(value, dict):
        pairs = (f"{k} = {written(inner, change, k)}" for k, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value if key == "by" else change(value), ensure_ascii=False)


def with_texts(source, target, text):
    shutil.copytree(source, target)
    (target / "texts").mkdir(exist_ok=True)
    (target / "texts" / "eo.toml").write_text(text, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def root(tmp_path_factory, atlantis):
    number = iter(range(10**6))

    def change(text):
        return f"{WORDS[next(number) % len(WORDS)].replace('{', '{{')} {text}"

    target = tmp_path_factory.mktemp("words") / "atlas"
    return with_texts(atlantis.root, target, texts(change))


def test_the_atlas_is_shown_with_them(root):
    assert "pwned" in str(load(root).texts["eo"])


@pytest.mark.parametrize(
    "query",
    [
        "",
        *(f"show={sheet}" for sheet in SHEETS),
        "list=events",
        "list=sources",
        "page=about",
        "embed=true",
        "sel=2001-05-04-reed-bridge-walker",
        "sel=nothing-of-that-name",
        "layers=",
    ],
)
def test_they_stay_words_on_the_page(visit, serve, root, query):
    window = visit(at=serve(root)).open(f"?lang=eo&{query}")
    if query.startswith("show="):
        tab = window.page.locator("[aria-expanded=true].bv-tab")
        expect(tab).to_be_visible()
    for summary in window.page.locator("summary").all()[:6]:
        if summary.is_visible():
            summary.click()
    assert_harmless(window.page)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("{count}", "{0}"),
        lambda text: text.replace("{count}", "{count.__class__}"),
        lambda text: text.replace("{count}", "{count!r:>9999999}"),
        lambda text: text.replace("{count}", ""),
        lambda text: f"{text} {{secret}}",
    ],
    ids=["number", "attribute", "conversion", "left out", "one more"],
)
def test_places_for_values_must_be_the_same(tmp_path, atlantis, change):
    _, problems = read(with_texts(atlantis.root, tmp_path / "atlas", texts(change)))
    assert problems
    assert {problem.file for problem in problems} == {"texts/eo.toml"}
