"""Fuzz the parsers: atheris where it is installed, else Hypothesis; counts a target.

`python tests/fuzz/run.py --seconds 60 links dates`. Each target runs in a process of
its own. What is found lies in `.cache/fuzz/found`: give it a name that says what it is,
and put it in `tests/fuzz/corpus/<target>`, where every test run tries it again.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "fuzz"
CORPUS = HERE / "corpus"
TARGETS = sorted(path.stem for path in (HERE / "targets").glob("[a-z]*.py"))
_COVER = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
_COUNT = re.compile(r"stat::number_of_executed_units: +(\d+)")
# An input that takes longer is a fault: readers send them by the thousand.
_LONGEST_S, _MOST_MB = 10, 3000


def main():
    """Run targets one after another, or one in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=30, help="for each target")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}")
    if asked.here:
        _fuzz(asked.targets[0], asked.seconds)
        return
    _tell(f"{'target':16}{'inputs':>12}{'cover':>14}{'features':>16}{'kept':>8}")
    bad = [
        name for name in asked.targets or TARGETS if not _report(name, asked.seconds)
    ]
    sys.exit(f"found something: {', '.join(bad)}" if bad else 0)


def _report(name, seconds):
    """Run a target in a process of its own and print a line; True if all is well."""
    command = [sys.executable, __file__, "--here", "--seconds", str(seconds), name]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    told = done.stdout + done.stderr
    count = _COUNT.findall(told) or ["?"]
    cover = _COVER.findall(told) or [("?", "?", "?")]
    first, last = cover[0], cover[-1]
    _tell(
        f"{name:16}{count[-1]:>12}{f'{first[0]}-{last[0]}':>14}"
        f"{f'{first[1]}-{last[1]}':>16}{last[2]:>8}"
    )
    if done.returncode:
        log = CACHE / f"{name}.log"
        log.write_text(told, encoding="utf-8")
        _tell("\n  ".join([f"  {log}", *told.strip().splitlines()[-25:]]))
    return not done.returncode


def _tell(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _fuzz(name, seconds):
    sys.path.insert(0, str(HERE.parent))
    CACHE.joinpath("found").mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("atheris"):
        _by_coverage(name, seconds)
    else:
        _by_chance(name, seconds)


def _by_coverage(name, seconds):
    import atheris

    with atheris.instrument_imports(include=["borderviz", "fuzz.targets"]):
        target = importlib.import_module(f"fuzz.targets.{name}")
    kept, known, words = CACHE / name, CORPUS / name, CACHE / f"{name}.dict"
    for folder in (kept, known):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.SEEDS):
        kept.joinpath(f"seed-{number}").write_bytes(seed)
    lines = (_quoted(w.encode() if isinstance(w, str) else w) for w in target.WORDS)
    words.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    flags = {
        "max_total_time": seconds,
        "timeout": _LONGEST_S,
        "rss_limit_mb": _MOST_MB,
        "max_len": 4096,
        "dict": words,
        "artifact_prefix": f"{CACHE / 'found' / name}-",
        "print_final_stats": 1,
        "use_value_profile": 1,
    }
    arguments = [f"-{key}={value}" for key, value in flags.items()]
    atheris.Setup([sys.argv[0], *arguments, str(kept), str(known)], target.one)
    atheris.Fuzz()


def _quoted(word):
    return "".join(f"\\x{byte:02x}" for byte in word)


def _by_chance(name, seconds):
    """Without coverage: seeds and found cases, changed at random."""
    from fuzz.chance import try_some

    target = importlib.import_module(f"fuzz.targets.{name}")
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        count += try_some(target, name, 500)
    _tell(f"stat::number_of_executed_units: {count}")


if __name__ == "__main__":
    main()
