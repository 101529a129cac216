"""A column of very many cells, held as an Arrow array instead of an object a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.cells import one_line, plain, simple
from borderviz.overlay_files.raw import Cell

if TYPE_CHECKING:
    import pyarrow as pa

_STEP = 1 << 13
Ints = NDArray[np.int32]


class Lean(Sequence[Any]):
    """
    Cells of a column, made as they are asked for.

    Parameters
    ----------
    array
        One Arrow array: texts (also by dictionary), numbers or booleans; null is None.

    Attributes
    ----------
    ranked
        What `aggregate.ranks` found; None before it was asked.
    """

    def __init__(self, array: pa.Array) -> None:
        self.array = array
        self.ranked: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return tuple(self.array[index].to_pylist())
        return self.array[int(index)].as_py()

    def __iter__(self) -> Iterator[Any]:
        for low in range(0, len(self), _STEP):
            yield from self.array.slice(low, _STEP).to_pylist()

    def picked(self, rows: Ints) -> Lean:
        """Keep some rows; all of them cost nothing."""
        return self if len(rows) == len(self) else Lean(self.array.take(rows))

    def distinct(self) -> tuple[Ints, list[Cell]]:
        """Return for each row which of the different cells it has, -1 for None."""
        array = self.array
        if not hasattr(array, "dictionary"):
            array = array.dictionary_encode()
        codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return codes.astype(np.int32), array.dictionary.to_pylist()

    def texts(self, *, in_line: bool = False) -> Lean:
        """
        Write each cell as `cells.plain` does, an empty text for None.

        Parameters
        ----------
        in_line
            Without line breaks, as `cells.one_line` does.
        """
        import pyarrow.compute as pc

        if not is_text(self.array):
            return self.mapped(plain)
        if hasattr(self.array, "dictionary"):
            return self.mapped(one_line if in_line else plain)
        found = pc.utf8_trim_whitespace(self.array.fill_null(""))
        if in_line and pc.any(pc.match_substring(found, "\n")).as_py():
            found = pc.replace_substring_regex(found, r"\s+", " ")
        # The same array, and not a second one, where nothing was to be done.
        return self if found.equals(self.array) else Lean(found)

    def mapped(self, read: Callable[[Cell], str]) -> Lean:
        """Make texts of the cells, equal ones once."""
        codes, values = self.distinct()
        return coded(codes, [read(value) for value in values])

    def words(self) -> Lean:
        """Write texts in the form in which words are looked for; see `cells.simple`."""
        import pyarrow.compute as pc

        if hasattr(self.array, "dictionary"):
            return self.mapped(lambda cell: simple(plain(cell)))
        found = pc.utf8_lower(self.array)
        beyond = pc.invert(pc.string_is_ascii(self.array))
        if not pc.any(beyond).as_py():
            return Lean(found)
        texts = [simple(text) for text in self.array.filter(beyond).to_pylist()]
        return Lean(pc.replace_with_mask(found, beyond, _strings(texts, found.type)))

    def holds(self, word: str) -> NDArray[np.bool_]:
        """Tell which texts a word occurs in, exactly as it stands."""
        import pyarrow.compute as pc

        values = getattr(self.array, "dictionary", self.array)
        found = pc.match_substring(values, word).to_numpy(zero_copy_only=False)
        if values is self.array:
            return np.asarray(found, bool)
        codes = self.array.indices.to_numpy(zero_copy_only=False)
        known: NDArray[np.bool_] = np.asarray(found, bool)[codes]
        return known

    @cached_property
    def is_empty(self) -> bool:
        """Whether every cell is an empty text."""
        import pyarrow.compute as pc

        values = getattr(self.array, "dictionary", self.array)
        return not pc.max(pc.binary_length(values)).as_py()


def joined(titles: Lean, texts: Lean) -> Lean:
    """Join two columns of texts row by row, with a line break between."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if texts.is_empty:
        return titles
    both = (column.array.cast(pa.large_string()) for column in (titles, texts))
    between = pa.scalar("\n", pa.large_string())
    return Lean(pc.binary_join_element_wise(*both, between))


def is_text(array: pa.Array) -> bool:
    """Tell whether the values of an array are texts."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def coded(codes: Ints, texts: Sequence[str]) -> Lean:
    """
    Make texts of which many are alike.

    Parameters
    ----------
    codes, texts
        For each row which of the texts it has; -1 for an empty one.
    """
    import pyarrow as pa

    at = {text: n for n, text in enumerate(dict.fromkeys([*texts, ""]))}
    place = np.array([*(at[text] for text in texts), at[""]], np.int32)
    # What stands last is at -1.
    return Lean(pa.DictionaryArray.from_arrays(pa.array(place[codes]), list(at)))


def _strings(texts: list[str], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array(texts, kind)
