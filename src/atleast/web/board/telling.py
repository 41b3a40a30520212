"""What is told at length, each thing kept by itself: proofs, contradictions, revisions.

A large case has tens of thousands of them, and one more claim changes a few. So each is kept under a name that is made
of all that it says, and what is there under its name already is neither worded nor written again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from atleast.reckon import Cell, Contradiction, Revision, Tally
from atleast.tell import LANGUAGES
from atleast.web.house.models import Case
from atleast.web.pages import made, plain
from atleast.web.rows import erase, write
from atleast.web.shelf.models import Reckoned
from atleast.web.vault import vault

from . import parts
from .models import Told, ToldOf
from .shelf import LAST, VERSION, Question

WHY, CLASH, REVISION = "why", "clash", "revision"
_WORDED: Mapping[str, tuple[Callable[[Any, str], Any], Any]] = {
    WHY: (parts.why, parts.Why),
    CLASH: (parts.clash, parts.Clash),
    REVISION: (parts.revised, parts.Revised),
}
_KEY = ("case_id", "asked", "kind", "name")
_TOLD = (*_KEY, "about", "place", "body")
_OF = (*_KEY, "claimant", "claim")
NOBODY = 0
"""The claimant of a claim that tells none."""


class Thing(NamedTuple):
    """One thing to tell, and where it stands among its kind."""

    kind: str
    of: Any
    place: float = 0.0

    @property
    def about(self) -> str:
        """What it is found by: a row, a contradiction; a revision only among others."""
        match self.of:
            case Cell():
                return parts.row_id(self.of.key)
            case Contradiction():
                return parts.clash_id(self.of)
        return ""

    @property
    def claims(self) -> Iterable[str]:
        """The claims of a contradiction or of a revision."""
        match self.of:
            case Contradiction():
                return self.of.claims
            case Revision():
                return dict.fromkeys((*self.of.before.claims, *self.of.after.claims))
        return ()


def things(tally: Tally, proved: Iterable[Cell]) -> Iterator[Thing]:
    """All that is told of a tally: contradictions as they are ranked, revisions the latest first, and these proofs."""
    yield from (Thing(WHY, cell) for cell in proved)
    yield from (Thing(CLASH, clash, place) for place, clash in enumerate(tally.contradictions))
    yield from (Thing(REVISION, each, -each.after.moment.lo.timestamp()) for each in tally.revisions)


class Names:
    """The names of things: numbers that tell nothing, the same for what says the same. What was named is remembered."""

    def __init__(self) -> None:
        self._known: dict[str, dict[Any, int]] = {}

    def __call__(self, every: Iterable[Thing]) -> dict[tuple[str, int], Thing]:
        """These things by their kind and name."""
        known, self._known = self._known, {kind: {} for kind in _WORDED}
        found = {}
        for each in every:
            name = known.get(each.kind, {}).get(each.of)
            if name is None:
                name = vault().blind(f"{VERSION} {each.kind} {each.of!r}")
            self._known[each.kind][each.of] = name
            found[each.kind, name] = each
        return found


# ── Keeping ──


class _Change(NamedTuple):
    """What has to be written so that the right things are there."""

    gone: list[tuple[Any, ...]]
    told: list[tuple[Any, ...]]
    of: list[tuple[Any, ...]]
    moved: list[Told]


def changing(
    case: Case, question: Question, every: Mapping[tuple[str, int], Thing], claimant: Callable[[str], int]
) -> Callable[[], None]:
    """What writes these things in the place of those that are there, within a transaction. Wording and sealing is
    done before it.

    Args:
        claimant: Who said a claim, blind, as on the shelf.
    """
    mark, change = _mark(case, question), _change(case, question, every, claimant)

    def written() -> None:
        # Another process may have kept its answer in between.
        now = change if _mark(case, question) == mark else _change(case, question, every, claimant)
        for model in (Told, ToldOf):
            erase(model, _KEY, now.gone)
        write(Told, _TOLD, now.told)
        write(ToldOf, _OF, now.of)
        Told.objects.bulk_update(now.moved, ["place"], batch_size=200)

    return written


def _mark(case: Case, question: Question) -> Any:
    row = Reckoned.objects.filter(case=case, asked=question.code + LAST)
    return row.select_for_update().values_list("number", "made_at").first()


def _change(
    case: Case, question: Question, every: Mapping[tuple[str, int], Thing], claimant: Callable[[str], int]
) -> _Change:
    found = _of(case, question)
    there = {(kind, name): place for kind, name, place in found.values_list("kind", "name", "place")}
    asked = case.pk, question.code
    moved = [
        Told(case=case, asked=question.code, kind=kind, name=name, place=every[kind, name].place)
        for (kind, name), place in there.items()
        if (kind, name) in every and every[kind, name].place != place
    ]
    fresh = [(key, thing) for key, thing in every.items() if key not in there]
    return _Change(
        [(*asked, *key) for key in there if key not in every],
        [(*asked, *key, thing.about, thing.place, _sealed(case, key[1], thing)) for key, thing in fresh],
        [(*asked, *key, claimant(claim), claim) for key, thing in fresh for claim in thing.claims],
        moved,
    )


def _sealed(case: Case, name: int, thing: Thing) -> bytes:
    return vault().seal_json(_said(thing), of=f"told {case.pk} {name}")


def _said(thing: Thing) -> dict[str, Any]:
    word, _ = _WORDED[thing.kind]
    return {language: plain(word(thing.of, language)) for language in LANGUAGES}


def forget(case: Case, codes: Iterable[str] | None = None) -> None:
    """Forget what was told of a case; or what was told in answer to other questions than these."""
    for model in (Told, ToldOf):
        rows = model.objects.filter(case=case)
        (rows if codes is None else rows.exclude(asked__in=list(codes))).delete()


def differing(case: Case, question: Question, every: Mapping[tuple[str, int], Thing]) -> Iterator[str]:
    """The kinds of which other things are there than these, or say something else."""
    there = {(row.kind, row.name): row for row in _of(case, question)}
    for kind in _WORDED:
        now = {key for key in every if key[0] == kind}
        same = now == {key for key in there if key[0] == kind}
        if not same or any(_opened(case, there[key]) != _said(every[key]) for key in now):
            yield kind


# ── Reading ──


def _of(case: Case, question: Question) -> QuerySet[Told]:
    return Told.objects.filter(case=case, asked=question.code)


def told(case: Case, question: Question, kind: str) -> QuerySet[Told]:
    """All things of a kind, in their order."""
    return _of(case, question).filter(kind=kind).order_by("place", "name")


def told_of(case: Case, question: Question, kind: str, **whom: Any) -> QuerySet[Told]:
    """The things of a kind that rest on claims of a claimant, or on some claims; in their order."""
    of = ToldOf.objects.filter(case=case, asked=question.code, kind=kind, **whom)
    return told(case, question, kind).filter(name__in=of.values("name"))


def counted(case: Case, question: Question) -> Counter[tuple[int, str]]:
    """How many things of each kind rest on what each claimant said."""
    rows = ToldOf.objects.filter(case=case, asked=question.code).values_list("claimant", "kind")
    found = rows.annotate(count=Count("name", distinct=True)).order_by()
    return Counter({(claimant, kind): count for claimant, kind, count in found})


def said(case: Case, rows: Iterable[Told], language: str) -> tuple[Any, ...]:
    """Things in the words of a language."""
    return tuple(made(_WORDED[row.kind][1], _opened(case, row)[language]) for row in rows)


def _opened(case: Case, row: Told) -> dict[str, Any]:
    found: dict[str, Any] = vault().unseal_json(row.body, of=f"told {case.pk} {row.name}")
    return found
