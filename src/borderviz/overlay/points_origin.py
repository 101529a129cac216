"""Who made an operator's points, and what may be done with them: as the files say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from borderviz.overlay.model import Origin
from borderviz.overlay.points_error import fault
from borderviz.overlay_files.clean import clean

BESIDE = ".toml"
KEY = b"borderviz"
_LONGEST = 1000
_FIELDS = ("title", "source", "licence", "attribution", "url")


def origin_of(path: Path, metadata: Mapping[bytes, bytes]) -> Origin:
    """
    Read what is stated about a file of points.

    Parameters
    ----------
    path
        The file: a `.toml` of the same name beside it goes before its own metadata.
    metadata
        Of the Parquet file: JSON under the key `borderviz`.

    Raises
    ------
    PointsError
        If something is stated in a form that cannot be read.
    """
    beside = path.with_suffix(BESIDE)
    name, found = f"{path.name} (metadata)", _metadata(path.name, metadata)
    if beside.is_file():
        name, found = beside.name, _toml(beside)
    for field, value in found.items():
        if field not in _FIELDS:
            allowed = ", ".join(_FIELDS)
            raise fault(name, field, f"the key {field!r}", allowed, "Rename the key.")
        if not isinstance(value, str) or len(value) > _LONGEST:
            allowed = f"a text of at most {_LONGEST} letters"
            raise fault(name, field, value, allowed, "Write it as a short text.")
    texts = {field: " ".join(clean(x)[0].split()) for field, x in found.items()}
    url = texts.get("url", "")
    if url and not url.startswith(("https://", "http://")):
        raise fault(name, "url", url, "https://...", "Write the whole address.")
    return Origin(**texts)


def _metadata(name: str, metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    if KEY not in metadata:
        return {}
    try:
        found = json.loads(metadata[KEY])
    except ValueError:
        found = None
    if not isinstance(found, dict):
        cure = "Write an object with source, licence, attribution and url."
        raise fault(name, KEY.decode(), metadata[KEY][:80], "JSON", cure)
    return found


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise fault(path.name, "", str(error), "TOML", "Mend the file.") from None
