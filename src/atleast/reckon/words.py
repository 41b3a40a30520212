"""What reckoning says, in words: every sentence comes from a template, in the reader's language.

`say(thing)` is the text of any part of a Tally; `lines(thing)` the same, line by line. Numbers are exact.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, singledispatch
from importlib.resources import files

from atleast.model import Dispatch, People, Trouble

from .results import (
    Aside,
    Bound,
    Cell,
    Contradiction,
    Documented,
    Event,
    Figure,
    Hold,
    Judgement,
    Key,
    Message,
    Proof,
    Question,
    Quote,
    Revision,
    Term,
)
from .rows import BESIDES
from .rules import WITH_DETENTIONS

# Of one figure, so many characters of its quote are shown; the claim's id leads to the rest.
MOST_QUOTED = 160
# So many mentions are listed by their ids; all of them stand in the JSON.
MOST_MENTIONS = 12


@cache
def templates(language: str = "en") -> Mapping[str, str]:
    """Every template of a language, by section and key: "rule.parts". English where the language is not known."""
    folder = files("atleast.reckon") / "messages"
    file = folder / f"{language.partition('-')[0]}.toml"
    text = (file if file.is_file() else folder / "en.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": words for section, keys in tomllib.loads(text).items() for key, words in keys.items()}


def say(thing: object, language: str = "en") -> str:
    """The thing in words, as a person would say it."""
    return "\n".join(lines(thing, language))


def lines(thing: object, language: str = "en") -> tuple[str, ...]:
    """The thing in words, line by line: the statement first, then its arithmetic, quotes and rules."""
    return tuple(_lines(thing, _Tongue(language)))


class _Tongue:
    """One language: its templates, and how the small things are said in it."""

    def __init__(self, language: str) -> None:
        self.templates = templates(language)

    def __call__(self, key: str, /, **gaps: object) -> str:
        return self.templates[key].format(**{name: self.gap(value) for name, value in gaps.items()})

    def gap(self, value: object) -> str:
        """What stands in a gap: a template of its own, a number, a figure, a row."""
        if isinstance(value, str):
            return self.templates.get(value, value)
        if isinstance(value, Figure):
            return f"{place(value.key)} {number(value)} ({self.speaker(value)})"
        if isinstance(value, Key):
            return self.row(value)
        if isinstance(value, People):
            return self.people(value)
        return str(value)

    def row(self, key: Key) -> str:
        """The name of a row: the place, what is counted, among whom, over what."""
        extra = [self.gap(f"among.{key.among}")] if key.among else []
        extra += [self.over(key.of)] if key.of else []
        quantity = self.gap(f"quantity.{key.quantity}") + (f" ({', '.join(extra)})" if extra else "")
        return self("line.row", place=place(key), quantity=quantity)

    def over(self, scope: str) -> str:
        """What is counted over, in words: "with detentions"; a scope of a report's own as it was given."""
        return self.templates.get(f"of.{scope}", scope)

    def people(self, people: People) -> str:
        """An interval of people; a contradictory one shows both figures."""
        if people.contradictory:
            return self("people.contradictory", low=people.low, high=people.high)
        if not people.known:
            return self("people.unknown")
        if people.high is None:
            return self("people.at_least", low=people.low)
        if people.low == people.high:
            return self("people.exact", low=people.low)
        return (
            self("people.range", low=people.low, high=people.high)
            if people.low
            else self("people.at_most", high=people.high)
        )

    def speaker(self, figure: Figure) -> str:
        """Who says so; people who are documented have no speaker, only a word for them."""
        return self.templates["line.documented_people"] if figure.people else figure.speaker

    def rules(self, names: Iterable[str]) -> str:
        return " ".join(self.templates[f"rule.{name}"] for name in names)


def place(key: Key) -> str:
    """A place as it stands in a sum: its own name, without what it lies in."""
    name, bracket, remark = key.place.partition(" (")
    return name.partition(", ")[0] + bracket + remark


def number(figure: Figure) -> str:
    """The number that was said."""
    low, high = figure.low, figure.high
    if figure.bound == "about":
        return f"≈{low}"
    if low is None or low == high:
        return str(high)
    return f"{low}+" if high is None else f"{low}–{high}"


@singledispatch
def _lines(thing: object, tongue: _Tongue) -> Iterator[str]:
    raise TypeError(f"nothing is said of a {type(thing).__name__}. Known are the parts of a Tally")


@_lines.register
def _(thing: Message, tongue: _Tongue) -> Iterator[str]:
    args = {
        k: re.sub(r"^(relay|text)\.", "slip.", v) if k == "what" and isinstance(v, str) else v
        for k, v in thing.args.items()
    }
    yield tongue(thing.key, **args)


@_lines.register
def _(thing: People, tongue: _Tongue) -> Iterator[str]:
    yield tongue.people(thing)


@_lines.register
def _(thing: Key, tongue: _Tongue) -> Iterator[str]:
    yield tongue.row(thing)


@_lines.register
def _(thing: Figure, tongue: _Tongue) -> Iterator[str]:
    if thing.people is not None:
        first_line, *rest = _lines(thing.people, tongue)
        yield f"{number(thing)}: {tongue('line.documented', people=first_line)}"
        yield from (f"  {line}" for line in rest)
        return
    first = thing.quotes[0]
    gaps = {"speaker": thing.speaker, "report": first.publisher or first.report, "quote": _short(first)}
    told = (
        tongue("line.figure", moment=thing.moment.shown, **gaps)
        if thing.moment.shown
        else tongue("line.figure_undated", **gaps)
    )
    others = len({q.report for q in thing.quotes} - {first.report})
    yield f"{number(thing)}: {told}" + (f" [{tongue('line.relays', count=others)}]" if others else "")


def _short(quote: Quote) -> str:
    words = " ".join(quote.words.split())
    return words if len(words) <= MOST_QUOTED else words[: MOST_QUOTED - 1] + "…"


@_lines.register
def _(thing: Proof, tongue: _Tongue) -> Iterator[str]:
    yield (
        f"{_sum(thing.terms, _by_place, tongue)} = {thing.total}"
        if len(thing.terms) > 1
        else _sum(thing.terms, _by_place, tongue)
    )
    yield from _figures((t.figure for t in thing.terms), tongue)
    if thing.rules:
        yield tongue("line.rules", rules=tongue.rules(thing.rules))


@_lines.register
def _(thing: Bound, tongue: _Tongue) -> Iterator[str]:
    yield tongue.people(thing.people)
    for end, proof in (("line.low", thing.low), ("line.high", thing.high)):
        if proof is not None and (proof.total or end == "line.high"):
            first, *rest = _lines(proof, tongue)
            yield tongue(end, total=proof.total, sum=first)
            yield from (f"  {line}" for line in rest)
    if thing.claimants:
        yield tongue("line.claimants", names=", ".join(thing.claimants))


@_lines.register
def _(thing: Cell, tongue: _Tongue) -> Iterator[str]:
    for side in ("independent", "authority", "joint"):
        bound: Bound = getattr(thing, side)
        first, *rest = _lines(bound, tongue)
        yield tongue("line.cell", row=thing.key, side=f"side.{side}", people=first)
        yield from (f"  {line}" for line in rest)
    if thing.documented is not None and not _proved_by(thing.joint.low, thing.documented):
        first, *rest = _lines(thing.documented, tongue)
        yield tongue("line.cell_documented", row=thing.key, people=first)
        yield from (f"  {line}" for line in rest)


def _proved_by(proof: Proof | None, people: Documented) -> bool:
    """Whether the proof has told of these people already."""
    return proof is not None and any(term.figure.people == people for term in proof.terms)


@_lines.register
def _(thing: Documented, tongue: _Tongue) -> Iterator[str]:
    key = "documented" if thing.by_name < thing.people else "all_named"
    yield tongue(f"people.{key if thing.by_name else 'nameless'}", count=thing.people, named=thing.by_name)
    ids = [f"{one.mention} ({one.role})" if one.role else one.mention for one in thing.someone]
    yield tongue("line.mentions", mentions=_few(ids, tongue))
    for judgement in thing.judgements:
        yield from _lines(judgement, tongue)
    if not thing.clique:
        yield tongue("line.no_fewer", count=thing.people - 1)
    if thing.elsewhere:
        yield tongue("line.elsewhere", count=thing.elsewhere)
    if not thing.exact:
        yield tongue("line.perhaps_more")


@_lines.register
def _(thing: Judgement, tongue: _Tongue) -> Iterator[str]:
    mentions = _few(thing.mentions, tongue)
    if thing.how == "one_list":
        key = "line.on_one_list" if thing.title else "line.on_one_list_untitled"
        yield tongue(key, title=thing.title, report=thing.report, mentions=mentions)
    else:
        by, decisions = ", ".join(thing.by), ", ".join(thing.decisions)
        yield tongue(f"line.judged_{thing.how}", mentions=mentions, by=by, decisions=decisions)


def _few(ids: Sequence[str], tongue: _Tongue) -> str:
    """Ids in a row, the first of many."""
    shown = ", ".join(ids[:MOST_MENTIONS])
    left = len(ids) - MOST_MENTIONS
    return tongue("line.and_more", shown=shown, count=left) if left > 0 else shown


@_lines.register
def _(thing: Contradiction, tongue: _Tongue) -> Iterator[str]:
    yield f"{tongue(f'kind.{thing.kind}')}: {tongue(thing.what, row=thing.key)}"
    yield f"  {arithmetic(thing, tongue)}"
    yield from (f"  {line}" for line in _figures(_all_figures(thing), tongue))
    if thing.rules:
        yield "  " + tongue("line.rules", rules=tongue.rules(thing.rules))
    if thing.assumes:
        yield "  " + tongue("line.assumes", rules=tongue.rules(thing.assumes))
    if thing.also:
        yield "  " + tongue("line.also", count=thing.also)
    for message in (*thing.mend, *thing.readings):
        yield from (f"  {line}" for line in _lines(message, tongue))


def arithmetic(thing: Contradiction, tongue: "_Tongue | str" = "en") -> str:
    """The contradiction as one line of arithmetic: "Yaroslavl Oblast 56 + … = 144 > 136 Russia"."""
    tongue = _Tongue(tongue) if isinstance(tongue, str) else tongue
    below, above = thing.below, thing.above
    if not thing.what.startswith("clash."):
        return _slip(below.terms[0].figure, [t.figure for t in above.terms])
    alike = {t.figure.key for t in (*below.terms, *above.terms)} == {thing.key}
    named = _by_speaker if alike and not above.terms[0].figure.others else _by_place
    left = _sum(below.terms, named, tongue) + (f" = {below.total}" if len(below.terms) > 1 else "")
    right = _sum(above.terms, named, tongue, after=True) + (f" = {above.total}" if len(above.terms) > 1 else "")
    core = [t for t in below.terms if t.figure in thing.core]
    if len(core) == len(below.terms):
        return f"{left} > {right}"
    enough = _sum(core, named, tongue) + (f" = {sum(t.value for t in core)}" if len(core) > 1 else "")
    return f"{left} > {right}; {tongue('line.already', sum=enough)}"


def _slip(wrong: Figure, told: Sequence[Figure]) -> str:
    """What an outlet printed beside what was said: "The Bugle 271 ≠ 271+ The Monitor", "The Echo 729 = 417 + 312"."""
    outlet = wrong.quotes[0].publisher or wrong.quotes[0].report
    there, here = (f" ({place(f.key)})" if wrong.key.place != told[0].key.place else "" for f in (wrong, told[0]))
    speakers = " + ".join(dict.fromkeys(f.speaker for f in told))
    sign = "≠" if len(told) == 1 else "="
    return f"{outlet}{there} {number(wrong)} {sign} {' + '.join(map(number, told))} {speakers}{here}"


Named = Callable[[Term, _Tongue], str]


def _by_place(term: Term, tongue: _Tongue) -> str:
    key = term.figure.key
    label = f"{tongue('line.others')}, {place(key)}" if term.figure.others else place(key)
    notes = [tongue.gap(f"among.{key.among}")] if key.among else []
    notes += [tongue.gap(f"quantity.{key.quantity}")] if key.quantity != "detained" else []
    if key.of and key.of != WITH_DETENTIONS:
        notes.append(tongue("line.besides_one") if key.of.startswith(BESIDES) else tongue.over(key.of))
    return label + (f" ({', '.join(notes)})" if notes else "")


def _by_speaker(term: Term, tongue: _Tongue) -> str:
    return tongue.speaker(term.figure)


def _sum(terms: Sequence[Term], named: Named, tongue: _Tongue, *, after: bool = False) -> str:
    """Terms as a sum; the name stands before the number, or after it on the right of a comparison."""
    said = ""
    for term in terms:
        times = "" if abs(term.times) == 1 else f"{abs(term.times)} × "
        sign = ("−" if term.times < 0 else "+") if said else ("−" if term.times < 0 else "")
        words = [f"{times}{term.value}", named(term, tongue)]
        said += f" {sign} " if said else sign
        said += " ".join(words if after else reversed(words))
    return said or tongue("line.nothing")


def _all_figures(thing: Contradiction) -> list[Figure]:
    return [term.figure for term in (*thing.below.terms, *thing.above.terms)]


def _figures(figures: Iterable[Figure], tongue: _Tongue) -> Iterator[str]:
    for figure in dict.fromkeys(figures):
        yield from _lines(figure, tongue)


@_lines.register
def _(thing: Revision, tongue: _Tongue) -> Iterator[str]:
    key = f"line.correction_{thing.why}" if thing.why else "line.growth"
    yield tongue(
        "line.revision", row=thing.key, before=number(thing.before), after=number(thing.after), speaker=thing.speaker,
        since=thing.before.moment.shown, until=thing.after.moment.shown,
    ) + f" ({tongue(key, called=thing.called)})"  # fmt: skip


@_lines.register
def _(thing: Hold, tongue: _Tongue) -> Iterator[str]:
    total = f"{_sum(thing.parts, _by_place, tongue)} = {thing.whole.number}"
    yield tongue(thing.what, row=thing.whole.key, sum=total)
    yield from (f"  {line}" for line in _figures((*(t.figure for t in thing.parts), thing.whole), tongue))


@_lines.register
def _(thing: Question, tongue: _Tongue) -> Iterator[str]:
    yield from _lines(thing.words, tongue)


@_lines.register
def _(thing: Aside, tongue: _Tongue) -> Iterator[str]:
    yield tongue("line.aside", claim=thing.claim, reason=" ".join(_lines(thing.reason, tongue)))


@_lines.register
def _(thing: Dispatch, tongue: _Tongue) -> Iterator[str]:
    yield tongue("line.dispatch", report=thing.report, source=thing.voice, count=len(thing.copies))
    for copy in thing.copies:
        name = copy.report if copy.publisher is None else f"{copy.report} ({copy.publisher})"
        yield "  " + tongue("line.copy", report=name, shared=copy.shared, whole=copy.whole)


@_lines.register
def _(thing: Event, tongue: _Tongue) -> Iterator[str]:
    yield tongue("line.total" if thing.total else "line.event", event=thing.name, count=thing.claims)


@_lines.register
def _(thing: Trouble, tongue: _Tongue) -> Iterator[str]:
    yield str(thing)
