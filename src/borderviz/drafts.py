"""Files for a translator: what is still to be said in a language, to be filled in.

Nothing that somebody wrote is lost: a translation stays with its text, one whose text
has changed is kept as a guess, one whose text is gone is kept at the end of the file.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from borderviz.parsing import toml_from_text
from borderviz.texts import Template, catalogue, categories
from borderviz.texts.tables import BY, DEFAULT, forms
from borderviz.translations import Passage, passages

if TYPE_CHECKING:
    from borderviz.content import Atlas

# What Babel fills in where it knows nothing; without a date, a file that nobody has
# touched stays the same, byte for byte, whenever it is written.
_NOTHING = re.compile(
    r"^\"(POT-Creation-Date: .*|.*(EMAIL@ADDRESS|LL@li\.org|YEAR-MO-DA).*)\"\n", re.M
)
_HEAD = """\
# What the texts of this atlas say in another language: gettext, for any PO editor.
# Written by `borderviz translate`; msgid is the text in the default language."""
_TABLE_HEAD = """\
# Words of the interface. A line that begins with # is not translated yet: readers get
# English there. Take the # away and write your words; {braces} stay as they are. Where
# a number decides, each plural category of the language has its own words.
"""


@dataclass(frozen=True)
class Draft:
    """
    A file as it is to be, and how far the translation has come.

    Parameters
    ----------
    text
        The file.
    done, total
        Texts that are translated, here or in the content itself, and all of them.
    guessed
        Entries marked fuzzy: guessed from a text that was like it.
    gone
        Entries whose text the atlas no longer has.
    """

    text: str
    done: int
    total: int
    guessed: int = 0
    gone: int = 0


def po_draft(atlas: Atlas, lang: str, before: Catalog | None) -> Draft:
    """
    Write what the content lacks in a language as a PO file.

    Parameters
    ----------
    atlas
        As it is written, without its translations.
    lang
        The language.
    before
        The file there is; None if there is none.
    """
    default = atlas.settings.default_language
    wanted: dict[str, list[Passage]] = {}
    has = 0
    for passage in passages(atlas):
        if lang in passage.text:
            has += 1
        else:
            wanted.setdefault(passage.text[default], []).append(passage)
    new = _catalog(atlas, lang)
    for words, places in wanted.items():
        new.add(words, auto_comments=[_place(place) for place in places])
    if before is not None:
        # A text that has come back gets its translation back.
        for message in before.obsolete.values():
            before[message.id] = message
        before.obsolete.clear()
        before.update(new)
        # What nobody had translated yet is no loss.
        for key in [k for k, m in before.obsolete.items() if not m.string]:
            del before.obsolete[key]
        new = before
    done = [str(m.id) for m in new if m.id and m.string and not m.fuzzy]
    guessed = sum(bool(m.id and m.fuzzy) for m in new)
    written = io.BytesIO()
    write_po(written, new, width=88, include_previous=True)
    return Draft(
        _NOTHING.sub("", written.getvalue().decode()),
        has + sum(len(wanted[words]) for words in done),
        has + sum(map(len, wanted.values())),
        guessed,
        len(new.obsolete),
    )


def _catalog(atlas: Atlas, lang: str) -> Catalog:
    return Catalog(
        locale=lang.replace("-", "_"),
        header_comment=_HEAD,
        project=atlas.settings.id,
        version=atlas.settings.version,
        charset="utf-8",
        fuzzy=False,
    )


def _place(passage: Passage) -> str:
    return " › ".join(filter(None, passage[:3]))


def table_draft(lang: str, before: str) -> Draft:
    """
    Write the words of the interface that a language lacks, as comments to be filled in.

    Parameters
    ----------
    lang
        A language the program does not have.
    before
        The file there is, which is kept as it is and added to; empty if there is none.

    Raises
    ------
    ValueError
        If the file there is cannot be read.
    """
    english, known = catalogue(DEFAULT), toml_from_text(before)
    mentioned = {line.lstrip("# ").split(" = ")[0] for line in before.splitlines()}
    lines = [
        f"# {key} = {_toml(template, lang)}"
        for key, template in english.items()
        if key not in known and key not in mentioned
    ]
    start = before or _TABLE_HEAD
    if not start.endswith("\n"):
        start += "\n"
    text = start + "".join(f"{line}\n" for line in lines)
    return Draft(text, sum(key in known for key in english), len(english))


def _toml(template: Template, lang: str) -> str:
    """Write a text as TOML; a table has the plural categories of the language."""
    if isinstance(template, str):
        return json.dumps(template, ensure_ascii=False)
    wanted: Sequence[str] = categories(lang)
    words: Mapping[str, str] = forms(template)
    if wanted == ["other"]:
        return json.dumps(words["other"], ensure_ascii=False)
    pairs = {BY: template[BY]} if BY in template else {}
    pairs |= {name: words.get(name, words["other"]) for name in wanted}
    return (
        "{"
        + ", ".join(
            f"{name} = {json.dumps(text, ensure_ascii=False)}"
            for name, text in pairs.items()
        )
        + "}"
    )
