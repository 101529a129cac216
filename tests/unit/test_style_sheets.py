"""The page's style sheets: sizes of type come from the scale, tokens are known ones."""

from __future__ import annotations

import re

import pytest

from borderviz.render.css import css_string
from borderviz.render.web_files import web_file
from borderviz.theme import css_variables, load_theme

SHEETS = (
    *("page.css", "strip.css", "numbers.css", "print.css", "take.css", "embed.css"),
    "overlay.css",
)
SIZE = re.compile(r"font(?:-size)?:([^;}]*)")
LITERAL = re.compile(r"\d(?:px|rem|em|pt)\b")


@pytest.mark.parametrize("name", SHEETS)
def test_type_has_only_sizes_of_the_scale(name):
    sheet = web_file(name)
    sizes = SIZE.findall(sheet)
    assert sizes
    assert [size for size in sizes if LITERAL.search(size)] == []


@pytest.mark.parametrize("name", SHEETS)
def test_every_token_used_is_in_the_theme(name):
    known = set(re.findall(r"--bv-[\w-]+(?=:)", css_variables(load_theme())))
    # What the map's script measures when the page goes to print.
    known |= {f"--bv-map-{part}" for part in ("width", "height", "scale")}
    known.add("--bv-languages")  # css.page_css counts them
    known |= {"--bv-failed", "--bv-making"}  # words: take_html.take_css says them
    used = set(re.findall(r"var\((--bv-[\w-]+)", web_file(name)))
    assert used
    assert used - known == set()


def test_the_scale_has_few_steps_and_each_can_be_read():
    sizes = load_theme().sizes
    steps = [n.removesuffix("rem") for k, n in sizes.items() if k.startswith("step-")]
    assert len(set(steps)) == len(steps) <= 8
    # 11 pixels are the least that anybody is asked to read.
    assert min(float(step) for step in steps) * 16 >= 11


@pytest.mark.parametrize("text", ['"', "\\", "</style>", "\n", "'", "a;b}c{", "지도"])
def test_no_text_ends_the_string_of_a_style_sheet_it_is_put_into(text):
    written = css_string(text)
    assert written[0] == written[-1] == '"'
    assert not re.search(r"[\"<>'{};\n]", written[1:-1])
    read = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), written[1:-1])
    assert read == text
