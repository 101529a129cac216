"""The columns of a Parquet file as lean columns of clean cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from borderviz.overlay.lean import Lean, is_text
from borderviz.overlay.points_error import fault
from borderviz.overlay_files.clean import clean
from borderviz.overlay_files.limits import CELL_LETTERS

if TYPE_CHECKING:
    import pyarrow as pa

# Whatever `clean` may change, and more: in the syntax of RE2.
_ODD = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}"
    r"\x{2066}-\x{2069}\x{feff}\x{fff9}-\x{fffb}\x{fffe}\x{ffff}]"
)


def lean(array: pa.Array, file: str, name: str) -> Lean | None:
    """
    Make a lean column.

    Parameters
    ----------
    array
        One array, of whatever type.
    file, name
        Of the file and the column, for what is wrong.

    Returns
    -------
    Lean or None
        None for a column that holds no texts, numbers, truths or times.

    Raises
    ------
    PointsError
        If a text is no UTF-8 or too long.
    """
    import pyarrow as pa

    array = _plain(array)
    if array is None:
        return None
    if not is_text(array):
        return Lean(array)
    try:
        array.validate(full=True)
    except pa.ArrowInvalid as error:
        cure = "Write the texts as UTF-8."
        raise fault(file, name, str(error), "text in UTF-8", cure) from None
    if hasattr(array, "dictionary"):
        values = _clean(array.dictionary, file, name)
        return Lean(pa.DictionaryArray.from_arrays(array.indices, values))
    return Lean(_clean(array, file, name))


def _plain(array: pa.Array) -> pa.Array | None:
    """Turn what is in an array into texts, numbers or truths; None if it cannot be."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    if pa.types.is_dictionary(kind):
        is_good = is_text(array) and _is_each_once(array.dictionary)
        return array if is_good else _plain(array.dictionary_decode())
    if is_text(array) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return array
    if pa.types.is_string_view(kind):
        return array.cast(pa.large_string())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = array.cast(pa.float64())
        return pc.if_else(pc.is_finite(numbers), numbers, None)
    if pa.types.is_timestamp(kind):
        # Without its zone a time is that of UTC, as it is stored.
        seconds = array.cast(pa.timestamp(kind.unit)).cast(
            pa.timestamp("s"), safe=False
        )
        days = seconds.cast(pa.date32(), safe=False)
        if pc.all(pc.equal(days.cast(pa.timestamp("s")), seconds)).as_py():
            return days.cast(pa.string())
        return pc.strftime(seconds, format="%Y-%m-%dT%H:%M")
    if pa.types.is_date(kind) or pa.types.is_time(kind):
        return array.cast(pa.string())
    return array.cast(pa.string()) if pa.types.is_null(kind) else None


def _is_each_once(values: pa.Array) -> bool:
    return values.null_count == 0 and len(values.unique()) == len(values)


def _clean(values: pa.Array, file: str, name: str) -> pa.Array:
    import pyarrow.compute as pc

    longest = pc.max(pc.utf8_length(values)).as_py() or 0
    if longest > CELL_LETTERS:
        row = pc.index(pc.greater(pc.utf8_length(values), CELL_LETTERS), True).as_py()
        found, allowed = f"{longest} letters", f"at most {CELL_LETTERS} letters"
        raise fault(file, name, found, allowed, "Shorten the text.", row=row + 1)
    if not _may_be_odd(values):
        return values
    odd = pc.fill_null(pc.match_substring_regex(values, _ODD), False)
    if not pc.any(odd).as_py():
        return values
    import pyarrow as pa

    texts = [clean(text)[0] for text in values.filter(odd).to_pylist()]
    return pc.replace_with_mask(values, odd, pa.array(texts, values.type))


def _may_be_odd(values: pa.Array) -> bool:
    """Tell fast whether there is a byte that is not plain ASCII."""
    data = values.buffers()[2]
    if data is None:
        return False
    found = np.frombuffer(data, np.uint8)
    return bool(((found < 0x20) | (found > 0x7E)).any())
