"""borderviz: an open, cited, offline-first map of a border."""

from importlib.metadata import version

__version__ = version("borderviz")
__all__ = ["__version__"]
