"""A backup is whole, encrypted, proved, and becomes a desk again on either database."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pyrage
import pytest

from atleast.model import Stopped, Unreadable
from atleast.web.backups.making import make, named, prune
from atleast.web.backups.restoring import proved
from atleast.web.backups.sealing import Opener, head, opened, write
from atleast.web.ledger.models import Entry
from atleast.web.ledger.writing import append

from .desks import ALL, FILLED, IMPORTED, PASSPHRASE, Desk, on
from .invented import REPORT, claim, mention

MINE = pyrage.x25519.Identity.generate()
OPENER = Opener(f"# my key\n{MINE}\n")


def unseen(stage: str, done: int, total: int) -> None:
    """Nobody looks."""


class Filled(NamedTuple):
    """A desk with a case, a backup of it, and what it knows and `atleast check` says of it."""

    desk: Desk
    backup: Path
    known: str
    checked: str


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Filled]:
    """`filled("sqlite")` is such a desk, on this database. Shared: nobody changes it."""

    @cache
    def made(engine: str) -> Filled:
        desk = on(engine, tmp_path_factory.mktemp(engine) / "strelsau")
        known = desk.run(FILLED + ALL)
        return Filled(desk, desk.backup(), known, desk.atleast("check"))

    return made


@pytest.fixture
def kept(case: Any, tmp_path: Path) -> Path:
    """A backup of a small case, made for an identity: as most are."""
    append(case, [REPORT, claim(), mention()], by="flavia")
    return make(tmp_path / "desk.backup", to=[str(MINE.to_public())], progress=unseen).path


@pytest.fixture
def locked(case: Any, tmp_path: Path) -> Path:
    """The same, locked with the passphrase."""
    append(case, [REPORT, claim(), mention()], by="flavia")
    return make(tmp_path / "desk.backup", passphrase=PASSPHRASE, progress=unseen).path


def test_a_backup_is_proved_by_whoever_can_open_it(kept: Path, case: Any) -> None:
    found = proved(kept, OPENER, unseen)

    assert not found.troubles
    assert found.counts["ledger.entry"] == 3
    assert found.links["strelsau"] == bytes(Entry.objects.filter(case=case).latest("number").link).hex()


def test_a_backup_names_nobody_and_holds_no_key_in_the_clear(kept: Path) -> None:
    from django.conf import settings

    data = kept.read_bytes()

    for clear in (b"Elphberg", b"Strelsau", b"ledger", settings.ATLEAST_KEY, settings.ATLEAST_KEY.hex().encode()):
        assert clear not in data


def test_a_backup_can_be_opened_without_atleast(locked: Path) -> None:
    import gzip
    import tarfile

    with tarfile.open(locked) as tar:
        identity = pyrage.passphrase.decrypt(tar.extractfile("identity.age").read(), PASSPHRASE).decode()  # type: ignore[union-attr]
        body = tar.extractfile("desk.age").read()  # type: ignore[union-attr]

    lines = gzip.decompress(pyrage.decrypt(body, [pyrage.x25519.Identity.from_str(identity)])).splitlines()
    assert lines[0].startswith(b'{"head"') and lines[-1].startswith(b'{"end"')


def test_who_has_the_identity_of_a_recipient_opens_it_and_nobody_else(kept: Path) -> None:
    assert not proved(kept, OPENER, unseen).troubles
    for opener in (Opener(str(pyrage.x25519.Identity.generate())), Opener(ask=lambda: PASSPHRASE), Opener("no key")):
        with pytest.raises(Unreadable):
            proved(kept, opener, unseen)


def test_who_has_the_passphrase_opens_it(locked: Path) -> None:
    assert not proved(locked, Opener(ask=lambda: PASSPHRASE), unseen).troubles


def test_a_wrong_passphrase_opens_nothing(locked: Path) -> None:
    with pytest.raises(Unreadable, match="passphrase"):
        proved(locked, Opener(ask=lambda: "six geese"), unseen)


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9, 0.999])
def test_a_backup_that_was_cut_or_changed_anywhere_is_refused(kept: Path, where: float) -> None:
    data = bytearray(kept.read_bytes())
    at = int(len(data.rstrip(b"\0")) * where)
    cut, changed = kept.with_name("cut"), kept.with_name("changed")
    cut.write_bytes(data[:at])
    data[at] ^= 1
    changed.write_bytes(data)

    for path in (cut, changed):
        with pytest.raises(Unreadable):
            proved(path, OPENER, unseen)


@pytest.mark.parametrize("without", [b"ledger.entry", b'"end"', b"claim", b"last row"])
def test_lines_that_were_left_out_when_it_was_written_are_missed(kept: Path, without: bytes) -> None:
    with opened(kept, OPENER) as found:
        lines = list(found)
    if without == b"last row":
        last = max(at for at, line in enumerate(lines) if line.startswith(b"["))
        left = lines[:last] + lines[last + 1 :]
    else:
        left = [line for line in lines if without not in line or line.startswith(b'{"head"')]
    assert len(left) < len(lines)
    path = kept.with_name("less")
    with path.open("w+b") as out:
        identity = write(out, (line + b"\n" for line in left), [])

    # That a row does not fit its table is a way of missing its head, too.
    with suppress(Unreadable):
        assert proved(path, Opener(identity), unseen).troubles


def test_what_stops_the_writing_is_said_and_leaves_nothing(case: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(lines: Any) -> Iterator[bytes]:
        yield b"x" * 100
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("atleast.web.backups.sealing._packed", broken)

    with pytest.raises(Stopped, match="cannot be written"):
        make(tmp_path / "desk.backup", progress=unseen)
    assert not list(tmp_path.iterdir())


def test_old_backups_are_taken_away_and_nothing_else(tmp_path: Path) -> None:
    made = [named(tmp_path, datetime(2031, 5, day, 3, 0, tzinfo=UTC)) for day in range(1, 8)]
    for path in [*made, tmp_path / "my own.backup"]:
        path.touch()

    gone = prune(tmp_path, 3)

    assert gone == made[:4]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in made[4:]} | {"my own.backup"}


def test_the_first_line_tells_what_it_is(kept: Path) -> None:
    with opened(kept, OPENER) as lines:
        told = head(lines, kept)

    assert told["entries"] == 3
    assert {"ledger", "house", "people"} <= {app for app, _ in told["migrations"]}


MORE = """
append(Case.objects.get(slug="strelsau"), [claim("c9")], by="sapt")
Case.objects.create(slug="zenda", title="Zenda")
"""
"""Work goes on at the desk of `FILLED`."""


@pytest.mark.alike
@pytest.mark.parametrize(
    ("one", "other"),
    [("sqlite", "sqlite"), *(pytest.param(*pair, marks=pytest.mark.slow) for pair in [("sqlite", "postgresql"), ("postgresql", "sqlite")])],
)
def test_a_backup_becomes_the_same_desk_again_on_either_database(
    one: str, other: str, filled: Callable[[str], Filled], tmp_path: Path
) -> None:
    before, again = filled(one), on(other, tmp_path / "again")

    assert "1 files" in again.restore(before.backup)
    assert again.atleast("check", "--shelf") == before.checked
    assert (again.data / "keys" / "desk.key").read_bytes() == (before.desk.data / "keys" / "desk.key").read_bytes()
    assert again.run(IMPORTED + ALL + MORE) == before.known


@pytest.mark.alike
def test_a_desk_that_is_not_empty_is_not_written_over(filled: Callable[[str], Filled]) -> None:
    before = filled("sqlite")

    assert "not empty" in before.desk.restore(before.backup, code=3)


@pytest.mark.alike
def test_to_prove_a_backup_makes_no_folder_and_a_broken_one_leaves_none(filled: Callable[[str], Filled], tmp_path: Path) -> None:
    file = filled("sqlite").backup
    nowhere = Desk(tmp_path / "nowhere")
    broken = tmp_path / "broken"
    broken.write_bytes(file.read_bytes()[:-3000])

    assert "in order" in nowhere.restore(file, "--check")
    nowhere.restore(broken, code=2)
    assert not nowhere.data.exists()


@pytest.mark.alike
def test_a_backup_is_of_one_moment_and_keeps_nobody_from_writing(filled: Callable[[str], Filled], tmp_path: Path) -> None:
    told = Desk(copytree(filled("sqlite").desk.data, tmp_path / "copy")).run(
        """
import threading
from django.db import connection
from atleast.web.backups.lines import one_moment
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.writing import append
from tests.web.invented import claim
def add():
    append(Case.objects.get(), [claim("c3")], by="sapt")
    connection.close()
with one_moment():
    print(Entry.objects.count())
    thread = threading.Thread(target=add)
    thread.start()
    thread.join(20)
    print(thread.is_alive(), Entry.objects.count())
print(Entry.objects.count())
"""
    )

    assert told.split() == ["6", "False", "6", "7"]

