"""Who says it: the cues that make a speaker the source, and which source owns which stretch of text.

A wrong claimant is worse than none, so a speaker without a cue is no source, and a source owns only its
own segment of a sentence. An outlet that passes on another's words is a relay, kept apart from the source.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from atleast.lexicon import Speaker, gazetteer, speakers

from .marks import Mark, Marks
from .numbers import numeral
from .tokens import Layout, Sentence, Token
from .voice import Voice, cues, words_between
from .voices import taken_up_again
from .where import PlaceMark

_PERSONS = frozenset(("witness", "lawyer", "detainee"))  # who tell a monitor what they saw
_BODIES = frozenset(("monitor", "authority", "organisation"))
_REACH = 14  # words between a verb of saying and its subject, at most
_BARE_REACH = 3  # the same for "police" and other speakers without a name
_POST = ".post"  # of the label of a cue that stands behind its speaker
_AWAY = 2  # words between such a cue and its speaker, at most
_QUOTES = frozenset('«»„“”"')
_PARTING = frozenset(",;:.—–()")
_DESCRIBED = 5  # "according to the independent non-governmental watchdog OVD-Info"
_TRAILING = 8  # a verb of saying so near to the full stop speaks for the whole sentence


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


def sources(
    layout: Layout,
    sentence: Sentence,
    marks: Marks,
    found: Sequence[Voice],
    before: Sequence[Voice],
    monitor: Voice | None = None,
    quoted: Sequence[tuple[int, int]] = (),
    *,
    strict: bool = False,
    far: bool = False,
) -> list[Source]:
    """Which of the voices of a sentence are the source of what.

    Args:
        found: The voices of this sentence.
        before: The voices that were sources earlier in the text, last first; for "the ministry", "it".
        monitor: The only monitor that the text names anywhere; for "a group that counts arrests".
        quoted: What stands in quotation marks; nobody inside is the subject of a verb outside.
        strict: The subject stands before the verb, as in English.
        far: The verb stands last in the sentence, however far its subject, as in Turkish.
    """
    again = taken_up_again(layout, sentence, marks, [*before, *([monitor] if monitor else [])], found)
    here = _joint(layout, sorted([*(_meant(layout, v, monitor) for v in found), *again], key=lambda v: v.first))
    within = [(a, b) for a, b in quoted if a < sentence.last and sentence.first < b]
    if not here:
        return []
    hearing = _Hearing(layout, sentence, marks, here, within, strict or far, far)
    for cue in sorted(cues(sentence, marks), key=lambda c: c.label != "relay"):
        hearing.hear(cue)
    return list(_segments(hearing, before))


def _meant(layout: Layout, voice: Voice, monitor: Voice | None) -> Voice:
    """ "a human rights organisation", "die Bürgerrechtler": the only monitor that the text names, if it names one."""
    if monitor is None or voice.kind != "monitor" or voice.how.startswith("speakers:"):
        return voice
    definite = voice.first > 0 and layout.tokens[voice.first - 1].fold in layout.words("definite")
    if not (definite or voice.how.endswith("as written")):
        return voice
    return monitor._replace(first=voice.first, last=voice.last, how=f"{voice.how}: {monitor.name}")


def _joint(layout: Layout, here: Sequence[Voice]) -> list[Voice]:
    """The voices of a sentence, two that only "and" joins as one: "lawyers and witnesses said"."""
    joints, made = layout.words("joints"), list(here[:1])
    for voice in here[1:]:
        one = made[-1]
        between = layout.tokens[one.last : voice.first]
        alike = ("{" in one.name) == ("{" in voice.name) and one.kind != "media" and voice.kind != "media"
        if alike and len(between) == 1 and between[0].fold in joints and one.name != voice.name:
            name, how = f"{one.name} and {voice.name}", f"{one.how}; {voice.how}"
            made[-1] = one._replace(name=name, last=voice.last, how=how, office=None)
        else:
            made.append(voice)
    return made


def owner(owning: Sequence[Source], at: int) -> Source | None:
    """The source that owns token `at`: of those whose stretch holds it, the one whose cue is nearest."""
    holding = [s for s in owning if s.first <= at < s.last]
    return min(holding, key=lambda s: (abs(s.cue - at), s.cue), default=None)


def filled(voice: Voice, place: str | None, country: str | None, near: Sequence[PlaceMark]) -> str | None:
    """The canonical name of a voice, its {place} or {country} filled in; None when that is not known."""
    name = voice.name
    own = next((m.place.key for m in near if _beside(voice, m)), None)
    key = own or place
    if voice.office and (known := _office(voice.office, key, country, beside=own is not None)):
        return known
    if "{place}" in name:
        if name == "{place} police" and country and key in (None, country) and not _city_state(country):
            return f"Police of {country}"
        if not key or (key == country and not name.startswith("Authorities") and not _city_state(key)):
            return None
        name = name.replace("{place}", key.split(",")[0])
    if "{country}" in name and country:
        name = name.replace("{country}", country)
    return None if "{" in name else name


def _city_state(key: str) -> bool:
    """Whether a country is a city: "Hong Kong police"."""
    capital = gazetteer().capital(key)
    return capital is not None and capital.key == f"{key}, {key}"


def _office(form: str, key: str | None, country: str | None, *, beside: bool) -> str | None:
    """Whose office is meant: that of the place spoken of, if it has one, else the country's.

    "The ministry" and "the government" are the country's unless another place stands beside them.
    """
    local = speakers().of(form, key) if key and key != country else None
    national = (_spoken_for if key == country else speakers().of)(form, country) if country else None
    if national and not beside and {"ministry", "government", "committee"} & set(national.heads):
        local = None
    found = local or national
    return found.name if found else None


def _spoken_for(form: str, key: str) -> Speaker | None:
    """The office of a country by its form, or by the form without the one who speaks for it: "police spokesman"."""
    words = form.split()
    shorter = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
    return next((known for each in shorter if (known := speakers().of(each, key))), None)


def _beside(voice: Voice, mark: PlaceMark) -> bool:
    inside = voice.first <= mark.first < voice.last
    return inside or abs(mark.first - voice.last) <= 1 or mark.last == voice.first


@dataclass(frozen=True, slots=True)
class _Said:
    """A voice that a cue made a source."""

    voice: Voice
    cue: int
    strong: bool


@dataclass(slots=True)
class _Hearing:
    """The cues of a sentence heard one by one: who speaks, and who only passes it on."""

    layout: Layout
    sentence: Sentence
    marks: Marks
    here: Sequence[Voice]
    quoted: Sequence[tuple[int, int]]
    strict: bool
    far: bool
    said: list[_Said] = field(default_factory=list)
    relays: list[Voice] = field(default_factory=list)

    @property
    def tokens(self) -> Sequence[Token]:
        return self.layout.tokens

    def hear(self, cue: Mark) -> None:
        after = next((v for v in self.here if v.first >= cue.last), None)
        gap = self._apart(self._past_sort(cue, after.first), after.first) if after else 99
        if cue.label == "say":
            self._say(cue)
        elif cue.label.endswith(_POST):
            self._behind(cue)
        elif cue.label == "by.own":
            self._own_account(cue)
        elif cue.label == "count_of":
            self._count_of(cue)
        elif after and cue.label == "relay" and gap <= 1:
            self.relays.append(after)
        elif after and cue.label == "citing" and gap <= 2 and not self._on_word_of(after, cue):
            self._says(after, cue)
            self.relays += [v for v in self.here if 0 <= cue.first - v.last <= (8 if v.kind == "media" else 3)]
        elif after and gap <= self._gap(cue, after) and self._credited(after, cue):
            opens = words_between(self.tokens, self.sentence.first, cue.first) <= 2
            self._says(after, cue, strong=opens and after.kind in _BODIES)

    def _gap(self, cue: Mark, voice: Voice) -> int:
        """How many words may stand between "according to" and a speaker: more when they only describe it."""
        between = self.tokens[cue.last : voice.first]
        if cue.last - cue.first == 1:
            return 0
        return _DESCRIBED if all(t.kind == "word" and not t.capital for t in between) else 2

    def _past_sort(self, cue: Mark, last: int) -> int:
        """Where a speaker's name may begin behind a cue: behind the word that tells its sort, "według portalu X"."""
        near = range(cue.last, min(last, cue.last + 3))
        sorts = [m for i in near for m in self.marks.get(i, ()) if m.label == "again.outlet" or m.head == "sort"]
        return max((m.last for m in sorts if m.last <= last), default=cue.last)

    def _behind(self, cue: Mark) -> None:
        """A word that stands behind its speaker: "OVD-Info zufolge", "Valiliğe göre", "Reuters'a konuşan"."""
        before = next((v for v in reversed(self.here) if v.last <= cue.first), None)
        if before is None or words_between(self.tokens, before.last, cue.first) > _AWAY:
            return
        if cue.head == "relay":
            self.relays.append(before)
        else:
            opens = words_between(self.tokens, self.sentence.first, before.first) <= 2
            self._says(before, cue, strong=opens and before.kind in _BODIES)

    def _own_account(self, cue: Mark) -> None:
        """ "Die Polizei nahm eigenen Angaben zufolge 40 fest": whoever acts in the sentence says so."""
        actors = [v for v in self.here if v.last <= cue.first and v.kind in _BODIES and not self._object(v)]
        if actors:
            self._says(actors[-1], cue)

    def _on_word_of(self, witness: Voice, cue: Mark) -> bool:
        """ "OVD-Info said, citing eyewitnesses": a body that counts answers for what witnesses told it."""
        near = (v for v in self.here if v.last <= cue.first and words_between(self.tokens, v.last, cue.first) <= 3)
        return witness.kind == "witness" and any(v.kind in _BODIES for v in near)

    def _says(self, voice: Voice, cue: Mark, *, strong: bool = False) -> None:
        self.said.append(_Said(voice, cue.first, strong))

    def _credited(self, voice: Voice, cue: Mark) -> bool:
        """ "according to X", or "у X" at the head of the sentence when X is a monitor."""
        leads = voice.kind == "monitor" and cue.first <= self.here[0].first
        apart = any(self.tokens[i].text in ",;" for i in range(cue.last, voice.first))
        return not apart and (cue.label == "by" or (cue.label == "by_monitor" and leads))

    def _count_of(self, cue: Mark) -> None:
        """ "OVD-Info's count": the owner of the count speaks."""
        owners = [v for v in self.here if v.last <= cue.first and words_between(self.tokens, v.last, cue.first) <= 2]
        if owners and any(self.tokens[i].kind == "genitive" for i in range(owners[0].last, cue.first)):
            self._says(owners[0], cue)

    def _say(self, cue: Mark) -> None:
        """A verb of saying: its subject is the nearest voice; a newspaper on the other side was only told."""
        left, right = self._left(cue), self._right(cue)
        if left and right and (left.kind == "media") != (right.kind == "media") and self._touches(cue, right):
            teller, told = (right, left) if left.kind == "media" else (left, right)
            self.relays.append(told)
            self._says(teller, cue)
            return
        both = [v for v in (left, right) if v]
        near = left if self.strict and left else min(both, key=lambda v: self._distance(cue, v), default=None)
        if near:
            self._says(near, cue, strong=self._leads(max(cue.last, near.last)))

    def _leads(self, i: int) -> bool:
        """Whether the clause ends with a colon: what follows is what was said."""
        while i < self.sentence.last and (self.tokens[i].kind != "mark" or self.tokens[i].text in _QUOTES):
            i += 1
        return i < self.sentence.last and self.tokens[i].text == ":"

    def _parted(self, cue: Mark, voice: Voice) -> bool:
        """Whether quotation marks stand round the voice and not round the cue, or the other way round."""
        return any((a < cue.first < b) != (a < voice.first < b) for a, b in self.quoted)

    def _touches(self, cue: Mark, voice: Voice) -> bool:
        return words_between(self.tokens, cue.last, voice.first) == 0

    def _left(self, cue: Mark) -> Voice | None:
        """The last voice in front that may be the subject; outlets that only relay come last."""
        near = [
            v
            for v in self.here
            if v.last <= cue.first
            and (self.far or words_between(self.tokens, v.last, cue.first) <= _reach(v))
            and not self._parted(cue, v)
        ]
        subjects = [v for v in near if not self._object(v)]
        if opened := self._opened(cue):
            return opened
        if self.far:
            subjects = [v for v in subjects if not self._ended(v)]
            apart = [v for v in subjects if v.last < cue.first and self.tokens[v.last].text == ","]
            return next(iter(apart or subjects), None)
        return next(reversed([v for v in subjects if v not in self.relays] or subjects), None)

    def _opened(self, cue: Mark) -> Voice | None:
        """The subject of a clause such as "wie die Polizei am Abend dem Sender sagte": it opens the clause."""
        openers = self.layout.words("says_openers")
        before = reversed(range(self.sentence.first, cue.first))
        at = next((i for i in before if self.tokens[i].fold in openers or self.tokens[i].text in ";:"), cue.first)
        return next(
            (v for v in self.here if at < v.first and v.last <= cue.first and self._apart(at, v.first) <= 3), None
        )

    def _right(self, cue: Mark) -> Voice | None:
        """The voice right behind the verb; of "рассказал «Дождю» мэр" the mayor."""
        if self.strict and not self.far and not self._turned(cue):
            return None
        if cue.last < self.sentence.last and self.tokens[cue.last].fold in self.layout.words("about"):
            return None  # "сообщили о задержаниях организаторов": what was told, not who told it
        passed = {i for v in self.relays for i in range(v.first - 2, v.last)}  # "в эфире «Дождя»" is no distance
        behind = [v for v in self.here if v.first >= cue.last and v not in self.relays and not self._parted(cue, v)]
        near = next((v for v in behind if self._apart(cue.last, v.first, passed) <= 2), None)
        if near is None or near.kind not in ("media", "monitor"):
            return near
        teller = next((v for v in behind if v.first >= near.last and v.kind != "media"), None)
        if teller is None or words_between(self.tokens, near.last, teller.first) > 4:
            return near
        if near.kind == "monitor" and (teller.kind not in _PERSONS or self._listed(near, teller)):
            return near
        self.relays.append(near)
        return teller

    def _listed(self, one: Voice, other: Voice) -> bool:
        """Whether a mark stands between two voices, so that the first was not told by the second."""
        return any(self.tokens[i].text in _PARTING for i in range(one.last, other.first))

    def _turned(self, cue: Mark) -> bool:
        """Whether the subject may stand behind: "…, said police", but not "Administrators said protesters …"."""
        return cue.first == self.sentence.first or self.tokens[cue.first - 1].kind == "mark"

    def _apart(self, first: int, last: int, passed: Collection[int] = ()) -> int:
        """Words between, not counting articles, where and when it was said, and the title that leads to an office."""
        articles, skipped = self.layout.words("articles"), set(passed)
        for i in range(first, last):
            for mark in self.marks.get(i, ()):
                if mark.head in ("occasion", "weekday", "day"):
                    skipped |= set(range(i, mark.last))
                elif mark.head == "month":  # "пишет 9 сентября газета …"
                    skipped |= {j for j in (i - 1, i) if j >= first and (j == i or self.tokens[j].kind == "number")}
                elif mark.head == "title":  # "the deputy head of the press department of …": all of it
                    skipped |= set(range(i, self._phrase_end(i, last)))
        between = (i for i in range(first, last) if self.tokens[i].kind != "mark" and i not in skipped)
        return sum(self.tokens[i].fold not in articles for i in between)

    def _phrase_end(self, first: int, last: int) -> int:
        return next((i for i in range(first, last) if self.tokens[i].text in _PARTING), last)

    def _distance(self, cue: Mark, voice: Voice) -> float:
        if voice.last <= cue.first:  # "… the police station, said X": where the verb may come first, X
            commas = sum(self.tokens[i].text == "," for i in range(voice.last, cue.first))
            return words_between(self.tokens, voice.last, cue.first) + (0 if self.strict else commas)
        return words_between(self.tokens, cue.last, voice.first) + 0.5

    def _ended(self, voice: Voice) -> bool:
        """Whether an ending or a word behind makes the voice no subject: "OVD-Info'ya", "polis tarafından"."""
        behind = self.tokens[voice.last].fold if voice.last < self.sentence.last else ""
        return bool(self.tokens[voice.last - 1].ending) or behind in self.layout.words("objects_behind")

    def _object(self, voice: Voice) -> bool:
        """Whether a preposition in front makes the voice no subject: "abusive force by police"."""
        i = voice.first - 1
        articles = self.layout.words("articles")
        while i > 0 and (
            self.tokens[i].fold in articles or self.tokens[i].kind == "genitive" or self.tokens[i].text in '«“"'
        ):
            i -= 1
        return i >= 0 and self.tokens[i].fold in self.layout.words("objects")

    def _gapped(self, voice: Voice) -> bool:
        """Whether a verb of saying said before is left out: "organisers counted 900, the ministry about 360"."""
        before, behind = voice.first - 1, voice.last
        while before > self.sentence.first and (
            self.tokens[before].fold in self.layout.words("articles") or self.tokens[before].text in '«“"'
        ):
            before -= 1
        said = any(s.cue < before for s in self.said)
        joined = self.tokens[before].text in ",–—;" or self.tokens[before].fold in self.layout.words("conjunctions")
        behind = self._past_dash(behind)
        if not joined or not said or behind >= self.sentence.last:
            return False
        hedged = any(m.tail == "before" for m in self.marks.get(behind, ()))
        return hedged or self.tokens[behind].kind == "number" or self.tokens[behind].fold in self.layout.pack.numbers

    def _past_dash(self, i: int) -> int:
        """Behind the dash that stands for the verb, and the preposition behind it: "the monitors — of 60"."""
        while i < self.sentence.last and self.tokens[i].text in '»”"':
            i += 1
        if i + 2 < self.sentence.last and self.tokens[i].text in "—–-":
            i += 1 + (self.tokens[i + 1].fold in self.layout.words("stops"))
        return i

    def label(self) -> _Said | None:
        """ "X: …" at the head of a sentence makes X the source of what follows."""
        for voice in self.here[:1]:
            at = voice.last
            while at < self.sentence.last and self.tokens[at].text in '»”"':
                at += 1
            lead = words_between(self.tokens, self.sentence.first, voice.first)
            if at < self.sentence.last and self.tokens[at].text == ":" and lead <= 1:
                return _Said(voice, voice.first, strong=True)
        return None

    def signed(self) -> _Said | None:
        """ "Over 100 arrested – OVD-Info": in a headline, whoever stands behind the last dash."""
        voice = self.here[-1] if self.here and self.sentence.paragraph in self.layout.headings else None
        if voice is None or words_between(self.tokens, voice.last, self.sentence.last):
            return None
        i = voice.first - 1
        while i > self.sentence.first and self.tokens[i].kind == "word" and voice.first - i <= 4:  # "- Russian …"
            i -= 1
        return (
            _Said(voice, voice.first, strong=False)
            if self.tokens[i].text in "-–—" and i > self.sentence.first
            else None
        )

    def all(self) -> list[_Said]:
        """Who spoke, one entry a voice; outlets that only passed it on are left out when somebody else did."""
        again = [_Said(v, v.first, strong=True) for v in self.here if v.how.startswith("same: ")]
        self.said += [_Said(v, v.first, strong=False) for v in self.here if self.said and self._gapped(v)]
        labelled = self.label() or self.signed()
        said = [*(self.said or again), *([labelled] if labelled else [])]
        said = said or [_Said(v, v.first, strong=False) for v in self.here if v.how.startswith("told: ")]
        if not said:
            said, self.relays = [_Said(v, v.first, strong=False) for v in self.relays], []
        passed = {v.name for v in self.relays}
        best: dict[str, _Said] = {}
        for one in [s for s in said if s.voice.name not in passed] or said:
            old = best.get(one.voice.name)
            best[one.voice.name] = _Said(one.voice, old.cue, old.strong or one.strong) if old else one
        return list(best.values())


def _reach(voice: Voice) -> int:
    """How far the verb may stand from its subject: near for "police", farther for a body with a name."""
    bare = "{" in voice.name or (voice.how.startswith("office") and "police" in voice.name.lower())
    return _BARE_REACH if bare else _REACH


def _segments(hearing: _Hearing, before: Sequence[Voice]) -> Iterator[Source]:
    """The stretch that each source owns: from its part of the sentence on if it is alone, else what it was heard on."""
    sentence, said = hearing.sentence, hearing.all()
    aside = {one.voice.name: span for one in said if (span := _bracket(hearing, one))}
    for one in (one for one in said if one.voice.name in aside):  # "about 170 (about 120 according to X)"
        yield Source(one.voice, (), one.cue, *aside[one.voice.name], strong=False)
    said = [one for one in said if one.voice.name not in aside]
    semicolons = (i for i in range(sentence.first, sentence.last) if hearing.tokens[i].text == ";")
    cuts = [sentence.first, *semicolons, sentence.last]
    passed = tuple(dict.fromkeys(v.name for v in hearing.relays))
    stretches = [] if len(said) == 1 else [s for a, b in pairwise(cuts) for s in _stretches(hearing, said, a, b)]
    for one in said:
        voice = _whose(one.voice, passed, before)
        relay = tuple(name for name in passed if name != voice.name)
        if len(said) == 1:
            first = (
                sentence.first if sentence.last - one.cue <= _TRAILING else max(a for a in cuts[:-1] if a <= one.cue)
            )
            if _goes_against(hearing, one):
                first = _start(one)
            a, b = _besides(hearing, one)
            yield Source(voice, relay, one.cue, max(first, a, _clause_alone(hearing, one)), b, one.strong)
        else:
            a, b = next((a, b) for whose, a, b in stretches if whose is one)
            yield Source(voice, relay, one.cue, a, b, one.strong)


def _bracket(hearing: _Hearing, one: _Said) -> tuple[int, int] | None:
    """The brackets round a source and a number of its own."""
    tokens, sentence = hearing.tokens, hearing.sentence
    first = next((i for i in range(_start(one) - 1, sentence.first - 1, -1) if tokens[i].text in "()"), None)
    last = next((i for i in range(_stop(one), sentence.last) if tokens[i].text in "()"), None)
    if first is None or last is None or tokens[first].text != "(" or tokens[last].text != ")":
        return None
    return (first, last) if _numbers(hearing, first, last) else None


def _stretches(hearing: _Hearing, said: Sequence[_Said], a: int, b: int) -> Iterator[tuple[_Said, int, int]]:
    """What each of the sources between tokens `a` and `b` was heard on.

    One that stands behind what it said ("… 40, X reported, …") owns what came before, back to the source before it;
    one that leads ("X spoke of 40") what comes after, up to the next.
    """
    here = sorted((one for one in said if a <= one.cue < b), key=_start)
    if len(here) < 2:
        yield from ((one, a, b) for one in here)
        return
    free = a  # where what nobody owns yet begins
    for one, then in zip(here, [*here[1:], None], strict=True):
        start, stop = _start(one), _stop(one)
        until = _start(then) if then else b
        told, follows = _numbers(hearing, free, start), _numbers(hearing, stop, until)
        if not follows or (told and _closes(hearing, stop, b)):
            yield one, free, stop
            free = stop
        else:
            if then and len(follows) > 1 and not _closes_between(hearing, follows[-1], until):  # "… 3,5 selon X"
                until = _last_clause(hearing, follows)
            yield one, start, until
            free = until


def _clause_alone(hearing: _Hearing, one: _Said) -> int:
    """Where the part begins that "according to X" in its middle is said of.

    "Thousands marched, in Moscow according to AFP over a thousand": the thousands have a clause of their own.
    """
    first, tokens = hearing.sentence.first, hearing.tokens
    inline = any(m.label == "by" and m.first == one.cue for m in hearing.marks.get(one.cue, ()))
    commas = [i for i in range(first, _start(one)) if tokens[i].text == ","]
    if not inline or not commas or not _numbers(hearing, first, commas[-1]):
        return first
    clause = next(
        (i for i in range(_stop(one), hearing.sentence.last) if tokens[i].text in ",;:"), hearing.sentence.last
    )
    counted = _numbers(hearing, commas[-1], clause)
    return commas[-1] + 1 if counted and _start(one) < counted[-1] else first


def _besides(hearing: _Hearing, one: _Said) -> tuple[int, int]:
    """What is left to the only source known when "according to" somebody unknown opens another clause."""
    sentence, tokens = hearing.sentence, hearing.tokens
    first, last = sentence.first, sentence.last
    passed = {v.first for v in hearing.relays}
    for cue in cues(sentence, hearing.marks) if hearing.layout.pack.capitals_tell else ():
        known = (_start(one) <= cue.last and cue.first < _stop(one)) or passed & set(range(cue.last, cue.last + 4))
        spatial = cue.last - cue.first == 1 and tokens[cue.first].fold in hearing.layout.words(
            "in_place"
        )  # "по всей …"
        named = any(t.capital for t in tokens[cue.last : min(last, cue.last + 3)])
        if cue.label != "by" or known or spatial or not named:
            continue
        commas = [i for i in range(min(cue.last, _stop(one)), max(cue.first, _start(one))) if tokens[i].text in ",;"]
        if commas and cue.first < one.cue:
            first = max(first, commas[-1] + 1)
        elif commas:
            last = min(last, commas[0])
    return first, last


def _closes_between(hearing: _Hearing, first: int, last: int) -> bool:
    return any(_closes(hearing, i, last) for i in range(first, last))


def _last_clause(hearing: _Hearing, numbers: Sequence[int]) -> int:
    """Where the clause of the last of several numbers begins."""
    cuts = (i for i in range(numbers[-1] - 1, numbers[0], -1) if _closes(hearing, i, numbers[-1]))
    return next(cuts, numbers[-1] + 1)


def _start(one: _Said) -> int:
    return min(one.voice.first, one.cue)


def _stop(one: _Said) -> int:
    return max(one.voice.last, one.cue + 1)


def _numbers(hearing: _Hearing, first: int, last: int) -> list[int]:
    """The tokens of numbers there that may count people: no day of a month, no days or years."""
    tokens, found = hearing.tokens, []
    for i in range(first, last):
        dated = any(m.head in ("month", "block") for m in hearing.marks.get(i + 1, ()))
        if numeral(tokens[i], hearing.layout.pack) and not dated:
            found.append(i)
    return found


def _closes(hearing: _Hearing, at: int, last: int) -> bool:
    """Whether a clause ends right there."""
    while at < last and (hearing.tokens[at].text in '»”"' or _of_count(hearing, at)):
        at += 1
    return (
        at >= last
        or hearing.tokens[at].text in ",.;—–)"
        or hearing.tokens[at].fold in hearing.layout.words("conjunctions")
    )


def _of_count(hearing: _Hearing, at: int) -> bool:
    """The "figures" of "according to ministry figures"."""
    return any(m.head == "count_of" for m in hearing.marks.get(at, ()))


def _goes_against(hearing: _Hearing, one: _Said) -> bool:
    """ "40 were detained, and X puts the figure at 60": only the second count is X's."""
    near = range(max(hearing.sentence.first, one.cue - 2), min(hearing.sentence.last, one.cue + 3))
    if any(m.label == "count_of.spoken" for i in near for m in hearing.marks.get(i, ())):
        return True
    start, first, last = _start(one), hearing.sentence.first, hearing.sentence.last
    while start > first and hearing.tokens[start - 1].fold in hearing.layout.words("in_place"):
        start -= 1
    against = start > first and hearing.tokens[start - 1].fold in hearing.layout.words("against")
    return against and bool(_numbers(hearing, first, start)) and bool(_numbers(hearing, _stop(one), last))


def _whose(voice: Voice, passed: Sequence[str], before: Sequence[Voice]) -> Voice:
    """ "A source told the agency" is that agency's source, and "the source" later on is the same."""
    if voice.name != "source":
        return voice
    known = next((v.name for v in before if v.name.endswith(" source")), None)
    return voice._replace(name=known or (f"{passed[0]} source" if passed else "source"))
