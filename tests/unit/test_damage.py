"""However content is damaged, reading it tells problems and never raises."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderviz.content import read
from borderviz.measure import measure

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
FILES = sorted(
    path.relative_to(ATLANTIS).as_posix()
    for path in ATLANTIS.rglob("*")
    if path.is_file()
)
TABLES = [name for name in FILES if not name.endswith((".md", ".txt"))]
BYTES = {name: (ATLANTIS / name).read_bytes() for name in FILES}

MANY = 25 if settings.get_current_profile_name() == "search" else 1

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 2**63, 10**400, 1e308, -1e308, 5e-324]),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["", " ", "a" * 5000, "\x1b[2J", "\u202e", "<script>", "../atlas.toml", "\0"]
    ),
    st.sampled_from(FILES),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "en", "type", "x"]), inner)
        ),
        max_leaves=6,
    ),
    st.integers(10, 200).map(lambda depth: json.loads("[" * depth + "]" * depth)),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """One copy for all examples; each puts back the file that it broke."""
    return Path(
        shutil.copytree(ATLANTIS, tmp_path_factory.mktemp("damage") / "atlantis")
    )


def read_with(copy, name, raw):
    """Read the atlas with one file replaced; check what is promised of any content."""
    (copy / name).write_bytes(raw)
    try:
        atlas, problems = read(copy)
    finally:
        (copy / name).write_bytes(BYTES[name])
    for problem in problems:
        assert all((problem.file, problem.found, problem.allowed, problem.cure))
        assert str(problem).isprintable()
        assert len(str(problem)) < 4000
        json.dumps(problem.as_dict()).encode()
    assert atlas is not None or problems
    if atlas is not None and not problems:
        measure(atlas)
    return problems


def nodes(document, path=()):
    """List the path of every value in a document."""
    yield path
    entries = ()
    if isinstance(document, dict):
        entries = document.items()
    elif isinstance(document, list):
        entries = enumerate(document)
    for key, value in entries:
        yield from nodes(value, (*path, key))


def parsed(name):
    """Read one file of the atlas as plain values."""
    text = BYTES[name].decode()
    return tomllib.loads(text) if name.endswith(".toml") else json.loads(text)


def written(name, document):
    """Write plain values back, in the form of the file; what TOML lacks is left out."""
    if not name.endswith(".toml"):
        return json.dumps(document).encode()
    if not isinstance(document, dict):
        return f"record = {inline(document)}".encode(errors="surrogatepass")
    lines = (f"{quoted(k)} = {inline(v)}" for k, v in document.items() if v is not None)
    return "\n".join(lines).encode(errors="surrogatepass")


def inline(value):
    """Write one value as TOML."""
    if isinstance(value, dict):
        pairs = (
            f"{quoted(k)} = {inline(v)}" for k, v in value.items() if v is not None
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(v) for v in value if v is not None) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(text):
    """Write a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.mark.parametrize("name", TABLES)
def test_writing_back_changes_nothing(copy, name):
    assert read_with(copy, name, written(name, parsed(name))) == []


@settings(max_examples=80 * MANY)
@given(data=st.data())
def test_a_file_cut_off_anywhere(copy, data):
    name = data.draw(st.sampled_from(FILES))
    end = data.draw(st.integers(0, len(BYTES[name]) - 1))
    read_with(copy, name, BYTES[name][:end])


@settings(max_examples=80 * MANY)
@given(data=st.data())
def test_a_file_with_other_bytes_in_it(copy, data):
    name = data.draw(st.sampled_from(FILES))
    raw = bytearray(BYTES[name])
    start = data.draw(st.integers(0, len(raw)))
    raw[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    read_with(copy, name, bytes(raw))


@settings(max_examples=250 * MANY)
@given(data=st.data())
def test_values_replaced_or_removed_anywhere(copy, data):
    name = data.draw(st.sampled_from(TABLES))
    document = parsed(name)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(nodes(document))))
        if not path:
            document = data.draw(JUNK)
            continue
        parent = document
        for step in path[:-1]:
            parent = parent[step]
        if data.draw(st.booleans()):
            parent[path[-1]] = data.draw(JUNK)
        else:
            del parent[path[-1]]
    read_with(copy, name, written(name, document))
