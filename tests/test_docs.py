"""The documents tell the truth: fields, examples, licences, commands, versions."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError
from typer.main import get_command

from borderviz import cli, documents, model, questions, settings
from borderviz.model import Model

ROOT = Path(__file__).parents[1]
GEODATA = ROOT / "geodata"
CONTRACT = (GEODATA / "README.md").read_text("utf-8")
CONTENT_SUFFIXES = {".toml", ".json", ".geojson"}
NOT_IN_THE_ATLAS = {"README.md", "build/sea_points.json"}

MODELS = {
    name: kind
    for module in (model, settings, questions, documents)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Model) and kind.model_fields
}
FIELDS = [(name, field) for name, kind in MODELS.items() for field in kind.model_fields]


def rows_of(heading: str) -> dict[str, tuple[str, str, str]]:
    """Required, example and meaning by field, from the table under a heading."""
    start = re.search(rf"^### `{re.escape(heading)}`$", CONTRACT, re.M)
    if start is None:
        return {}
    section = re.split(r"^##", CONTRACT[start.end() :], maxsplit=1, flags=re.M)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("| `")
    ]
    return {c[0].strip("`"): (c[2], c[3].strip("`"), c[4]) for c in cells}


def words_of(annotation: Any) -> set[str]:
    """Every word that a `Literal` anywhere inside a type allows."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {word for part in get_args(annotation) for word in words_of(part)}


def from_toml(value: str) -> Any:
    return tomllib.loads(f"value = {value}")["value"]


# --- the content contract -------------------------------------------------------------


def test_models_are_found():
    assert {"Record", "Place", "Settings", "Style", "Waypoint"} <= set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_contract_lists_the_fields_of_a_model_and_no_others(name):
    assert set(rows_of(name)) == set(MODELS[name].model_fields)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_the_contract_tells_each_field_rightly(name, field):
    info = MODELS[name].model_fields[field]
    required, example, meaning = rows_of(name)[field]
    assert required == ("yes" if info.is_required() else "no")
    adapter = TypeAdapter(Annotated[info.annotation, info])
    adapter.validate_python(from_toml(example), strict=True)
    if "values of a record's `kind`" not in meaning:
        missing = {w for w in words_of(info.annotation) if f"`{w}`" not in meaning}
        assert not missing


def test_an_example_of_the_wrong_form_would_be_noticed():
    info = MODELS["Stated"].model_fields["km"]
    adapter = TypeAdapter(Annotated[info.annotation, info])
    with pytest.raises(ValidationError):
        adapter.validate_python(from_toml("-1"), strict=True)


def test_the_contract_lists_the_vocabulary():
    atlas = tomllib.loads((GEODATA / "atlas.toml").read_text("utf-8"))
    for field, terms in atlas["vocabulary"].items():
        meaning = rows_of("Vocabulary")[field][2]
        assert set(re.findall(r"`([^`]+)`", meaning)) == set(terms), field


def test_the_contract_names_every_file():
    files = [p for p in GEODATA.iterdir() if p.suffix in CONTENT_SUFFIXES]
    assert not [p.name for p in files if f"| `{p.name}` |" not in CONTRACT]


def test_the_contract_names_every_field_of_the_arrivals():
    arrivals = tomllib.loads((GEODATA / "arrivals.toml").read_text("utf-8"))
    tables = {key: rows for key, rows in arrivals.items() if isinstance(rows, list)}
    section = CONTRACT.split("### `arrivals.toml`")[1].split("\n## ")[0]
    assert not [k for k in set(arrivals) - set(tables) if f"`{k}`" not in section]
    for name, rows in tables.items():
        (line,) = [x for x in section.splitlines() if x.startswith(f"| `[[{name}]]`")]
        named = set(re.findall(r"`(\w+)`", line))
        assert named == {key for row in rows for key in row}, name


# --- licences, versions, commands -----------------------------------------------------


def test_each_content_file_has_a_licence_and_says_the_same_itself():
    text = (ROOT / "LICENSE-DATA").read_text("utf-8")
    stated = dict(re.findall(r"^  geodata/(\S+) {2,}(\S.*)$", text, re.M))
    files = [p for p in GEODATA.rglob("*") if p.suffix in {*CONTENT_SUFFIXES, ".md"}]
    names = {p.relative_to(GEODATA).as_posix() for p in files}
    grouped = {n for n in names if re.fullmatch(r"(story|pages)/.+\.md|texts/.+", n)}
    whole = {f"{n.split('/')[0]}/*{Path(n).suffix}" for n in grouped}
    assert set(stated) == names - grouped | whole
    for path in GEODATA.glob("*.geojson"):
        assert json.loads(path.read_text("utf-8"))["license"] == stated[path.name]


def test_the_atlas_states_the_licences_that_the_licence_file_states():
    text = (ROOT / "LICENSE-DATA").read_text("utf-8")
    stated = dict(re.findall(r"^  geodata/(\S+) {2,}(\S.*)$", text, re.M))
    # Neither documents nor what geometry is built from are parts of the atlas.
    stated = {n: x for n, x in stated.items() if n not in NOT_IN_THE_ATLAS}
    atlas = tomllib.loads((GEODATA / "atlas.toml").read_text("utf-8"))
    spoken = {
        name: "Public domain" if row["id"].startswith("LicenseRef-") else row["id"]
        for row in atlas["licences"]
        for name in row["covers"]
    }
    assert spoken == stated
    for row in atlas["licences"]:
        assert row["name"]["en"].rsplit(" 4.0 ")[0].split(" 1.0")[0] in text
        assert row["address"] in text
        assert f"Full text: geodata/{row['file']}" in text or row["name"]["en"] in (
            "Public domain",
        )


def test_every_text_of_a_licence_is_one_that_the_atlas_states():
    atlas = tomllib.loads((GEODATA / "atlas.toml").read_text("utf-8"))
    named = {row["file"] for row in atlas["licences"]}
    assert named == {f"licences/{p.name}" for p in (GEODATA / "licences").iterdir()}


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    newest = re.search(r"^## \[(\d[^\]]*)\] - (\d{4}-\d{2}-\d{2})$", changes, re.M)
    assert newest is not None
    assert newest[1] == project["version"]
    assert f"\nversion: {newest[1]}\n" in citation
    assert f'\ndate-released: "{newest[2]}"\n' in citation


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = get_command(cli.app).commands  # type: ignore[attr-defined]
    assert {"check", "measure", "run"} <= set(commands)
    assert not [name for name in commands if f"borderviz {name}" not in readme]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "geodata/README.md"])
def test_every_make_target_that_a_document_names_exists(name):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.M))
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)(?=`|$| +#)", text, re.M))
    assert named
    assert named <= targets


# --- nothing of the machine it was made on --------------------------------------------


def tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]
FOLDERS = "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"])
FORBIDDEN = re.compile(
    rf"{'|'.join(map(re.escape, HOSTS))}|(?:(?<![\w./:-])|file://)/(?:{FOLDERS})/\w"
)


@pytest.mark.parametrize(
    "text", [f"https://{HOSTS[0]}/simple", " /" + "wo" + "rk/a", "file:///ho" + "me/a"]
)
def test_what_is_forbidden_would_be_noticed(text):
    assert FORBIDDEN.search(text)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_no_file_names_a_registry_or_a_path_of_some_machine():
    paths = tracked_files()
    assert ROOT / "pyproject.toml" in paths
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in paths
        for match in FORBIDDEN.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert not found
