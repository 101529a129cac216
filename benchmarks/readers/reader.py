"""One reader: comes, looks, acts; every answer is held against what was asked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from answers import OWN, Known
from files import TOKEN, Files
from protocol import Answer, Session
from upload import give

from borderviz.filters import events
from borderviz.permalink import default_view, to_query
from borderviz.view import ViewState

# A round of what readers do; each begins somewhere else in it.
ACTIONS = ("filter", "select", "toggle", "search", "filter", "select", "sheet")
SHEETS = ("table", "strip", "limits", "")
WORDS = ("panmunjom", "soldier", "Kaesong", "swam", "개성", "boat")
THINK_S = (2.0, 5.0)
AT = "39.754,127.120,6.5"


@dataclass(frozen=True)
class Took:
    """One action: its name, and what came."""

    action: str
    seconds: float
    map_seconds: float
    received: int
    runs: int


@dataclass
class Reader:
    """
    A reader with a browser of their own.

    Parameters
    ----------
    address
        Of our page.
    known
        What the atlas holds.
    files
        Paths that a browser fetches, in its order.
    random
        Decides what is chosen, and how long the reader thinks.
    """

    address: str
    known: Known
    files: Sequence[str]
    random: Random
    cache: set[str] = field(default_factory=set)
    view: ViewState = field(init=False)
    searched: str = ""
    file: str = ""
    sent: int = 0
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.view = default_view(self.known.atlas)
        self.session = Session(self.address, "")

    async def open(self) -> Took:
        """Fetch the page and its files, connect, and wait until all is there."""
        began = time.perf_counter()
        browser = Files(self.address, self.cache)
        await browser.fetch(["/"])
        early = [path for path in self.files if not path.startswith("/component/")]
        await browser.fetch([TOKEN, *early])
        self.session = Session(self.address, browser.token)
        answer = await self.session.ask()
        map_seconds = time.perf_counter() - began - answer.seconds + answer.map_seconds
        await browser.fetch(set(self.files) - set(early))
        seconds = time.perf_counter() - began
        self.check()
        received = browser.received + answer.received
        return Took("open", seconds, map_seconds, received, answer.runs)

    async def look_in(self) -> None:
        """Connect and leave at once; the page is not drawn."""
        browser = Files(self.address)
        await browser.fetch([TOKEN])
        self.session = Session(self.address, browser.token)
        await self.session.connect()
        await self.leave()

    async def act(self, action: str) -> Took:
        """Do one thing, and check the answer."""
        answer = await getattr(self, f"_{action}")()
        self.check()
        return Took(
            action, answer.seconds, answer.map_seconds, answer.received, answer.runs
        )

    def check(self) -> None:
        """Hold the page against what the reader asked for."""
        self.known.check(self.session, self.view, self.searched, self.file)

    async def think(self) -> None:
        """Look at it for a while."""
        await asyncio.sleep(self.random.uniform(*THINK_S))

    async def leave(self) -> None:
        """Close the tab."""
        await self.session.close()

    async def _toggle(self) -> Answer:
        return await self.turn(self.random.choice(self.known.atlas.settings.layers).id)

    async def bring(self, name: str, data: bytes) -> None:
        """Lay a file of one's own over the map."""
        await self._go(OWN)
        await give(self.session, name, data)
        self.file = name
        self.check()

    async def turn(self, layer: str) -> Answer:
        """Turn a layer off, or on again."""
        layers = self.known.atlas.settings.layers
        wanted = set(self.view.layers) ^ {layer}
        kept = tuple(x.id for x in layers if x.id in wanted)
        self.view = self.view.with_(layers=kept)
        box = self.session.named(f"layer-{layer}")
        return await self.session.choose(box, {"bool_value": layer in wanted})

    async def _filter(self) -> Answer:
        slider = self.session.named("filter-years")
        first, last = int(slider.element.slider.min), int(slider.element.slider.max)
        low = self.random.randint(first, last - 10)
        high = self.random.randint(low + 5, last)
        filters = self.view.filters.with_(
            since="" if low == first else str(low),
            until="" if high == last else str(high),
        )
        self.view = self.view.with_(filters=filters)
        years = {"double_array_value": {"data": [low, high]}}
        return await self.session.choose(slider, years)

    async def _select(self) -> Answer:
        return await self.choose(self.random.choice(events(self.known.atlas)).id)

    async def choose(self, record: str) -> Answer:
        """Click a record's symbol."""
        self.view, self.searched = self.view.with_(selected=record), ""
        return await self._tell(f'"set":{{"sel":"{record}"}}')

    async def _search(self) -> Answer:
        self.searched = self.random.choice(WORDS)
        return await self._tell(f'"set":{{"q":"{self.searched}"}}')

    async def _sheet(self) -> Answer:
        others = [x for x in SHEETS if x != self.view.sheet]
        return await self._go(self.random.choice(others))

    async def _go(self, sheet: str) -> Answer:
        """Follow the link of a tab."""
        self.view, self.searched = self.view.with_(sheet=sheet), ""
        query = to_query(self.view, self.known.atlas).removeprefix("?")
        return await self._tell(f'"go":"{query}"')

    async def _tell(self, message: str) -> Answer:
        """Send what the map sends: a count, where it is, and what was done."""
        self.sent += 1
        value = f'{{"n":{self.sent},"at":"{AT}",{message}}}'
        return await self.session.choose(
            self.session.component(), {"json_value": value}
        )
