"""Real databases for the tests: SQLite files, and a PostgreSQL server of our own on a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_numbers = count(1)


def postgres_folder() -> Path | None:
    """Where the programs of a PostgreSQL server are; None where none is installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), default=None)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A server that ends with the block; gives the URL of its databases with ``{}`` for the name. Root cannot run one,
    so then the user ``postgres`` (or ``nobody``) does. ``durable`` keeps it as it comes."""
    programs = postgres_folder()
    assert programs is not None
    user = _somebody() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="vpg", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    make = ["initdb", "-D", data, "-U", "variorum", "-A", "trust", "-E", "UTF8", "--locale=C"]
    serve = ["postgres", "-D", data, "-k", str(folder), "-c", "listen_addresses=", "-c", "max_connections=100"]
    if not durable:
        serve += ["-c", "fsync=off"]  # the machine does not fail here, only processes do
    subprocess.run([programs / make[0], *make[1:]], user=user, check=True, capture_output=True, cwd=folder)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([programs / serve[0], *serve[1:]], user=user, stdout=log, stderr=log, cwd=folder)
    try:
        ask = [programs / "pg_isready", "-h", str(folder), "-U", "variorum", "-t", "30"]
        for _ in range(150):
            if subprocess.run(ask, capture_output=True, check=False).returncode == 0:
                break
            assert server.poll() is None, (folder / "log").read_text()
            subprocess.run(["sleep", "0.2"], check=True)
        yield f"postgresql://variorum@/{{}}?host={folder}"
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _somebody() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def new_database(server: str) -> str:
    """The URL of a new, empty database on the server."""
    import psycopg

    name = f"v{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as conn:
        conn.execute(f'CREATE DATABASE "{name}"')
    return server.format(name)
