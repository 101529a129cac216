"""A work as others cite it: plain text, BibTeX, and CSL-JSON for reference managers.

What a source says goes out as it is, in the shape of each format; nobody is named who
is not named there. No citation holds an address that is not http or https.
"""

from borderviz.bibliography.bibtex import bibtex, bibtex_entry, tex
from borderviz.bibliography.csl import CSL_TYPES, csl_item
from borderviz.bibliography.works import (
    Work,
    plain_text,
    tidy,
    web_address,
    work_of,
)

__all__ = [
    "CSL_TYPES",
    "NAMES",
    "Work",
    "bibtex",
    "bibtex_entry",
    "csl_item",
    "plain_text",
    "tex",
    "tidy",
    "web_address",
    "work_of",
]

# What the formats are called, in every language.
NAMES = {"bibtex": "BibTeX", "csl": "CSL-JSON"}
