"""Which symbol stands for a record, the same on map and strips."""

from __future__ import annotations

from borderviz.content import Atlas
from borderviz.layers import layer_of
from borderviz.model import Record


def symbol_of(record: Record, atlas: Atlas) -> tuple[str, int]:
    """
    Name a record's symbol, and by how many degrees it is turned, clockwise.

    Parameters
    ----------
    record
        Its mode decides; without one, the style of its layer.
    atlas
        Vocabulary, layers and styles.
    """
    vocabulary = atlas.settings.vocabulary
    mode = vocabulary.mode.get(record.mode or "")
    layer = layer_of(record, atlas.settings.layers)
    symbol = (mode and mode.symbol) or (
        atlas.styles[layer.style].symbol if layer else "dot"
    )
    direction = vocabulary.direction.get(record.direction or "")
    # Only people on foot point somewhere; a boat or a plane is drawn upright.
    turn = direction.turn if direction and symbol == "triangle" else 0
    return symbol, turn
