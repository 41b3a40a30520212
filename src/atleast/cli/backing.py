"""Backups of the desk: made, proved, restored; and the key that opens what it keeps."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atleast.model import Stopped

from .asking import data_option, passphrase_of_key, progress, secret
from .commands import main

if TYPE_CHECKING:
    from atleast.web.backups.restoring import Restored
    from atleast.web.backups.sealing import Opener


@main.command()
@data_option
@click.option(
    "--to",
    "to",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file, or a folder that is there.  [default: backups in the desk's folder]",
)
@click.option("--recipient", "recipients", multiple=True, metavar="AGE1…", help="age key that opens it; several.")
@click.option("--keep", type=click.IntRange(min=1), help="Take away all but so many backups of that folder.")
def backup(data: Path | None, to: Path | None, recipients: tuple[str, ...], keep: int | None) -> None:
    """Make an encrypted backup while the desk runs, and prove it.

    Without --recipient it is locked with a passphrase: ATLEAST_BACKUP_PASSPHRASE, else asked for.
    """
    from atleast import web

    folder = web.set_up(data, ask=passphrase_of_key)
    from atleast.web.backups import making

    to = to or folder.made_backups()
    if keep and not to.is_dir():
        raise click.UsageError(f"--keep needs a folder that is there; {to} is none")
    passphrase = os.environ.get("ATLEAST_BACKUP_PASSPHRASE", "")
    if not passphrase and not recipients:
        passphrase = secret("Passphrase of the backup", new=True)
    with progress() as bar:
        made = making.make(making.named(to) if to.is_dir() else to, to=recipients, passphrase=passphrase, progress=bar)
    click.echo(f"{made.path}: {made.size / 1e6:.1f} MB, written and proved. It holds the key of the desk.")
    _told(made.counts, made.links)
    for path in making.prune(to, keep) if keep else ():
        click.echo(f"taken away: {path}")


@main.command()
@data_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Prove the backup, and restore nothing.")
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the age identity that opens it (AGE-SECRET-KEY-1…), where it was made for a recipient.",
)
def restore(data: Path | None, file: Path, only_check: bool, identity: Path | None) -> int:
    """Make a desk of a backup, in an empty folder and on an empty database: SQLite, or DATABASE_URL.

    The passphrase is ATLEAST_BACKUP_PASSPHRASE, else asked for.
    """
    from atleast.web.backups.sealing import Opener, once_asked

    opener = Opener(
        identity.read_text() if identity else "",
        once_asked(lambda: os.environ.get("ATLEAST_BACKUP_PASSPHRASE") or secret("Passphrase of the backup")),
    )
    found = _restored(data, file, opener, only_check)
    for trouble in found.troubles:
        click.echo(str(trouble), err=True)
    _told(found.counts, found.links)
    if only_check:
        click.echo(f"{file}: {'in order' if not found.troubles else 'not in order'}, made {found.head['made_at']}")
        return 1 if found.troubles else 0
    click.echo("Restored. The key lies in the clear again: lock it by atleast lock-key.")
    for name, value in found.head["settings"].items():
        click.echo(f"  It ran with {name}={value}")
    return 0


def _restored(data: Path | None, file: Path, opener: "Opener", only_check: bool) -> "Restored":
    from atleast import web
    from atleast.web.backups.sealing import head, opened
    from atleast.web.vault import hold, made_key

    folder = web.folder(data)
    with opened(file, opener) as lines:
        key = bytes.fromhex(head(lines, file)["key"])
    if only_check:
        hold(folder.key, key)
        web.make_ready(folder)
        from atleast.web.backups.restoring import proved

        with progress() as bar:
            return proved(file, opener, bar)
    if folder.path.exists() and any(folder.path.iterdir()):
        raise Stopped("this folder is not empty", file=str(folder.path), remedy="Name an empty one by --data")
    if folder.key.exists():
        raise Stopped("there is a key already", file=str(folder.key), remedy="Name another by ATLEAST_KEY_FILE")
    made_key(folder.key, key)
    try:
        web.set_up(folder.path)
        from atleast.web.backups.restoring import restore

        with progress() as bar:
            found = restore(file, opener, folder, bar)
        web.prepare(folder.path)
    except BaseException:
        folder.key.unlink()
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    return found


def _told(counts: dict[str, int], links: dict[str, str]) -> None:
    entries, files = counts.get("ledger.entry", 0), counts.get("files", 0)
    click.echo(f"  {entries} entries of the ledger, {sum(counts.values()) - files} rows in all, {files} files")
    for slug, link in sorted(links.items()):
        click.echo(f"  {slug}: last link {link or 'none'}")


# ── The key ──


@main.command()
@data_option
def lock_key(data: Path | None) -> None:
    """Lock the key of the desk with a passphrase, which is asked for at each start."""
    from atleast import web
    from atleast.web import vault

    path = web.folder(data).key
    if vault.locked(path):
        raise click.UsageError(f"{path} is locked already")
    vault.lock_key(path, os.environ.get("ATLEAST_PASSPHRASE") or secret("New passphrase", new=True))
    click.echo(f"{path} is locked. Without the passphrase nothing that the desk keeps can be opened.")


@main.command()
@data_option
def unlock_key(data: Path | None) -> None:
    """Take the passphrase off the key of the desk."""
    from atleast import web
    from atleast.web import vault

    path = web.folder(data).key
    vault.unlock_key(path, os.environ.get("ATLEAST_PASSPHRASE") or secret("Passphrase"))
    click.echo(f"{path} is open: whoever has this file and the database can read all.")
