"""The encoder: whatever goes in comes out as words, and only as words."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.render.html import Html, join, safe_text, script_json, tag
from hostile import ALL, shown
from markup import parsed

RAW = set("<>\"'`${}\\")
# Characters that matter to some grammar come up often, others now and then.
TEXT = st.text(
    st.sampled_from("<>\"'`${}\\&;#_/-=x1 \n\x00\u2028\ud800한") | st.characters()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)
every_payload = pytest.mark.parametrize("text", ALL, ids=lambda t: repr(t[:30]))


def check_text(text):
    encoded = safe_text(text)
    assert not RAW & set(encoded)
    # Each ampersand begins a character reference of ours, never one of the text's own.
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt|quot|#x27|#\d+);)*", encoded)
    assert parsed(f"<p>{encoded}</p>").text == shown(text)
    assert parsed(f'<p title="{encoded}"></p>').all("p")[0]["title"] == shown(text)
    encoded.encode()


def check_script(value):
    written = script_json(value)
    assert json.loads(written) == value
    inside = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', written))
    assert not set("<>&'`${}_") & set(inside)
    assert written.isascii()
    assert written.isprintable()


@given(TEXT)
def test_text_survives_html(text):
    check_text(text)


@every_payload
def test_payloads_survive_html(text):
    check_text(text)


@given(JSON)
def test_values_survive_a_script(value):
    check_script(value)


@every_payload
def test_payloads_survive_a_script(text):
    check_script({text: [text, {"": text}]})


@given(st.lists(TEXT), TEXT)
def test_a_tag_holds_what_it_was_given(children, title):
    root = parsed(tag("p", *children, title=title))
    (node,) = root.children
    assert node.attributes == {"title": shown(title)}
    assert node.text == shown("".join(children))


@every_payload
def test_payloads_stay_text_between_tags(text):
    inner = tag("b", text, data_bv=text)
    (node,) = parsed(tag("p", text, inner, text, lang=text)).children
    assert node.text == shown(text * 3)
    assert [n.name for n in node.all()] == ["b"]
    assert node["lang"] == node.all("b")[0]["data-bv"] == shown(text)


def test_escaped_markup_is_not_escaped_again():
    once = tag("i", "<")
    assert tag("p", once) == "<p><i>&lt;</i></p>"
    assert join([once, "<"], " & ") == "<i>&lt;</i> &amp; &lt;"
    assert isinstance(join([]), Html)


def test_what_was_cut_or_joined_is_plain_again():
    once = tag("i", "x")
    assert tag("p", once[:3]) == "<p>&lt;i&gt;</p>"
    assert tag("p", once + "<b>") == "<p>&lt;i&gt;x&lt;/i&gt;&lt;b&gt;</p>"
    assert tag("p", once.lower()) == "<p>&lt;i&gt;x&lt;/i&gt;</p>"


def test_attributes_that_are_off_are_left_out():
    html = tag("a", class_="x", aria_label="y", id=None, download=False, hidden=True)
    assert html == '<a class="x" aria-label="y" hidden></a>'


def test_an_empty_attribute_is_kept():
    assert tag("a", href="") == '<a href=""></a>'
