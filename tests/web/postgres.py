"""A PostgreSQL server of its own for the tests: made in a temporary folder, on a socket there, gone afterwards."""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def found() -> Path | None:
    """The folder of the server's programs, where PostgreSQL is installed."""
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else next(iter(_PLACES), None)


class Server:
    """A server in a temporary folder of its own."""

    def __init__(self) -> None:
        programs, folder = found(), Path(tempfile.mkdtemp(prefix="atleast-postgresql-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        if programs is None:
            raise RuntimeError("PostgreSQL is not installed: on Debian, apt-get install postgresql")
        self.home, self._programs, self._as_server = folder / "postgresql", programs, list[str]()
        self.home.mkdir()
        if os.getuid() == 0:
            # The server refuses to run as root, and has to reach its own folder.
            folder.chmod(0o755)
            shutil.chown(self.home, "postgres")
            self._as_server = ["runuser", "-u", "postgres", "--"]
        options = ["-U", "atleast", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(self.home / "data"), *options)
        self.start()
        atexit.register(self.stop)

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.home}' -c fsync=off"
        self._run("pg_ctl", "-D", str(self.home / "data"), "-w", "-l", str(self.home / "log"), "-o", options, "start")

    def stop(self) -> None:
        if (self.home / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.home / "data"), "-w", "-m", "immediate", "stop")

    def made(self, name: str) -> str:
        """The address of a new, empty database."""
        return _made(f"postgresql://atleast@/postgres?host={self.home}", name)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_server, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, cwd=self.home, stdout=subprocess.DEVNULL)


def started() -> str:
    """Start a server; gives the address of an empty database."""
    return Server().made("desk")


def another(name: str) -> str:
    """One more empty database on the server that the tests run on."""
    return _made(os.environ["DATABASE_URL"], name)


def _made(url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    server, _, host = url.partition("?")
    return f"{server.rpartition('/')[0]}/{name}?{host}"
