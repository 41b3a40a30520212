"""People: a room of the shelf that joins mentions to persons, by decisions only and never by likeness.

Who is one person is worked out by `atleast.case.persons`, so that the list of people and the number of people
documented go by one rule. What a record can bear on is small: the mentions that were judged together, and the lists
they stand on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from atleast.case import PAIRWISE
from atleast.case import persons as people_of
from atleast.lexicon import spellings
from atleast.model import Decision, Mention, Report, instant
from atleast.model.vocabulary import HAPPENINGS
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry
from atleast.web.rows import parts, write
from atleast.web.shelf.following import Pairs
from atleast.web.shelf.models import Judgement, Piece, Source
from atleast.web.shelf.pieces import decisions_about, standing, summary
from atleast.web.vault import vault

from .facts import facts, state
from .index import blind
from .models import Member, Person, Verdict

BITS = {what: 1 << place for place, what in enumerate(HAPPENINGS)}
"""The bit of each thing that happens in `Person.what`."""
_MINOR = frozenset({"minor", "minors", "child", "schoolboy", "schoolgirl", "teenager"})
_MEMBER = ("case_id", "number", "person", "place", "station")
_PERSON = (
    "case_id", "number", "name", "mentions", "named", "minor", "state", "what", "sound", "first", "last",
)  # fmt: skip
_VERDICT = ("case_id", "one", "other", "person", "with_person", "what")


class Met(NamedTuple):
    """A mention that is reckoned with, by its number, and when its report was published (else when it came)."""

    number: int
    mention: Mention
    at: datetime


# ── A room of the shelf ──


def follow(case: Case, pairs: Pairs, changed: set[str]) -> None:
    """Make persons anew of the mentions that entries bear on."""
    touched = {record.id for _, record in pairs if isinstance(record, Mention)}
    before = changed - {record.id for _, record in pairs}
    touched |= _mentions(case, before) | _decided(case, pairs) | _in(case, pairs, touched)
    if not touched:
        return
    judged = _judged(case, touched)
    fresh = {record.id: (entry, record) for entry, record in pairs if isinstance(record, Mention)}
    met = _met(case, touched | judged, fresh, _Published(case, pairs))
    _clear(case, met.keys() - fresh.keys())
    _write(case, [[each] for name, each in met.items() if each is not None and name not in judged])
    if judged:
        _join(case, {name: met[name] for name in judged if name in met})


def wipe(case: Case) -> None:
    """Forget the people of a case."""
    for kept in (Verdict, Member, Person):
        kept.objects.filter(case=case).delete()


def drop(case: Case, entries: Iterable[Entry]) -> set[str]:
    """Forget the persons of single mentions. Gives the mentions that were one with them, or judged with them."""
    names = {entry.name for entry in entries if entry.record == "mention"}
    numbers = {entry.number for entry in entries if entry.name in names}
    bears = _judged(case, names)
    for part in parts(sorted(numbers)):
        persons = Member.objects.filter(case=case, number__in=part).values("person")
        one = Member.objects.filter(case=case, person__in=persons).values("number")
        rows = Piece.objects.filter(case=case, number__in=one, record="mention")
        bears |= set(rows.values_list("name", flat=True))
    _clear(case, names)
    return bears - names


def told(case: Case) -> Iterator[tuple[str, object]]:
    """What is kept, person by person."""
    for kept, key in ((Member, "number"), (Person, "number"), (Verdict, "one")):
        for row in kept.objects.filter(case=case).order_by("pk").values():
            yield f"{kept.__name__} {row[key]} {row.get('other', '')}", row


# ── What entries bear on ──


def _mentions(case: Case, names: Collection[str]) -> set[str]:
    """Those of some records that are mentions."""
    return {
        name
        for part in parts(sorted(names))
        for name in Piece.objects.filter(case=case, name__in=part, record="mention").values_list("name", flat=True)
    }


def _decided(case: Case, pairs: Pairs) -> set[str]:
    """The mentions that new decisions about pairs are about, also by taking other decisions back."""
    names = {name for _, record in pairs if isinstance(record, Decision) for name in record.about}
    found: set[str] = set()
    while names:
        found |= names
        taken = Judgement.objects.filter(case=case, decision__in=names).values_list("about", flat=True)
        names = set(taken) - found
    return _mentions(case, found)


def _in(case: Case, pairs: Pairs, known: Collection[str]) -> set[str]:
    """The mentions of new reports that came before their reports did."""
    found: set[str] = set()
    for part in parts(record.id for _, record in pairs if isinstance(record, Report)):
        found |= set(Piece.objects.filter(case=case, report__in=part, record="mention").values_list("name", flat=True))
    return found - set(known)


def _judged(case: Case, names: Collection[str]) -> set[str]:
    """The mentions of which pairs were judged, among these and all that may be one with them."""
    if not Entry.objects.filter(case=case, record="decision", what__in=PAIRWISE).exists():
        return set()
    found: set[str] = set()
    looked: set[str] = set()
    fresh = {*names, *_on_lists(case, names)}
    while fresh:
        looked |= fresh
        about = _together(case, fresh)
        found |= about
        fresh = {*about, *_on_lists(case, about)} - looked
    return found


def _together(case: Case, names: Collection[str]) -> set[str]:
    """Those of these mentions of which pairs were judged, and those judged to be one with them."""
    found: set[str] = set()
    for part in parts(sorted(names)):
        rows = Judgement.objects.filter(case=case, about__in=part).values_list("decision", "about")
        about: dict[str, list[str]] = defaultdict(list)
        for decision, name in rows:
            about[decision].append(name)
        for some in parts(about):
            for name, what in Entry.objects.filter(case=case, name__in=some, what__in=PAIRWISE).values_list(
                "name", "what"
            ):
                found.update(about[name])
                if what == "same":
                    found.update(Judgement.objects.filter(case=case, decision=name).values_list("about", flat=True))
    return _mentions(case, found)


def _on_lists(case: Case, names: Collection[str]) -> set[str]:
    """All mentions on the lists that these stand on: two rows that are one bear on what others are."""
    found: set[str] = set()
    for part in parts(sorted(names)):
        reports = Piece.objects.filter(case=case, name__in=part).values("report")
        lists = Source.objects.filter(case=case, kind="list", name__in=reports).values("name")
        rows = Piece.objects.filter(case=case, record="mention", report__in=lists)
        found |= set(rows.values_list("name", flat=True))
    return found


# ── Mentions ──


def _met(
    case: Case, names: Collection[str], fresh: Mapping[str, tuple[Entry, Mention]], published: "_Published"
) -> dict[str, Met | None]:
    """These mentions as they stand; None for one that is not reckoned with."""
    found: dict[str, Met | None] = {}
    for part in parts(sorted(names)):
        rows = Piece.objects.filter(case=case, name__in=part, record="mention")
        known = {p.name: p for p in rows.filter(state="proposed").defer("body") if p.name in fresh}
        pieces = known | {p.name: p for p in rows.exclude(name__in=known)}
        times = {name: fresh[name][0].at for name in known} | dict(_came(case, pieces.keys() - known.keys()))
        published.open({piece.report for piece in pieces.values()})
        for name, piece in pieces.items():
            record = fresh[name][1] if name in known else _opened(piece)
            found[name] = None
            if piece.counts and record is not None:
                found[name] = Met(piece.number, record, published.at(piece.report) or times[name])
    return found


def _came(case: Case, names: Collection[str]) -> Iterator[tuple[str, datetime]]:
    yield from Entry.objects.filter(case=case, name__in=names).values_list("name", "at")


def _opened(piece: Piece) -> Mention | None:
    record = standing(piece) if piece.state != "redacted" else None
    return record if isinstance(record, Mention) else None


class _Published:
    """When reports were published."""

    def __init__(self, case: Case, pairs: Pairs) -> None:
        self._case = case
        self._told = {record.id: record.published for _, record in pairs if isinstance(record, Report)}

    def open(self, reports: Collection[str]) -> None:
        for part in parts(sorted(set(reports) - self._told.keys())):
            for source in Source.objects.filter(case=self._case, name__in=part):
                self._told[source.name] = summary(source)["published"]

    def at(self, report: str) -> datetime | None:
        told = self._told.get(report)
        return instant(told, zone=self._case.tz) if told else None


# ── Persons ──


def _clear(case: Case, names: Collection[str]) -> None:
    """Forget the persons of these mentions."""
    for part in parts(sorted(names)):
        numbers = list(Piece.objects.filter(case=case, name__in=part).values_list("number", flat=True))
        members = Member.objects.filter(case=case, number__in=numbers)
        Person.objects.filter(case=case, number__in=list(members.values_list("person", flat=True))).delete()
        members.delete()
        Verdict.objects.filter(Q(one__in=numbers) | Q(other__in=numbers), case=case).delete()


def _join(case: Case, met: Mapping[str, Met | None]) -> None:
    """Make persons of mentions of which pairs were judged."""
    around, decisions = surroundings(case, met.keys())
    every = {**met, **_met(case, around - met.keys(), {}, _Published(case, ()))}
    here = {name: each for name, each in every.items() if each is not None}
    told = people_of(
        [each.mention for each in here.values()],
        decisions,
        reports(case, {each.mention.report for each in here.values()}),
        out={name for name, each in every.items() if each is None},
        zone=case.tz,
    )
    people: dict[str, list[Met]] = defaultdict(list)
    for name, each in met.items():
        if each is not None:
            people[told.person[name]].append(each)
    _write(case, people.values())
    _write_verdicts(case, {pair: what for pair, what in told.verdicts.items() if not met.keys().isdisjoint(pair)})


def surroundings(case: Case, names: Collection[str]) -> tuple[set[str], list[Decision]]:
    """What has to be known to tell who is who among some mentions: others on their lists, or judged with them; and
    all that was decided about them."""
    found = {*names, *_on_lists(case, names)}
    decisions = {d.id: d for each in decisions_about(case, found).values() for d in each}
    return found | _mentions(case, {name for decision in decisions.values() for name in decision.about}), [
        *decisions.values()
    ]


def reports(case: Case, names: Collection[str]) -> Iterator[Report]:
    """Reports by id and kind alone: all that telling who is who asks of them."""
    for part in parts(sorted(names)):
        for name, kind in Source.objects.filter(case=case, name__in=part).values_list("name", "kind"):
            yield Report(name, kind=kind)


def _write(case: Case, people: Iterable[Sequence[Met]]) -> None:
    """Keep persons with their mentions; each is named by the first of the mentions, as reckoning names them."""
    members, persons = [], []
    hide = vault().blind
    for mentions in people:
        lead = min(mentions, key=lambda each: each.mention.id)
        persons.append(_person(case, lead, mentions))
        for number, mention, _ in mentions:
            place, station = (None if words is None else hide(words) for words in (mention.place, mention.station))
            members.append((case.pk, number, lead.number, place, station))
    write(Member, _MEMBER, sorted(members, key=lambda row: row[1]))
    write(Person, _PERSON, sorted(persons, key=lambda row: row[1]))


def _person(case: Case, lead: Met, mentions: Sequence[Met]) -> tuple[object, ...]:
    """The row of a person."""
    records = [each.mention for each in mentions]
    told = facts(records, case.tz)
    what = 0
    for fact in told:
        what |= BITS.get(fact.what, 0)
    sounds = (sound for record in sorted(records, key=lambda record: record.id) if (sound := sound_of(case, record)))
    return (
        case.pk,
        lead.number,
        lead.mention.id,
        len(mentions),
        any(record.name for record in records),
        any(minor(record) for record in records),
        state(told),
        what,
        next(sounds, None),
        min(each.at for each in mentions),
        max(each.at for each in mentions),
    )


def minor(mention: Mention) -> bool:
    """Whether it is told that somebody is under age: by the word, or by an age."""
    age = mention.extra.get("age")
    young = isinstance(age, int | float) and 0 < age < 18
    return young or bool(_MINOR.intersection((mention.role or "").casefold().split()))


def sound_of(case: Case, mention: Mention) -> int | None:
    """How a whole name sounds, whatever the order of its words, its script and its case; of two words or more."""
    words = [each.word for each in spellings.words(mention.nominative or mention.name or "")]
    heard = sorted({spellings.loosely(word)[0] for word in words})
    return blind(case, f"sounds {' '.join(heard)}") if len(heard) > 1 else None


def _write_verdicts(case: Case, verdicts: Mapping[tuple[str, str], str]) -> None:
    """Keep what was decided of pairs that are not one person."""
    names = {name for pair in verdicts for name in pair}
    numbers: dict[str, int] = {}
    person: dict[int, int] = {}
    for part in parts(sorted(names)):
        numbers |= dict(Piece.objects.filter(case=case, name__in=part).values_list("name", "number"))
    for few in parts(sorted(numbers.values())):
        person |= dict(Member.objects.filter(case=case, number__in=few).values_list("number", "person"))
    both = {(numbers[one], numbers[other]): what for (one, other), what in verdicts.items()}
    rows = [
        (case.pk, a, b, person[a], person[b], what)
        for (one, other), what in both.items()
        for a, b in ((one, other), (other, one))
        if person.get(one) != person.get(other) and one in person and other in person
    ]
    write(Verdict, _VERDICT, sorted(rows, key=lambda row: row[1:3]))
