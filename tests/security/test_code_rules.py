"""What no code of the package may do, however harmless it looks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "borderviz"
MODULES = sorted(SRC.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
SCRIPTS = sorted(SRC.rglob("*.js"))

# Each of them runs what it is given, or believes it.
BANNED_CALLS = {
    *("eval", "exec", "compile", "__import__", "breakpoint"),
    *("os.system", "os.popen", "subprocess.getoutput", "subprocess.call"),
    *("read_pickle", "to_pickle", "yaml.load", "marshal.loads", "tempfile.mktemp"),
    *("st.markdown", "st.write", "st.dataframe", "st.error", "st.exception"),
}
BANNED_MODULES = {"pickle", "cPickle", "shelve", "dill", "yaml", "marshal", "telnetlib"}
BANNED_WORDS = {"unsafe_allow_html", "unsafe_allow_javascript", "shell"}
# Whoever starts a process starts this Python, with arguments of our own.
PROCESSES = {"server.py", "overlay_files/process.py"}
# Shared by all readers: only what no reader brought.
CACHED = {"ui/data.py"}
# What opens what its name or its bytes refer to.
READERS = {"geopandas", "pyogrio", "fiona", "osgeo", "matplotlib", "folium", "PIL"}
WIDGETS = {
    *("checkbox", "radio", "selectbox", "multiselect", "slider", "pills", "expander"),
    *("segmented_control", "text_input", "button", "download_button", "popover"),
    *("file_uploader", "link_button", "toggle", "number_input", "select_slider"),
}
# Their options are Markdown too; those of the others are plain text.
OPTIONS = {"pills", "segmented_control", "radio"}


def show(path):
    return str(path.relative_to(SRC))


def calls(path):
    """Every call of a module: what is called, as it is written, and the call."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported(path):
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_nothing_runs_or_believes_what_it_is_given(path):
    for name, node in calls(path):
        short = name.rpartition(".")[2]
        where = f"{show(path)}:{node.lineno}: {name}"
        assert name not in BANNED_CALLS, where
        assert short not in {"read_pickle", "to_pickle"}, where
        assert not BANNED_WORDS & {keyword.arg for keyword in node.keywords}, where
    assert not BANNED_MODULES & {name.split(".")[0] for name in imported(path)}


def test_processes_are_started_in_few_places():
    found = {show(p) for p in MODULES if "subprocess" in set(imported(p))}
    assert found <= PROCESSES


def test_what_readers_share_is_in_one_place():
    found = {
        show(path)
        for path in MODULES
        if any(
            isinstance(n, ast.Attribute) and n.attr.startswith("cache_")
            for n in ast.walk(TREES[path])
        )
    }
    assert found <= CACHED


@pytest.mark.parametrize(
    "path", [p for p in MODULES if show(p).startswith("overlay")], ids=show
)
def test_no_reader_that_follows_references_sees_an_upload(path):
    names = {name.split(".")[0] for name in imported(path)}
    assert not READERS & names
    for name, node in calls(path):
        module, _, verb = name.rpartition(".")
        is_reader = module in {"pd", "pandas", "np", "numpy"} and (
            verb.startswith("read_") or verb in {"load", "loadtxt", "genfromtxt"}
        )
        assert not is_reader, f"{show(path)}:{node.lineno}: {name}"


def labels():
    """Every text of a widget that Streamlit reads as Markdown."""
    for path in MODULES:
        for name, node in calls(path):
            module, _, verb = name.rpartition(".")
            if module != "st" or verb not in WIDGETS:
                continue
            texts = [*node.args[:1]]
            for keyword in node.keywords:
                if keyword.arg in {"label", "help"}:
                    texts.append(keyword.value)
                if keyword.arg == "format_func" and verb in OPTIONS:
                    assert isinstance(keyword.value, ast.Lambda), show(path)
                    texts.append(keyword.value.body)
            for text in texts:
                yield f"{show(path)}:{text.lineno}: {ast.unparse(text)}", text


def test_a_label_is_escaped_where_it_is_handed_over():
    """Markdown has links and pictures: a picture is a request to another machine."""
    found = dict(labels())
    assert len(found) > 15
    bare = [
        where
        for where, text in found.items()
        if not (isinstance(text, ast.Call) and ast.unparse(text.func) == "escaped")
    ]
    assert bare == []


@pytest.mark.parametrize("path", SCRIPTS, ids=show)
def test_no_script_runs_texts_or_reaches_out(path):
    text = path.read_text(encoding="utf-8")
    for banned in (
        *("eval(", "new Function", "document.write", "insertAdjacentHTML"),
        *("outerHTML =", "srcdoc", "XMLHttpRequest", "new WebSocket", "sendBeacon"),
        *("localStorage", "indexedDB", "document.cookie", "import("),
    ):
        assert banned not in text, f"{show(path)}: {banned}"
