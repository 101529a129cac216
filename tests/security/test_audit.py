"""The audit of packages, against an advisory service of our own on this machine."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "audit.py"
FLAW = "GHSA-0000-0000-0000"
ALIAS = "CVE-2026-0000"
TODAY = dt.datetime.now(tz=dt.UTC).date()


class Service(ThreadingHTTPServer):
    """What OSV answers: one advisory about `leaky` before 2.0, none about the rest."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1/query"


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        query = json.loads(self.rfile.read(length))
        name = query["package"]["name"]
        self.server.asked.append(name)
        is_flawed = (name, query["version"]) == ("leaky", "1.0")
        found = {"vulns": [advisory()]} if is_flawed else {}
        body = json.dumps(found).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def advisory():
    events = [{"introduced": "0"}, {"fixed": "2.0"}]
    affected = {
        "package": {"name": "leaky", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }
    return {
        "id": FLAW,
        "summary": "It leaks",
        "details": "It leaks.",
        "aliases": [ALIAS],
        "affected": [affected],
    }


@pytest.fixture
def service():
    with Service() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def audit(tmp_path, service):
    """Run the script on some pins and acceptances; return exit code and words."""

    def run(*pins, accepted="", url=service.url, **environment):
        constraints = tmp_path / "constraints.txt"
        constraints.write_text("\n".join(pins), encoding="utf-8")
        advisories = tmp_path / "advisories.toml"
        advisories.write_text(accepted, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(constraints), str(advisories)],
            env={
                **{k: v for k, v in os.environ.items() if "proxy" not in k.lower()},
                "AUDIT_CACHE": str(tmp_path / "cache"),
                "AUDIT_OSV_URL": url,
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr

    return run


def acceptance(name=FLAW, package="leaky", days=30, reason="not reached"):
    until = TODAY + dt.timedelta(days=days)
    return (
        f'[[accepted]]\npackage = "{package}"\nid = "{name}"\n'
        f'reason = "{reason}"\nuntil = {until}\n'
    )


def test_packages_without_an_advisory_pass(audit, service):
    code, said = audit("sound==1.0", "leaky==2.0")
    assert (code, service.asked) == (0, ["sound", "sound", "leaky"])
    assert "audit: 2 packages looked up; advisories: 0 not accepted" in said
    assert "NOT AUDITED" not in said


def test_an_advisory_fails_and_names_the_cure(audit):
    code, said = audit("sound==1.0", "leaky==1.0")
    assert code == 1
    assert f"FOUND: leaky 1.0: {ALIAS}, {FLAW}; fixed in 2.0" in said


@pytest.mark.parametrize("name", [FLAW, ALIAS])
def test_an_accepted_advisory_passes_under_any_of_its_names(audit, name):
    code, said = audit("leaky==1.0", accepted=acceptance(name))
    assert code == 0
    assert "0 not accepted, 1 accepted" in said


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        (acceptance(days=-1), "expired on"),
        (acceptance(days=91), "at most 90 days ahead"),
        (acceptance(reason=" "), "needs just"),
        (acceptance() + "owner = 'x'\n", "needs just"),
        (re.sub("until = (.*)", r'until = "\1"', acceptance()), "date without quotes"),
    ],
    ids=["expired", "for ever", "no reason", "unknown field", "no date"],
)
def test_an_acceptance_ends_and_has_a_reason(audit, accepted, told):
    code, said = audit("leaky==1.0", accepted=accepted)
    assert code == 1
    assert told in said
    assert "FOUND: leaky" in said


def test_an_expired_acceptance_fails_where_nobody_answers_too(audit):
    code, said = audit(
        "leaky==1.0", accepted=acceptance(days=-1), url="http://127.0.0.1:9/"
    )
    assert code == 1
    assert "NOT AUDITED" in said
    assert "expired on" in said


def test_an_acceptance_is_for_one_package(audit):
    code, said = audit("leaky==1.0", accepted=acceptance(package="other"))
    assert code == 1
    assert f"accepted {FLAW} is no longer found" in said


@pytest.mark.parametrize(("required", "code"), [({}, 0), ({"AUDIT": "required"}, 1)])
def test_no_answer_is_said_loudly_and_fails_where_it_must(audit, required, code):
    found, said = audit("leaky==1.0", url="http://127.0.0.1:9/", **required)
    assert found == code
    assert "NOT AUDITED for known vulnerabilities:\n1 packages\nbecause " in said


def test_an_answer_that_is_none_is_no_audit(audit, service):
    service.status = 503
    code, said = audit("leaky==1.0", AUDIT="required")
    assert code == 1
    assert "NOT AUDITED" in said


def test_an_answer_is_asked_for_once_a_day_and_for_each_set_of_packages(audit, service):
    audit("leaky==1.0")
    before = list(service.asked)
    assert audit("leaky==1.0")[0] == 1
    assert service.asked == before
    audit("leaky==1.0", "sound==1.0")
    assert len(service.asked) > len(before)


def test_what_we_accept_is_in_order_and_the_check_audits():
    path = ROOT / ".ci" / "advisories.toml"
    tomllib.loads(path.read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    assert ".ci/audit.py" in check
