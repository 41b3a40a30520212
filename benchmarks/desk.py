"""How fast the desk is with a large case, and with a whole team and its readers at it at once.

An invented case of many claims is imported through the desk's own queue into a real desk (its own process, its own
folder), then:

- import, the board, `atleast rebuild`, `atleast check`: seconds, beside the limits that were set;
- 20 reviewers who open a report and decide about what was read in it, and 200 readers who have the board open, listen
  to its events and fetch it when it has moved, as the page does, for a while: the median, the 95th and 99th percentile
  of each kind of request, beside the limit;
- after that every decision that was answered is looked for in the ledger, and the ledger is checked: nothing lost,
  nothing twice.

On SQLite; with --postgresql on a PostgreSQL server of its own as well (as the tests start it).

usage: python benchmarks/desk.py [--claims 100000] [--seconds 30] [--postgresql]
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.web.browser import RunningDesk, begin
from tests.web.postgres import Server

from atleast.model import Claim, Report, encode

REVIEWERS, READERS = 20, 200
# How long somebody looks before the next decision, and before a board that has not moved is loaded again all the same.
REVIEWS_EVERY, READS_EVERY = 2.0, 30.0
LIMITS = {"import": 60.0, "board": 1.0, "rebuild": 120.0, "p95": 0.5}
A_REPORT = 5
TOKEN = "a" * 32


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=30.0)
    asked.add_argument("--postgresql", action="store_true")
    given = asked.parse_args()
    for engine in ["SQLite", *(["PostgreSQL"] if given.postgresql else [])]:
        print(f"\n{engine}, {given.claims:,} claims, {os.cpu_count()} cores")
        folder = Path(tempfile.mkdtemp(prefix="atleast-bench-"))
        environment = {"DATABASE_URL": Server().made("desk")} if engine == "PostgreSQL" else {}
        desk = Desk(begin(folder, **environment))
        try:
            large(desk, given.claims)
            asyncio.run(together(desk, given.seconds))
            nothing_lost(desk)
        finally:
            desk.running.stop()
            shutil.rmtree(folder, ignore_errors=True)


class Desk:
    """A desk that runs, who may enter it, and which decisions it has answered."""

    def __init__(self, running: RunningDesk) -> None:
        self.running, self.sessions, self.answered = running, dict[str, list[str]](), list[str]()
        self.run, self.address, self.data = running.run, running.address, running.data

    def command(self, name: str) -> None:
        """Run a command of atleast on it."""
        line = [sys.executable, "-m", "atleast", name]
        subprocess.run(line, env=self.running.environment, check=True, stdout=subprocess.DEVNULL)


def told(what: str, seconds: float, limit: float) -> None:
    print(f"  {what:<44}{seconds:>9.2f} s   {seconds / limit:>6.2f} of the limit of {limit:g} s")


# ── A large case ──


def large(desk: Desk, claims: int) -> None:
    """Import a large case through the queue, and time what has to go through all of it."""
    wire = desk.data.parent / "case.jsonl"
    wire.write_text("".join(f"{line}\n" for line in invented(claims)))
    names = json.loads(desk.run(SETUP.format(reviewers=REVIEWERS, readers=READERS)))
    begun = time.monotonic()
    asked = desk.run(IMPORT.format(path=str(wire)))
    assert asked.strip() == "done", asked
    told("import of the case in the wire form", time.monotonic() - begun, LIMITS["import"])
    desk.sessions = names
    print(f"  {'until all of it is reckoned':<44}{asyncio.run(until_reckoned(desk)):>9.2f} s")
    times = asyncio.run(board_alone(desk))
    told("the board, first time", times[0], LIMITS["board"])
    told("the board, median of 20", statistics.median(times[1:]), LIMITS["board"])
    for command in ("rebuild", "check"):
        begun = time.monotonic()
        desk.command(command)
        told(f"atleast {command}", time.monotonic() - begun, LIMITS["rebuild"])


# Who counts how: how he says it, with which bound, and which share of those who were there he knows of.
_SPEAKERS = (
    ("Rassendyll Watch", "monitor", "at least", "at_least", (0.3, 1.0)),
    ("The Hentzau Gazette", "media", "at least", "at_least", (0.2, 0.9)),
    ("Tarlenheim Council", "monitor", "at most", "at_most", (1.0, 1.5)),
    ("Ministry of Order", "authority", "exactly", "exact", (0.8, 1.0)),
)
_MISTAKEN = 0.005


def invented(claims: int) -> Iterator[str]:
    """The wire form of a case that never was: reports of five claims each, few of which contradict others."""
    luck = random.Random(20310503)
    words = ["".join(luck.choice("bdfgklmnprstvz") + luck.choice("aeiou") for _ in range(3)) for _ in range(3_000)]
    towns = [(f"Town {number}", int(luck.lognormvariate(3, 1.2)) + 1) for number in range(1, 2_001)]
    for number in range(claims // A_REPORT):
        quotes, made, place = [], [], 0
        when = f"2031-05-{3 + number % 5:02d}T{number % 24:02d}:00+02:00"
        for part in range(A_REPORT):
            (speaker, kind, said, bound, share), (town, people) = luck.choice(_SPEAKERS), luck.choice(towns)
            count = int(people * luck.uniform(*share)) + (people if luck.random() < _MISTAKEN else 0)
            # No two papers write the same words, or they would be taken for copies of one.
            one, other, third = (" ".join(luck.choices(words, k=luck.randint(2, 6))) for _ in range(3))
            quote = f"{speaker} {one} counted {said} {count} people {other} detained in {town} {third}."
            low, high = count if bound != "at_most" else None, count if bound != "at_least" else None
            made.append(Claim(f"r{number}-{part}", f"r{number}", quote, place, place + len(quote), claimant=speaker,
                claimant_kind=kind, low=low, high=high, bound=bound, place=f"{town}, Ruritania",
                event_date="2031-05-03", as_of=when, tier="A"))  # fmt: skip
            quotes.append(quote)
            place += len(quote) + 1
        yield encode(Report(f"r{number}", publisher=f"Paper {number % 50}", published=when, language="en",
            title=f"Evening {number}", text=" ".join(quotes)))  # fmt: skip
        yield from (encode(claim) for claim in made)


SETUP = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from atleast.web.accounts.sessions import SessionStore
from atleast.web.house.models import Account, Case, Membership
case = Case.objects.create(slug="large", title="A large case")
made = {{}}
for role, count in (("editor", {reviewers}), ("intake", {readers})):
    made[role] = []
    for number in range(count):
        account = Account.objects.create(username=f"{{role}}-{{number}}")
        Membership.objects.create(case=case, account=account, role=role)
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        made[role].append(session.session_key)
print(json.dumps(made))
"""

IMPORT = """
import time
from pathlib import Path
from atleast.web import files, jobs
from atleast.web.house.models import Account, Case, Job
data = Path({path!r}).read_bytes()
asked = [{{"name": "case.jsonl", "file": files.keep(data), "size": len(data), "url": ""}}]
job = jobs.ask(Case.objects.get(slug="large"), "import", by=Account.objects.first(), files=asked, said={{}})
while True:
    job.refresh_from_db()
    if not job.open:
        print(job.state)
        break
    time.sleep(0.1)
"""


# ── Many at once ──


class Visitor:
    """Somebody with a browser: one connection that stays open, a session, and a stop-watch."""

    def __init__(self, desk: Desk, session: str, times: dict[str, list[float]]) -> None:
        self.host, self.port = "127.0.0.1", int(desk.address.rpartition(":")[2])
        self.cookie = f"atleast={session}; csrftoken={TOKEN}"
        self.times, self.pipe = times, None

    async def ask(self, method: str, path: str, form: str = "", kind: str = "") -> tuple[int, bytes]:
        """The status and body of an answer, timed under `kind`."""
        begun = time.monotonic()
        try:
            status, body = await self._asked(method, path, form)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.pipe = None
            status, body = await self._asked(method, path, form)
        if kind:
            self.times[kind].append(time.monotonic() - begun)
        return status, body

    async def _asked(self, method: str, path: str, form: str) -> tuple[int, bytes]:
        self.pipe = self.pipe or await asyncio.open_connection(self.host, self.port)
        reader, writer = self.pipe
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Cookie: {self.cookie}"]
        head += ["Accept: application/json" if form or "format=json" in path else "Accept: text/html"]
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
            head += [f"X-CSRFToken: {TOKEN}"]
        writer.write("\r\n".join([*head, "", form]).encode())
        await writer.drain()
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(answer.split(" ", 2)[1])
        if "content-length:" in answer:
            return status, await reader.readexactly(int(answer.partition("content-length:")[2].split()[0]))
        body = b""
        while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return status, body

    async def listen(self, path: str, until: float, moved: asyncio.Event, loaded: asyncio.Event) -> None:
        """Hold an event stream open, once the page is loaded, and tell what it says."""
        await loaded.wait()
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n\r\n".encode())
        while time.monotonic() < until:
            try:
                line = await asyncio.wait_for(reader.readline(), until - time.monotonic())
            except TimeoutError:
                break
            assert line, "the stream ended"
            if line.startswith(b"event: moved"):
                self.times["events"] += [0.0]
                moved.set()
        writer.close()


async def until_reckoned(desk: Desk) -> float:
    """How long the board still tells what was known before, while what came is reckoned with."""
    begun, visitor = time.monotonic(), Visitor(desk, desk.sessions["editor"][0], defaultdict(list))
    while True:
        _, body = await visitor.ask("GET", "/large/?format=json")
        page = json.loads(body)
        if page["lag"]["number"] == page["lag"]["of"] and page["lead"]:
            return time.monotonic() - begun
        assert not page["lag"]["stuck"], "the reckoning stopped"
        await asyncio.sleep(0.2)


async def board_alone(desk: Desk) -> list[float]:
    """How long the board takes while nobody else asks."""
    times: dict[str, list[float]] = defaultdict(list)
    visitor = Visitor(desk, desk.sessions["editor"][0], times)
    for _ in range(21):
        status, _ = await visitor.ask("GET", "/large/", kind="board")
        assert status == 200, status
    return times["board"]


async def together(desk: Desk, seconds: float) -> None:
    """Twenty reviewers and two hundred readers at once."""
    times: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds
    reviewers = [Visitor(desk, session, times) for session in desk.sessions["editor"]]
    readers = [Visitor(desk, session, times) for session in desk.sessions["intake"]]
    _, body = await reviewers[0].ask("GET", "/large/reports/?format=json")
    first = [each["id"] for each in json.loads(body)["lines"]]
    work = [
        review(each, first[number::REVIEWERS] or first, until, desk.answered) for number, each in enumerate(reviewers)
    ]
    for each in readers:
        moved, loaded = asyncio.Event(), asyncio.Event()
        work += [read(each, until, moved, loaded), each.listen("/large/live/", until, moved, loaded)]
    await asyncio.gather(*work)
    print(f"  {REVIEWERS} reviewers and {READERS} readers at once, {seconds:g} s, {READERS} event streams")
    for kind, taken in sorted(times.items()):
        if kind == "events":
            print(f"    {'events heard':<20}{len(taken):>7}")
            continue
        taken.sort()
        p50, p95, p99 = (taken[min(len(taken) - 1, int(len(taken) * share))] for share in (0.5, 0.95, 0.99))
        told = f"p50 {p50:.3f}   p95 {p95:.3f}   p99 {p99:.3f} s   p95 is {p95 / LIMITS['p95']:.2f} of the limit"
        print(f"    {kind:<20}{len(taken):>7}   {told}")


async def review(visitor: Visitor, reports: list[str], until: float, answered: list[str]) -> None:
    """Open reports and accept what was read in them, one after the other."""
    luck = random.Random(reports[0])
    await asyncio.sleep(luck.random() * REVIEWS_EVERY)
    while time.monotonic() < until:
        name = luck.choice(reports)
        _, body = await visitor.ask("GET", f"/large/reports/{name}/?format=json", kind="report")
        for each in json.loads(body)["proposals"]:
            if time.monotonic() > until:
                return
            form = f"what=accept&about={each['id']}&on={'+'.join(each['on'])}"
            status, told = await visitor.ask("POST", f"/large/reports/{name}/decide/", form, kind="decision")
            assert status == 200, (status, told[:200])
            answered.append(json.loads(told)["decision"])
            await asyncio.sleep(REVIEWS_EVERY * (0.5 + luck.random()))


async def read(visitor: Visitor, until: float, moved: asyncio.Event, loaded: asyncio.Event) -> None:
    """Have the board open: fetch it at first, and whenever it has moved."""
    await asyncio.sleep(random.Random(visitor.cookie).random() * READS_EVERY / 4)
    while time.monotonic() < until:
        status, _ = await visitor.ask("GET", "/large/", kind="board")
        assert status == 200, status
        loaded.set()
        moved.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(moved.wait(), min(READS_EVERY, max(0.0, until - time.monotonic())))


def nothing_lost(desk: Desk) -> None:
    """Every decision that was answered stands in the ledger, once, and the ledger is sound."""
    code = "import json; from atleast.web.ledger.models import Entry\n"
    code += "print(json.dumps(list(Entry.objects.filter(record='decision').values_list('name', flat=True))))"
    there = json.loads(desk.run(code))
    lost = set(desk.answered) - set(there)
    print(f"    decisions answered {len(set(desk.answered))}, lost {len(lost)}, twice {len(there) - len(set(there))}")
    desk.command("check")


if __name__ == "__main__":
    main()
