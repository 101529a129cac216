"""The container files: read, and held against the code; no engine runs them here."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
import yaml
from typer.main import get_command

from borderviz import cli
from borderviz.ui import front
from deploy.machines import ROOT

DEPLOY = ROOT / "deploy"
LABEL = "# Linted, never run here"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def instructions(text):
    """Read a Containerfile as pairs, lines that go on as one."""
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    found = [line.strip().partition(" ")[::2] for line in lines if line.strip()]
    return [(name, rest.strip()) for name, rest in found if not name.startswith("#")]


@pytest.fixture(scope="module")
def stages():
    """The instructions of each stage, by its name."""
    found = {}
    for name, rest in instructions((DEPLOY / "Containerfile").read_text("utf-8")):
        if name == "FROM":
            image, _, stage = rest.partition(" AS ")
            found[stage] = []
            assert re.search(r":\d+\.\d+(\.\d+)?-", image), f"{image} is no version"
        found[stage].append((name, rest))
    return found


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def only(stage, name):
    (found,) = [rest for key, rest in stage if key == name]
    return found


def options_of(words):
    """Read the words of `borderviz run` as the command itself would."""
    command = get_command(cli.app).commands["run"]
    return command.make_context("run", list(words)).params


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml"])
def test_each_says_first_that_nobody_has_run_it(name):
    text = (DEPLOY / name).read_text("utf-8")
    assert text.startswith(LABEL)
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert f"deploy/{name}" in guide
    assert "linted, never run here" in guide.lower()


def test_nothing_that_runs_is_root_or_fetches_anything(stages):
    assert list(stages) == ["build", "front", "app"]
    for name in ("front", "app"):
        assert only(stages[name], "USER") == "10001:10001"
    assert "RUN" not in dict(stages["app"])
    assert "--constraint constraints.txt" in only(stages["build"], "RUN")


def test_what_is_copied_is_there_and_enough(stages):
    copied = [rest.split()[:-1] for key, rest in stages["build"] if key == "COPY"]
    names = {name for row in copied for name in row}
    assert all((ROOT / name).exists() for name in names)
    needed = {"pyproject.toml", "src", "geodata", *PROJECT["license-files"]}
    assert needed | {PROJECT["readme"], "constraints.txt"} == names


def test_the_command_is_ours_and_its_port_is_the_one_that_is_asked(stages):
    app = stages["app"]
    entry = yaml.safe_load(only(app, "ENTRYPOINT"))
    assert entry[-2:] == ["/opt/borderviz/bin/borderviz", "run"]
    options = options_of(yaml.safe_load(only(app, "CMD")))
    assert options["host"] == "0.0.0.0"
    port = str(options["port"])
    assert only(app, "EXPOSE") == port
    assert asked(only(app, "HEALTHCHECK")) == port


def asked(check):
    """Tell which port a check asks for our own health, which is one of our routes."""
    found = re.search(r"http://localhost:(\d+)(/\w+)'", str(check))
    routes = {route.path for route in front.parts()["routes"]}
    assert found[2] in routes
    return found[1]


def test_the_version_is_ours(compose):
    images = [its["image"] for its in compose["services"].values()]
    assert {image.partition(":")[2] for image in images} == {PROJECT["version"]}


def test_each_process_answers_where_the_front_looks_for_it(compose, stages):
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    told = shlex.split(
        re.search(r"^#\s+python (deploy/nginx/render.*)$", text, re.M)[1]
    )
    assert (ROOT / told[0]).is_file()
    to = [told[n + 1] for n, word in enumerate(told) if word == "--to"]
    apps = {k: s for k, s in compose["services"].items() if k != "front"}
    ports = {name: options_of(its["command"])["port"] for name, its in apps.items()}
    assert to == [f"{name}:{port}" for name, port in ports.items()]
    for name, its in apps.items():
        assert asked(its["healthcheck"]["test"]) == str(ports[name])
        assert its["build"]["target"] in stages
    listen = told[told.index("--listen") + 1].rpartition(":")[2]
    assert compose["services"]["front"]["ports"] == [f"127.0.0.1:{listen}:{listen}"]
    assert only(stages["front"], "EXPOSE") == listen


def test_nothing_writes_anywhere_but_to_memory(compose):
    for name, its in compose["services"].items():
        assert its["read_only"] is True, name
        assert its["cap_drop"] == ["ALL"]
        assert its["security_opt"] == ["no-new-privileges:true"]
        assert [x.partition(":")[0] for x in its["tmpfs"]] == ["/tmp"]
        assert all(x.endswith(":ro") for x in its.get("volumes", []))
        assert not {"privileged", "secrets", "env_file"} & set(its)
    # The name is asked for, and nothing else is told to the processes.
    app = compose["services"]["app1"]
    assert list(app["environment"]) == ["STREAMLIT_SERVER_ALLOWED_HOSTS"]
