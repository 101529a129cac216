"""docs/operating.md: its commands are run as they stand there, only on other ports."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from typer.main import get_command

from borderviz import cli
from deploy.machines import ROOT, free_port

GUIDE = (ROOT / "docs" / "operating.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)```", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = [line.removesuffix(" &") for block in BLOCKS for line in block.splitlines()]
CONF = (ROOT / "deploy" / "nginx" / "app.conf").read_text("utf-8")


def rendered(folder, *words):
    """Fill a configuration in; return what the script said, or why it did not."""
    script = ROOT / "deploy" / "nginx" / "render.py"
    return subprocess.run(
        [sys.executable, str(script), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("line", [x for x in COMMANDS if x.startswith("borderviz ")])
def test_a_command_of_ours_takes_these_options(line):
    _, *words = shlex.split(line)
    found = get_command(cli.app)
    while words and words[0] in getattr(found, "commands", {}):
        found = found.commands[words.pop(0)]
    # What does not exist would be told here; nothing is run.
    found.make_context("borderviz", words, resilient_parsing=False)


@pytest.mark.parametrize("kind", ["app", "site"])
def test_a_rendered_configuration_is_one_that_nginx_takes(
    kind, nginx_program, tmp_path
):
    (line,) = [
        x for x in COMMANDS if x.startswith(f"python deploy/nginx/render.py {kind}")
    ]
    (tmp_path / "public").mkdir()
    _, _, *words = shlex.split(line)
    done = rendered(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    folder = words[1]
    told = f"nginx -e stderr -p {folder} -c nginx.conf"
    assert told in COMMANDS
    assert done.stdout.strip() == told.replace(folder, str(tmp_path / folder))
    test = subprocess.run(
        [nginx_program, *shlex.split(told)[1:], "-t"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert test.returncode == 0, test.stderr
    assert "warn" not in test.stderr


def test_options_that_the_guide_names_exist():
    said = rendered(ROOT, "app", "--help").stdout
    named = set(re.findall(r"`(--[a-z-]+)", GUIDE)) - {"--help", "--views"}
    assert named >= {"--name", "--framed-by", "--connections", "--rate"}
    assert not [name for name in named if name not in said]


def test_headers_are_those_of_the_page_on_security():
    block = re.search(r"### Headers\n\n```http\n(.*?)```", SECURITY, re.DOTALL)[1]
    for line in block.strip().splitlines():
        name, _, value = line.partition(": ")
        value = value.replace("frame-ancestors 'self'", "frame-ancestors @FRAMES@")
        assert f'add_header {name} "{value}" always;' in CONF


def test_whoever_may_frame_the_page_stands_in_its_policy(tmp_path):
    words = ["app", "x", "--to", "127.0.0.1:1", "--framed-by", "https://news.example"]
    assert rendered(tmp_path, *words).returncode == 0
    text = (tmp_path / "x" / "nginx.conf").read_text("utf-8")
    assert "frame-ancestors https://news.example" in text
    assert not re.search(r"^\s*add_header X-Frame-Options", text, re.MULTILINE)
    assert "@" not in text


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "127.0.0.1:1; return 200 x"],
        ["--to", "127.0.0.1"],
        ["--to", "a:80", "--to", "b:80"],
        ["--to", "127.0.0.1:1", "--name", "a b"],
        ["--to", "127.0.0.1:1", "--name", "$host"],
        ["--to", "127.0.0.1:1", "--certificate", "x"],
        [],
    ],
)
def test_what_cannot_stand_in_a_configuration_is_refused(tmp_path, words):
    done = rendered(tmp_path, "app", "x", *words)
    assert done.returncode == 2
    assert "error:" in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_certificate_makes_it_speak_tls(tmp_path, nginx_program):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    listen = ["--listen", f"127.0.0.1:{free_port()}", "--to", "127.0.0.1:1"]
    tls = ["--certificate", "cert.pem", "--key", "key.pem"]
    assert rendered(tmp_path, "app", "x", *listen, *tls).returncode == 0
    words = [nginx_program, "-e", "stderr", "-p", "x", "-c", "nginx.conf", "-t"]
    test = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    assert test.returncode == 0, test.stderr


def test_the_guide_s_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", GUIDE)
    made = {"benchmarks.md"}  # by `make bench`
    assert made <= set(links)
    for link in set(links) - made:
        assert (ROOT / "docs" / link).exists(), link
