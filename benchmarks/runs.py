"""What a run of the page costs the server: processor time by what the reader did.

`python benchmarks/runs.py PID PORT` with a server that serves the real atlas; nothing
else may run on the machine. Each act is taken 15 times; a view is new until a reader
had it, and known from then on.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

from borderviz.content import load
from borderviz.paths import default_atlas

TIMES, WARM = 15, 2
LAYERS = ("incidents", "crossings-south", "crossings-north", "authorised", "sites")
WORDS = "river walker bridge soldier fence escape axe tunnel swim boat plane defect"


class Reader:
    """One reader's session, as a browser holds it."""

    def __init__(self, port: int, query: str = "") -> None:
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.socket = connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        self.query, self.page, self.bytes = query, "", 0
        self.states: dict[str, WidgetState] = {}
        self.widgets: dict[str, tuple[str, object]] = {}
        self.held: set[str] = set()
        self.run()

    def run(self, fragment: str = "") -> None:
        """Ask for a run, and wait until all of its answer is there."""
        asked = BackMsg()
        told = asked.rerun_script
        told.query_string, told.page_script_hash = self.query, self.page
        told.fragment_id = fragment
        told.cached_message_hashes.extend(self.held)
        told.widget_states.widgets.extend(self.states.values())
        self.bytes = 0
        self.socket.send(asked.SerializeToString())
        while not self._is_end(self.socket.recv(timeout=60)):
            pass

    def _is_end(self, data: str | bytes) -> bool:
        self.bytes += len(data)
        message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if message.metadata.cacheable:
                self.held.add(message.hash)
            element = message.delta.new_element
            found = getattr(element, element.WhichOneof("type") or "empty")
            if getattr(found, "id", "").startswith("$$"):
                self.widgets[found.id] = message.delta.fragment_id, found
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and message.script_finished != early

    def set(self, key: str, **value: object) -> None:
        """Change a widget by its key; the map's key is the component's own."""
        name = next(i for i in reversed(self.widgets) if i.endswith(f"-{key}"))
        state = WidgetState(id=name)
        for field, given in value.items():
            if isinstance(given, list):
                getattr(state, field).data.extend(given)
            else:
                setattr(state, field, given)
        self.states[name] = state
        self.run(self.widgets[name][0])


def toggling(reader: Reader) -> Iterator[None]:
    """Toggle layers so that no combination comes twice (a Gray code)."""
    on = {}
    for name in LAYERS:
        box = next(
            x for i, (_, x) in reader.widgets.items() if i.endswith(f"-layer-{name}")
        )
        on[name] = box.value if box.set_value else box.default  # type: ignore[attr-defined]
    for step in range(1, 2 ** len(LAYERS)):
        name = LAYERS[(step & -step).bit_length() - 1]
        on[name] = not on[name]
        yield reader.set(f"layer-{name}", bool_value=on[name])


def dragging(reader: Reader) -> Iterator[None]:
    """Move both ends of the years, never to the same."""
    spans = [(a, b) for a in range(1953, 1985) for b in range(1990, 2024)]
    random.Random(1).shuffle(spans)
    for span in spans:
        yield reader.set("filter-years", double_array_value=[*map(float, span)])


def mapped(reader: Reader, messages: list[dict[str, str]]) -> Iterator[None]:
    """Send messages as the map does."""
    key = next(
        i for i, (_, x) in reader.widgets.items() if hasattr(x, "component_name")
    ).rsplit("-", 1)[1]
    for number, message in enumerate(messages, 1):
        told = json.dumps({"n": number, "set": message})
        yield reader.set(key, json_value=told)


def turning(reader: Reader) -> Iterator[None]:
    """Change between two languages."""
    for lang in itertools.cycle(("ko", "en")):
        yield reader.set("lang", string_array_value=[lang])


def visiting(port: int) -> Iterator[None]:
    """Visit the page as new readers, one after another."""
    while True:
        reader = Reader(port)
        reader.socket.close()
        yield


def main() -> None:
    """Print a table."""
    pid, port = int(sys.argv[1]), int(sys.argv[2])
    atlas = load(default_atlas())
    records = [{"sel": name} for name in atlas.positions]
    random.Random(3).shuffle(records)
    words = [{"q": word} for word in (WORDS + " " + WORDS[::-1]).split()]
    sys.stdout.write("| act | CPU, ms | wall, ms | bytes |\n|---|---|---|---|\n")
    acts: list[tuple[str, str, Callable[[Reader], Iterator[None]]]] = []
    for kind in ("new", "known"):
        acts += [(f"toggle, {kind} view", "", toggling)]
        acts += [(f"years, {kind} view", "", dragging)]
        acts += [(f"click, {kind} record", "", lambda r: mapped(r, records))]
        for sheet in ("table", "charts", "numbers"):
            query = f"v=1&show={sheet}"
            acts += [(f"toggle, {kind} view, {sheet} open", query, toggling)]
    acts += [("visit", "", lambda _: visiting(port))]
    acts += [("search", "", lambda r: mapped(r, words)), ("language", "", turning)]
    for name, query, act in acts:
        reader = Reader(port, query)
        steps = act(reader)
        rows = [taken(pid, steps, reader) for _ in range(WARM + TIMES)][WARM:]
        cpu, wall, size = (statistics.median(x) for x in zip(*rows, strict=True))
        sys.stdout.write(f"| {name} | {cpu:.1f} | {wall:.1f} | {size:,.0f} |\n")
        reader.socket.close()


def taken(pid: int, steps: Iterator[None], reader: Reader) -> tuple[float, float, int]:
    """Do one act; what the server still does after its answer counts as well."""
    before, began = settled(pid), time.perf_counter()
    next(steps)
    wall = time.perf_counter() - began
    return (settled(pid) - before) * 1000, wall * 1000, reader.bytes


def settled(pid: int) -> float:
    """Wait until a process rests; return the processor time it has had, in seconds."""
    clock, last = (~pid << 3) | 2, 0.0
    for _ in range(20):
        now = time.clock_gettime(clock)
        if now - last < 0.0005:
            break
        last = now
        time.sleep(0.01)
    return last


if __name__ == "__main__":
    main()
