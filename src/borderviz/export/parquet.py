"""The table as GeoParquet: typed columns, WKB, and metadata with the licences."""

from __future__ import annotations

import io
import json

from borderviz.export.exported import Exported

# The key of the file's metadata under which it says what it is.
KEY = b"borderviz"


def parquet_bytes(export: Exported) -> bytes:
    """
    Write GeoParquet 1.0; `geo` is the geometry's own metadata, `borderviz` ours.

    Parameters
    ----------
    export
        What is taken along.
    """
    import pyarrow.parquet as pq

    first = io.BytesIO()
    export.frame.to_parquet(first, index=False, schema_version="1.0.0")
    found = pq.read_table(io.BytesIO(first.getvalue()))
    told = json.dumps(export.as_dict(), ensure_ascii=False).encode()
    whole = found.replace_schema_metadata({**found.schema.metadata, KEY: told})
    target = io.BytesIO()
    pq.write_table(whole, target, compression="zstd")
    return target.getvalue()
