"""Where and when the reader is here: what a citation of the page says about itself."""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
from urllib.parse import urlsplit

import streamlit as st


def today() -> dt.date:
    """Return the day on the server's own calendar."""
    return dt.datetime.now().astimezone().date()


def session() -> str:
    """Name the session for the page, which may outlive it; the name says nothing."""
    return str(st.session_state.setdefault("bv-session", secrets.token_hex(4)))


def address() -> str:
    """Return where this page is served; empty if only this machine can go there."""
    url = st.context.url or ""
    return "" if is_at_home(url) else url


def is_at_home(url: str) -> bool:
    """
    Tell whether an address means nothing on another machine.

    Examples
    --------
    >>> is_at_home("http://localhost:8501/"), is_at_home("https://a.example/map")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
