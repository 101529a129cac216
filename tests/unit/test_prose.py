"""Markdown into spans: all of what is allowed, none of what is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from borderviz.prose import (
    ProseError,
    Span,
    plain,
    read_prose,
    uncited,
    walk,
    word_count,
)
from hostile import ALL, PAYLOADS, escaped

WORD = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0xD7FF),
    min_size=1,
    max_size=9,
)
# Everything that means something to Markdown or to us, so that examples get far.
PIECES = st.sampled_from(
    [
        *'*_[]()#@{}<>!`~-+.;:/\\&| \t\n\r\0"',
        *("[@a]", "](#a)", "](//b)", "{cite}", "1. ", "\n\n", "    ", "- ", "> "),
        *("a", "b.", "\u2028", "\x85", "\ufeff", "한국"),
    ]
)


def spans(text):
    """The one line that a text is read as."""
    (block,) = read_prose(text)
    (line,) = block.items
    return line


def read_or_refused(text, first_line=1):
    """What becomes of a text: its blocks, or the refusal."""
    try:
        return read_prose(text, first_line)
    except ProseError as error:
        return error


def refused(text):
    with pytest.raises(ProseError) as raised:
        read_prose(text)
    return raised.value


@given(st.text() | st.lists(PIECES, max_size=60).map("".join))
@example("*" * 40 + "a" + "*" * 40)
@example("[[@a]](#b)")
def test_any_text_is_read_or_refused(text):
    prose = read_or_refused(text, 7)
    if isinstance(prose, ProseError):
        assert prose.line >= 7
        assert prose.found
        return
    assert word_count(prose) >= 0
    for line, sentence in uncited(prose):
        assert line >= 7
        assert sentence.strip()
    for _, span in walk(prose):
        assert bool(span.ids) == (span.kind == "cite")
        assert "\x00" not in span.text
        assert "[@" not in span.text
        assert "](" not in span.text


@pytest.mark.parametrize("text", ALL)
def test_hostile_text_is_read_or_refused(text):
    prose = read_or_refused(text)
    if isinstance(prose, ProseError):
        assert len(prose.found) < 200
    else:
        assert {s.kind for _, s in walk(prose)} <= {"text", "em", "strong"}


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_text_with_its_marks_escaped_comes_back(text):
    wanted = text.replace("](", "] (").split()
    (block,) = read_prose("x " + escaped(text))
    assert plain(block.items[0]).split() == ["x", *wanted]
    assert {span.kind for span in block.items[0]} == {"text"}


@given(st.lists(st.lists(WORD, min_size=1, max_size=8), min_size=1, max_size=5))
def test_words_without_marks_come_back(paragraphs):
    prose = read_prose("\n\n".join(" ".join(words) for words in paragraphs))
    assert [plain(block.items[0]).split() for block in prose] == paragraphs
    assert {block.kind for block in prose} == {"paragraph"}
    assert word_count(prose) == sum(map(len, paragraphs))


@given(st.lists(WORD, min_size=2, max_size=8), st.data())
def test_where_a_line_is_broken_makes_no_difference(words, data):
    at = data.draw(st.integers(1, len(words) - 1))
    one = " ".join(words) + " [@a; @b]."
    two = " ".join(words[:at]) + "\n" + " ".join(words[at:]) + "\n[@a;\n@b]."
    assert [(s.kind, s.text, s.ids) for s in spans(two)] == [
        (s.kind, s.text, s.ids) for s in spans(one)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* c", (Span("text", "a "), Span("em", inner=(Span("text", "b"),)),
         Span("text", " c"))),
        ("**b**", (Span("strong", inner=(Span("text", "b"),)),)),
        ("[b c](#d-1)", (Span("link", target="d-1", inner=(Span("text", "b c"),)),)),
        ("[*b*](#d)", (Span("link", target="d",
         inner=(Span("em", inner=(Span("text", "b"),)),)),)),
        ("a [@b].", (Span("text", "a"), Span("cite", ids=("b",)), Span("text", "."))),
        ("a [@b-2;@c].", (Span("text", "a"), Span("cite", ids=("b-2", "c")),
         Span("text", "."))),
        ("*a* [@b]", (Span("em", inner=(Span("text", "a"),)),
         Span("cite", ids=("b",)))),
        ("a  \nb\\\nc", (Span("text", "a b c"),)),
        ("1 < 2 & &amp; <b>", (Span("text", "1 < 2 & &amp; <b>"),)),
        ("<https://a.b>", (Span("text", "<https://a.b>"),)),
        ("a [see @b]", (Span("text", "a [see @b]"),)),
        ("a {cite} b", (Span("text", "a {cite} b"),)),
    ],
)  # fmt: skip
def test_each_mark_of_a_line(text, expected):
    assert spans(text) == expected


def test_each_kind_of_block():
    text = "## A\n\nb\n\n- c\n- d *e*\n\n1. f\n2. g\n\n{contents}\n\n### H"
    prose = read_prose(text, 5)
    assert [(b.kind, b.line, b.level, b.name) for b in prose] == [
        ("heading", 5, 2, ""),
        ("paragraph", 7, 0, ""),
        ("bullets", 9, 0, ""),
        ("numbers", 12, 0, ""),
        ("computed", 15, 0, "contents"),
        ("heading", 17, 3, ""),
    ]
    assert [plain(item) for item in prose[2].items] == ["c", "d e"]
    assert prose[4].items == ()
    assert [span.text for _, span in walk(prose) if span.text == "e"] == ["e"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("> a", "blockquote"),
        ("---", "hr"),
        ("    a", "code_block"),
        ("```\na\n```", "fence"),
        ("a `b`", "code_inline"),
        ("![a](#b)", "image"),
        ("[a](https://b.example)", "a link to 'https://b.example'"),
        ("[a](//evil)", "a link to '//evil'"),
        ("[a](/b)", "a link to '/b'"),
        ("[a](b)", "a link to 'b'"),
        ("[a]()", "a link to ''"),
        ("[a](?sel=b)", "a link to '?sel=b'"),
        ('[a](#b "title")', "a link to '#b'"),
        ("[a](javascript:alert)", "broken link"),
        ("[a](data:text/html,b)", "broken link"),
        ("[a](#b c)", "broken link"),
        ("[a [@b] c](#d)", "a citation inside a link"),
        ("[**[@b]**](#d)", "a citation inside a link"),
        ("a [@b", "broken link or citation"),
        ("a [@b*c*d]", "broken link or citation"),
        ("a [@B]", "the citation [@B]"),
        ("a [@b, @c]", "the citation [@b, @c]"),
        ("a [@b; c]", "the citation [@b; c]"),
        ("a [@b;]", "the citation [@b;]"),
        ("a [@]", "the citation [@]"),
        ("a [@../b]", "the citation [@../b]"),
        ("- a\n  - b", "list item"),
        ("- a\n\n  b", "list item of more than one paragraph"),
        ("- > a", "list item that is not one paragraph"),
        ("-", "list item that is not one paragraph"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(text, found):
    error = refused(text)
    assert error.line == 1
    assert found in error.found
    later = refused(f"first\n\nsecond\nthird\n\n{text}")
    assert later.line == 6
    assert str(later).startswith("line 6: ")


def test_a_link_leads_to_a_record_or_to_nothing():
    """Whatever follows the hash is an id that `validate_story` looks up."""
    assert spans("[a](#../)")[0].target == "../"
    assert spans("[a](#)")[0].target == ""
    assert spans("[a](#é)")[0].target == "%C3%A9"


def test_html_is_words():
    text = "<script>alert(1)</script> <b onclick=x>y</b> <!-- z -->"
    assert plain(spans(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "*" * 10_000,
        "*" * 10_000 + "a" + "*" * 10_000,
        "*a " * 5000 + "a*" * 5000,
        "*_" * 3000 + "a" + "_*" * 3000,
        "[" * 10_000,
        "[" * 3000 + "a" + "](#b)" * 3000,
        "[@" * 10_000,
        ">" * 10_000 + "a",
        "- " * 5000 + "a",
        "`" * 3000 + "a" + " `" * 3000,
        "a " * 200_000,
        "a" * 1_000_000,
        "a." + "”" * 100_000,
        ". " * 100_000,
        "(" * 10_000 + ")" * 10_000,
    ],
    ids=lambda text: f"{text[:4]}-{len(text)}",
)
def test_no_text_takes_for_ever_or_runs_out_of_stack(text):
    start = time.process_time()
    found = read_or_refused(text)
    if isinstance(found, ProseError):
        assert len(found.found) < 200
    else:
        uncited(found)
    assert time.process_time() - start < 10  # seconds, where 0.2 are usual


def test_marks_nest_as_deep_as_anyone_writes_and_no_deeper():
    assert plain(spans("***[a](#b)***")) == "a"
    assert "Markdown for" in refused("*" * 30 + "a" + "*" * 30).found


def test_ends_of_lines_and_marks_of_order_are_no_words():
    assert read_prose("a\r\nb [@c].\r\n\r\nd") == read_prose("a\nb [@c].\n\nd")
    assert plain(spans("a\x00b")) == "a\ufffdb"
    assert plain(spans("\ufeffa")) == "\ufeffa"


def test_a_nul_is_no_citation():
    """The mark that stands for a citation while sentences are parted is no letter."""
    assert uncited(read_prose("A claim\x00.")) == [(1, "A claim\ufffd.")]
    assert uncited(read_prose("A claim&#0;.")) == [(1, "A claim&#0;.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [@a]. Two [@b].", []),
        ("One [@a]. Two.", ["Two."]),
        ("One. Two [@b].", ["One."]),
        ("One? Two! Three [@c].", ["One?", "Two!"]),
        ("One [@a].\nTwo.", ["Two."]),
        ("It is 2.3 km [@a].", []),
        ("It is 2.3 km, or 4.", ["It is 2.3 km, or 4."]),
        ("He said “stop.” She left [@a].", ["He said “stop."]),
        ("(He left.) She stayed [@a].", ["(He left."]),
        ("He said “stop” [@a].", []),
        ("*One.* Two [@b].", ["One."]),
        ("[One](#x) is. Two [@b].", ["One is."]),
        ("One. [@a] Two [@b].", []),
        ("One. [@a] Two.", ["Two."]),
        ("He said “stop.” [@a] She left.", ["She left."]),
        ("He said “stop” (twice) [@a] and left.", []),
        ("No end [@a]", []),
        ("No end", ["No end"]),
        ("걸어서 넘었다 [@a]. 두 명이 왔다.", ["두 명이 왔다."]),
        ("약 2.3km다 [@a]. ‘중부전선’이라고만 밝혔다 [@b].", []),
        ("걸어서 넘었다. 돌아갔다 [@a].", ["걸어서 넘었다."]),
        # Known not to be handled: an abbreviation ends a sentence here, so a writer
        # cites before it or leaves it out; and marks of other scripts end none.
        ("The U.S. army left [@a].", ["The U.S."]),
        ("第一。 第二 [@a].", []),
    ],
)
def test_sentences_without_a_citation_are_found(text, expected):
    assert [sentence for _, sentence in uncited(read_prose(text))] == expected


def test_sentences_of_lists_are_looked_at_and_headings_and_blocks_are_not():
    text = "## What?\n\n- One [@a].\n- Two.\n\n{cite}\n\nThree."
    assert uncited(read_prose(text, 4)) == [(6, "Two."), (11, "Three.")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two words [@map].", 2),
        ("One [@a; @b]", 1),
        ("*one*two — three", 2),
        ("2.3 km", 2),
        ("한국 사람", 2),
        ("- - -\n", None),
        ("## Head\n\n- a b\n- c", 4),
        ("{contents}", 0),
    ],
)
def test_words_are_what_white_space_parts(text, count):
    if count is None:
        refused(text)
    else:
        assert word_count(read_prose(text)) == count
