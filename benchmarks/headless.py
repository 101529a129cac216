"""The system's Chromium, started the same way by everything that measures."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Pages that draw by WebGL get it from the processor; the others need none.
WITHOUT_GPU = ("--disable-gpu",)
WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def executable() -> str:
    """Find the browser; end with exit code 2 and a sentence where there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.stderr.write("No Chromium on this machine: nothing can be measured.\n")
        raise SystemExit(2)
    return path


@contextmanager
def launched(more: Sequence[str] = WITHOUT_GPU) -> Iterator[Browser]:
    """
    Start a browser, and end it with the block.

    Parameters
    ----------
    more
        Arguments besides those that all have: `WITHOUT_GPU` or `WEBGL`.
    """
    with several(more) as (browser,):
        yield browser


@contextmanager
def several(*mores: Sequence[str]) -> Iterator[list[Browser]]:
    """
    Start a browser for each list of arguments, and end all with the block.

    Parameters
    ----------
    mores
        As `launched` takes one.
    """
    path = executable()
    with sync_playwright() as playwright:
        launch = playwright.chromium.launch
        found = [launch(executable_path=path, args=[*ARGUMENTS, *m]) for m in mores]
        try:
            yield found
        finally:
            for browser in found:
                browser.close()
