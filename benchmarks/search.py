"""How long the search of the desk takes among many people: `python benchmarks/search.py 100000` (SQLite).

With DATABASE_URL the same on PostgreSQL: `DATABASE_URL=… python benchmarks/search.py 1000000`. All names are made of
syllables; some of them are as common as the commonest names are. The shelf and the index are filled as an import fills
them, without the ledger. Printed is the slowest of several searches of each sort, and its share of what it may take.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate

from atleast.model import Happening, Mention, encode

LIMITS = {"sqlite": (300.0, 100_000), "postgresql": (100.0, 1_000_000)}
"""Milliseconds that a search may take, and among how many mentions."""
SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeio"]
CYRILLIC = str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз")
PORTION = 10_000


class Names:
    """Names made of syllables, in two alphabets; how common they are falls as it does with real ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.given, self.family = self._some(900, 2, 2), self._some(30_000, 3, 4)
        self._weights = {
            id(names): list(accumulate(1 / (n + 3) for n in range(len(names)))) for names in (self.given, self.family)
        }

    def _some(self, number: int, least: int, most: int) -> list[str]:
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


def mentions(number: int, names: Names) -> Iterator[Mention]:
    towns = [f"{town}, Ruritania" for town in names.family[-40:]]
    for n in range(number):
        name, town = names.one(), names.random.choice(towns)
        station = f"station {names.random.randint(1, 90)}"
        yield Mention(
            f"m{n}",
            f"r{n // 20}",
            name,
            0,
            len(name),
            name=name,
            place=town,
            station=station,
            happened=(Happening("detained"),),
        )


def fill(case: object, number: int, names: Names) -> float:
    """Fill the shelf and the index. Returns the seconds that the index took."""
    from django.db import transaction

    from atleast.web.people import index
    from atleast.web.people.models import Edition
    from atleast.web.rows import write
    from atleast.web.shelf.models import Piece
    from atleast.web.vault import vault

    Edition.objects.create(case=case, edition=index.spellings.edition())
    columns = ("case_id", "name", "record", "report", "number", "start", "state", "tier", "counts", "quantity", "body")
    taken, portion = 0.0, []
    made = mentions(number, names)
    for start in range(1, number + 1, PORTION):
        portion = [(n, next(made)) for n in range(start, min(start + PORTION, number + 1))]
        with transaction.atomic():
            write(
                Piece,
                columns,
                [
                    (
                        case.pk,
                        m.id,
                        "mention",
                        m.report,
                        n,
                        0,
                        "proposed",
                        "",
                        True,
                        "",
                        vault().seal(encode(m), of=f"piece {m.id}"),
                    )
                    for n, m in portion
                ],
            )
            begun = time.perf_counter()
            index._write(case, portion)
            taken += time.perf_counter() - begun
    return taken


def questions(names: Names) -> dict[str, list[str]]:
    common, rare = names.family[:6], names.family[20_000:20_006]
    both = lambda name: (name, name.translate(CYRILLIC).lower().title())  # noqa: E731
    return {
        "a common name": [each for name in common for each in both(name)],
        "a rare name": [each for name in rare for each in both(name)],
        "two common words": [f"{names.given[n]} {common[n]}" for n in range(6)],
        "a name and a town": [f"{common[n]} {names.family[-1 - n]}" for n in range(6)],
        "three words": [f"{names.given[n]} {common[-n]} ruritania" for n in range(6)],
        "three letters": [name[:3] for name in common],
        "a name half typed": [f"{names.given[n]} {common[n][:4]}" for n in range(6)],
        "nobody": ["Xyxyxyx", "Qqqqqq Wwwwww"],
    }


def slowest(work: Callable[[str], object], words: list[str], times: int) -> tuple[float, float]:
    """Milliseconds of the slowest word asked for the first time, and of the slowest when asked again."""

    def once(word: str) -> float:
        begun = time.perf_counter()
        work(word)
        return (time.perf_counter() - begun) * 1000

    return max(map(once, words)), max(min(once(word) for _ in range(times)) for word in words)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("mentions", type=int, nargs="?", default=100_000)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    from atleast.web import prepare

    with tempfile.TemporaryDirectory() as folder:
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
        print(f"{connection.vendor}, {case.pieces.count():,} mentions; may take {limit:.0f} ms among {among:,}")
        for sort, words in questions(names).items():
            first, again = slowest(lambda word: search(case, word), words, 3)
            shares = f"({first / limit:4.0%} of the limit)", f"({again / limit:4.0%})"
            print(f"{sort:20} first {first:7.1f} ms {shares[0]}   again {again:7.1f} ms {shares[1]}")
        connection.close()


if __name__ == "__main__":
    main()
