"""Inputs by chance, for where no coverage guides: known cases, cut, copied, altered."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).parent / "corpus"


def cases(name):
    """The cases that were found, by file name."""
    return sorted(path for path in (CORPUS / name).glob("*") if path.is_file())


def try_some(target, name, count, *, derandomize=False):
    """
    Try altered cases; raises what a target raises, with the case that did it.

    Returns
    -------
    int
        How many were tried.
    """
    tried = 0

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=derandomize,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(altered(target, name))
    def law(data):
        nonlocal tried
        tried += 1
        target.one(data)

    law()
    return tried


def altered(target, name):
    """A strategy for known cases to which a few things happened."""
    known = [*target.SEEDS, *(path.read_bytes() for path in cases(name))]
    words = [w.encode() if isinstance(w, str) else w for w in target.WORDS]
    piece = st.one_of(st.sampled_from(words), st.binary(max_size=8), st.just(b""))
    edit = st.tuples(st.integers(0, 4096), st.integers(0, 20), piece)
    return st.builds(_edited, st.sampled_from(known), st.lists(edit, max_size=6))


def _edited(data, edits):
    for at, gone, piece in edits:
        at %= len(data) + 1
        data = data[:at] + piece + data[at + gone :]
    return data
