"""What the sheet for a reader's own data says: promises, what was read, what was not.

All of a file is untrusted: it passes through `tag` alone, and is cut where it is long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borderviz.overlay.model import Overlay
from borderviz.overlay.roles import ROLES, Choices
from borderviz.overlay_files.raw import Cell, RawTable, Reason, RowProblem
from borderviz.render.context import Context
from borderviz.render.css import css_string
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_rows import as_is
from borderviz.render.overlay_words import reason_words
from borderviz.render.web_files import web_file

PREVIEW_ROWS = 5
MOST_TOLD = 50
_SHORT, _SAMPLE = 80, 24


def own_css(context: Context, *, mb: int, rows: int) -> Html:
    """Write the style of the sheet, with what Streamlit says in English only."""
    words = {
        "choose": context.say("overlay-page-choose"),
        "drop": context.say("overlay-page-drop", mb=mb, rows=rows),
        "refused": context.say("overlay-page-refused-size", mb=mb),
    }
    said = "".join(f"--bv-{key}:{css_string(text)};" for key, text in words.items())
    sheet = f".st-key-yours{{{said}}}" + web_file("own.css")
    return tag("style", Html(sheet), class_="bv-css")


def intro_html(context: Context) -> Html:
    """Say what a file is good for here."""
    return _block(
        tag("h3", context.say("overlay-page-title")),
        tag("p", context.say("overlay-page-said")),
        context=context,
    )


def privacy_html(context: Context) -> Html:
    """Say what happens to a file."""
    said = [context.say(f"overlay-page-private-{x}") for x in ("where", "who", "end")]
    return _block(
        tag("h3", context.say("overlay-page-private")),
        tag("ul", *[tag("li", words) for words in said]),
        context=context,
    )


def small_html(context: Context, *keys: str) -> Html:
    """Write a small line of help."""
    words = join([context.say(key) for key in keys], " ")
    return _block(tag("p", words, class_="bv-small"), context=context)


def heading_html(key: str, context: Context, *, said: str = "", count: int = 0) -> Html:
    """Write the heading of a part, and a small line below it."""
    heading = tag("h3", context.say(key, count=count) if count else context.say(key))
    line = tag("p", context.say(said), class_="bv-small") if said else Html("")
    return _block(heading, line, context=context)


def reading_html(name: str, context: Context) -> Html:
    """Say that a file is being read."""
    bar = tag("i", class_="bv-yours-bar", aria_hidden="true")
    words = _named("overlay-page-reading", name, context)
    return _note(words, bar, context=context, role="status")


def refused_html(name: str, reason: Reason, context: Context, *, kept: bool) -> Html:
    """Say that a file was not read, and why."""
    words = [
        _named("overlay-page-refused", name, context),
        tag("span", reason_words(reason, context)),
    ]
    if kept:
        words.append(tag("span", context.say("overlay-page-refused-kept")))
    return _note(join(words, " "), context=context, role="alert")


def result_html(overlay: Overlay, shown: int, context: Context) -> Html:
    """Say which file is shown, how much of it, and what was noticed about it."""
    total, left = len(overlay), overlay.bad_count
    said = [context.say("overlay-page-result", count=total)]
    if left:
        said.append(context.say("overlay-page-result-left", count=left))
    if shown < total:
        narrowed = context.say("overlay-page-narrowed", count=shown, total=total)
        said.append(narrowed)
    notes = [tag("li", reason_words(note, context)) for note in overlay.notes]
    return _block(
        tag("h3", as_is("span", overlay.name)),
        tag("p", context.listed(said, ","), role="status"),
        tag("ul", *notes, class_="bv-yours-notes") if notes else Html(""),
        context=context,
    )


def sample(raw: RawTable, column: int, context: Context) -> str:
    """Name a column with what stands in its first full cells, as plain text."""
    full = (cell for cell in raw.cells[column][:50] if cell not in (None, ""))
    found = list(dict.fromkeys(_text(cell) for cell in full))[:2]
    samples = ", ".join(_cut(text, _SAMPLE) for text in found)
    name = _cut(raw.columns[column], _SHORT)
    if not samples:
        return name
    return context.say("overlay-page-option", name=name, samples=samples)


def preview_html(raw: RawTable, choices: Choices, context: Context) -> Html:
    """Write the first rows as they stand in the file, with what was recognised."""
    roles = _roles(choices)
    heads = [
        tag(
            "th",
            as_is("span", _cut(name, _SHORT)),
            *[tag("small", _role(role, context)) for role in roles.get(name, ())],
            scope="col",
            class_="bv-yours-used" if name in roles else None,
        )
        for name in raw.columns
    ]
    rows = [
        tag(
            "tr",
            tag("th", context.number(int(raw.numbers[r])), scope="row", class_="bv-n"),
            *[_cell(column[r]) for column in raw.cells],
        )
        for r in range(min(PREVIEW_ROWS, len(raw.numbers)))
    ]
    first = tag("th", context.say("overlay-page-row"), scope="col", class_="bv-n")
    table = tag(
        "table",
        tag("caption", context.say("overlay-page-preview"), class_="bv-hidden-words"),
        tag("thead", tag("tr", first, *heads)),
        tag("tbody", *rows),
        class_="bv-records",
    )
    return _framed(table, context.say("overlay-page-preview"), context)


def problems_html(
    problems: Sequence[RowProblem], count: int, name: str, context: Context
) -> Html:
    """Write which rows or cells are not shown, each with its reason."""
    heads = ("row", "field", "value", "reason")
    rows = [
        tag(
            "tr",
            tag("th", context.number(problem.row), scope="row", class_="bv-n"),
            tag("td", as_is("span", problem.field)),
            tag("td", as_is("span", problem.value)),
            tag("td", reason_words(problem.reason, context)),
        )
        for problem in problems[:MOST_TOLD]
    ]
    table = tag(
        "table",
        tag("caption", name, class_="bv-hidden-words"),
        tag("thead", tag("tr", *[_head(x, context) for x in heads])),
        tag("tbody", *rows),
        class_="bv-records bv-yours-why",
    )
    more = count - len(rows)
    words = context.say("overlay-page-more", count=more) if more > 0 else ""
    rest = tag("p", words, class_="bv-small") if words else Html("")
    return join([_framed(table, name, context), _block(rest, context=context)])


def _head(name: str, context: Context) -> Html:
    words = context.say(f"overlay-page-{name}")
    return tag("th", words, scope="col", class_="bv-n" if name == "row" else None)


def _roles(choices: Choices) -> Mapping[str, list[str]]:
    """Tell the roles of each column that has one."""
    found: dict[str, list[str]] = {}
    for role in ROLES:
        if name := choices.columns.get(role):
            found.setdefault(name, []).append(role)
    return found


def _role(role: str, context: Context) -> str:
    return context.say(f"overlay-page-role-{role}")


def _cell(cell: Cell) -> Html:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return tag(
        "td",
        as_is("span", _cut(_text(cell), _SHORT)),
        class_="bv-n" if is_number else None,
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _named(key: str, name: str, context: Context) -> Html:
    """Say a sentence about a file, its name standing out."""
    before, after = context.say(key, name="\0").split("\0")
    return tag("span", before, as_is("b", name), after)


def _framed(table: Html, name: str, context: Context) -> Html:
    """Let a table scroll by itself: it can be reached by key, and says what it is."""
    return tag(
        "div",
        table,
        class_="bv-yours-frame",
        tabindex="0",
        role="region",
        aria_label=name,
        lang=context.view.lang,
    )


def _note(*parts: Html, context: Context, role: str) -> Html:
    return tag("div", *parts, class_="bv-note", role=role, lang=context.view.lang)


def _block(*parts: Html, context: Context) -> Html:
    return tag("div", *parts, class_="bv-record bv-yours", lang=context.view.lang)
