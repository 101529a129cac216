"""Points in comma-separated text; cells and lines stay the very text they were."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from borderviz.faults import Fault
from borderviz.point_files.base import (
    UNCERTAINTY,
    Options,
    PointFile,
    Value,
    refusal,
    refuse_clash,
)
from borderviz.point_files.csv_text import Record, decoded, delimiter_of, records
from borderviz.point_files.rows import BadRowError, Rows, number_in, radius_in

# Better names first: a file that has `lon` may have an `x` of another system.
_LATITUDES = (("lat", "latitude", "위도"), ("y",))
_LONGITUDES = (("lon", "lng", "long", "longitude", "경도"), ("x",))


class CsvFile(PointFile):
    """Cells apart by comma, semicolon or tab; in UTF-8, UTF-16 or cp949."""

    suffixes = (".csv", ".tsv", ".txt")

    def __init__(self, path: Path, options: Options) -> None:
        self.rows = Rows(path, "row")
        self._path, self._added = path, options.added
        self._decoded = decoded(path)
        self._delimiter = delimiter_of(path, self._decoded.text)
        self._names: list[str] = []
        self._has_commas = False
        # Text and end of each record, and how many cells it has.
        self._records: list[tuple[str, str, int]] = []
        for record in records(path, self._decoded.text, self._delimiter):
            self._records.append((record.text, record.end, len(record.cells)))
            if record.cells and self._names:
                self._add(record)
            elif record.cells:
                self._names = [name.strip() for name in record.cells]
                self._choose(options)
        if not len(self.rows):
            cure = "Add rows below the header."
            raise refusal(path, "", "no row of data", "one or more", cure)

    def write(self, path: Path, added: Iterable[Sequence[Value]]) -> None:
        """See `PointFile`; numbers get a decimal comma if the coordinates have one."""
        width, rows = len(self._names), iter(added)
        tail: Sequence[Value] = list(self._added)
        with path.open("xb") as file:
            file.write(self._decoded.mark)
            for text, end, count in self._records:
                if count:
                    more = [""] * (width - count) + [self._written(v) for v in tail]
                    text = self._delimiter.join([text, *more])
                    tail = next(rows, ())
                if count > width:
                    text = self._moved(text, width)
                file.write((text + end).encode(self._decoded.encoding))

    def _moved(self, text: str, width: int) -> str:
        """Put the cells that are too many behind ours: no cell gets a false name."""
        lines = io.StringIO(text, newline="")
        cells = next(csv.reader(lines, delimiter=self._delimiter))
        ours = len(cells) - len(self._added)
        ordered = [*cells[:width], *cells[ours:], *cells[width:ours]]
        line = io.StringIO()
        csv.writer(line, delimiter=self._delimiter, lineterminator="").writerow(ordered)
        return line.getvalue()

    def _choose(self, options: Options) -> None:
        """Find the columns that matter; refuse names that are taken."""
        self._lat = self._column(options.lat, _LATITUDES, "--lat")
        self._lon = self._column(options.lon, _LONGITUDES, "--lon")
        self._radius: int | None = None
        if options.uncertainty or UNCERTAINTY in map(_plain, self._names):
            self._radius = self._column(
                options.uncertainty, ((UNCERTAINTY,),), "--uncertainty"
            )
        if len({self._lat, self._lon, self._radius}) < 3:
            cure = "Name another column with --lat, --lon or --uncertainty."
            raise refusal(
                self._path, "", "one column for two things", "two columns", cure
            )
        refuse_clash(self._path, self._names, options.added)

    def _column(
        self, name: str | None, known: Iterable[Sequence[str]], option: str
    ) -> int:
        """Find a column by the name that is given, or by one of the usual names."""
        for words in known if name is None else ((name,),):
            plain = {_plain(word) for word in words}
            found = [n for n, other in enumerate(self._names) if _plain(other) in plain]
            if len(found) == 1:
                return found[0]
            if found:
                told = ", ".join(self._names[n] for n in found)
                cure = f"Rename the others, or say which is meant with {option}."
                raise refusal(
                    self._path, option, f"{len(found)}: {told}", "one column", cure
                )
        allowed = "one of " + (", ".join(self._names) or "(no column)")
        usual = ", ".join(word for words in known for word in words)
        cure = f"Call the column {usual}, or name it with {option}."
        raise refusal(self._path, option, name or "no such column", allowed, cure)

    def _add(self, record: Record) -> None:
        width, found = len(self._names), record.cells
        try:
            if len(found) != width:
                told, allowed = f"{len(found)} cells", f"{width}, as in the header"
                cure = "Add the empty ones."
                if len(found) > width:
                    cure = "Put a cell with a separator in it into quotes."
                raise BadRowError(Fault("", told, allowed, cure))
            lat, lon = (self._number(found[at], at) for at in (self._lat, self._lon))
            radius = float("nan")
            if self._radius is not None:
                name = self._names[self._radius]
                radius = radius_in(found[self._radius], name, comma=self._comma)
            self.rows.add(record.number, lon, lat, radius)
        except BadRowError as error:
            self.rows.add_bad(record.number, error.fault)

    @property
    def _comma(self) -> bool:
        """Whether a comma may be a decimal one: where it does not part the cells."""
        return self._delimiter != ","

    def _number(self, text: str, column: int) -> float:
        value = number_in(text, self._names[column], comma=self._comma)
        self._has_commas |= "," in text
        return value

    def _written(self, value: Value) -> str:
        if isinstance(value, float):
            text = f"{value:.3f}"
            return text.replace(".", ",") if self._has_commas else text
        return value or ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
