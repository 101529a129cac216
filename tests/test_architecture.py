"""The rules that keep the engine an engine: layers, sizes, no places, no colours.

A new module? Add its name to `LAYERS`, as low as its imports allow. A package such as
`render` is one entry; its modules may import each other, but never in circles.
"""

from __future__ import annotations

import ast
import re
import socket
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "borderviz"

# The lowest first: a module imports only what stands on a line above its own.
LAYERS = (
    {"errors", "dates", "kept", "paths", "parsing", "prose", "scripts"},
    {"spelling", "server", "writing"},
    {"linear", "model", "faults"},
    {"finest", "point_files", "overlay_files", "consequences"},
    {"settings", "questions"},
    {
        "geometry",
        "filters",
        "layers",
        "theme",
        "texts",
        "reading",
        "validate_lists",
    },
    {"view", "documents", "translations"},
    {"permalink", "generalise", "axes"},
    {"selection", "along"},
    {"citations", "document_files", "parts", "validate_settings", "validate_harm"},
    {"bibliography"},
    {"validate_lines", "validate_licences", "validate_questions", "validate_story"},
    {"validate"},
    {"content"},
    {"schemas"},
    {"arrivals", "drafts", "limits", "measure", "related", "search", "strip", "locate"},
    {"competing", "overlay"},
    {"render"},
    {"crowd", "pictures"},
    {"export"},
    {"standalone"},
    {"site"},
    {"api"},
    {"cli", "ui"},
    {"__main__"},
)

# Libraries that only one part of the package may know.
ONLY = {
    "streamlit": "ui",
    "streamlit_folium": "ui",
    "altair": "render",
    "folium": "render",
    "branca": "render",
    "xyzservices": "render",
    "typer": "cli",
    "matplotlib": "pictures",
    "vl_convert": "pictures",
}

PLACES = (
    *("korea", "dmz", "yalu", "tumen", "panmunjom", "seoul", "pyongyang", "mdl"),
    *("amnok", "paektu", "북한", "한국", "군사분계선", "비무장지대", "판문점", "평양"),
)
LONGEST = 250
COLOUR = re.compile(
    r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\(",
    re.IGNORECASE,
)

MODULES = sorted(SRC.rglob("*.py"))
CODE = sorted(p for p in SRC.rglob("*") if p.suffix in {".py", ".js"})
WRITTEN = sorted(
    p for p in SRC.rglob("*") if p.suffix in {".py", ".js", ".css", ".toml", ".json"}
)


def name_of(path):
    """Name a module by its path: `render.html`; the package's own file is empty."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


NAMES = {name_of(path) for path in MODULES}


def level(module):
    """The line of `LAYERS` on which a module's first name stands."""
    top = module.split(".")[0]
    for number, names in enumerate(LAYERS):
        if top in names:
            return number
    pytest.fail(f"{top} is not in LAYERS of {Path(__file__).name}: add it there")


def imports(path):
    """List (module, line) of what a file imports; for types alone does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write absolute imports"
            found += [
                (f"{node.module}.{alias.name}", node.lineno) for alias in node.names
            ]
    return found


def own_imports(path):
    """List the modules of this package that a file imports."""
    inner = (
        name.removeprefix("borderviz.")
        for name, _ in imports(path)
        if name.startswith("borderviz.")
    )
    # `from borderviz.texts import say` is about texts, `from borderviz.ui import state`
    # about ui.state, and `from borderviz import __version__` about no module at all.
    modules = {name if name in NAMES else name.rpartition(".")[0] for name in inner}
    return modules - {""}


def modules_at_import(name):
    """The modules of this package that a fresh Python has after one import."""
    code = f"import sys, {name}; print(*(m for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    return {m for m in done.stdout.split() if m.split(".")[0] == "borderviz"}


def plain_text(path):
    """The text of a file, without what a Python docstring shows as an example."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = text.replace(ast.get_docstring(node, clean=False) or "\0", "")
    return text


def show(path):
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_imports_point_to_lower_layers_only(path):
    here = name_of(path)
    if not here:
        # All others import the package itself, so it names `api` in a function only.
        assert own_imports(path) <= {"api"}
        assert modules_at_import("borderviz") <= {"borderviz"}
        return
    for module in own_imports(path):
        if module.split(".")[0] != here.split(".")[0]:
            assert level(module) < level(here), f"{here} must not import {module}"
    assert level(here) >= 0


def test_nothing_imports_in_circles():
    graph = {name_of(path): own_imports(path) for path in MODULES}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(MODULES)


def test_every_name_in_the_table_is_a_module():
    tops = {name.split(".")[0] for name in NAMES}
    assert set().union(*LAYERS) - tops == set()
    assert sum(map(len, LAYERS)) == len(set().union(*LAYERS))


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_a_library_is_known_to_one_part_only(path):
    here = name_of(path).split(".")[0]
    for name, line in imports(path):
        part = ONLY.get(name.split(".")[0], here)
        assert part == here, f"{show(path)}:{line}: only {part} may import {name}"


@pytest.mark.parametrize("path", CODE, ids=show)
def test_a_file_is_short_enough_to_be_read(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines: split it by noun"


@pytest.mark.parametrize("path", WRITTEN, ids=show)
def test_the_engine_knows_no_place(path):
    text = path.read_text(encoding="utf-8").lower()
    assert [place for place in PLACES if place in text] == []


@pytest.mark.parametrize(
    "path",
    [p for p in WRITTEN if p.name not in ("theme.toml", "config.toml")],
    ids=show,
)
def test_colours_are_named_in_the_theme_only(path):
    assert COLOUR.findall(plain_text(path)) == []


@pytest.mark.parametrize(
    ("text", "is_colour"),
    [
        ("color: #1f2a32", True),
        ("#FFF;", True),
        ("fill='#00000033'", True),
        ("rgba(0, 0, 0, .3)", True),
        ("hsl(3 4% 5%)", True),
        ("&#123;", False),
        ("f'#{number}'", False),
        ("#legend", False),
        ("item #12", False),
        ("drgb(", False),
    ],
)
def test_colours_are_recognised(text, is_colour):
    assert bool(COLOUR.search(text)) == is_colour


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "::ffff:192.0.2.1"])
def test_tests_cannot_reach_another_machine(host):
    with pytest.raises(pytest.fail.Exception, match="reached for"):
        socket.create_connection((host, 443), timeout=1)


def test_tests_can_reach_a_server_of_their_own():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()
