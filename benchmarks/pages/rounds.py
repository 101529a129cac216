"""One survey of each page, then rounds in which each is visited by turns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import probes
from peers import PEERS, Expected, Peer
from playwright.sync_api import Browser, BrowserContext, Error
from serving import Served
from using import Place, Samples, alone, moved, used
from visits import Visit, memory_mb, processor_s, reader, visit

from borderviz.content import Atlas

CLICKS = 2


@dataclass
class Bench:
    """
    All that is measured, as it comes in.

    Parameters
    ----------
    atlas, expected
        What is on the maps.
    served
        The pages, by name.
    plain, drawing
        Browsers without and with WebGL.
    together
        How many readers at once the memory is taken for.
    samples
        Page, then metric, to one number a visit or an interaction.
    counts
        Page, then metric, to what the survey found.
    """

    atlas: Atlas
    expected: Expected
    served: dict[str, Served]
    plain: Browser
    drawing: Browser
    together: int
    samples: dict[str, Samples] = field(default_factory=dict)
    counts: dict[str, dict[str, float]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    bare_paths: dict[str, float] = field(default_factory=dict)

    @property
    def peers(self) -> list[Peer]:
        """Those that are served."""
        return [peer for peer in PEERS if peer.name in self.served]

    def survey(self) -> None:
        """Visit each page once: warm its server, count, find what can be clicked."""
        for peer in self.peers:
            its = self.served[peer.name]
            sys.stderr.write(f"survey: {peer.name}\n")
            with reader(self._browser(peer)) as context:
                found = visit(context, peer, its.address, self.expected)
                found.traffic.settle(found.page)
                if peer.probe in ("borderviz", "site"):
                    self.places[peer.name] = self._places(found)
                self.counts[peer.name] = self._counted(found)
            # Later, what earlier readers have left would be given to new ones.
            self.counts[peer.name] |= self._remembered(peer)
        for peer in self.peers:
            # Ours says which symbols can be clicked; the others show the same.
            places = self.places.get(peer.name) or self.places["borderviz"]
            if peer.draws:
                others = list(self.atlas.positions.values())
                places = alone(places, others, self.expected.view)
            self.places[peer.name] = places
            sys.stderr.write(f"{peer.name}: {len(places)} symbols to click\n")

    def _counted(self, found: Visit) -> dict[str, float]:
        """Count what a first load costs, and what moving the map asks of the server."""
        peer, traffic = found.peer, found.traffic
        counts: dict[str, float] = {
            "other-hosts": traffic.other_hosts(found.address),
            "load-runs": traffic.runs,
            "socket-bytes": traffic.socket_bytes,
        }
        paths = traffic.paths(found.address)
        counts["own-bytes"] = self._beyond_bare(peer, paths)
        if peer.served == "streamlit" and peer.name != "bare":
            asked, runs = traffic.asked, traffic.runs
            counts["movements"] = moved(found)
            counts["move-messages"] = traffic.asked - asked
            counts["move-runs"] = traffic.runs - runs
        return counts

    def _beyond_bare(self, peer: Peer, paths: dict[str, float]) -> float:
        """Add up what is not Streamlit's own, nor part of the bare page."""
        if peer.name == "bare":
            self.bare_paths = paths
        bare = self.bare_paths if peer.served == "streamlit" else {}
        return sum(
            max(0.0, size - bare.get(path, 0))
            for path, size in paths.items()
            if not path.startswith("/static/")
        )

    def _places(self, found: Visit) -> list[Place]:
        """List records that can be clicked; no title twice."""
        pairs = found.frame().evaluate(found.script(probes.CANDIDATES))
        titles = [title for _, title in pairs]
        return [
            (id_, title, *self.atlas.positions[id_])
            for id_, title in pairs
            if titles.count(title) == 1
        ]

    def round(self, number: int) -> None:
        """Visit every page twice, with an empty and a full cache; use it in between."""
        peers = self.peers
        # Each page comes first, second and so on equally often.
        turn = number % len(peers)
        for peer in peers[turn:] + peers[:turn]:
            places = self.places[peer.name]
            picked = [
                places[(number * CLICKS + i) % len(places)] for i in range(CLICKS)
            ]
            try:
                with reader(self._browser(peer)) as context:
                    self._visited(context, peer, picked)
            except (Error, RuntimeError) as error:
                # One visit that came to nothing is no reason to lose all others.
                sys.stderr.write(f"given up, {peer.name}: {error}\n")
                counts = self.counts[peer.name]
                counts["given-up"] = counts.get("given-up", 0) + 1

    def _visited(
        self, context: BrowserContext, peer: Peer, places: Sequence[Place]
    ) -> None:
        """Open a page as a new reader, use it, and open it again."""
        its = self.served[peer.name]
        before = processor_s(its.server)
        found = visit(context, peer, its.address, self.expected)
        found.settle()
        took = processor_s(its.server) - before
        self._add(peer, {"cold": [found.open_ms], "server-s": [took]})
        self._add(peer, _travelled(found, "cold"))
        self._add(peer, used(found, self.expected, places))
        self._add(peer, {"heap-mb": [found.heap_mb()]})
        found.page.close()
        found = visit(context, peer, its.address, self.expected)
        found.settle()
        self._add(peer, {"warm": [found.open_ms]})
        self._add(peer, _travelled(found, "warm"))

    def _remembered(self, peer: Peer) -> dict[str, float]:
        """Let some readers stay on a page at once; say what a server needs for them."""
        its = self.served[peer.name]
        if its.server is None or not self.together:
            return {}
        before = memory_mb(its.server)
        with ExitStack() as stack:
            for _ in range(self.together):
                context = stack.enter_context(reader(self._browser(peer)))
                visit(context, peer, its.address, self.expected).settle()
            after = memory_mb(its.server)
        return {"memory-mb": after, "reader-mb": (after - before) / self.together}

    def _browser(self, peer: Peer) -> Browser:
        return self.drawing if peer.draws else self.plain

    def _add(self, peer: Peer, more: Samples) -> None:
        """Add the samples of a round."""
        kept = self.samples.setdefault(peer.name, {})
        for name, values in more.items():
            kept.setdefault(name, []).extend(round(value, 4) for value in values)


def _travelled(found: Visit, name: str) -> Samples:
    """Add up what came over the wire, the socket included."""
    traffic = found.traffic
    paths = traffic.paths(found.address)
    size = sum(paths.values()) + traffic.socket_bytes
    count = len(traffic.urls.keys() - traffic.cached)
    return {f"{name}-bytes": [size], f"{name}-requests": [float(count)]}
