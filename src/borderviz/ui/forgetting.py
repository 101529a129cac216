"""Who has left is forgotten on time, also when nobody comes after them.

Streamlit keeps a reader who left for a while, in case the connection was lost, but sees
that the while is over only when the next one leaves. On a quiet server a file that
somebody laid over the map would stay in memory for days.
"""

from __future__ import annotations

import asyncio

from streamlit.runtime import get_instance
from streamlit.runtime.caching.ttl_cache import TTLCache
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

EVERY_S = 60.0


async def keep_forgetting() -> None:
    """Look every minute, on the server's own thread, until it is cancelled."""
    while True:
        await asyncio.sleep(EVERY_S)
        forget()


def forget() -> bool:
    """
    Let go of the readers who were away too long, and of what was theirs.

    Returns
    -------
    bool
        True if there were any.
    """
    manager = get_instance()._session_mgr
    if not isinstance(manager, WebsocketSessionManager):
        return False
    storage = manager._session_storage
    if not isinstance(storage, MemorySessionStorage):
        return False
    kept = storage._cache
    gone = kept.expire() if isinstance(kept, TTLCache) else []
    for _, its in gone:
        # The server's own loop may hold the last session that it served.
        its.session.shutdown()
        its.session.session_state.clear()
        its.session._fragment_storage.clear()
    if gone:
        # Imported late, as whatever reads the atlas: the server starts without.
        from borderviz.ui.data import set_aside

        # Sessions hold themselves in loops, which only the collector undoes.
        set_aside()
    return bool(gone)
