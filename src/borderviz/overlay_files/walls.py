"""What a process that reads a stranger's file takes away from itself.

Limits of the system (POSIX): memory, seconds of work, open files, no file written, no
process started. macOS does not enforce the limit of memory, and Windows has none of
them: there the seconds by the clock, which the caller counts, are what is left. On all
of them a hook of Python refuses files, sockets, processes and foreign code.
"""

from __future__ import annotations

import sys

from borderviz.overlay_files.limits import CPU_SECONDS, MEMORY_BYTES, OPEN_FILES

# Events of Python's audit that reading bytes in memory never raises.
_REFUSED = (
    *("open", "import", "exec", "compile", "os.", "shutil.", "tempfile.", "glob."),
    *("pathlib.", "socket.", "ssl.", "urllib.", "http.", "ftplib.", "smtplib."),
    *("poplib.", "imaplib.", "nntplib.", "telnetlib.", "webbrowser.", "subprocess."),
    *("pty.", "ctypes.", "mmap.", "fcntl.", "winreg.", "msvcrt.", "_winapi."),
    *("pickle.", "marshal.", "sqlite3.enable_load_extension"),
    *("sqlite3.load_extension", "signal.", "syslog.", "cpython.", "code.__new__"),
)


def limit_resources() -> None:
    """Take limits on memory and work; one that the system does not have is left out."""
    try:
        import resource
    except ImportError:
        return
    for name, limit in (
        ("RLIMIT_AS", MEMORY_BYTES),
        ("RLIMIT_CPU", CPU_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        _limit(resource, name, limit)


def close_doors() -> None:
    """Refuse from now on, for good, all that is not work on what is in memory."""
    try:
        import resource
    except ImportError:
        pass
    else:
        _limit(resource, "RLIMIT_NOFILE", OPEN_FILES)
        _limit(resource, "RLIMIT_NPROC", 0)
    sys.addaudithook(_refuse)


def _limit(resource: object, name: str, limit: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]  # type: ignore[attr-defined]
    if hard >= 0:
        limit = min(limit, hard)
    try:
        resource.setrlimit(kind, (limit, limit))  # type: ignore[attr-defined]
    except (ValueError, OSError):
        return


def _refuse(event: str, _: tuple[object, ...]) -> None:
    """Refuse an event as the system refuses what is not allowed."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
