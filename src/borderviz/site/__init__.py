"""The atlas as a static site: a folder of pages that needs no server of ours."""

from borderviz.site.write import write_site

__all__ = ["write_site"]
