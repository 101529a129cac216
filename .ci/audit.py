"""Look up every pinned package among known vulnerabilities, by pip-audit.

    python .ci/audit.py [CONSTRAINTS [ADVISORIES]]

Fails on an advisory that nobody accepted, on an acceptance that has expired, and, with
AUDIT=required, where no advisory service answers. Without it that is said, loudly, and
passes: a laptop without a network can still run `make check`.

AUDIT_OSV_URL names a service of the OSV form to ask in place of the package index.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CACHE = Path(os.environ.get("AUDIT_CACHE") or ROOT / ".cache" / "audit")
# Advisories appear without a change of ours: an answer is good for a day.
FRESH_S = 24 * 3600
# One package is asked about first: where that fails, nobody waits for the rest.
PROBE_S, TIMEOUT_S = 20, 300
LONGEST_DAYS = 90
FIELDS = {"package", "id", "reason", "until"}


class NotAuditedError(Exception):
    """No answer; the message says why."""


def main(arguments: list[str]) -> int:
    """Audit; return the exit code."""
    constraints = Path(arguments[0]) if arguments else ROOT / "constraints.txt"
    accepted_file = ROOT / ".ci" / "advisories.toml"
    if len(arguments) > 1:
        accepted_file = Path(arguments[1])
    accepted, faults = acceptances(accepted_file)
    pins = [
        line
        for line in constraints.read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    ]
    try:
        answer = audited(pins)
    except NotAuditedError as error:
        unaudited(f"{len(pins)} packages", str(error))
        say(*faults)
        return int(bool(faults) or is_required())
    skipped = [f["name"] for f in answer if "skip_reason" in f]
    if skipped:
        unaudited(", ".join(skipped), "the service does not know them")
    findings, used = findings_in(answer, accepted)
    say(*faults, *findings)
    for entry in accepted:
        if entry["id"] not in used:
            say(f"note: accepted {entry['id']} is no longer found; remove its entry")
    failed = bool(faults or findings or (skipped and is_required()))
    looked_at = len(answer) - len(skipped)
    said = f"{len(findings)} not accepted, {len(used)} accepted"
    say(f"audit: {looked_at} packages looked up; advisories: {said}")
    return int(failed)


def acceptances(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read what is accepted, and what is wrong with it."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
    good, faults = [], []
    today = dt.datetime.now(tz=dt.UTC).date()
    for number, entry in enumerate(entries, 1):
        where = f"{path.name}, entry {number} ({entry.get('id', 'without an id')})"
        until = entry.get("until")
        if set(entry) != FIELDS or not str(entry.get("reason", "")).strip():
            faults.append(f"{where}: needs just {', '.join(sorted(FIELDS))}")
        elif type(until) is not dt.date:
            faults.append(f"{where}: `until` is a date without quotes")
        elif until < today:
            faults.append(f"{where}: expired on {until}; update, or decide anew")
        elif (until - today).days > LONGEST_DAYS:
            faults.append(f"{where}: at most {LONGEST_DAYS} days ahead")
        else:
            good.append(entry)
    return good, faults


def findings_in(
    answer: list[dict[str, Any]], accepted: list[dict[str, Any]]
) -> tuple[list[str], set[str]]:
    """List the advisories that nobody accepted, and the ids of acceptances in use."""
    findings, used = [], set()
    for package in answer:
        for advisory in package.get("vulns", []):
            names = {advisory["id"], *advisory["aliases"]}
            known = {
                entry["id"]
                for entry in accepted
                if entry["package"].lower() == package["name"].lower()
                and entry["id"] in names
            }
            used |= known
            if not known:
                fixed = ", ".join(advisory["fix_versions"]) or "no version yet"
                findings.append(
                    f"FOUND: {package['name']} {package['version']}: "
                    f"{', '.join(sorted(names))}; fixed in {fixed}"
                )
    return findings, used


def audited(pins: list[str]) -> list[dict[str, Any]]:
    """Ask about every package, or read the answer of the same day."""
    url = os.environ.get("AUDIT_OSV_URL", "")
    digest = hashlib.sha256("\n".join([url, *pins]).encode()).hexdigest()[:16]
    kept = CACHE / f"{digest}.json"
    if kept.is_file() and time.time() - kept.stat().st_mtime < FRESH_S:
        answer: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
        return answer
    if all("skip_reason" in found for found in asked(pins[:1], url, PROBE_S)):
        msg = "no advisory service answers (the package index has no advisories)"
        raise NotAuditedError(msg)
    answer = asked(pins, url, TIMEOUT_S)
    CACHE.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(answer), encoding="utf-8")
    return answer


def asked(pins: list[str], url: str, timeout: float) -> list[dict[str, Any]]:
    """Run pip-audit on some packages; each as pinned, with nothing resolved."""
    service = ["-s", "osv", "--osv-url", url] if url else []
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(pins) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(listed), *service]
        command += ["--no-deps", "--disable-pip", "--format=json", "--desc=off"]
        command += ["--progress-spinner=off", "--timeout=5"]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=timeout, check=False
            )
        except subprocess.TimeoutExpired:
            msg = f"no answer within {timeout} s"
            raise NotAuditedError(msg) from None
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError, TypeError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        msg = f"pip-audit gave no answer: {''.join(last)[:200]}"
        raise NotAuditedError(msg) from None
    return found


def unaudited(what: str, why: str) -> None:
    """Say so that nobody takes silence for safety."""
    line = "!" * 72
    say(line, "NOT AUDITED for known vulnerabilities:", what, f"because {why}", line)


def is_required() -> bool:
    """Tell whether an audit that cannot be made is a failure."""
    return os.environ.get("AUDIT") == "required"


def say(*lines: str) -> None:
    """Write to where `make` shows it."""
    sys.stderr.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
