"""A language that is added with files: translations of the content, words of one's own.

`translations/xx.po` holds what the atlas's texts say in another language, by the words
in the default one. It fills in where a text itself lacks that language. `texts/xx.toml`
holds words of the interface, for a language that the program does not have or to say
something better. Both are optional; a language is complete without them where every
text has it already.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from borderviz.errors import Problem
from borderviz.faults import texts_of
from borderviz.parsing import toml_from_text
from borderviz.reading import Folder
from borderviz.settings import Settings
from borderviz.texts import Template, catalogue, table_faults

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from borderviz.content import Atlas

PO_FOLDER, TEXTS_FOLDER = "translations", "texts"
# Babel would drop the last letter of a string that is left open, and say nothing.
_PO_LINE = re.compile(
    r"#.*|\s*"
    r'|\s*((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"\s*'
)


class Passage(NamedTuple):
    """A text of the content and where it stands; `text` is the atlas's own dict."""

    file: str
    record: str
    field: str
    text: dict[str, str]


def passages(atlas: Atlas) -> Iterator[Passage]:
    """
    Walk every text of an atlas's tables, in the order of the files.

    Story and pages are not among them: they are files by language themselves.

    Parameters
    ----------
    atlas
        As far as it could be read.
    """
    settings, default = atlas.settings, atlas.settings.default_language
    entries: list[tuple[str, BaseModel]] = [("atlas.toml", settings)]
    entries += [(atlas.files[f"record {r.id}"], r) for r in atlas.records.values()]
    entries += [(settings.places or "", place) for place, _ in atlas.places]
    entries += [(settings.labels or "", label) for label, _ in atlas.labels]
    entries += [(settings.sectors or "", sector) for sector in atlas.sectors]
    entries += [(settings.questions or "", question) for question in atlas.questions]
    entries += [(settings.corrections or "", found) for found in atlas.corrections]
    for file, entry in entries:
        name = "" if entry is settings else str(getattr(entry, "id", ""))
        for field, text in texts_of(entry):
            if default in text and field != "languages":
                yield Passage(file, name, field, text)
    for field, text in _free_texts(atlas.arrivals, "", default):
        yield Passage(settings.arrivals or "", "", field, text)


def _free_texts(
    value: object, path: str, default: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Walk the texts of a file that has no model."""
    if isinstance(value, dict):
        if default in value and all(isinstance(x, str) for x in value.values()):
            yield path, value
            return
        pairs: Any = value.items()
    else:
        pairs = enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from _free_texts(inner, f"{path}.{key}".lstrip("."), default)


def read_own_texts(
    folder: Folder, settings: Settings
) -> dict[str, dict[str, Template]]:
    """
    Read the atlas's own words for the interface, by language and key.

    Parameters
    ----------
    folder
        The atlas; gets a problem for each fault. A text with a fault is left out.
    settings
        Names the languages.
    """
    found = {}
    for lang, name in _files(folder, settings, TEXTS_FOLDER, ".toml"):
        text = folder.text(name)
        try:
            table = toml_from_text(text or "")
        except (ValueError, RecursionError) as error:
            cure = "Mend the place named, often a missing quote."
            folder.problem(name, found=str(error), allowed="valid TOML", cure=cure)
            continue
        for key, template in list(table.items()):
            for fault in table_faults({key: template}, lang):
                ways = {"allowed": fault.allowed, "cure": fault.cure}
                folder.problem(name, "", fault.field, found=fault.found, **ways)
                table.pop(key, None)
        found[lang] = table
    return found


def translate(atlas: Atlas, folder: Folder) -> None:
    """
    Fill in what the texts of an atlas lack and a translation has.

    Parameters
    ----------
    atlas
        As it was read; its texts are changed, before anyone else sees them.
    folder
        Gets a problem for each file that cannot be used.
    """
    default = atlas.settings.default_language
    for lang, name in _files(folder, atlas.settings, PO_FOLDER, ".po"):
        known = _translated(read_po_file(folder, name))
        if not known:
            continue
        for passage in passages(atlas):
            words = known.get(passage.text[default])
            if words and lang not in passage.text:
                passage.text[lang] = words


def read_po_file(folder: Folder, name: str) -> Catalog | None:
    """
    Read a file of translations; note why where it cannot be read.

    Parameters
    ----------
    folder
        The atlas; gets the problems.
    name
        Path of the file inside it.
    """
    # Loaded only where there is a translation: no other atlas should wait for it.
    from babel.messages.pofile import PoFileError, read_po

    text = folder.text(name)
    if text is None:
        return None
    cure = "Mend that line; the strings stand in straight quotes, one on each line."
    for number, line in enumerate(text.splitlines(), 1):
        if not _PO_LINE.fullmatch(line):
            _refuse(folder, name, number, line.strip(), cure)
            return None
    try:
        return read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        _refuse(folder, name, error.lineno + 1, str(error.line or error), cure)
    except (ValueError, LookupError) as error:
        _refuse(folder, name, 1, str(error), "Mend the first entry, which is the head.")
    return None


def _refuse(folder: Folder, name: str, line: int, found: str, cure: str) -> None:
    allowed = "a gettext PO file"
    folder.problem(
        name, "", f"line {line}", found=found or "nothing", allowed=allowed, cure=cure
    )


def _translated(catalog: Catalog | None) -> Mapping[str, str]:
    """Take the entries that may be used: translated, and not only guessed."""
    return {
        message.id: message.string
        for message in catalog or ()
        if message.id
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.string.strip()
        and not message.fuzzy
    }


def _files(
    folder: Folder, settings: Settings, inside: str, suffix: str
) -> Iterator[tuple[str, str]]:
    """List files that are named by a language; note those whose language is unknown."""
    for path in sorted((folder.root / inside).glob(f"*{suffix}")):
        name = f"{inside}/{path.name}"
        if path.stem in settings.languages:
            yield path.stem, name
            continue
        folder.problem(
            name,
            found=f"the language {path.stem!r}",
            allowed="one of atlas.toml: " + ", ".join(settings.languages),
            cure="Add it to `languages` in atlas.toml, with its own name for itself.",
        )


def notes(atlas: Atlas) -> list[Problem]:
    """
    Tell what is unfinished and no fault: the page shows the default language there.

    Parameters
    ----------
    atlas
        A good one.
    """
    found = Folder(atlas.root)
    used = {
        passage.text[atlas.settings.default_language] for passage in passages(atlas)
    }
    for lang in atlas.settings.languages:
        has = {**catalogue(lang), **atlas.texts.get(lang, {})}
        missing = [key for key in catalogue("en") if key not in has]
        if missing:
            found.problem(
                f"{TEXTS_FOLDER}/{lang}.toml",
                found=f"{len(missing)} words of the interface not there",
                allowed=f"all {len(missing) + len(has)}; readers see English for them",
                cure=f"Run `borderviz translate {lang}` and fill the file.",
            )
        name = f"{PO_FOLDER}/{lang}.po"
        if not (atlas.root / name).is_file():
            continue
        gone = [
            m.id for m in read_po_file(found, name) or () if m.id not in {*used, ""}
        ]
        if gone:
            found.problem(
                name,
                found=f"{len(gone)} texts that the atlas no longer has: {gone[0]}",
                allowed="texts as they stand in the atlas",
                cure=f"Run `borderviz translate {lang}`: it keeps them apart.",
            )
    return found.problems
