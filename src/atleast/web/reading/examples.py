"""What the reader missed or got wrong, as a new example for its language pack: in the form of tests/examples.

Only the passages are taken in which something was corrected, and only once everything in them was decided about.
People's names are replaced as far as they are known; a name that nobody read stays, and whoever takes the example out
is told.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

from atleast.lexicon import spellings
from atleast.model import Claim, Happening, Mention, Report, encode
from atleast.web.house.models import Case
from atleast.web.ledger.reading import report as found_report
from atleast.web.pages import note
from atleast.web.shelf.models import Piece

from .proposals import Stands, standings

_RIGHT = ("accepted", "edited")
_OPEN = ("proposed", "waiting", "disputed", "unsure")
# Whose publisher may be a private person.
_PRIVATE = frozenset({"call", "note", "post"})
# Speakers who are people, and no offices or bodies.
_PEOPLE = frozenset({"lawyer", "witness", "detainee"})
_BY_HAND = "review"


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """An example as it would leave the desk. `left` counts the readings in its passages that are open."""

    template: ClassVar[str] = "reading/example.html"
    report: str
    text: str
    lines: tuple[str, ...]
    replaced: int
    left: int
    names: bool


def example(request: HttpRequest, case: Case, report: str) -> Any:
    """Show the example that a report gives; on POST, take it out."""
    text = found_report(case, report)
    if text is None:
        raise Http404
    names = (request.POST if request.method == "POST" else request.GET).get("names") == "1"
    pieces = Piece.objects.filter(case=case, report=report).order_by("start", "number").values_list("name", flat=True)
    stands = [each for each, _past in standings(case, pieces).values()]
    page = _page(text, stands, names)
    if request.method != "POST":
        return page
    if page.left or not page.lines:
        return HttpResponseBadRequest(_("There is nothing to take out yet."))
    note(request, "took out an example with names" if names else "took out an example", page="example", about=report)
    answer = HttpResponse(
        "".join(f"{line}\n" for line in page.lines), content_type="application/x-ndjson; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="example.jsonl"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _page(text: Report, stands: Sequence[Stands], names: bool) -> ExamplePage:
    taught = [each for each in stands if _teaches(each)]
    passages = [span for span in _passages(text.text) if any(_within(each.record, span) for each in taught)]
    inside = [each for each in stands if any(_within(each.record, span) for span in passages)]
    left = sum(each.state in _OPEN for each in inside)
    people = _Names([] if names else [each.original for each in stands] + [each.record for each in stands])
    cut = _Cut(text.text, passages, people)
    right = [each.record for each in inside if each.state in _RIGHT]
    made = [each for each in right if names or isinstance(each, Claim)]
    lines = tuple(encode(each) for each in _records(text, made, cut)) if passages else ()
    return ExamplePage(text.id, cut.text, lines, cut.replaced, left, names)


def _teaches(stands: Stands) -> bool:
    """Whether the reader missed it, or got it wrong."""
    missed = _BY_HAND in stands.original.readers and not stands.instead_of
    return stands.state in ("edited", "rejected") or (missed and stands.state in _RIGHT)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text, as offsets."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _within(record: Claim | Mention, span: tuple[int, int]) -> bool:
    return record.start < span[1] and span[0] < record.end


def _records(text: Report, right: Iterable[Claim | Mention], cut: "_Cut") -> Iterator[Report | Claim | Mention]:
    """The example as records: what the text says of itself, and each claim with its quote where it stands now."""
    name = f"example-{secrets.token_hex(4)}"
    publisher = None if text.kind in _PRIVATE else text.publisher
    yield Report(name, publisher, text.kind, language=text.language, published=text.published, text=cut.text)
    for number, each in enumerate(sorted(right, key=lambda each: (each.start, each.end)), 1):
        start, end = cut.at(each.start), cut.at(each.end)
        bare = replace(each, id=f"{name}#{number}", report=name, start=start, end=end, quote=cut.text[start:end])
        bare = replace(bare, readers=(), evidence=(), extra={})
        yield _claim(bare, cut) if isinstance(bare, Claim) else _mention(bare)


def _claim(claim: Claim, cut: "_Cut") -> Claim:
    claimant = cut.people.hidden(claim.claimant) if claim.claimant_kind in _PEOPLE else claim.claimant
    return replace(claim, note=None, tier=None, claimant=claimant, of=cut.people.hidden(claim.of))


def _mention(mention: Mention) -> Mention:
    happened = tuple(replace(each, extra={}) if isinstance(each, Happening) else each for each in mention.happened)
    return replace(mention, happened=happened)


class _Names:
    """The names that were read in a report, and what stands in their place."""

    def __init__(self, records: Iterable[Claim | Mention]) -> None:
        self._keys: dict[str, int] = {}
        for person, name in enumerate(dict.fromkeys(filter(None, (each for r in records for each in _named(r))))):
            for word in spellings.words(name):
                for key in _keys(word.word):
                    self._keys.setdefault(key, person)

    def spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where names stand in a text, and whose; words of a name that stand side by side are one."""
        named = [word for word in spellings.words(text) if not text[word.start].islower()]
        found = [(w.start, w.end, person) for w in named if (person := self._whose(w.word)) is not None]
        joined: list[tuple[int, int, int]] = []
        for start, end, person in found:
            if joined and not text[joined[-1][1] : start].strip(" .-\u00a0"):
                joined[-1] = (joined[-1][0], end, joined[-1][2])
            else:
                joined.append((start, end, person))
        yield from joined

    def hidden(self, text: str | None) -> str | None:
        """A text without the names."""
        if text is None:
            return None
        for start, end, person in reversed(list(self.spans(text))):
            text = text[:start] + self.letter(person) + text[end:]
        return text

    def letter(self, person: int) -> str:
        return f"N. {chr(ord('A') + person % 26)}."

    def _whose(self, word: str) -> int | None:
        return next((self._keys[key] for key in _keys(word) if key in self._keys), None)


@cache
def _keys(word: str) -> tuple[str, ...]:
    """Under which a name's word is found in other cases and spellings, too."""
    # Consonants alone are left out: too many other words have the same.
    found = (*spellings.keys(word), *spellings.asked(word), *spellings.loosely(word))
    return tuple(key for key in dict.fromkeys(found) if key[0] not in ".:")


def _named(record: Claim | Mention) -> Iterator[str | None]:
    if isinstance(record, Mention):
        yield record.nominative
        yield record.name
        yield from (each.alleged_by for each in record.happened)
    elif record.claimant_kind in _PEOPLE:
        yield record.claimant


class _Cut:
    """A text of which some passages are kept and names are replaced; `at` says where an offset has come to stand."""

    def __init__(self, text: str, passages: Sequence[tuple[int, int]], people: _Names) -> None:
        self.people, self.replaced = people, 0
        self._marks: list[tuple[int, int]] = []
        made, length = list[str](), 0
        for number, (start, end) in enumerate(passages):
            lead = "\n" if number else ""
            for old, words in self._parts(text[start:end], start):
                self._marks.append((old, length + len(lead)))
                made.append(lead + words)
                length, lead = length + len(lead) + len(words), ""
            self._marks.append((end, length))
        self.text = "".join(made)

    def _parts(self, passage: str, at: int) -> Iterator[tuple[int, str]]:
        done = 0
        for start, end, person in self.people.spans(passage):
            yield at + done, passage[done:start]
            yield at + start, self.people.letter(person)
            self.replaced += 1
            done = end
        yield at + done, passage[done:]

    def at(self, offset: int) -> int:
        """Where this place of the text stands now; within a name, at its beginning."""
        old, new = next(mark for mark in reversed(self._marks) if mark[0] <= offset)
        following = next((mark for mark in self._marks if mark[0] > old), (old, len(self.text)))
        return min(new + offset - old, following[1])
