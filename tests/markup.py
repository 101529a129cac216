"""HTML read back the way a browser would, so that tests look at what a reader gets."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

# Elements that no markup of ours has.
FORBIDDEN = {"script", "img", "svg", "iframe", "style", "object", "form", "input"}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class Node:
    """An element with its attributes and what is inside it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Node | str] = []
        self.parent: Node | None = None

    @property
    def text(self) -> str:
        """All words inside, in order."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute) or ""

    def all(self, name: str = "", class_: str = "") -> list[Node]:
        """Elements below this one by name and class; all of them without either."""
        return [
            node
            for node in self._walk()
            if name in ("", node.name)
            and (not class_ or class_ in node["class"].split())
        ]

    def _walk(self) -> Iterator[Node]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child._walk()

    def language(self) -> str:
        """The language a browser takes this element to be in."""
        node: Node | None = self
        while node and not node["lang"]:
            node = node.parent
        return node["lang"] if node else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        node = Node(tag, dict(attrs))
        node.parent = self.here
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.name, f"</{tag}> closes <{self.here.name}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        msg = f"a comment: {data[:80]}"
        raise AssertionError(msg)

    handle_decl = handle_pi = unknown_decl = handle_comment


def parsed(html: str) -> Node:
    """Read HTML; fail if a tag is left open, closed twice or not ours at all."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.name}> is left open"
    return reader.root
