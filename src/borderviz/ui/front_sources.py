"""Where the files are that the front answers: Streamlit's, the map's, of components.

Only what is named with a hash of its content is answered for good; what else a
component has is left to Streamlit. Nothing is opened that no listing or registry knows.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path

from streamlit.runtime import exists, get_instance
from streamlit.web.server.component_file_utils import build_safe_abspath

from borderviz.ui import map_files
from borderviz.ui.front_files import Content

STATIC = "/static/"
COMPONENT = "/component/"
MAP_FILES = f"{COMPONENT}{map_files.FOLDER}/"
HASHED = re.compile(r"[-.][0-9a-f]{8,}\.(js|json|css)$")


class Sources:
    """
    The files of this process, by the address that a browser asks for.

    Parameters
    ----------
    folder
        Streamlit's own files for the browser: `index.html` and what it loads.
    """

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    @cached_property
    def static(self) -> frozenset[str]:
        """The addresses of Streamlit's own files, all named with a hash."""
        top = self.folder / STATIC.strip("/")
        return frozenset(
            "/" + Path(folder, name).relative_to(self.folder).as_posix()
            for folder, _, names in os.walk(top)
            for name in names
        )

    def may_have(self, address: str) -> bool:
        """Tell without opening anything whether it is worth looking for a file."""
        if address.startswith(COMPONENT):
            return bool(HASHED.search(address))
        return address in self.static

    def read(self, address: str) -> Content | None:
        """Read a file that stays as it is; `None` if there is none."""
        data = self.data(address)
        if data is None:
            return None
        return Content(data, address, is_for_good=True)

    def data(self, address: str) -> bytes | None:
        """Read a file; `None` if there is none."""
        if address.startswith(MAP_FILES):
            return map_files.file(address.removeprefix(MAP_FILES))
        path = self._path(address)
        try:
            return path.read_bytes() if path else None
        except OSError:
            return None

    def _path(self, address: str) -> Path | None:
        if not address.startswith(COMPONENT):
            return self.folder / address.lstrip("/")
        name, _, file = address.removeprefix(COMPONENT).partition("/")
        if not exists():
            return None
        root = get_instance().component_registry.get_component_path(name)
        found = build_safe_abspath(root, file) if root and file else None
        return Path(found) if found else None
