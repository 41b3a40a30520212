"""Who takes the disk reads nobody's name: canaries are planted through a running desk, and looked for in every byte."""

import base64
import http.cookiejar
import io
import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from anyascii import anyascii
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField

from atleast.lexicon.letters import romanised

from .browser import RunningDesk, begin
from .desks import IDENTITY

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "a-seized-disk.md"

CANARIES = {
    "a person in a report": "Quibblethwaite",
    "a person in a Russian report": "Жмыхопляс",
    "somebody in a title": "Grumbleforth",
    "a publisher": "Snorkelbury",
    "a link": "wobblecroft",
    "a person in a call": "Фунтиковер",
    "a caller's contact": "Zanzibaretti",
    "a draft of a call": "Plumptrundle",
    "the name of a file": "Kvetchington",
    "a row of a spreadsheet": "Ootlewicz",
    "a heading of a spreadsheet": "Bumblesnatch",
    "a line that cannot be read": "Crinklebottom",
    "another tool's id": "Dwindlethorpe",
    "what was looked for": "Хлюпогрыз",
    "what was asked for in an address": "Fizzlemarsh",
    "a name of a host": "gobbledyhost",
    "a job that failed": "Mumblecrust",
    "the words of an exception": "Nockleberry",
    "a correction": "Tinkleford",
}


def spelled(word: str) -> set[bytes]:
    """A word in lower case in every way in which bytes may hold it."""
    found: set[bytes] = set()
    for text in {word.lower(), word, word.upper(), romanised(word), romanised(word).lower(), anyascii(word), anyascii(word).lower()}:
        for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
            data = text.encode(code, "ignore")
            if len(data) > 6:
                found |= {data, data.hex().encode(), data.hex().upper().encode(), *_base64(data)}
        found.add(urllib.parse.quote(text).encode())
        found.add(json.dumps(text)[1:-1].encode())
    return found


def _base64(data: bytes) -> Iterator[bytes]:
    """Base64 of it wherever it may stand within other bytes: without the letters that its neighbours change."""
    for before in range(3):
        told = base64.b64encode(b"\0" * before + data)
        piece = told[(0, 2, 3)[before] : -4]
        if len(piece) > 7:  # shorter ones stand anywhere by chance
            yield piece


SPELLED = {what: spelled(word) for what, word in CANARIES.items()}

def seen(data: bytes) -> set[str]:
    """Which canaries stand in these bytes."""
    low = data.lower()
    return {what for what, many in SPELLED.items() if any(each in data or each in low for each in many)}


@dataclass
class Somebody:
    """Works at a desk over the network, as a browser without scripts does."""

    desk: RunningDesk
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        link = self.desk.link().removeprefix(self.desk.address)
        self.post(link, {})

    def get(self, path: str, **headers: str) -> str:
        return self._answer(urllib.request.Request(self.desk.address + path, headers=headers))

    def json(self, path: str) -> Any:
        return json.loads(self.get(path, Accept="application/json"))

    def post(self, path: str, told: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        told = {"csrfmiddlewaretoken": token[1] if token else ""} | told
        edge = "----strelsau"
        body = io.BytesIO()
        for name, value in told.items():
            body.write(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for name, (file, data) in (files or {}).items():
            body.write(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode() + data + b"\r\n")
        body.write(f"--{edge}--\r\n".encode())
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Referer": self.desk.address}
        return self._answer(urllib.request.Request(self.desk.address + path, body.getvalue(), headers))

    def _answer(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            return str(refused.read().decode())


ENGLISH = "STRELSAU. Rassendyll Watch counted at least 40 people detained in Strelsau. Horace Quibblethwaite was detained and taken to station 7."
RUSSIAN = "СТРЕЛЬСАУ. Задержаны не менее 12 человек. Илья Жмыхопляс задержан и доставлен в отдел 7."
TABLE = b"name,place,Bumblesnatch remarks\nAda Ootlewicz,Strelsau,taken at noon\n"
WIRE = b'{"record":"report","id":"Dwindlethorpe-1","text":"At least 3 people were detained."}\n{"record":"claim","id":"x","Crinklebottom":}\n'

WITHIN = """
from atleast.web import jobs
from atleast.web.house.models import *
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import named
from atleast.web.ledger.writing import append
from atleast.model import Decision
case, owner = Case.objects.get(), Account.objects.get(username="owner")
file = Kept.objects.filter(case=case).first().file
jobs.ask(case, "import", by=owner, files=[{"name": "Mumblecrust.txt", "file": file, "size": 1}], said={"Nockleberry": 1})
claim = Entry.objects.filter(case=case, record="claim").first()
append(case, [Decision(new("decision"), (claim.name,), "owner", "2031-05-03T22:00+02:00", "edit", {"note": "says Tinkleford"})], by="owner")
"""


def plant(desk: RunningDesk) -> None:
    """Bring every canary in by the door by which such a thing comes in."""
    who = Somebody(desk)
    who.post("/new/", {"title": "Strelsau, 3 May", "slug": "strelsau", "zone": "Europe/Prague"})
    who.post("/strelsau/intake/", {"text": ENGLISH, "publisher": "Snorkelbury Gazette", "url": "https://news.example/wobblecroft"})
    page = f"<html><title>Grumbleforth is free</title><body><p>{RUSSIAN}</p></body></html>"
    who.post("/strelsau/intake/", {}, {"files": ("Kvetchington list.html", page.encode())})
    who.post("/strelsau/intake/", {}, {"files": ("list.csv", TABLE)})
    who.post("/strelsau/intake/", {}, {"files": ("wire.jsonl", WIRE)})
    _call(who, "Анна Фунтиковер задержана, ОВД 7", "Zanzibaretti, 555 0101", send=True)
    _call(who, "Plumptrundle is in a van", "", send=False)
    _idle(who)
    who.post("/strelsau/search/", {"query": "Хлюпогрыз"})
    who.get("/strelsau/search/?query=Fizzlemarsh")
    who.get("/strelsau/Fizzlemarsh/?next=Fizzlemarsh")
    who.get("/healthy/", Host="gobbledyhost.example")
    desk.run(WITHIN)
    _idle(who)


def _call(who: Somebody, text: str, contact: str, *, send: bool) -> None:
    form = who.get("/strelsau/call/")
    found = re.search(r'name="call" value="([^"]+)"', form)
    assert found, form
    when = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    told = {"call": found[1], "text": text, "contact": contact, "where": "Strelsau", "when": when, "language": "ru"}
    told |= {"do": "send"} if send else {}
    _posted(who, "/strelsau/call/", "/strelsau/call/save/", told)


def _posted(who: Somebody, form: str, to: str, told: dict[str, str]) -> None:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', who.get(form))
    assert token
    data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]} | told).encode()
    who._answer(urllib.request.Request(who.desk.address + to, data, {"Referer": who.desk.address}))


def _idle(who: Somebody) -> None:
    """Wait until the desk has nothing left to do."""
    for _ in range(300):
        if not int(who.desk.run("from atleast.web.house.models import Job; print(Job.objects.filter(state__in=['waiting', 'running']).count())")):
            return
        time.sleep(0.3)
    raise AssertionError("the work did not end")


OPENED = """
from atleast.web.house.models import *
from atleast.web.house import contacts
from atleast.web.ledger.reading import records
from atleast.web.hotline.models import Draft
from atleast.web.hotline.typed import opened
from atleast.web.intake import troubles
from atleast.web.intake.models import Spreadsheet
from atleast.web import files, jobs
from atleast.model import encode
case = Case.objects.get()
for entry, record in records(case): print(encode(record), *contacts.told(case, entry.name))
for draft in Draft.objects.all(): print(opened(draft))
for job in Job.objects.all(): print(job.state, jobs.asked(job), jobs.told(job), *troubles.told(job, most=9))
for kept in (*Kept.objects.all(), *Spreadsheet.objects.all()): print(files.opened(kept.file).decode("utf-8", "replace"))
"""
KEPT_NOWHERE = {"what was looked for", "what was asked for in an address", "a name of a host"}


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningDesk, Path]]:
    """A desk through which all canaries came, and the folder of its temporary files; it still runs."""
    place = tmp_path_factory.mktemp("seized")
    temporary = place / "tmp"
    temporary.mkdir()
    desk = begin(place / "here", TMPDIR=str(temporary))
    try:
        plant(desk)
        yield desk, temporary
    finally:
        desk.stop()


def everything(desk: RunningDesk, temporary: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte that who takes the machine finds on its disk."""
    folders = [desk.data, temporary, desk.log.parent]
    if url := desk.environment.get("DATABASE_URL"):
        folders.append(Path(urllib.parse.unquote(url.partition("host=")[2])) / "data")
        folders.append(folders[-1].parent / "log")
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()


@pytest.mark.slow
def test_the_canaries_came_in(seized: tuple[RunningDesk, Path]) -> None:
    told = seen(seized[0].run(OPENED).encode())

    assert set(CANARIES) - KEPT_NOWHERE <= told, "a canary that did not come in proves nothing"
    assert "failed {" in seized[0].run(OPENED), "no job failed with a canary in the words of its exception"
    assert seized[0].run("from atleast.web.house.models import Contact; print(Contact.objects.count())").strip() == "1"


@pytest.mark.slow
def test_who_takes_the_disk_reads_nobodys_name(seized: tuple[RunningDesk, Path]) -> None:
    desk, temporary = seized
    backup = desk.data.parent / "desk.backup"
    desk.run(f"""
from pathlib import Path
from atleast.web.backups.making import make
make(Path({str(backup)!r}), to=[{str(IDENTITY.to_public())!r}], progress=lambda *_: None)
""")

    found = {path: seen(data) for path, data in everything(desk, temporary)}

    assert not {path: canaries for path, canaries in found.items() if canaries}
    assert str(backup) in found and any("desk.key" in path for path in found)


@pytest.mark.slow
def test_what_is_said_to_show_shows(seized: tuple[RunningDesk, Path]) -> None:
    # That the search finds what is there in the clear: else it would prove nothing that it finds no name.
    desk, temporary = seized
    found = b"".join(data for _, data in everything(desk, temporary))

    assert all(word in found for word in (b"Strelsau, 3 May", b"owner", b"Europe/Prague"))


@pytest.mark.slow
def test_nothing_is_written_to_temporary_files(seized: tuple[RunningDesk, Path]) -> None:
    assert not [path for path in seized[1].rglob("*") if path.is_file()]


def test_a_canary_is_found_however_it_is_written() -> None:
    for word in ("Quibblethwaite", "Жмыхопляс"):
        what = next(key for key, canary in CANARIES.items() if canary == word)
        for data in (word.encode(), word.upper().encode("utf-16"), word.encode().hex().encode(), b"x" + word.lower().encode("cp1251")):
            assert what in seen(data), data
        for before in range(4):
            assert what in seen(base64.b64encode(b"z" * before + word.encode() + b"and more")), before
    assert "a person in a Russian report" in seen(romanised("Жмыхопляс").lower().encode())


def test_the_queue_keeps_no_words_of_an_exception(case: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    from atleast.web.jobs import do

    row = DBTaskResult.objects.get(pk=do.enqueue(0).id)
    try:
        raise ValueError("Horace Quibblethwaite is no number")
    except ValueError as wrong:
        row.set_failed(wrong)

    row.refresh_from_db()
    assert row.exception_class_path == "builtins.ValueError" and "Quibblethwaite" not in f"{row.traceback}{row.return_value}"


# ── What the page says ──


def told_columns() -> dict[str, tuple[set[str], set[str]]]:
    """By table, the columns that the page calls clear, and those that it calls sealed or blind."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| ?(.*?) ?\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {table: (set(re.findall(r"`(\w+)`", clear)), set(re.findall(r"`(\w+)`", blind))) for table, clear, blind in rows}


def there_are(db: None) -> dict[str, dict[str, Any]]:
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        tables = [each for each in connection.introspection.table_names(cursor) if not each.startswith("sqlite_")]
        found = {table: [column.name for column in connection.introspection.get_table_description(cursor, table)] for table in tables}
    kinds = {table: {f.column: f for f in model._meta.concrete_fields} for table, model in models.items()}
    return {table: {column: kinds.get(table, {}).get(column) for column in columns} for table, columns in found.items()}


def test_every_column_of_every_table_is_told_on_the_page(db: None) -> None:
    told, wrong = told_columns(), []
    for table, columns in there_are(db).items():
        clear, blind = told.get(table, (set(), set()))
        wrong += [
            f"{table}.{column}: does it name anybody? Seal it, or say in docs/explanation/a-seized-disk.md, in the row of "
            f"`{table}`, what it shows: under “in the clear”, or under “sealed or blind”"
            for column in columns
            if column not in clear | blind
        ]
        wrong += [f"{table}.{column} is told twice" for column in clear & blind]
        wrong += [f"{table}.{column} is told on the page and is not there" for column in (clear | blind) - set(columns)]
    wrong += [f"the table {table} is told on the page and is not there" for table in set(told) - set(there_are(db))]

    assert not wrong, "\n".join(wrong)


def test_what_is_sealed_is_told_as_sealed(db: None) -> None:
    told = told_columns()
    bytes_in_the_clear = [
        f"{table}.{column}"
        for table, columns in there_are(db).items()
        for column, kind in columns.items()
        if isinstance(kind, BinaryField) and column in told[table][0]
    ]

    assert not bytes_in_the_clear
