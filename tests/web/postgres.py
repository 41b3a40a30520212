"""A PostgreSQL server of its own for the tests: made in a temporary folder, on a socket there, gone afterwards."""

import atexit
import os
import shutil
import subprocess
from pathlib import Path

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def found() -> Path | None:
    """The folder of the server's programs, where PostgreSQL is installed."""
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else next(iter(_PLACES), None)


def started(folder: Path) -> str:
    """Start a server; gives the address of an empty database."""
    programs = found()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: on Debian, apt-get install postgresql")
    home = folder / "postgresql"
    home.mkdir()
    as_server: list[str] = []
    if os.getuid() == 0:
        # The server refuses to run as root.
        folder.chmod(0o755)
        shutil.chown(home, "postgres")
        as_server = ["runuser", "-u", "postgres", "--"]

    def run(*command: str) -> None:
        subprocess.run([*as_server, *command], check=True, cwd=home, stdout=subprocess.DEVNULL)

    data = home / "data"
    run(str(programs / "initdb"), "-D", str(data), "-U", "atleast", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
    atexit.register(run, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    return _made(f"postgresql://atleast@/postgres?host={home}", "desk")


def another(name: str) -> str:
    """One more empty database on the server that the tests run on."""
    return _made(os.environ["DATABASE_URL"], name)


def _made(url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    server, _, host = url.partition("?")
    return f"{server.rpartition('/')[0]}/{name}?{host}"
