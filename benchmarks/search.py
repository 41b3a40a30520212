"""How long the search of the desk takes among many people: `python benchmarks/search.py 100000` (SQLite).

With DATABASE_URL the same on PostgreSQL: `DATABASE_URL=… python benchmarks/search.py 1000000`. All names are made of
syllables; some of them are as common as the commonest names are. To so many mentions there is a claim for each ten and
a report for each twenty; the index is filled as an import fills it. Each search is of words not looked for before, by
somebody who may see everything. Printed are the median and the 95th percentile, and what the processors spent: of
Python, and of the database's server where that is on this machine.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, chain, islice
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from atleast.model import Claim, Happening, Mention, Record, Report, encode

LIMITS = {"sqlite": (300.0, 100_000), "postgresql": (100.0, 1_000_000)}
"""Milliseconds that a search may take, and among how many mentions."""
SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeio"]
CYRILLIC = str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз")
PORTION = 10_000
IN_ONE = 20
"""Mentions of a report."""


class Names:
    """Names made of syllables, in two alphabets; how common they are falls as it does with real ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.given, self.family = self.some(900, 2, 2), self.some(30_000, 3, 4)
        self._weights = {
            id(names): list(accumulate(1 / (n + 3) for n in range(len(names)))) for names in (self.given, self.family)
        }

    def some(self, number: int, least: int, most: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            found["".join(self.random.choices(SYLLABLES, k=self.random.randint(least, most))).title()] = None
        return list(found)

    def one(self) -> str:
        given, family = (
            self.random.choices(names, cum_weights=self._weights[id(names)])[0] for names in (self.given, self.family)
        )
        name = f"{given} {family}"
        return name.translate(CYRILLIC).lower().title() if self.random.random() < 0.5 else name


def reports(number: int, names: Names) -> Iterator[Report]:
    """Reports of some 120 words, with names among them; how common their words are falls as it does in a language."""
    vocabulary = names.some(3_000, 1, 4)
    weights = list(accumulate(1 / (n + 3) for n in range(len(vocabulary))))
    for n in range(number):
        said = names.random.choices(vocabulary, cum_weights=weights, k=110)
        for place in names.random.choices(range(110), k=6):
            said[place] = names.one()
        text = " ".join(word if " " in word else word.lower() for word in said)
        yield Report(f"r{n}", title=names.one(), publisher=names.family[n % 50], text=text)


def readings(number: int, names: Names) -> Iterator[Mention | Claim]:
    """Mentions, and beside each ten of them a claim."""
    towns = [f"{town}, Ruritania" for town in names.family[-40:]]
    for n in range(number):
        name, town = names.one(), names.random.choice(towns)
        station = f"station {names.random.randint(1, 90)}"
        found = (Happening("detained"),)
        where = f"r{n // IN_ONE}", name, 0, len(name)
        yield Mention(f"m{n}", *where, name=name, place=town, station=station, happened=found)
        if n % 10 == 0:
            yield Claim(f"c{n}", *where, claimant=names.random.choice(names.family[:50]), place=town)


def fill(case: object, number: int, names: Names) -> float:
    """Fill the shelf and the index, and reports into the ledger. Returns the seconds that the index took."""
    from django.db import transaction

    from atleast.web.people import index
    from atleast.web.people.models import Edition

    Edition.objects.create(case=case, edition=index.spellings.edition())
    texts = -(-number // IN_ONE)
    every = enumerate(chain(reports(texts, names), readings(number, names)), 1)
    taken = 0.0
    while portion := list(islice(every, PORTION)):
        with transaction.atomic():
            put(case, portion)
            begun = time.perf_counter()
            index._write(case, portion)
            taken += time.perf_counter() - begun
    return taken


def put(case: object, portion: list[tuple[int, Record]]) -> None:
    """Keep records as the ledger and the shelf do, without what nobody looks for them by."""
    from datetime import UTC, datetime

    from atleast.web.ledger.models import Entry
    from atleast.web.ledger.writing import sealed_as
    from atleast.web.rows import write
    from atleast.web.shelf.models import Piece
    from atleast.web.vault import vault

    seal, now = vault().seal, datetime.now(UTC)
    texts = [(n, each) for n, each in portion if isinstance(each, Report)]
    columns = ("case_id", "number", "record", "name", "by", "at", "body", "digest", "link")
    rows = [(case.pk, n, "report", r.id, "", now, seal(encode(r), of=sealed_as(r.id)), b"", b"") for n, r in texts]
    write(Entry, columns, rows)
    columns = ("case_id", "name", "record", "report", "number", "start", "state", "tier", "counts", "quantity", "body")
    pieces = [(n, each, seal(encode(each), of=f"piece {each.id}")) for n, each in portion if each.record != "report"]
    write(
        Piece, columns, [(case.pk, m.id, m.record, m.report, n, 0, "proposed", "", True, "", b) for n, m, b in pieces]
    )


def questions(names: Names, each: int) -> dict[str, list[str]]:
    """What is looked for, of each sort as many; no word of a family name twice, so that nothing is remembered."""
    given, common, rare = names.given, names.family[:each], names.family[20_000 : 20_000 + each]
    town = names.family[-40:]
    in_turn = lambda n, name: name if n % 2 else name.translate(CYRILLIC).lower().title()  # noqa: E731
    return {
        "a common name": [in_turn(n, name) for n, name in enumerate(common)],
        "a rare name": [in_turn(n, name) for n, name in enumerate(rare)],
        "given and family name": [f"{given[n]} {common[n]}" for n in range(each)],
        "a rare name in full": [f"{given[n]} {rare[n]}" for n in range(each)],
        "a name and a town": [f"{common[n]} {town[n % 40]}" for n in range(each)],
        "a town in its country": [f"{town[n % 40]} ruritania" for n in range(each)],
        "three words": [f"{given[n]} {common[-n - 1]} ruritania" for n in range(each)],
        "three letters": [name[:3] for name in common],
        "a name half typed": [f"{given[n]} {common[n][:4]}" for n in range(each)],
        "a word in every record": ["station", "ruritania", "stat", "station ruritania"],
        "nobody": [f"Xyxy{name}" for name in rare],
    }


class Spent(NamedTuple):
    """What a search took: by the clock, and of processors, here and in the database's server where it is ours."""

    wall: float  # milliseconds, as the others
    here: float
    server: float


def server_clock(connection: object) -> Callable[[], float]:
    """The seconds of a processor that the server spent for this connection; none for SQLite, or from afar."""
    if connection.vendor != "postgresql":
        return float
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def spent(work: Callable[[str], object], word: str, server: Callable[[], float]) -> Spent:
    before = time.perf_counter(), time.process_time(), server()
    work(word)
    after = time.perf_counter(), time.process_time(), server()
    return Spent(*((b - a) * 1000 for a, b in zip(before, after, strict=True)))


def told(sort: str, found: list[Spent], limit: float) -> str:
    """A line of what was found: the middle and the 95th of a hundred, by the clock and by the processors."""
    wall, busy = p95([each.wall for each in found]), p95([each.here + each.server for each in found])
    here, server = mean(each.here for each in found), mean(each.server for each in found)
    clock = f"median {median(each.wall for each in found):6.1f} ms  p95 {wall:6.1f} ms"
    spent = f"processor {here:5.1f} + {server:5.1f} ms  p95 {busy:6.1f} ms"
    return f"{sort:22} {clock}{'' if wall <= limit else ' OVER'}  {spent}"


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("mentions", type=int, nargs="?", default=100_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--each", type=int, default=40, help="searches of each sort")
    options.add_argument("--data", help="a folder that is kept, with what was filled in; else one that is not")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked, asked.data or folder)


def measure(asked: argparse.Namespace, folder: str) -> None:
    from atleast.web import prepare

    os.environ["ATLEAST_DATA"] = folder
    prepare(folder)
    from django.db import connection

    from atleast.web.house.models import Case
    from atleast.web.people.searching import search

    case, _ = Case.objects.get_or_create(slug="bench", defaults={"title": "Invented"})
    names = Names(asked.seed)
    if not case.pieces.exists():
        print(f"{asked.mentions:,} mentions taken into the index in {fill(case, asked.mentions, names):.1f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    limit, among = LIMITS[connection.vendor]
    print(f"{connection.vendor}, {case.pieces.count():,} readings; may take {limit:.0f} ms among {among:,} mentions")
    server = server_clock(connection)
    search(case, "nobody yet")
    for sort, words in questions(names, asked.each).items():
        print(told(sort, [spent(lambda word: search(case, word), word, server) for word in words], limit), flush=True)
    connection.close()


if __name__ == "__main__":
    main()
