"""The people of one report: who was met already, and what befell them from beginning to end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from atleast.lexicon import Form, Names, Pack, fold, names
from atleast.model import Evidence, Happening, Mention

from .persons import NameMark
from .tokens import Token


@dataclass(slots=True)
class Person:
    """One person as the report has told of him or her so far."""

    start: int
    end: int
    name: str | None
    nominative: str | None = None
    gender: str | None = None
    given: str | None = None  # folded, as far as it can be told
    families: frozenset[str] = frozenset()  # all nominatives that the family name may have, folded
    role: str | None = None
    place: str | None = None
    station: str | None = None
    happened: list[Happening] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def befell(self, new: Happening) -> None:
        """Add what befell; what is known already is only made fuller."""
        for n, old in enumerate(self.happened):
            if old.what == new.what and all(_fit(a, b) for a, b in _slots(old, new)):
                self.happened[n] = replace(
                    old,
                    at=_fuller(old.at, new.at),
                    detail=old.detail or new.detail,
                    alleged_by=old.alleged_by or new.alleged_by,
                    accused=old.accused or new.accused,
                    code=old.code or new.code,
                )
                return
        self.happened.append(new)


def _slots(old: Happening, new: Happening) -> Iterator[tuple[str | None, str | None]]:
    yield old.at, new.at
    yield old.detail, new.detail


def _fit(one: str | None, two: str | None) -> bool:
    return not one or not two or one == two or one.startswith(two) or two.startswith(one)


def _fuller(one: str | None, two: str | None) -> str | None:
    return max(one or "", two or "", key=len) or None


@dataclass(slots=True)
class Cast:
    """The people of a report in the order of the text, and those spoken of last."""

    pack: Pack
    people: list[Person] = field(default_factory=list)
    focus: list[Person] = field(default_factory=list)  # those whom the last sentence about people told of
    paragraph: int = -1  # in which that was
    upto: int = -1  # token behind it
    listing: str | None = None  # what befell those of a list that goes on line by line

    @property
    def names(self) -> Names:
        return names(self.pack)

    def known(self, given: str | None, families: frozenset[str]) -> Person | None:
        """Somebody of that name whom the report has named before."""
        for person in reversed(self.people):
            if person.families & families and (not given or not person.given or given == person.given):
                return person
        return None

    def called(self, word: str) -> Person | None:
        """The only person whose family name, or else given name, a single word is."""
        families = self.forms(word)
        found = [p for p in self.people if p.families & families]
        if not found:
            givens = {fold(f.nominative) for f in self.names.given(word)} or {fold(word)}
            found = [p for p in self.people if p.given in givens]
        return found[0] if len(found) == 1 else None

    def forms(self, word: str) -> frozenset[str]:
        """All nominatives that a family name may have, folded."""
        return self.names.families(word)

    def person(self, mark: NameMark, tokens: Sequence[Token], text: str, cases: Iterable[str] = ()) -> Person:
        """The person of a full name: the one met before, or a new one, not yet of the cast."""
        given = tokens[mark.given[0]].text if mark.given else None
        family = tokens[mark.family].text if mark.family is not None else None
        whole = self.whole(mark, tokens, cases) or self.whole(mark, tokens)
        forms = self.names.given(given) if given else ()
        firsts = {fold(form.nominative) for form in forms}
        first = fold(whole.nominative.split()[0]) if whole else firsts.pop() if len(firsts) == 1 else None
        families = self.forms(family) if family else frozenset[str]()
        written = text[tokens[mark.first].start : tokens[mark.last - 1].end]
        if known := self.known(first or (fold(given) if given and not forms else None), families):
            if whole and known.nominative is None and fold(known.name or "") != fold(whole.nominative):
                known.nominative = whole.nominative
            return known
        genders = {form.gender for form in forms}
        return Person(
            tokens[mark.first].start,
            tokens[mark.last - 1].end,
            written,
            whole.nominative if whole and fold(whole.nominative) != fold(written) else None,
            whole.gender if whole else genders.pop() if len(genders) == 1 else None,
            first or (fold(given) if given else None),
            families,
        )

    def whole(self, mark: NameMark, tokens: Sequence[Token], cases: Iterable[str] = ()) -> Form | None:
        """A full name as it stands alone, with the case that it stands in here; None when the words leave it open."""
        if not mark.given or mark.family is None or not self.names.changing:
            return None
        others = [tokens[i].text for i in (*mark.given[1:], mark.family)]
        return self.names.nominative(tokens[mark.given[0]].text, others, cases)

    def enter(self, person: Person) -> None:
        if person not in self.people:
            self.people.append(person)

    def mentions(self, report: str, text: str) -> Iterator[Mention]:
        """Everybody whom something befell, in the order of the text; ids are given later."""
        for p in sorted((p for p in self.people if p.happened), key=lambda p: p.start):
            yield Mention(
                id="",
                report=report,
                quote=text[p.start : p.end],
                start=p.start,
                end=p.end,
                name=p.name,
                nominative=p.nominative,
                role=p.role,
                place=p.place,
                station=p.station,
                happened=tuple(p.happened),
                evidence=tuple(p.evidence),
            )
