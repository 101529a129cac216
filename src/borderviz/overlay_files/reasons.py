"""Every reason this package may give; the texts `overlay-<reason>` say them."""

from __future__ import annotations

# A file that is not read at all.
REFUSALS = frozenset(
    {
        *("file-empty", "file-large", "file-unknown", "file-old-workbook", "file-xml"),
        *("file-json", "file-archive", "file-nested", "file-members", "file-unpacked"),
        *("file-ratio", "file-member", "file-password", "file-broken"),
        *("file-broken-line", "file-doctype", "file-depth", "file-vertices"),
        *("file-rows", "file-columns", "file-cell", "file-cell-open", "file-letters"),
        *("file-no-rows", "file-open-quote", "file-double-key", "file-encoding"),
        *("file-layer", "file-no-layer", "file-no-geopackage", "file-crs"),
        *("file-projected", "file-only-links", "file-timeout", "file-memory"),
        *("file-crashed", "file-busy"),
    }
)
# What is said of a file that is read.
NOTES = frozenset(
    {
        *("file-read-as", "file-decoded", "file-cleaned", "file-unnamed"),
        *("file-renamed", "file-not-finite", "file-blobs", "file-heights"),
        *("file-mended", "file-exchanged", "file-wrapped", "file-across"),
        *("file-reprojected", "file-no-crs", "file-links", "file-layers"),
        "file-worked-out",
        *("file-documents", "file-heading-row", "file-formulas"),
    }
)
# Why a row is not in the table.
OF_ROWS = frozenset(
    {
        *("file-ragged", "file-quote", "file-swapped", "file-off-earth"),
        *("file-no-numbers", "file-geometry", "file-short", "file-collapsed"),
        "file-no-feature",
    }
)
REASONS = REFUSALS | NOTES | OF_ROWS
