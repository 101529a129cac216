"""The dashboard's server, which also counts its own objects whenever it is asked.

`python counted_server.py TYPE... -- COMMAND...`: COMMAND is what follows `-m` on the
command line that starts the dashboard. A line on stdin is answered by a line of JSON.
"""

from __future__ import annotations

import gc
import json
import runpy
import sys
import threading

from borderviz.ui import forgetting

MARK = "COUNTED "


def counts(names):
    """Count what is alive by type name, also what the collector leaves alone."""
    gc.collect()
    gc.unfreeze()
    found = dict.fromkeys(names, 0)
    for one in gc.get_objects():
        kind = type(one)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in found:
            found[name] += 1
    gc.freeze()
    return found


def answer(names):
    for _ in sys.stdin:
        print(MARK + json.dumps(counts(names)), flush=True)  # noqa: T201


def main():
    at = sys.argv.index("--")
    names, command = sys.argv[1:at], sys.argv[at + 1 :]
    forgetting.EVERY_S = 0.05  # usually a minute
    threading.Thread(target=answer, args=(names,), daemon=True).start()
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
