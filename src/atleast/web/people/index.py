"""The index of words: a room of the shelf that knows which words stand in which mention, claim and report.

A word is kept once in a case, sealed, with the blind keys by which `atleast.lexicon.spellings` finds it; where it
stands is kept by numbers. Names, and what may be one because it is written with a capital letter, are found by their
sound; ordinary words of a text only as they are written.
"""

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from atleast.lexicon import spellings
from atleast.lexicon.packs import fold
from atleast.lexicon.sounds import lowered
from atleast.model import Claim, Decision, Mention, Record, Report
from atleast.web import jobs
from atleast.web.house.models import Account, Case, Job
from atleast.web.jobs import Doing
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records
from atleast.web.rows import erase, parts, write
from atleast.web.shelf.following import Pairs
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import standing
from atleast.web.vault import vault

from .models import Edition, Indexed, Posting, Spelling, Word

MENTION, CLAIM, REPORT = 1, 2, 3
EXACT = "="
"""How a key begins that is the word itself."""
_SHORT, _PORTION, _REMEMBERED = 2, 5_000, 1 << 16


class Written(NamedTuple):
    """A word as it is kept: `heard` when it is found by its sound, too."""

    word: str
    heard: bool


# ── A room of the shelf ──


def follow(case: Case, pairs: Pairs, changed: set[str]) -> None:
    """Take in the words of new reports, and of claims and mentions that stand otherwise than before."""
    Edition.objects.get_or_create(case=case, defaults={"edition": spellings.edition()})
    new = {record.id for _, record in pairs}
    here: list[tuple[int, Record]] = [(entry.number, record) for entry, record in pairs if isinstance(record, Report)]
    decided = set(_decided(case, [entry.number for entry, _ in pairs]))
    read = [(entry, record) for entry, record in pairs if isinstance(record, Claim | Mention)]
    here += [(entry.number, record) for entry, record in read if record.id not in decided]
    stood, again = dict(_stood(case, decided)), dict(_stood(case, changed - new))
    moved = set(_otherwise(case, again))
    _forget(case, moved)
    stood |= {number: again[number] for number in moved}
    _write(case, [*here, *((number, record) for number, record in stood.items() if record is not None)])


def wipe(case: Case) -> None:
    """Forget every word of a case."""
    for kept in (Posting, Indexed, Spelling, Word, Edition):
        kept.objects.filter(case=case).delete()


def drop(case: Case, entries: Iterable[Entry]) -> set[str]:
    """Take single entries out of the index. No other one bears on them."""
    _forget(case, [entry.number for entry in entries])
    return set()


def told(case: Case) -> Iterator[tuple[str, object]]:
    """What is kept, word by word and record by record."""
    keys: dict[int, list[int]] = defaultdict(list)
    for key, word in Spelling.objects.filter(case=case).order_by("key").values_list("key", "word"):
        keys[word].append(key)
    for word, sealed in Word.objects.filter(case=case).values_list("word", "sealed"):
        yield f"word {word}", (vault().unseal(sealed, of=f"word {word}"), keys[word])
    for word, kind, number in _postings(case):
        yield f"posting {word} {kind} {number}", True
    for each in Indexed.objects.filter(case=case).iterator(chunk_size=2_000):
        yield f"words of {each.number}", (each.kind, list(words_of(each)))


def outdated(case: Case) -> bool:
    """Whether the words of a case are kept by other tables than those that they would be looked for by."""
    made = Edition.objects.filter(case=case).values_list("edition", flat=True).first()
    return made != spellings.edition() and (made is not None or case.number > 0)


def keep_up_to_date(case: Case, by: Account | None = None) -> bool:
    """Have the index of a case made anew if it is outdated and nobody is at it. Whether it is outdated."""
    if not outdated(case):
        return False
    if not Job.objects.filter(case=case, kind="index", state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
        jobs.ask(case, "index", by=by)
    return True


def keep_all_up_to_date() -> None:
    """Have every index made anew that is outdated; done whenever the desk starts."""
    for case in Case.objects.all():
        keep_up_to_date(case)


@transaction.atomic
def make_anew(doing: Doing) -> None:
    """Make the index of a case anew, as a job: the old one is used until this one is whole."""
    case = Case.objects.select_for_update().get(pk=doing.case.pk)
    wipe(case)
    portion: list[tuple[Entry, Record]] = []
    for entry, record in records(case):
        if record is not None and not isinstance(record, Decision):
            portion.append((entry, record))
        if len(portion) >= _PORTION:
            follow(case, portion, set())
            portion = []
    follow(case, portion, set())


def _decided(case: Case, numbers: list[int]) -> Iterator[str]:
    """The new claims and mentions that were decided about before they came, or in the same breath."""
    if numbers:
        decided = Piece.objects.filter(case=case, number__range=(min(numbers), max(numbers)))
        yield from decided.filter(state__in=_MOVED).values_list("name", flat=True)


_MOVED = ("accepted", "edited", "rejected", "unsure", "waiting", "disputed", "redacted")


def _stood(case: Case, names: Iterable[str]) -> Iterator[tuple[int, Record | None]]:
    """Claims and mentions as they stand, by their number; nothing of those that were erased."""
    for part in parts(sorted(names)):
        for piece in Piece.objects.filter(case=case, name__in=part):
            yield piece.number, None if piece.state == "redacted" else standing(piece)


def _otherwise(case: Case, records: Mapping[int, Record | None]) -> Iterator[int]:
    """The numbers of those records that have other words than are kept of them. Most decisions change none."""
    there = {each.number: set(words_of(each)) for each in indexed(case, records)}
    for number, record in records.items():
        now = {_number_of(case.pk, *word) for word in (written(record) if record is not None else ())}
        if there.get(number, set()) != now:
            yield number


# ── What is kept ──


def _write(case: Case, records: list[tuple[int, Record]]) -> None:
    """Keep the words of records that are not in the index."""
    if not records:
        return
    numbers: dict[Written, int] = {}
    held: dict[tuple[int, int], list[int]] = defaultdict(list)
    rows, key = [], case.pk
    for number, record in sorted(records, key=itemgetter(0)):
        kind = REPORT if isinstance(record, Report) else CLAIM if isinstance(record, Claim) else MENTION
        words = []
        for word in written(record):
            if (known := numbers.get(word)) is None:
                known = numbers[word] = _number_of(key, *word)
            words.append(known)
            held[known, kind].append(number)
        rows.append((key, number, kind, _packed(words)))
    _take_in(case, numbers)
    write(Indexed, ("case_id", "number", "kind", "words"), rows)
    # In the order of the key: neighbours are written together.
    write(Posting, _POSTING, ((key, word, kind, each) for word, kind in sorted(held) for each in held[word, kind]))


_POSTING = ("case_id", "word", "kind", "number")


def _packed(words: Collection[int]) -> bytes:
    return struct.pack(f"<{len(words)}q", *sorted(words))


def words_of(row: Indexed) -> tuple[int, ...]:
    """The numbers of the words of a record, ascending."""
    return struct.unpack(f"<{len(row.words) // 8}q", row.words)


def indexed(case: Case, numbers: Iterable[int]) -> Iterator[Indexed]:
    """Those of these records that are in the index."""
    for part in parts(numbers):
        yield from Indexed.objects.filter(case=case, number__in=part)


def _postings(case: Case) -> Iterator[tuple[int, int, int]]:
    rows = Posting.objects.filter(case=case).order_by("word", "kind", "number")
    yield from rows.values_list("word", "kind", "number").iterator(chunk_size=2_000)


def _take_in(case: Case, numbers: dict[Written, int]) -> None:
    """Keep words that are new in this case, with their keys."""
    key, known = case.pk, set(_known(case, numbers.values()))
    fresh = sorted((number, word) for word, number in numbers.items() if number not in known)
    seal = vault().seal
    words = [(key, number, seal(word.word, of=f"word {number}")) for number, word in fresh]
    write(Word, ("case_id", "word", "sealed"), words)
    keys = sorted((made, number) for number, word in fresh for made in {blind(case, each) for each in stored(word)})
    write(Spelling, ("case_id", "key", "word"), [(key, made, number) for made, number in keys])


def _known(case: Case, numbers: Iterable[int]) -> Iterator[int]:
    """Those of some words that a case has; asked without Django, which takes longer over the numbers than the
    database does."""
    with connection.cursor() as cursor:
        for part in parts(numbers):
            gaps = ", ".join(["%s"] * len(part))
            statement = f'SELECT "word" FROM "{Word._meta.db_table}" WHERE "case_id" = %s AND "word" IN ({gaps})'
            cursor.execute(statement, [case.pk, *part])
            yield from (word for (word,) in cursor.fetchall())


def _forget(case: Case, numbers: Collection[int]) -> None:
    """Take records out of the index, and the words that stand nowhere else."""
    there = list(indexed(case, numbers))
    held = [(case.pk, word, each.kind, each.number) for each in there for word in words_of(each)]
    erase(Posting, _POSTING, sorted(held))
    elsewhere = Exists(Posting.objects.filter(case=case, word=OuterRef("word")))
    for part in parts(numbers):
        Indexed.objects.filter(case=case, number__in=part).delete()
    for part in parts({word for _, word, _, _ in held}):
        gone = list(Word.objects.filter(~elsewhere, case=case, word__in=part).values_list("word", flat=True))
        for kept in (Word, Spelling):
            kept.objects.filter(case=case, word__in=gone).delete()


# ── Words and keys ──


def written(record: Record) -> Collection[Written]:
    """The words that a record is found by."""
    match record:
        case Mention():
            return _heard(record.name, record.nominative, record.role, record.place, record.station)
        case Claim():
            return _heard(record.claimant, record.place, *record.relay)
        case Report():
            return {*_heard(record.publisher), *_of_text(record.title or ""), *_of_text(record.text)}
    return ()


@lru_cache(maxsize=1 << 14)
def _heard(*texts: str | None) -> frozenset[Written]:
    """The words of names and places; the same claimants and places stand in very many claims."""
    return frozenset({Written(each.word, True) for text in texts if text for each in spellings.words(text)})


def _of_text(text: str) -> Iterator[Written]:
    """The words of a text; the shortest, which stand everywhere, only where they may be names."""
    return filter(None, map(_in_text, spellings.distinct(text)))


@lru_cache(maxsize=_REMEMBERED)
def _in_text(word: str) -> Written | None:
    heard = word[0].isupper()
    return Written(lowered(word), heard) if heard or not negligible(word) else None


def negligible(word: str) -> bool:
    """Whether a word is so short that it tells nothing apart: "of", "в"; but not a name, a number or a Chinese word."""
    return len(word) <= _SHORT and word != word.upper() and word == word.lower()


def stored(word: Written) -> Iterable[str]:
    """The keys under which a word is kept."""
    if not word.heard:
        return (EXACT + fold(word.word),)
    each = word.word
    return (EXACT + fold(each), *spellings.keys(each), *spellings.loosely(each), *spellings.prefixes(each))


def blind(case: Case, key: str) -> int:
    """The number of a key in a case; the same key has another number in another case."""
    return vault().blind(f"{case.pk} {key}")


@lru_cache(maxsize=_REMEMBERED)
def _number_of(case: int, word: str, heard: bool) -> int:
    return vault().blind(f"{case} {'name' if heard else 'word'} {word}")
