"""Very many rows: the same answers as of few, column by column."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz import locate
from borderviz.filters import Filters
from borderviz.overlay import aggregate, ends
from borderviz.overlay.aggregate import ranks
from borderviz.overlay.cells import one_line, plain, simple
from borderviz.overlay.ends import ends_of, know_ends
from borderviz.overlay.large import located_rows, warmed, with_places
from borderviz.overlay.lean import Lean, joined
from borderviz.overlay.narrow import Narrowing, mask
from points_files import large, scattered

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
TEXTS = st.lists(st.none() | WORDS | st.sampled_from(["", "9", "10", "-1e3", "B", "b"]))


def as_order(found):
    """Ranks without their numbers: what comes before what, and what is alike."""
    known = found[~np.isnan(found)]
    return np.isnan(found).tolist(), np.unique(known, return_inverse=True)[1].tolist()


@given(TEXTS, st.booleans())
def test_texts_are_ranked_as_they_are_one_by_one(texts, is_coded):
    array = pa.array(texts, pa.string())
    cells = Lean(array.dictionary_encode() if is_coded else array)
    assert as_order(ranks(cells)) == as_order(ranks(tuple(texts)))


@given(
    st.lists(st.none() | st.sampled_from(["", "9", "10", "-1e3", "B", "b", "a b", "é"]))
)
def test_very_many_different_texts_are_ranked_alike(texts):
    few, aggregate._FEW = aggregate._FEW, -1
    try:
        found = ranks(Lean(pa.array(texts, pa.string())))
    finally:
        aggregate._FEW = few
    assert as_order(found) == as_order(ranks(tuple(texts)))


@given(st.lists(st.none() | st.integers(-99, 99) | st.floats(-9, 9)))
def test_numbers_are_ranked_by_what_they_are(numbers):
    found = ranks(Lean(pa.array([x and float(x) for x in numbers], pa.float64())))
    assert as_order(found) == as_order(ranks([x and float(x) for x in numbers]))


def test_ranks_are_worked_out_once():
    cells = Lean(pa.array(["b", "a"]))
    assert ranks(cells) is ranks(cells)


@given(TEXTS, st.booleans())
def test_cells_are_written_as_they_are_one_by_one(texts, is_coded):
    array = pa.array(texts, pa.string())
    cells = Lean(array.dictionary_encode() if is_coded else array)
    assert list(cells.texts()) == [plain(text) for text in texts]
    assert list(cells.texts().words()) == [simple(plain(text)) for text in texts]


@given(st.lists(st.sampled_from(["a\nb", " c ", "d", "e  f", None])))
def test_titles_stand_in_one_line(texts):
    cells = Lean(pa.array(texts, pa.string()))
    found = [" ".join(text.split()) for text in cells.texts(in_line=True)]
    assert found == [" ".join(one_line(text).split()) for text in texts]


@given(TEXTS, WORDS, st.booleans())
def test_a_word_is_found_wherever_it_stands(texts, word, is_coded):
    filled = ["" if text is None else text for text in texts]
    array = pa.array(filled, pa.string())
    cells = Lean(array.dictionary_encode() if is_coded else array)
    assert cells.holds(word).tolist() == [word in text for text in filled]


def test_cells_are_read_like_any_sequence():
    cells = Lean(pa.array(["a", None, "b"]))
    assert (len(cells), cells[0], cells[-1], cells[1]) == (3, "a", "b", None)
    assert (cells[::2], cells[5:], list(cells)) == (("a", "b"), (), ["a", None, "b"])
    assert list(cells.picked(np.array([2, 0]))) == ["b", "a"]
    with pytest.raises(IndexError):
        cells[3]


def test_titles_and_texts_are_searched_together():
    titles, texts = Lean(pa.array(["a", "b"])), Lean(pa.array(["", "c"]))
    assert list(joined(titles, texts)) == ["a\n", "b\nc"]
    assert joined(titles, Lean(pa.array(["", ""]))) is titles


def test_many_rows_are_narrowed_as_few_are(atlantis):
    texts = ["Long WORDS", "", "straße", "x"]
    overlay = large(atlantis, [1, 2, 3, 4], [5, 6, 7, 8], text=texts)
    for words, rows in (("row", 4), ("words long", 1), ("STRASSE", 1), ("row 3", 1)):
        assert mask(overlay, Narrowing(words=words), Filters()).sum() == rows


def test_spans_of_days_are_those_of_the_rows(atlantis):
    overlay = scattered(atlantis, 50).overlay
    first, last, code = overlay.spans
    assert len(first) == 5
    assert (first[code] == overlay.first).all()
    assert (last[code] == overlay.last).all()


def test_circles_reach_as_far_as_those_of_few_rows(atlantis):
    overlay = with_places(scattered(atlantis, 200).overlay, atlantis)
    whole = locate.locate(overlay.lons, overlay.lats, atlantis, overlay.radii_km)
    rows = np.flatnonzero(whole["border"].notna())[:40].tolist()
    know_ends(overlay, rows[:20], atlantis.axes)
    assert set(overlay.ends) == set(rows[:20])
    for row in rows:
        axis = atlantis.axes[whole["border"][row]]
        wanted = (whole["km_low"][row], whole["km_high"][row])
        assert ends_of(overlay, row, axis) == pytest.approx(wanted)
    found = located_rows(overlay, np.array(rows), atlantis)
    assert found["km_high"].tolist() == pytest.approx(whole["km_high"][rows].tolist())


def test_only_some_circles_are_remembered(atlantis, monkeypatch):
    monkeypatch.setattr(ends, "MOST", 10)
    overlay = with_places(scattered(atlantis, 200).overlay, atlantis)
    near = np.flatnonzero(overlay.located["border"].notna()).tolist()
    for row in near[:40]:
        know_ends(overlay, [row], atlantis.axes)
        assert len(overlay.ends) <= 10


def test_nothing_is_left_to_work_out_when_it_is_warm(atlantis):
    overlay = warmed(scattered(atlantis, 50).overlay)
    assert {"spans", "said"} <= vars(overlay).keys()
    assert all(cells.ranked is not None for cells in overlay.raw.cells)


def test_very_many_points_are_located_as_few_are(atlantis, monkeypatch):
    random = np.random.default_rng(5)
    lons = np.append(random.uniform(-40, -36, 3000), [np.nan, 180, -180, 400, np.inf])
    lats = np.append(random.uniform(30, 33, 3000), [1, 0, 0, 31, 31])
    with np.errstate(invalid="ignore"):
        few = locate.locate(lons, lats, atlantis, 1.0)
        monkeypatch.setattr(locate, "_CHUNK", 1000)
        many = locate.locate(lons, lats, atlantis, 1.0)
    assert few.equals(many)
    assert few["border"].notna().sum() >= 3000
