"""A language that nobody speaks, made of files only: what is not in ⟦ ⟧ is a fault.

`pseudo_copy` copies an atlas and adds the language `en-XA` in the way CONTRIBUTING.md
tells a translator: one line in atlas.toml, `texts/en-XA.toml`, `translations/en-XA.po`,
and a Markdown file beside each of story and pages. Every word gets accents and grows by
two fifths, as many languages do.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from borderviz.content import read
from borderviz.drafts import po_draft, table_draft
from borderviz.texts import catalogue, locale_of
from borderviz.texts.tables import BY

LANG = "en-XA"
OPEN, CLOSE = "⟦", "⟧"
ACCENTS = str.maketrans(
    "aceghijklnorstuwyzACEGHIJKLNORSTUWYZ", "áçéĝĥíĵķļñöŕšţúŵýžÁÇÉĜĤÍĴĶĻÑÖŔŠŢÚŴÝŽ"
)
# What stays as it is: braces of the interface; marks of Markdown that mean something.
KEPT = re.compile(r"(\{\w+\})")
MARKS = re.compile(r"(\[@[^\]]*\]|\]\(#[^)]*\)|\{[a-z-]+\})")
GROWTH = 0.4
# A language that CLDR does not know has its parent's months, and the units of us all.
MONTHS = locale_of(LANG).months["format"]["wide"].values()
CUSTOMS = re.compile(rf"(?<![^\W\d_])({'|'.join(MONTHS)}|km²?|m|and|or)(?![^\W\d_])")


def pseudo(text: str, kept: re.Pattern[str] = KEPT) -> str:
    """Put a text into the language that nobody speaks."""
    parts = kept.split(text)
    parts[::2] = [part.translate(ACCENTS) for part in parts[::2]]
    letters = sum(len(part) for part in parts[::2])
    # In words, so that a long text can break into lines as a real one would; in front,
    # so that a sentence still ends with its citation.
    dots = "·" * math.ceil(letters * GROWTH)
    more = " ".join(dots[n : n + 6] for n in range(0, len(dots), 6)) or "·"
    return f"{OPEN}{more} {''.join(parts)}{CLOSE}"


def is_pseudo(text: str) -> bool:
    """Tell whether every word is inside ⟦ ⟧; numbers, dates and units need not be."""
    return not re.search(r"[^\W\d_]", CUSTOMS.sub("", outside(text)))


def outside(text: str) -> str:
    """Return what of a text is not inside ⟦ ⟧, however deep they nest."""
    found, depth = [], 0
    for letter in text:
        depth += letter == OPEN
        found.append("" if depth else letter)
        depth -= letter == CLOSE
    return "".join(found)


def pseudo_copy(source: Path, target: Path) -> Path:
    """Copy an atlas and translate it, by adding files and one line."""
    skipped = shutil.ignore_patterns("build", "README.md")
    shutil.copytree(source, target, ignore=skipped)
    settings = target / "atlas.toml"
    before = settings.read_text(encoding="utf-8")
    after = re.sub(r"(?m)^(languages = \{.*)\}$", rf'\1, {LANG} = "⟦ɸ⟧"}}', before)
    assert after != before
    settings.write_text(after, encoding="utf-8")
    _translate(target)
    for path in [*target.glob("story/*.en.md"), *target.glob("pages/*.en.md")]:
        name = path.name.replace(".en.", f".{LANG}.")
        text = _document(path.read_text(encoding="utf-8"))
        path.with_name(name).write_text(text, encoding="utf-8")
    return target


def _translate(root: Path) -> None:
    atlas, _ = read(root, as_written=True)
    assert atlas is not None
    po, table = root / "translations" / f"{LANG}.po", root / "texts" / f"{LANG}.toml"
    po.parent.mkdir()
    table.parent.mkdir(exist_ok=True)
    catalog = read_po(po_draft(atlas, LANG, None).text.splitlines(keepends=True))
    for message in catalog:
        if message.id:
            message.string = pseudo(message.id)
    with po.open("wb") as file:
        write_po(file, catalog)
    assert table_draft(LANG, "").done == 0
    english = catalogue("en") | atlas.texts.get("en", {})
    table.write_text(
        "".join(f"{key} = {_toml(words)}\n" for key, words in english.items()),
        encoding="utf-8",
    )


def _toml(template: str | dict[str, str]) -> str:
    if isinstance(template, str):
        return json.dumps(pseudo(template), ensure_ascii=False)
    pairs = {k: v if k == BY else pseudo(v) for k, v in template.items()}
    inside = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in pairs.items())
    return "{" + ", ".join(inside) + "}"


def _document(text: str) -> str:
    """Translate a Markdown file: its title, and every block by itself."""
    _, head, body = re.split(r"(?m)^\+\+\+$", text, maxsplit=2)
    (title,) = re.findall(r'(?m)^title = "(.*)"$', head)
    blocks = [_block(block) for block in body.strip().split("\n")]
    return f'+++\ntitle = "{pseudo(title)}"\n+++\n\n' + "\n".join(blocks) + "\n"


def _block(line: str) -> str:
    """Translate a line of Markdown; a citation stays within its sentence."""
    if not line.strip() or MARKS.fullmatch(line.strip()):
        return line
    mark, words = re.fullmatch(r"(#+ |- |\d+\. )?(.*)", line).groups()  # type: ignore[union-attr]
    return f"{mark or ''}{pseudo(words, MARKS)}"
