"""Documents from their files: Markdown for each language, with TOML front matter.

A file is named `NN-id.lang.md`; its front matter stands between lines of `+++`. What
steers the program is in the file of the default language only; the others have a title
and the text.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from borderviz.documents import Document, PageHead, Passage, TitleHead
from borderviz.model import Model
from borderviz.parsing import toml_from_text
from borderviz.prose import Prose, ProseError, read_prose
from borderviz.reading import Folder

_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?"
_NAME = re.compile(rf"([0-9]{{2}})-([a-z0-9]+(?:-[a-z0-9]+)*)\.({_LANGUAGE})\.md")
_FENCE = "+++"
H = TypeVar("H", bound=Model)


def read_documents(
    folder: Folder, name: str | None, kind: type[H], default: str
) -> list[Document[H]]:
    """
    Read the documents of one folder, in the order of their numbers.

    Parameters
    ----------
    folder
        Reads the files and collects the problems.
    name
        Folder inside the atlas; None where the atlas has none.
    kind
        Model of the front matter in the default language.
    default
        The default language.
    """
    if not name:
        return []
    found: dict[tuple[str, str], dict[str, str]] = {}
    for path in _files(folder, name):
        match = _NAME.fullmatch(path.rpartition("/")[2])
        if match is None:
            folder.problem(
                path,
                found="a file with another name",
                allowed="NN-id.lang.md, such as 01-opening.en.md",
                cure="Rename the file, or move it elsewhere.",
            )
            continue
        found.setdefault((match[1], match[2]), {})[match[3]] = path
    documents = [
        document
        for (_, identity), files in sorted(found.items())
        if (document := _document(folder, identity, files, kind, default))
    ]
    _report_doubles(folder, documents)
    return documents


def _files(folder: Folder, name: str) -> list[str]:
    """List the Markdown files of a folder inside the atlas."""
    try:
        place = (folder.root / name).resolve()
        is_ours = place.is_relative_to(folder.root.resolve()) and place.is_dir()
        found = "no folder of the atlas" if place.exists() else "no such folder"
    except (OSError, RuntimeError, ValueError):
        # A name that no folder can have; links that lead to each other.
        is_ours, found = False, "no such folder"
    if not is_ours:
        folder.problem(
            name,
            found=found,
            allowed="a folder inside the atlas",
            cure="Make it, or take its name out of atlas.toml.",
        )
        return []
    return [f"{name}/{path.name}" for path in sorted(place.glob("*.md"))]


def _document(
    folder: Folder, identity: str, files: dict[str, str], kind: type[H], default: str
) -> Document[H] | None:
    if default not in files:
        other = next(iter(files.values()))
        folder.problem(
            other,
            identity,
            found=f"no file in the default language ({default})",
            allowed=f"a file that ends in .{default}.md",
            cure="Write it, or remove the others.",
        )
        return None
    head: H | None = None
    passages: dict[str, Passage] = {}
    for lang in sorted(files, key=lambda code: (code != default, code)):
        file = files[lang]
        parted = _parted(folder, file, identity)
        if parted is None:
            continue
        raw, text, line = parted
        model: type[Model] = kind
        if lang != default:
            model = PageHead if kind is PageHead else TitleHead
        checked: Any = folder.model(model, raw, file, identity)
        prose = _prose(folder, file, identity, text, line)
        if lang == default:
            head = checked
        if checked is not None and prose is not None:
            label = getattr(checked, "label", None) or checked.title
            passages[lang] = Passage(file, checked.title, label, prose)
    if head is None or default not in passages:
        return None
    return Document(identity, files[default], head, passages)


def _parted(
    folder: Folder, file: str, identity: str
) -> tuple[dict[str, Any], str, int] | None:
    """Part front matter and text; tell on which line the text begins."""
    text = folder.text(file)
    if text is None:
        return None
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if line.strip() == _FENCE][:2]
    if len(ends) < 2 or ends[0] != 0:
        folder.problem(
            file,
            identity,
            found=lines[0][:60] or "an empty line",
            allowed=f"front matter in TOML between two lines of {_FENCE}",
            cure="Begin the file with it.",
        )
        return None
    try:
        # As many lines before it as in the file, so that messages count right.
        head = toml_from_text("\n".join(["", *lines[1 : ends[1]], ""]))
    except (ValueError, RecursionError) as error:
        folder.problem(
            file,
            identity,
            "front matter",
            found=str(error),
            allowed="valid TOML",
            cure="Mend the place named.",
        )
        return None
    return head, "\n".join(lines[ends[1] + 1 :]), ends[1] + 2


def _prose(
    folder: Folder, file: str, identity: str, text: str, line: int
) -> Prose | None:
    try:
        found = read_prose(text, line)
    except ProseError as error:
        folder.problem(
            file,
            identity,
            f"line {error.line}",
            found=error.found,
            allowed="paragraphs, headings, simple lists, *emphasis*, [words](#record)"
            " and citations [@source]",
            cure="Write it with these.",
        )
        return None
    if not found:
        folder.problem(
            file,
            identity,
            found="no text",
            allowed="at least a paragraph",
            cure="Write the text below the front matter.",
        )
        return None
    return found


def _report_doubles(folder: Folder, documents: list[Document[H]]) -> None:
    seen: dict[str, str] = {}
    for document in documents:
        if document.id in seen:
            folder.problem(
                document.file,
                document.id,
                found=f"an id that {seen[document.id]} has already",
                allowed="an id that no other file has",
                cure="Rename one of the two.",
            )
        seen.setdefault(document.id, document.file)
