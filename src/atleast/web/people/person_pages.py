"""The page of one person: what befell him or her, fact by fact with its quote, and who else may be the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from atleast import review
from atleast.case import PAIRWISE
from atleast.lexicon import spellings
from atleast.model import Decision, Mention, Report
from atleast.web.house import contacts
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import named
from atleast.web.ledger.writing import append, moment
from atleast.web.shelf.models import Piece
from atleast.web.shelf.pieces import decisions_about, standing

from .finding import find
from .index import MENTION
from .listing import PersonLine, lines, mentions_of
from .models import Member, Person, Verdict
from .telling import FactLine, MentionLine, timeline
from .telling import mention as mention_line

_MOST_ALIKE = 12
_SINGLE = 0.5


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be the same person. `how`: the same name, a like one, or one name of several."""

    person: PersonLine
    how: str
    on: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided of this person and another mention, by whom. Of two who are one person, both are named."""

    decision: str
    what: str
    by: str
    at: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What is told of one person. `set_aside` where the mention is not reckoned with."""

    template: ClassVar[str] = "people/person.html"
    id: str
    person: PersonLine
    facts: tuple[FactLine, ...]
    clashes: tuple[str, ...]
    mentions: tuple[MentionLine, ...]
    alike: tuple[Alike, ...]
    judged: tuple[Judged, ...]
    may_link: bool
    may_see_contacts: bool


def person(request: HttpRequest, case: Case, mention: str) -> PersonPage:
    """The person whom a mention is of."""
    row = person_of(case, mention)
    told = mentions_of(case, [row.number])[row.number]
    records = [record for _, record in told]
    found = named(case, {record.report for record in records})
    texts = {name: each for name, each in found.items() if isinstance(each, Report)}
    facts, clashes = timeline(told, texts, case.tz)
    return PersonPage(
        row.name,
        next(iter(lines(case, [row]))),
        facts,
        clashes,
        tuple(mention_line(piece, record, texts) for piece, record in told),
        tuple(_alike(case, row, records)),
        tuple(_judged(case, records)),
        Right.LINK_PEOPLE in request.rights,
        Right.SEE_CONTACTS in request.rights,
    )


def person_of(case: Case, mention: str) -> Person:
    """The person whom a mention is of.

    Raises:
        Http404: There is no such mention, or it is not reckoned with.
    """
    number = Piece.objects.filter(case=case, name=mention, record="mention").values_list("number", flat=True).first()
    person = Member.objects.filter(case=case, number=number).values_list("person", flat=True).first()
    found = Person.objects.filter(case=case, number=person).first() if person is not None else None
    if found is None:
        raise Http404
    return found


# ── Who else may be the same ──


def _alike(case: Case, row: Person, records: Sequence[Mention]) -> Iterable[Alike]:
    """Who bears a like name and was not judged to be somebody else; those that fit best first."""
    fits = _fitting(case, {record.nominative or record.name or "" for record in records})
    persons = dict(Member.objects.filter(case=case, number__in=list(fits)).values_list("number", "person"))
    best: dict[int, float] = {}
    for number, number_of_person in persons.items():
        if number_of_person != row.number:
            best[number_of_person] = max(fits[number], best.get(number_of_person, 0.0))
    judged = Verdict.objects.filter(case=case, person=row.number, what="different")
    known = set(judged.values_list("with_person", flat=True))
    chosen = sorted((n for n in best if n not in known), key=lambda n: (-best[n], -n))[:_MOST_ALIKE]
    rows = {person.number: person for person in Person.objects.filter(case=case, number__in=chosen)}
    there = [rows[n] for n in chosen if n in rows]
    for person, told in zip(there, lines(case, there), strict=True):
        yield Alike(told, _how(best[person.number]), _seen(case, row, person))


def _fitting(case: Case, names: Iterable[str]) -> dict[int, float]:
    """Mentions whose name fits one of these, by number: all of its words, or else one long one."""
    found: dict[int, float] = {}
    for name in filter(None, names):
        words = [each.word for each in spellings.words(name)]
        for query, worth in ((name, 1.0), (max(words, key=len, default=""), _SINGLE if len(words) > 1 else 1.0)):
            for hit in find(case, query, (MENTION,), begun=False).hits.get(MENTION, ())[:60] if query else ():
                found[hit.number] = max(found.get(hit.number, 0.0), hit.fit * worth)
    return found


def _how(fit: float) -> str:
    if fit >= 0.9:
        return _("the same name")
    return _("a name that sounds so") if fit > _SINGLE else _("one name is alike")


def _seen(case: Case, row: Person, other: Person) -> str:
    """The decisions about the two that are seen when the page is."""
    both = Entry.objects.filter(case=case, name__in=_pairs(case, row, other)).values_list("number", "name")
    return ",".join(name for _, name in sorted(both))


def _pairs(case: Case, row: Person, other: Person) -> list[str]:
    told = mentions_of(case, [row.number, other.number])
    names = [{record.id for _, record in told[each.number]} for each in (row, other)]
    decided = decisions_about(case, names[0])
    every = {d.id: d for each in decided.values() for d in each if d.what in PAIRWISE}
    return [d.id for d in every.values() if {*d.about} & names[0] and {*d.about} & names[1]]


# ── Decisions ──


def _judged(case: Case, records: Sequence[Mention]) -> Iterable[Judged]:
    """The judgements of pairs that hold, about these mentions."""
    names = {record.id for record in records}
    every = {d.id: d for each in decisions_about(case, names).values() for d in each}
    gone = review.taken_back(every.values())
    for decision in every.values():
        about = {*decision.about}
        if decision.what in PAIRWISE and decision.id not in gone and len(about) > 1:
            others = tuple(sorted(_names(case, about if decision.what == "same" else about - names or about)))
            yield Judged(decision.id, decision.what, decision.by, decision.at, others)


def _names(case: Case, names: Iterable[str]) -> Iterable[str]:
    for piece in Piece.objects.filter(case=case, name__in=list(names), record="mention"):
        record = standing(piece) if piece.state != "redacted" else None
        if isinstance(record, Mention):
            yield record.nominative or record.name or record.role or record.quote


def judge(request: HttpRequest, case: Case, mention: str) -> HttpResponse:
    """Say of this person and another that they are the same, different, or that nobody can tell."""
    row = person_of(case, mention)
    what, other = request.POST.get("what", ""), request.POST.get("other", "")
    if what not in PAIRWISE or not other:
        return HttpResponseBadRequest(_("Say whether the two are the same, different, or whether you cannot tell."))
    them = person_of(case, other)
    if them.number == row.number:
        messages.info(request, _("They are one person already."))
        return redirect("person", case=case.slug, mention=row.name)
    seen = [name for name in request.POST.get("on", "").split(",") if name]
    known = Entry.objects.filter(case=case, name__in=seen, record="decision").values_list("name", flat=True)
    _decide(case, (row.name, them.name), what, request.user.username, {"on": sorted(known)})
    messages.success(request, _("Noted. It can be taken back below."))
    return redirect("person", case=case.slug, mention=row.name)


def undo(request: HttpRequest, case: Case, mention: str, decision: str) -> HttpResponse:
    """Take back a judgement about this person; it stays in the ledger, and so does that it was taken back."""
    row = person_of(case, mention)
    if not Entry.objects.filter(case=case, name=decision, record="decision").exists():
        raise Http404
    names = {record.id for _, record in mentions_of(case, [row.number])[row.number]}
    every = {d.id: d for each in decisions_about(case, names).values() for d in each}
    gone = review.taken_back(every.values())
    if decision in every and every[decision].what in PAIRWISE and decision not in gone:
        _decide(case, (decision,), "retract", request.user.username, {"on": [decision]})
        messages.success(request, _("Taken back."))
    else:
        messages.info(
            request, _("There is nothing to take back: it is no judgement about this person, or was taken back.")
        )
    return redirect("person", case=case.slug, mention=row.name)


def _decide(case: Case, about: tuple[str, ...], what: str, by: str, seen: dict[str, object]) -> None:
    last = Entry.objects.filter(case=case).order_by("-number").values_list("at", flat=True).first()
    at = moment(last).astimezone(case.tz).isoformat()
    append(case, [Decision(new("decision"), about, by, at, what, seen)], by=by)


# ── How to reach them ──


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """How to reach somebody, or who told of him or her."""

    template: ClassVar[str] = "people/contacts.html"
    id: str
    name: str | None
    contacts: tuple[str, ...]


def contacts_page(request: HttpRequest, case: Case, mention: str) -> ContactsPage:
    """Contact details of a person and of the calls that told of him or her; each look is noted."""
    row = person_of(case, mention)
    records = [record for _, record in mentions_of(case, [row.number])[row.number]]
    about = dict.fromkeys(name for record in records for name in (record.id, record.report))
    told = tuple(each for name in about for each in contacts.told(case, name))
    return ContactsPage(row.name, next(iter(lines(case, [row]))).name, told)
