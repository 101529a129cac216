"""No word that a reader sees stands in the code: all are in the text files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "borderviz"
DRAWING = [*sorted((SRC / "render").glob("*.py")), *sorted((SRC / "ui").glob("*.py"))]
SCRIPTS = sorted((SRC / "web").glob("*.js"))

# Calls that put what they are given before a reader, and attributes that are read.
SHOWS = {"join", "checkbox", "selectbox", "segmented_control", "error", "write"}
SHOWS |= {"warning", "info", "caption", "markdown", "button", "header", "title"}
SHOWS |= {"slider", "pills", "expander", "text_input", "success", "toast", "spinner"}
SHOWS |= {"tag", "noted", "folded", "section", "row", "listed"}
READ = {"title", "aria_label", "placeholder", "alt", "label", "help", "summary"}
# Strings in these places are for machines: markup, styles, addresses, types.
MUTE = {"class_", "style", "rel", "href", "page_title", "format", "name", "pattern"}
MUTE_CALLS = {
    "compile",
    "fullmatch",
    "sub",
    "cast",
    "TypeVar",
    "Literal",
    "cache_resource",
}
# Two words in a row, one that begins with a capital, or a letter that is not ASCII.
PROSE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|\b[A-Z][a-z]{2,}|[^\W\d_\x00-\x7f]")
# What looks like prose and is none: CSS, fonts, the names of makers of map tiles and of
# Streamlit's parts; what only a load balancer and whoever runs it are told.
NOT_HERE = {"css.py", "basemaps.py", "folium_map.py", "notebook_map.py"}
NOT_HERE |= {"front_documents.py", "front.py"}
# A file that begins this way, a product's own name, a word of GeoJSON.
FINE = {"Interval", "Segoe UI", "Feature"}
# Formats are called the same in every language.
FINE |= {"GeoJSON", "GeoPackage", "GeoParquet", "BibTeX"}


def name_of(call):
    """The last part of what is called: `say` for `context.say(…)`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def words_in(node):
    """Literal texts with letters directly in an expression, not in calls within it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found = [node.value]
    elif isinstance(node, ast.JoinedStr):
        found = [n.value for n in node.values if isinstance(n, ast.Constant)]
    elif isinstance(node, ast.IfExp):
        return words_in(node.body) + words_in(node.orelse)
    elif isinstance(node, ast.BinOp):
        return words_in(node.left) + words_in(node.right)
    elif isinstance(node, ast.List | ast.Tuple):
        return [word for part in node.elts for word in words_in(part)]
    elif isinstance(node, ast.Starred):
        return words_in(node.value)
    else:
        return []
    return [text for text in found if re.search(r"[^\W\d_]", text)]


def shown_words(tree):
    """(line, word) of every literal that a call shows."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or name_of(node) not in SHOWS:
            continue
        if name_of(node) == "header" and not node.args:
            continue
        values = node.args[1:] if name_of(node) == "tag" else node.args
        if name_of(node) in ("listed", "row"):
            values = node.args[:1]
        values = [*values, *[k.value for k in node.keywords if k.arg in READ]]
        found += [(node.lineno, word) for value in values for word in words_in(value)]
    return found


def silent(tree):
    """Nodes whose strings nobody reads: docstrings, types, markup, comparisons."""
    found = set()
    for node in ast.walk(tree):
        mute = []
        is_docstring = isinstance(node, ast.Expr)
        if is_docstring and isinstance(node.value, ast.Constant):
            mute = [node.value]
        if isinstance(node, ast.keyword) and node.arg in MUTE:
            mute = [node.value]
        elif isinstance(node, ast.Call) and name_of(node) in MUTE_CALLS:
            mute = [*node.args]
        elif isinstance(node, ast.Raise | ast.Assert | ast.Compare | ast.Import):
            mute = [node]
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            mute = [node.annotation]
        elif isinstance(node, ast.FunctionDef) and node.returns:
            mute = [node.returns]
        elif isinstance(node, ast.Assign):
            is_name = ast.unparse(node.targets[0]) in ("msg", "__all__")
            mute = [node.value] if is_name else []
        found |= {id(inner) for part in mute for inner in ast.walk(part)}
    return found


def prose_in(tree):
    """(line, text) of every literal anywhere that reads like a passage."""
    mute = silent(tree)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in mute
        and node.value not in FINE
        and PROSE.search(node.value)
        and not re.fullmatch(r"(bv|st)-[a-z -]*", node.value)
    ]


def script_words(text):
    """Literals in a script that end up before a reader."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)
    literal = r"""(?:"([^"\n]*)"|'([^'\n]*)'|`([^`]*)`)"""
    places = (
        r"\.(?:textContent|innerText|title|placeholder|alt|ariaLabel)\s*\+?=\s*",
        r"setAttribute\(\s*\"(?:title|aria-label|aria-description|placeholder|alt)\",\s*",
        r"\.element\([^,()]*,[^,()]*,\s*",
        r"createTextNode\(\s*",
        r"\b(?:alert|confirm|prompt)\(\s*",
        r"\b(?:append|prepend|replaceChildren|after|before)\((?:[^()\n]*,\s*)?",
    )
    found = []
    for place in places:
        found += ["".join(m.groups("")) for m in re.finditer(place + literal, text)]
    # Text between the tags of markup that is written out.
    strings = re.findall(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', text)
    for markup in (
        s[1:-1] for s in strings if s[0] == "`" and re.search("</?[a-z]", s)
    ):
        bare = re.sub(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "", markup)
        found.append(re.sub(r"<[^>]*>", " ", bare))
    bare = [re.sub(r"\$\{[^}]*\}", "", words) for words in found]
    return [words for words in bare if re.search(r"[^\W\d_]", words)]


@pytest.mark.parametrize("path", DRAWING, ids=lambda p: p.name)
def test_no_word_of_the_interface_stands_in_the_code(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert shown_words(tree) == []


@pytest.mark.parametrize(
    "path", [p for p in DRAWING if p.name not in NOT_HERE], ids=lambda p: p.name
)
def test_no_passage_stands_in_the_code(path):
    assert prose_in(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_word_of_the_interface_stands_in_a_script(path):
    assert script_words(path.read_text(encoding="utf-8")) == []


def test_words_in_code_are_recognised():
    shown = {
        'tag("p", "Hello", say("x"), class_="no")': ["Hello"],
        'tag("p", f"{n} people")': [" people"],
        'tag("p", *["a", f"{n} km"])': ["a", " km"],
        'tag("p", "yes" if x else ("no" + y))': ["yes", "no"],
        'tag("a", words, title="Read", aria_label=f"{n} hits")': ["Read", " hits"],
        'st.text_input("Search", placeholder="People")': ["Search", "People"],
        'join([a, b], ", ")': [],
    }
    for code, words in shown.items():
        assert [word for _, word in shown_words(ast.parse(code))] == words


@pytest.mark.parametrize(
    ("code", "is_prose"),
    [
        ('x = "no point on the map"', True),
        ('x = f"{n} records shown"', True),
        ('x = {"a": "Crossing"}', True),
        ('x = "국경"', True),
        ('x = "bv-note bv-record"', False),
        ('tag("p", class_="one two")', False),
        ('"A docstring of two."', False),
        ('x = "crossing-point"', False),
    ],
)
def test_a_passage_in_code_is_recognised(code, is_prose):
    assert bool(prose_in(ast.parse(code))) == is_prose


@pytest.mark.parametrize(
    "code",
    [
        'box.textContent = "Loading";',
        "link.title = `${n} hits`;",
        'box.setAttribute("aria-label", "Close");',
        'bv.element("b", "bv-x", "none");',
        'box.append(a, "more");',
        "box.innerHTML = `<p>${n} places</p>`;",
    ],
)
def test_words_in_a_script_are_recognised(code):
    assert script_words(code)


@pytest.mark.parametrize(
    "code",
    [
        "link.textContent = bv.say('link-copied');",
        'bv.element("div", "bv-card");',
        'bv.element("b", "", `${n}`);',
        'svg = `<svg viewBox="0 0 2 2"><path d="${shape(a)}"/></svg>`;',
        "// box.textContent = 'Loading'",
    ],
)
def test_what_is_no_word_in_a_script_is_left_alone(code):
    assert script_words(code) == []
