"""Who says it: speakers, the cues that make one the source, and which source owns which stretch of text.

A wrong claimant is worse than none, so a speaker without a cue is no source, and a source owns only its
own segment of a sentence. An outlet that passes on another's words is a relay, kept apart from the source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atleast.lexicon import Speakers
from atleast.lexicon.letters import nominative, romanised

from .marks import Mark, Marks
from .tokens import Layout, Sentence, Token
from .where import PlaceMark

_BODIES = frozenset(("monitor", "authority", "organisation"))
_REACH = 9  # tokens between a verb of saying and its speaker, at most


@dataclass(frozen=True, slots=True)
class Voice:
    """A possible speaker at tokens `first` up to `last`. The name may hold {place} or {country} to be filled."""

    name: str
    kind: str
    first: int
    last: int
    how: str
    heads: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker made the source of what stands between tokens `first` and `last`."""

    voice: Voice
    relay: tuple[str, ...]
    cue: int  # token of the cue
    first: int
    last: int
    strong: bool  # "X: …" and "according to X …" go on into the next sentences of the paragraph
    inherited: bool = False


def voices(layout: Layout, sentence: Sentence, marks: Marks, speakers: Speakers, country: str | None) -> list[Voice]:
    """All who might be speaking in a sentence, in order, longest first where they overlap."""
    found = list(_registered(layout, sentence, speakers, country)) + list(_roles(layout.tokens, sentence, marks))
    found += _quoted(layout, sentence, marks, found) + _persons(layout, sentence, marks, found)
    found += [_headquarters(layout.tokens, v) for v in found if "{who}" in v.name]
    found = [_with_name(layout.tokens, v, sentence) if v.name.startswith("mayor") else v for v in found]
    found.sort(key=lambda v: (v.first, -v.last, "{" in v.name))
    kept: list[Voice] = []
    found = _outlets(layout.tokens, found)
    for voice in found:
        if not kept or voice.first >= kept[-1].last:
            kept.append(voice)
        elif voice.last > kept[-1].last:
            kept[-1] = voice
    return kept


def sources(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice], before: Sequence[Voice], monitor: Voice | None = None, *, strict: bool = False) -> list[Source]:
    """Which of the voices of a sentence are the source of what.

    Args:
        found: The voices of this sentence.
        before: The voices that were sources earlier in the text, last first; for "the ministry", "it".
        monitor: The only monitor that the text names anywhere; for "a group that counts arrests".
        strict: The subject stands before the verb, as in English.
    """
    again = _again(layout.tokens, sentence, marks, [*before, *([monitor] if monitor else [])], found)
    here = sorted([*found, *again], key=lambda v: v.first)
    relays: list[Voice] = []
    made: list[tuple[Voice, int, bool]] = []
    for cue in sorted(_cues(sentence, marks), key=lambda c: c.label != "relay"):
        _apply(cue, here, layout.tokens, made, relays, strict)
    made += [(v, v.first, True) for v in here if v.how.startswith("same: ")]
    made += _labels(layout.tokens, sentence, here)
    if not made and relays:
        made = [(voice, voice.first, False) for voice in relays]
        relays = []
    return list(_segments(layout.tokens, sentence, _one_each(made, relays), relays))


def _registered(layout: Layout, sentence: Sentence, speakers: Speakers, country: str | None) -> Iterator[Voice]:
    tokens, i = layout.tokens, sentence.first
    while i < sentence.last:
        token = tokens[i]
        stop = 0
        if token.kind == "word" and len(token.text) > 1:
            for stop in range(min(sentence.last, i + 2 * speakers.longest), i, -1):
                form = layout.text[token.start : tokens[stop - 1].end]
                if not (token.capital or tokens[i - 1].text in "«“\"" if i else token.capital):
                    stop = 0
                    break
                speaker = speakers.named(form) or (speakers.of(form, country) if country else None)
                if speaker:
                    yield Voice(speaker.name, speaker.kind, i, stop, f"speakers: {form}", speaker.heads, speaker.country)
                    break
            else:
                stop = 0
        i = max(i + 1, stop)


def _quoted(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """An outlet nobody registered, in quotes beside a word of saying: пишет «Чита.ру»."""
    tokens, made = layout.tokens, []
    taken = {i for v in found for i in range(v.first, v.last)}
    for cue in _cues(sentence, marks):
        if cue.label == "count_of" or cue.last + 1 >= sentence.last or tokens[cue.last].text not in "«“":
            continue
        stop = next((i for i in range(cue.last + 1, min(sentence.last, cue.last + 6)) if tokens[i].text in "»”"), 0)
        if stop and cue.last + 1 not in taken and tokens[cue.last + 1].capital:
            name = layout.text[tokens[cue.last + 1].start : tokens[stop - 1].end]
            made.append(Voice(romanised(name), "media", cue.last + 1, stop, "a name in quotes beside a word of saying"))
    return made


def _persons(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """A person with first and last name right beside a verb of saying."""
    tokens, made = layout.tokens, []
    taken = {i for v in found for i in range(v.first, v.last)}
    for cue in _cues(sentence, marks):
        if cue.label not in ("say", "by"):
            continue
        at = cue.last
        while at < sentence.last and (tokens[at].kind == "mark" or at in taken) and at < cue.last + 5:
            at += 1
        for first in (at, cue.first - 2):
            pair = range(first, first + 2)
            if first >= sentence.first and first + 2 <= sentence.last and all(_nameable(tokens[i]) and i not in taken for i in pair):
                name = romanised(f"{tokens[first].text} {tokens[first + 1].text}")
                made.append(Voice(name, "witness", first, first + 2, f"a name beside {cue.source}"))
                break
    return made


def _nameable(token: Token) -> bool:
    return token.capital and len(token.text) > 2 and not token.text.isupper()


def _headquarters(tokens: Sequence[Token], voice: Voice) -> Voice:
    """ "штаб Навального": whose staff it is stands behind; the city is filled in later."""
    stem = tokens[voice.first].fold[:4]
    named = (i for i in range(1, len(tokens)) if tokens[i].capital and tokens[i - 1].fold.startswith(stem))
    at = voice.last if voice.last < len(tokens) and tokens[voice.last].capital else next(named, None)
    if at is None:
        return replace(voice, name="campaign headquarters")
    who = romanised(nominative(tokens[at].text))
    return replace(voice, name=voice.name.replace("{who}", who), last=at + 1 if at == voice.last else voice.last)


def _with_name(tokens: Sequence[Token], voice: Voice, sentence: Sentence) -> Voice:
    """An office holder whose name stands beside the office: "мэр города Евгений …"."""
    for first in (voice.last, voice.last + 1, voice.first - 2):
        pair = range(first, first + 2)
        if first >= sentence.first and first + 2 <= sentence.last and all(_nameable(tokens[i]) for i in pair):
            words = [tokens[i].text for i in pair]
            if _by(tokens, voice):
                words = [nominative(word) for word in words]
            name = romanised(" ".join(words))
            return replace(voice, name=f"{name} ({voice.name})", first=min(voice.first, first), last=max(voice.last, first + 2))
    return voice


def _by(tokens: Sequence[Token], voice: Voice) -> bool:
    """Whether a voice stands in the genitive: its own last letter tells ("мэра")."""
    return tokens[voice.first].fold.endswith(("а", "ы", "и")) and not tokens[voice.first].fold.isascii()


def _outlets(tokens: Sequence[Token], found: Sequence[Voice]) -> list[Voice]:
    """A reporter, source or witness of an outlet is one voice: "a Reuters witness", "корреспондент РБК"."""
    roles = [v for v in found if v.kind == "of_outlet"]
    kept = [v for v in found if v.kind != "of_outlet" and v.name and "{who}" not in v.name]
    for role in roles:
        outlet = next((v for v in kept if v.kind == "media" and (_words(tokens, v.last, role.first) == 0 <= role.first - v.last or _words(tokens, role.last, v.first) == 0 <= v.first - role.last)), None)
        kind, _, word = role.name.partition(".")
        if word == "source" and not outlet:
            kept.append(replace(role, name=word, kind=kind))
        if outlet:
            first, last = min(outlet.first, role.first), max(outlet.last, role.last)
            kept.append(replace(outlet, name=f"{outlet.name} {word}", kind=kind, first=first, last=last, how=f"{outlet.how}; {role.how}"))
    kept.sort(key=lambda v: (v.first, -v.last, "{" in v.name))
    return kept


def _roles(tokens: Sequence[Token], sentence: Sentence, marks: Marks) -> Iterator[Voice]:
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.head == "speaker":
                kind, _, name = mark.tail.partition(".")
                yield Voice(name, kind, i, mark.last, mark.source)


def _again(
    tokens: Sequence[Token], sentence: Sentence, marks: Marks, before: Sequence[Voice], found: Sequence[Voice]
) -> list[Voice]:
    """Speakers taken up again: "the ministry", "it", "ведомство"."""
    taken = {i for voice in found for i in range(voice.first, voice.last)}
    taken_up: list[Voice] = []
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.head != "again" or taken & set(range(mark.first, mark.last)):
                continue
            if mark.tail in ("it", "they") and (any(v.last <= i for v in found) or any(v.last <= i for v in taken_up)):
                continue
            who = _antecedent(mark, tokens, before)
            if who:
                lead = "same: " if mark.tail == "same" else ""
                taken_up.append(replace(who, first=i, last=mark.last, how=f"{lead}{mark.source}, taken up from {who.name}"))
    return taken_up


def _antecedent(mark: Mark, tokens: Sequence[Token], before: Sequence[Voice]) -> Voice | None:
    if mark.tail in ("it", "they", "same"):
        return before[0] if before else None
    kind, _, head = mark.tail.partition(".")
    words = {tokens[i].fold for i in range(mark.first, mark.last)}
    fitting = [v for v in before if v.kind == kind]
    by_head = [v for v in fitting if words & set(v.heads) or head in v.name.lower()]
    return (by_head or (fitting if head not in ("ministry",) else []) or [None])[0]


def _cues(sentence: Sentence, marks: Marks) -> Iterator[Mark]:
    for i in range(sentence.first, sentence.last):
        for mark in marks.get(i, ()):
            if mark.label in ("say", "by", "by_monitor", "relay", "citing", "count_of"):
                yield mark


def _apply(cue: Mark, here: Sequence[Voice], tokens: Sequence[Token], made: list[tuple[Voice, int, bool]], relays: list[Voice], strict: bool) -> None:
    after = next((v for v in here if v.first >= cue.last), None)
    gap = _words(tokens, cue.last, after.first) if after else 99
    if cue.label == "relay":
        if after and gap <= 1:
            relays.append(after)
    elif cue.label == "citing":
        if after and gap <= 2:
            made.append((after, cue.first, False))
            relays += [v for v in here if v.last <= cue.first and cue.first - v.last <= 3]
    elif cue.label in ("by", "by_monitor"):
        fits = after and (cue.label == "by" or (after.kind == "monitor" and cue.first <= here[0].first))
        if after and fits and gap <= (2 if cue.last - cue.first > 1 else 0):
            made.append((after, cue.first, after.kind in _BODIES))
    elif cue.label == "count_of":
        owner = next((v for v in here if v.last <= cue.first and _words(tokens, v.last, cue.first) <= 2), None)
        if owner and any(tokens[i].kind == "genitive" for i in range(owner.last, cue.first)):
            made.append((owner, cue.first, False))
    else:
        _say(cue, here, tokens, made, relays, strict)


def _say(cue: Mark, here: Sequence[Voice], tokens: Sequence[Token], made: list[tuple[Voice, int, bool]], relays: list[Voice], strict: bool) -> None:
    """A verb of saying: its subject is the nearest voice; a newspaper on the other side was only told."""
    left = [v for v in here if v.last <= cue.first and _words(tokens, v.last, cue.first) <= _reach(v) and not _object(v, tokens)]
    told = {i for v in relays for i in range(v.first - 2, v.last)}  # "в эфире «Дождя»" does not count as distance
    right = [v for v in here if v.first >= cue.last and v not in relays and sum(tokens[i].kind != "mark" and i not in told for i in range(cue.last, v.first)) <= 2]
    left = [v for v in left if v not in relays] or left
    if right and right[0].kind == "media":  # "рассказал «Дождю» мэр": told to the one, by the other
        behind = [v for v in here if v.first >= right[0].last and v.kind != "media" and _words(tokens, right[0].last, v.first) <= 1]
        if behind:
            relays.append(right[0])
            right = behind
    one, two = (left[-1] if left else None), (right[0] if right else None)
    if one and two and (one.kind == "media") != (two.kind == "media") and _words(tokens, cue.last, two.first) == 0:
        teller, told = (two, one) if one.kind == "media" else (one, two)
        made.append((teller, cue.first, False))
        relays.append(told)
        return
    near = one if strict and one else min((v for v in (one, two) if v), key=lambda v: _distance(v, cue, tokens), default=None)
    if near:
        colon = any(tokens[i].text == ":" for i in range(cue.last, min(len(tokens), max(cue.last, near.last) + 3)))
        made.append((near, cue.first, colon))


def _reach(voice: Voice) -> int:
    """How far the verb may stand from its subject: near for "police", farther for a body with a name."""
    return 3 if "{" in voice.name else _REACH


_OBJECT = frozenset(("by", "of", "to", "with", "against", "from", "for", "on"))


def _object(voice: Voice, tokens: Sequence[Token]) -> bool:
    """Whether a preposition in front makes the voice no subject: "abusive force by police"."""
    i = voice.first - 1
    while i > 0 and tokens[i].fold in ("the", "a", "an", "'s") or (i > 0 and tokens[i].text in "«“\""):
        i -= 1
    return i >= 0 and tokens[i].fold in _OBJECT


def _distance(voice: Voice, cue: Mark, tokens: Sequence[Token]) -> float:
    if voice.last <= cue.first:
        return _words(tokens, voice.last, cue.first)
    return _words(tokens, cue.last, voice.first) + 0.5


def _words(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many words, not counting marks, stand between two tokens."""
    return sum(tokens[i].kind != "mark" for i in range(first, last))


def _labels(tokens: Sequence[Token], sentence: Sentence, here: Sequence[Voice]) -> Iterator[tuple[Voice, int, bool]]:
    """ "X: …" at the head of a sentence makes X the source of what follows."""
    for voice in here[:1]:
        at = voice.last
        while at < sentence.last and tokens[at].text in "»”\"":
            at += 1
        lead = _words(tokens, sentence.first, voice.first)
        if at < sentence.last and tokens[at].text == ":" and lead <= 1:
            yield voice, voice.first, True


def _one_each(made: Sequence[tuple[Voice, int, bool]], relays: Sequence[Voice]) -> list[tuple[Voice, int, bool]]:
    """One entry a voice, the outlets that only passed it on left out when somebody else is the source."""
    passed = {v.name for v in relays}
    speaking = [m for m in made if m[0].name not in passed] or list(made)
    best: dict[str, tuple[Voice, int, bool]] = {}
    for voice, cue, strong in speaking:
        old = best.get(voice.name)
        best[voice.name] = (voice, old[1] if old else cue, strong or bool(old and old[2]))
    return list(best.values())


def _segments(
    tokens: Sequence[Token], sentence: Sentence, made: Sequence[tuple[Voice, int, bool]], relays: Sequence[Voice]
) -> Iterator[Source]:
    """The stretch that each source owns: the whole sentence if it is alone, else what lies nearest to its cue."""
    cuts = [sentence.first, *(i for i in range(sentence.first, sentence.last) if tokens[i].text == ";"), sentence.last]
    passed = tuple(dict.fromkeys(v.name for v in relays))
    for voice, cue, strong in made:
        if voice.name == "source" and passed:
            voice = replace(voice, name=f"{passed[0]} source")
        relay = tuple(name for name in passed if name != voice.name)
        if len(made) == 1:
            first = max(a for a in cuts[:-1] if a <= cue)
            yield Source(voice, relay, cue, first, sentence.last, strong)
            continue
        for a, b in zip(cuts, cuts[1:], strict=False):
            if a <= cue < b:
                yield Source(voice, relay, cue, a, b, strong)


def owner(owning: Sequence[Source], at: int) -> Source | None:
    """The source that owns token `at`: of those whose stretch holds it, the one whose cue is nearest."""
    holding = [s for s in owning if s.first <= at < s.last]
    return min(holding, key=lambda s: (abs(s.cue - at), s.cue), default=None)


def filled(voice: Voice, place: str | None, country: str | None, near: Sequence[PlaceMark]) -> str | None:
    """The canonical name of a voice, its {place} or {country} filled in; None when that is not known."""
    name = voice.name
    if "{who}" in name:
        return None
    if "{place}" in name:
        beside = next((m.place.key for m in near if abs(m.first - voice.last) <= 1 or voice.first <= m.first < voice.last or m.last == voice.first), None)
        key = beside or place
        if not key or (key == country and not name.startswith("Authorities")):
            return None
        name = name.replace("{place}", key.split(",")[0])
    if "{country}" in name:
        if not country:
            return None
        name = name.replace("{country}", country)
    return None if "{" in name else name
