"""
Fill in an nginx configuration: the app's processes behind one address, or the site.

Usage, then `nginx -e stderr -p FOLDER -c nginx.conf`:

    python deploy/nginx/render.py app FOLDER --to 127.0.0.1:8501 --to 127.0.0.1:8502
    python deploy/nginx/render.py site FOLDER --root public
"""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
# nginx is to remember no failure. Otherwise it lets, once a process is back, one
# request try it, and answers 502 to all that come beside that one: when processes are
# restarted one after another, readers would be left with that page.
# Asking one that is gone costs nothing where it is refused, a second where nobody is.
FORGETTING = "max_fails=0"
# What ends a word or a line in nginx's own language, and so no value may hold.
UNSAFE = re.compile(r"[\s;{}\"'$#\\]")


def main(arguments: list[str] | None = None) -> int:
    """Write the file, say how to start nginx, and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        text = filled(options)
    except ValueError as error:
        parser.error(str(error))
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    if options.user == "root":
        sys.stderr.write("nginx will work as root: name another by --user.\n")
    sys.stdout.write(f"nginx -e stderr -p {folder} -c nginx.conf\n")
    return 0


def filled(options: argparse.Namespace) -> str:
    """
    Fill the template in.

    Parameters
    ----------
    options
        What the command line said.

    Raises
    ------
    ValueError
        If a value would be read as more than a value, or names cannot be told apart.
    """
    values = {
        "LISTEN": _plain(options.listen)
        + (" ssl http2" if options.certificate else ""),
        "NAME": _plain(options.name),
        "LOG": _plain(options.log),
        # Only root may change the user; a warning is all that others get.
        "USER": f"user {_plain(options.user)};" if options.user else "",
        "TLS": _tls(options.certificate, options.key),
    }
    if options.kind == "site":
        values["ROOT"] = _plain(str(options.root.resolve()))
    else:
        values |= _processes(options.to) | {
            "CONNECTIONS": str(options.connections),
            "RATE": str(options.rate),
            "BURST": str(4 * options.rate),
            "FRAMES": " ".join(map(_plain, options.framed_by)) or "'self'",
            "ORIGIN": "# " if options.framed_by else "",
        }
    template = (HERE / f"{options.kind}.conf").read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda found: values[found[1]], template)


def _processes(addresses: list[str]) -> dict[str, str]:
    """Write what there is once for each process: servers, seats and their keepers."""
    seats = {str(n): _plain(address) for n, address in enumerate(addresses, start=1)}
    ends = {seat: _ending(address) for seat, address in seats.items()}
    if len(set(ends.values())) < len(ends):
        msg = "processes known by a name need a port of their own each"
        raise ValueError(msg)
    return {
        "COUNT": str(len(seats)),
        "SEATS": " ".join(f"{seat} at{seat};" for seat in seats),
        "SERVERS": "\n".join(
            f"    server {address} {FORGETTING};" for address in seats.values()
        ),
        "UPSTREAMS": "\n".join(_upstream(seat, seats) for seat in seats),
        "ANSWERED": " ".join(f'"~{end}$" {seat};' for seat, end in ends.items()),
    }


def _upstream(seat: str, seats: dict[str, str]) -> str:
    """Write one process and, for when it is gone, all others."""
    lines = [f"  upstream at{seat} {{", f"    zone at{seat} 64k;"]
    for other, address in seats.items():
        backup = "" if other == seat else " backup"
        lines.append(f"    server {address} {FORGETTING}{backup};")
    return "\n".join([*lines, "    keepalive 16;", "  }"])


def _ending(address: str) -> str:
    """Tell how nginx's own record of an address ends: it has no names, only numbers."""
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal():
        msg = f"{address} is no HOST:PORT"
        raise ValueError(msg)
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return f":{port}"
    return f"(^|[ ,]){re.escape(address)}"


def _tls(certificate: Path | None, key: Path | None) -> str:
    if (certificate is None) != (key is None):
        msg = "a certificate needs its key, and a key its certificate"
        raise ValueError(msg)
    if certificate is None or key is None:
        return ""
    lines = (
        f"ssl_certificate {_plain(str(certificate.resolve()))};",
        f"ssl_certificate_key {_plain(str(key.resolve()))};",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "ssl_session_cache shared:tls:2m;",
    )
    return "\n".join(f"    {line}" for line in lines)


def _plain(value: str) -> str:
    if not value or UNSAFE.search(value):
        msg = f"{value!r} cannot stand in a configuration"
        raise ValueError(msg)
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    app = kinds.add_parser("app", help="the app's processes behind one address")
    site = kinds.add_parser("site", help="the static site")
    for kind in (app, site):
        kind.add_argument(
            "folder", type=Path, help="gets nginx.conf, and nginx's files"
        )
        kind.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT")
        kind.add_argument("--name", default="_", help="the name it is served under")
        kind.add_argument("--log", default="access.log", help="`off` for none")
        kind.add_argument("--user", default=getpass.getuser(), help="of the workers")
        kind.add_argument("--certificate", type=Path, metavar="FILE", help="for TLS")
        kind.add_argument("--key", type=Path, metavar="FILE")
    app.add_argument("--to", action="append", required=True, metavar="HOST:PORT")
    app.add_argument("--connections", type=int, default=100, help="for each address")
    app.add_argument(
        "--rate", type=int, default=100, help="requests a second, the same"
    )
    app.add_argument(
        "--framed-by", action="append", default=[], metavar="SITE",
        help="who may frame the page, https://news.example",
    )  # fmt: skip
    site.add_argument("--root", type=Path, required=True, help="the site's folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
