"""The list of people: who is in it by what filters, and how many different people that is at least."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from io import StringIO
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from atleast.case import persons as people_of
from atleast.collect.tables import defused
from atleast.model import BadRecord, Mention, span
from atleast.model.vocabulary import HAPPENINGS
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.pages import PAGED, asks, note, wants_json
from atleast.web.rows import parts, whole
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import standing

from .models import Member, Person, Verdict
from .persons import BITS, reports, surroundings

PAGE = 50
MOST_COUNTED = 5_000
"""Of more people than this the list does not say how many different ones they are; the board does."""
_MOST_PLACES = 60

STATES = {
    "held": _("taken, no release is told"),
    "released": _("told as released"),
    "contradictory": _("contradictory: released, and told as held later"),
    "charged": _("a paper was drawn up, no custody is told"),
    "unknown": _("not known"),
}
WHAT = {
    "detained": _("taken by police"),
    "transferred": _("moved to another place"),
    "released": _("let go"),
    "charged": _("a paper was drawn up"),
    "hearing": _("a court hearing"),
    "fined": _("fined"),
    "jailed": _("sentenced to arrest or prison"),
    "injured": _("hurt"),
    "force": _("force was used, as alleged"),
    "denied_counsel": _("a lawyer was not let in, as alleged"),
    "denied_care": _("medical care was refused, as alleged"),
    "confiscated": _("belongings were taken, as alleged"),
    "search": _("a home or office was searched"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed down to; empty is everybody. Places are told by number, so no address names one."""

    state: str = ""
    what: str = ""
    place: str = ""
    station: str = ""
    named: str = ""
    minor: str = ""
    undecided: str = ""
    since: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filter":
        """The filter that a query asks for; what is not known is left out."""
        return cls(
            state=_one_of(given.get("state"), STATES),
            what=_one_of(given.get("what"), HAPPENINGS),
            place=_number(given.get("place")),
            station=_number(given.get("station")),
            named=_one_of(given.get("named"), ("yes", "no")),
            minor="yes" if given.get("minor") == "yes" else "",
            undecided="yes" if given.get("undecided") == "yes" else "",
            since=given.get("since", "")[:20],
        )

    @property
    def query(self) -> str:
        """The filter as a query."""
        return urlencode([(name, value) for name in self.__slots__ if (value := getattr(self, name))])

    def people(self, case: Case) -> QuerySet[Person]:
        """Who is in the list, the last news first."""
        found = Person.objects.filter(case=case).order_by("-last", "-number")
        if self.state:
            found = found.filter(state=self.state)
        if self.what:
            found = found.annotate(bit=F("what").bitand(BITS[self.what])).filter(bit__gt=0)
        if self.named:
            found = found.filter(named=self.named == "yes")
        if self.minor:
            found = found.filter(minor=True)
        if self.undecided:
            found = found.filter(undecided(case))
        if since := _moment(self.since, case):
            found = found.filter(last__gte=since)
        for column in ("place", "station"):
            if value := getattr(self, column):
                there = Member.objects.filter(case=case, **{column: int(value)})
                found = found.filter(number__in=there.values("person"))
        return found


def undecided(case: Case) -> Exists:
    """Whether somebody else's name sounds alike, and nobody has decided whether they are one person."""
    judged = Verdict.objects.filter(case=case, person=OuterRef(OuterRef("number")), with_person=OuterRef("number"))
    alike = Person.objects.filter(case=case, sound=OuterRef("sound")).exclude(number=OuterRef("number"))
    return Exists(alike.filter(~Exists(judged)))


def _one_of(value: str | None, known: Iterable[str]) -> str:
    return value if value and value in set(known) else ""


def _number(value: str | None) -> str:
    return value if value and whole(value) else ""


def _moment(text: str, case: Case) -> datetime | None:
    try:
        found = span(text, zone=case.tz) if text else None
    except (BadRecord, ValueError, OverflowError):
        return None
    return found.start if found else None


# ── The page ──


@dataclass(frozen=True, slots=True)
class Choice:
    """A place or station that the list can be narrowed down to."""

    value: str
    words: str
    people: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list."""

    id: str
    name: str | None
    written: tuple[str, ...]
    role: str | None
    places: tuple[str, ...]
    stations: tuple[str, ...]
    what: tuple[str, ...]
    state: str
    state_words: str
    minor: bool
    undecided: bool
    mentions: int
    first: datetime
    last: datetime

    @property
    def last_said(self) -> str:
        """When the last news is of; of midnight the day alone: so a report is kept that tells no hour."""
        at = localtime(self.last)
        return date_format(at, "SHORT_DATE_FORMAT" if at.time() == time.min else "SHORT_DATETIME_FORMAT")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who is documented. `least` is how many different people the list holds at least, None where it is too long."""

    template: ClassVar[str] = "people/people.html"
    people: tuple[PersonLine, ...]
    total: int
    least: int | None
    chosen: Filter
    states: tuple[Choice, ...]
    happened: tuple[Choice, ...]
    places: tuple[Choice, ...]
    stations: tuple[Choice, ...]
    page: int
    pages: int
    may_export: bool


_ASKED: dict[str, tuple[Any, str]] = {
    "state": (tuple(STATES), "What is known last."),
    "what": (tuple(HAPPENINGS), "What befell them, at any time."),
    "place": (int, "The number of a place, as the page tells it."),
    "station": (int, "The number of a station, as the page tells it."),
    "named": (("yes", "no"), "Whether a name is known."),
    "minor": (("yes",), "Only those under age."),
    "undecided": (("yes",), "Only those of whom somebody has to decide whether they are one with somebody else."),
    "since": (str, "Only those of whom there is news since: 2031-05-03 or 2031-05-03T21:00."),
}


@asks(**_ASKED, **PAGED)
def people(request: HttpRequest, case: Case) -> PeoplePage:
    """The list of people, filtered, the last news first."""
    chosen = Filter.of(request.GET.dict())
    found = Paginator(chosen.people(case).annotate(alike=undecided(case)), PAGE)
    page = found.get_page(max(1, int(_number(request.GET.get("page")) or 1)))
    return PeoplePage(
        tuple(lines(case, page.object_list)),
        found.count,
        least(case, case.number, chosen) if found.count <= MOST_COUNTED else None,
        chosen,
        tuple(Choice(value, str(words), 0) for value, words in STATES.items()),
        tuple(Choice(value, str(words), 0) for value, words in WHAT.items()),
        _choices(case, "place"),
        _choices(case, "station"),
        page.number,
        found.num_pages,
        Right.EXPORT in request.rights,
    )


@lru_cache(maxsize=256)
def least(case: Case, number: int, chosen: Filter) -> int:
    """How many different people are in the list at least, as reckoning counts them, when the ledger ends at `number`.

    Two of whom nobody has decided, and who stand on no list together, may be one person.
    """
    numbers = list(chosen.people(case).values_list("number", flat=True))
    names: set[str] = set()
    for part in parts(numbers):
        members = Member.objects.filter(case=case, person__in=part).values("number")
        names |= set(Piece.objects.filter(case=case, number__in=members).values_list("name", flat=True))
    around, decisions = surroundings(case, names)
    mentions, out = _stubs(case, around)
    told = people_of(
        mentions, decisions, reports(case, {m.report for m in mentions}), out=out, among=names, zone=case.tz
    )
    return told.least


def _stubs(case: Case, names: Iterable[str]) -> tuple[list[Mention], set[str]]:
    """Mentions with no more than what tells people apart; and the ids of those that are not reckoned with."""
    mentions, out = [], set()
    for part in parts(sorted(names)):
        for piece in Piece.objects.filter(case=case, name__in=part, record="mention"):
            record = standing(piece) if piece.state != "redacted" else None
            if piece.counts and isinstance(record, Mention):
                mentions.append(record)
            else:
                out.add(piece.name)
    return mentions, out


def _choices(case: Case, column: str) -> tuple[Choice, ...]:
    """The places or stations of most people."""
    rows = (
        Member.objects.filter(case=case, **{f"{column}__isnull": False})
        .values(column)
        .annotate(people=Count("person", distinct=True), some=Min("number"))
        .order_by("-people")[:_MOST_PLACES]
    )
    told = list(rows)
    pieces = {p.number: p for p in Piece.objects.filter(case=case, number__in=[row["some"] for row in told])}
    words = {number: getattr(standing(piece), column) or "" for number, piece in pieces.items()}
    made = [Choice(str(row[column]), words.get(row["some"], ""), row["people"]) for row in told]
    return tuple(sorted((each for each in made if each.words), key=lambda each: each.words))


# ── People as lines ──


def mentions_of(case: Case, persons: Iterable[int]) -> dict[int, list[tuple[Piece, Mention]]]:
    """The mentions of each of these persons, in the order in which they came."""
    found: dict[int, list[tuple[Piece, Mention]]] = defaultdict(list)
    for part in parts(persons):
        person = dict(Member.objects.filter(case=case, person__in=part).values_list("number", "person"))
        for some in parts(person):
            for piece in Piece.objects.filter(case=case, number__in=some).order_by("number"):
                record = standing(piece)
                if isinstance(record, Mention):
                    found[person[piece.number]].append((piece, record))
    return found


def lines(case: Case, persons: Iterable[Any]) -> Iterable[PersonLine]:
    """People as the list shows them."""
    persons = list(persons)
    told = mentions_of(case, [person.number for person in persons])
    for person in persons:
        yield line(person, [mention for _, mention in told.get(person.number, ())])


def line(person: Any, mentions: list[Mention]) -> PersonLine:
    names = list(dict.fromkeys(m.nominative or m.name for m in mentions if m.name))
    return PersonLine(
        person.name,
        names[0] if names else None,
        tuple(name for name in names[1:] if name),
        next((m.role for m in mentions if m.role), None),
        tuple(dict.fromkeys(m.place for m in mentions if m.place)),
        tuple(dict.fromkeys(m.station for m in mentions if m.station)),
        tuple(str(WHAT[what]) for what, bit in BITS.items() if person.what & bit),
        person.state,
        str(STATES[person.state]),
        person.minor,
        bool(getattr(person, "alike", False)),
        person.mentions,
        person.first,
        person.last,
    )


# ── Out of the desk ──


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """Everybody in the list, for another program."""

    template: ClassVar[str] = "people/people.html"
    people: tuple[PersonLine, ...]


HEADINGS = ("id", "name", "also written", "role", "places", "stations", "happened", "last known", "minor",
            "mentions", "first news", "last news")  # fmt: skip


@asks(**_ASKED)
def export(request: HttpRequest, case: Case) -> PeopleExport | HttpResponse:
    """The list of people as CSV, or as JSON; noted with the number of people in it."""
    told = tuple(lines(case, Filter.of(request.GET.dict()).people(case)))
    note(request, "took out people", page="people-export", count=len(told))
    if wants_json(request):
        return PeopleExport(told)
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(HEADINGS)
    for each in told:
        write([defused(cell) for cell in _cells(each)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="people.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cells(each: PersonLine) -> list[str]:
    return [
        each.id, each.name or "", "; ".join(each.written), each.role or "", "; ".join(each.places),
        "; ".join(each.stations), "; ".join(each.what), each.state, "yes" if each.minor else "",
        str(each.mentions), each.first.isoformat(), each.last.isoformat(),
    ]  # fmt: skip
