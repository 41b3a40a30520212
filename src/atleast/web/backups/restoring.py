"""Reading a backup: proving it, and making a desk of it."""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from atleast.model import Stopped, Trouble, Unreadable
from atleast.web.folder import Folder
from atleast.web.ledger.checking import Chain
from atleast.web.ledger.models import Entry
from atleast.web.vault import Vault

from .sealing import Opener, head, opened

Progress = Callable[[str, int, int], None]
_AT_ONCE = 1_000


@dataclass(slots=True)
class Restored:
    """What a backup was found to hold.

    Attributes:
        head: What it says of itself: by which version, when, on which database it was made; the settings.
        counts: Rows by table, and files, as counted now.
        links: The last link of each case's ledger, in hex, by the name of the case.
        troubles: What is wrong with it.
    """

    head: dict[str, Any]
    counts: Counter[str] = field(default_factory=Counter)
    links: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


Told = tuple[str, Any, Any]
"""One line: ("row", table and columns, values), ("file", name, data) or ("end", counts, None)."""


def told(lines: Iterator[bytes]) -> Iterator[Told]:
    """What stands in the lines after the head."""
    table: tuple[str, list[str]] = ("", [])
    for line in lines:
        value = json.loads(line)
        if isinstance(value, list):
            if len(value) != len(table[1]):
                raise Unreadable("a row of this backup does not fit its table", value=table[0])
            yield "row", table, value
        elif "table" in value:
            table = (value["table"], value["columns"])
        elif "file" in value:
            yield "file", value["file"], value["part"]
        else:
            yield "end", value["end"], None


def proved(path: Path, opener: Opener, progress: Progress) -> Restored:
    """Read a backup through: everything opens, it is whole, the chain of each ledger holds. Nothing is restored."""
    with opened(path, opener) as lines:
        found = Restored(head(lines, path))
        for _ in _followed(found, lines, path, progress):
            pass
    return found


def _followed(found: Restored, lines: Iterator[bytes], path: Path, progress: Progress) -> Iterator[Told]:
    """Each line, once it was counted and its link was proved; in the end `found` knows all."""
    key = Vault(bytes.fromhex(found.head["key"]))
    chains = {int(pk): Chain(slug, key) for pk, slug in found.head["cases"].items()}
    ends, said, last = dict.fromkeys(chains, 0), None, ""
    total = found.head["entries"]
    for what, where, value in told(lines):
        if what == "end":
            said = where
        elif what == "file":
            found.counts["files"] += where != last
            last = where
        else:
            found.counts[where[0]] += 1
            _seen(found, chains, ends, where, value)
            if where[0] == "ledger.entry":
                progress("prove", found.counts[where[0]], total)
        yield what, where, value
    for pk, chain in chains.items():
        found.troubles += chain.end(ends[pk])
    found.links = {chain.slug: chain.link.hex() for chain in chains.values()}
    if said != dict(+found.counts):
        found.troubles.append(
            Trouble("not all is there that was written", str(path), str(dict(found.counts)), "Take another backup")
        )


def _seen(found: Restored, chains: dict[int, Chain], ends: dict[int, int], table: Any, row: list[Any]) -> None:
    name, columns = table
    values = dict(zip(columns, row, strict=True))
    if name == "house.case":
        ends[values["id"]] = values["number"]
    elif name == "ledger.entry":
        fields = Entry._meta.concrete_fields
        entry = Entry(**{f.attname: f.to_python(values.get(f.attname)) for f in fields})
        found.troubles += chains[entry.case_id].see(entry)


# ── Making a desk of it ──


def restore(path: Path, opener: Opener, to: Folder, progress: Progress) -> Restored:
    """Make a desk of a backup: the folder is empty, the key stands in it already, and so does an empty database.

    All or nothing: where something is wrong with the backup, the database stays empty.

    Raises:
        Stopped: The database is not empty, the backup is not whole, or was made by a later version.
    """
    with opened(path, opener) as lines:
        found = Restored(head(lines, path))
        rooms = _tables_as_then(found.head["migrations"])
        try:
            with transaction.atomic():
                _taken(found, _followed(found, lines, path, progress), rooms, to)
                if found.troubles:
                    raise Stopped("the backup is not in order; nothing was restored", value=str(found.troubles[0]))
        except BaseException:
            shutil.rmtree(to.files, ignore_errors=True)
            raise
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    _shelved(progress)
    return found


def _tables_as_then(migrations: list[list[str]]) -> Any:
    """Make the tables as they were when the backup was made. Returns the models of that time."""
    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    targets = [(app, name) for app, name in migrations]
    if missing := [node for node in targets if node not in known]:
        raise Stopped(
            "the backup was made by a later version of the desk",
            value=".".join(missing[0]),
            remedy="Install that version of atleast",
        )
    if _somebody_is_here(executor):
        raise Stopped("the database is not empty", remedy="Restore into one that has no tables yet")
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _somebody_is_here(executor: MigrationExecutor) -> bool:
    if not any(app == "house" for app, _ in executor.loader.applied_migrations):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM house_account LIMIT 1")
        return cursor.fetchone() is not None


def _taken(found: Restored, lines: Iterator[Told], rooms: Any, to: Folder) -> None:
    """Write the rows and the files."""
    waiting: list[list[Any]] = []
    table: Any = None
    for what, where, value in lines:
        if what == "file":
            _added(to.files, where, value)
            continue
        if waiting and (where != table or len(waiting) >= _AT_ONCE):
            _inserted(rooms, table, waiting)
            waiting = []
        if what == "row":
            table = where
            waiting.append(value)
    if waiting:
        _inserted(rooms, table, waiting)
    _numbers_go_on(rooms, [name for name in found.counts if name != "files"])


def _inserted(rooms: Any, table: tuple[str, list[str]], rows: list[list[Any]]) -> None:
    model = rooms.get_model(table[0])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen: list[models.Field[Any, Any]] = [fields[name] for name in table[1]]
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(f.column or "") for f in chosen), ", ".join(["%s"] * len(chosen))
    made = [[f.get_db_prep_save(f.to_python(v), connection) for f, v in zip(chosen, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", made)


def _numbers_go_on(rooms: Any, names: list[str]) -> None:
    """What is added next gets a number after those that came with the backup."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [rooms.get_model(name) for name in names]):
            cursor.execute(statement)


def _added(folder: Path, name: str, part: str) -> None:
    from base64 import b64decode

    first, _, rest = name.partition("/")
    if not (first.isalnum() and rest.isalnum()):
        raise Unreadable("this is no name of a kept file", value=name)
    path = folder / first / rest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as out:
        out.write(b64decode(part))
    path.chmod(0o600)


def _shelved(progress: Progress) -> None:
    from atleast.web.house.models import Case
    from atleast.web.shelf.following import rebuild

    for case in Case.objects.all():
        rebuild(case, progress)
