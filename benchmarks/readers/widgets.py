"""Widgets as the page in a browser knows them: who they are, and what they send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streamlit.proto.Element_pb2 import Element


@dataclass(frozen=True)
class Found:
    """An element where it stands: the run and the fragment that drew it."""

    element: Element
    run: str
    fragment: str


def id_of(element: Element) -> str:
    """Return a widget's identity; empty for what is none."""
    kind = element.WhichOneof("type")
    return str(getattr(getattr(element, kind), "id", "")) if kind else ""


def is_set(element: Element) -> bool:
    """Tell whether the program gives the widget its value."""
    kind = element.WhichOneof("type")
    return bool(kind and getattr(getattr(element, kind), "set_value", False))


def shown(element: Element) -> dict[str, Any]:
    """Say what a widget that nobody touched sends; nothing for one that is silent."""
    kind = element.WhichOneof("type")
    widget, has_value = getattr(element, str(kind)), is_set(element)
    match kind:
        case "checkbox":
            return {"bool_value": widget.value if has_value else widget.default}
        case "text_input":
            return {"string_value": widget.value if has_value else widget.default}
        case "slider":
            values = widget.value if has_value else widget.default
            return {"double_array_value": {"data": values}}
        case "selectbox" if has_value:
            return {"string_value": widget.raw_value}
        case "selectbox" if widget.HasField("default"):
            return {"string_value": widget.options[widget.default]}
        case "button_group" if has_value:
            return {"string_array_value": {"data": widget.raw_values}}
        case "button_group":
            picked = [widget.options[i].content for i in widget.default]
            return {"string_array_value": {"data": picked}}
    return {}
