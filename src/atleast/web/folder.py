"""The folder in which a desk keeps everything: its database, its key, sealed files, what it serves."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """Where things lie. Only the desk's owner can read it."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite database, where no other is set."""
        return self.path / "desk.sqlite3"

    @property
    def key(self) -> Path:
        """The key that opens what is sealed; kept elsewhere where ATLEAST_KEY_FILE says so."""
        elsewhere = os.environ.get("ATLEAST_KEY_FILE")
        return Path(elsewhere) if elsewhere else self.path / "keys" / "desk.key"

    @property
    def files(self) -> Path:
        """Files as they came in, sealed."""
        return self.path / "files"

    @property
    def served(self) -> Path:
        """Style sheets and scripts, gathered from the packages at the start."""
        return self.path / "static"

    def made_backups(self) -> Path:
        """Where backups lie that nobody wants elsewhere, there and closed to others."""
        path = self.path / "backups"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def made(self) -> "Folder":
        """The folder, there and closed to others."""
        for path in (self.path, self.files):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        return self


def folder(path: str | os.PathLike[str] | None = None) -> Folder:
    """The folder that was named, else ATLEAST_DATA, else `atleast` among the user's own data."""
    named = path or os.environ.get("ATLEAST_DATA")
    if named:
        return Folder(Path(named).expanduser().absolute())
    own = os.environ.get("XDG_DATA_HOME")
    return Folder((Path(own) if own else Path.home() / ".local" / "share") / "atleast")
