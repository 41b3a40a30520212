"""The cues of a sentence heard one by one: who speaks in it, and who only passes it on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from .marks import Mark, Marks
from .shapes import shape
from .tokens import Layout, Sentence, Token
from .voice import Voice, words_between

_PERSONS = frozenset(("witness", "lawyer", "detainee"))  # who tell a monitor what they saw
_BODIES = frozenset(("monitor", "authority", "organisation"))
_REACH = 14  # words between a verb of saying and its subject, at most
_BARE_REACH = 3  # the same for "police" and other speakers without a name
_POST = ".post"  # of the label of a cue that stands behind its speaker
_AWAY = 2  # words between such a cue and its speaker, at most
_QUOTES = frozenset('«»„“”"')
_PARTING = frozenset(",;:.—–()")
_HOLDER = 4  # capitals of the name of who holds an office, at most
_DESCRIBED_AT_LENGTH = 8  # tokens between "reports" and a name
_DESCRIBED = 5  # "according to the independent non-governmental watchdog OVD-Info"


@shape
class Said:
    """A voice that a cue made a source."""

    voice: Voice
    cue: int
    strong: bool


@dataclass(slots=True)
class Hearing:
    """The cues of a sentence heard one by one: who speaks, and who only passes it on."""

    layout: Layout
    sentence: Sentence
    marks: Marks
    here: Sequence[Voice]
    quoted: Sequence[tuple[int, int]]
    strict: bool
    far: bool
    said: list[Said] = field(default_factory=list)
    relays: list[Voice] = field(default_factory=list)
    passing: list[Voice] = field(default_factory=list)  # outlets that only pass it on, if anybody else says it
    tokens: Sequence[Token] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.layout.tokens

    def hear(self, cue: Mark) -> None:
        after = next((v for v in self.here if v.first >= cue.last or cue.first < v.first < cue.last < v.last), None)
        gap = self._from_cue(cue, after) if after else 99
        if cue.label == "say":
            if not self._denied(cue):
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
            self.passing += [after] if after.kind == "media" else []
            self.relays += [v for v in self.here if 0 <= cue.first - v.last <= (8 if v.kind == "media" else 3)]
        elif after and gap <= self._gap(cue, after) and self._credited(after, cue):
            opens = words_between(self.tokens, self.sentence.first, cue.first) <= 2
            self._says(after, cue, strong=opens and after.kind in _BODIES)

    def _gap(self, cue: Mark, voice: Voice) -> int:
        """How many words may stand between "according to" and a speaker: more when they only describe it."""
        if cue.last - cue.first == 1 and self.tokens[cue.first].fold in self.layout.words("in_place"):
            return 0  # "nach", "по": more often of place than of a source
        seats = {j for i in range(cue.last, voice.first) for j in self._seat(i)}
        between = [self.tokens[i] for i in range(cue.last, voice.first) if i not in seats]
        plain = all((t.kind == "word" and not t.capital) or (seats and t.text in _QUOTES) for t in between)
        return _DESCRIBED + len(seats) if plain else 2

    def _seat(self, i: int) -> range:
        """The tokens of "registered in X" that begin there, which only describe a body."""
        mark = next((m for m in self.marks.get(i, ()) if m.head == "seat" and not m.tail), None)
        return range(mark.first, mark.last + 1) if mark else range(0)

    def _past_sort(self, cue: Mark, last: int) -> int:
        """Where a speaker's name may begin behind a cue: behind the word that tells its sort, "według portalu X"."""
        opened = last - 1 if last > cue.last and self.tokens[last - 1].text in _QUOTES else last
        if any(self.tokens[i].text in ",;:" for i in range(cue.last, opened)):
            return cue.last
        near = {*range(cue.last, min(opened, cue.last + 3)), *range(max(cue.last, opened - 3), opened)}
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
        self.said.append(Said(voice, cue.first, strong))

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
        if cue.first and self.tokens[cue.first - 1].fold in self.layout.words("infinitive"):
            return  # "gathered at the court to show their support"
        left, right = self._left(cue), self._right(cue)
        told_back = any(m.head == "looks_back" for m in self._right_before(cue))  # "об этом заявил X": X stands behind
        if right and not self.strict and (told_back or (self._turned(cue) and self._meets(cue, right))):
            self._says(right, cue)  # "40 задержаны на акции оппозиции, сообщает X"
            self.passing += [right] if right.kind == "media" else []
            return
        if left and right and (left.kind == "media") != (right.kind == "media") and self._touches(cue, right):
            teller, told = (right, left) if left.kind == "media" else (left, right)
            self.relays.append(told)
            self._says(teller, cue)
            return
        both = [v for v in (left, right) if v]
        near = left if self.strict and left else min(both, key=lambda v: self._distance(cue, v), default=None)
        if near:
            self._says(near, cue, strong=self._leads(max(cue.last, near.last)))

    def _right_before(self, cue: Mark) -> list[Mark]:
        near = range(max(self.sentence.first, cue.first - 4), cue.first)
        return [m for i in near for m in self.marks.get(i, ()) if m.last == cue.first]

    def _denied(self, cue: Mark) -> bool:
        """ "The ministry did not say how many", "СМИ предпочли не рассказывать": nothing is told."""
        return cue.first > self.sentence.first and self.tokens[cue.first - 1].fold in self.layout.words("negation")

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
            and (self.far or self._apart(v.last, cue.first) <= self._reach(cue, v) or self._round_aside(v, cue))
            and not self._parted(cue, v)
            and not self._told_on(v)
        ]
        subjects = [v for v in near if not self._object(v)]
        if opened := self._opened(cue):
            return opened
        if self.far:
            subjects = [v for v in subjects if not self._ended(v)]
            apart = [v for v in subjects if v.last < cue.first and self.tokens[v.last].text == ","]
            return next(iter(apart or subjects), None)
        return next(reversed([v for v in subjects if v not in self.relays] or subjects), None)

    def _told_on(self, voice: Voice) -> bool:
        """Whether an outlet only tells where it was said: "the group on its Telegram channel said"."""
        near = (m for i in range(max(self.sentence.first, voice.first - 3), voice.first) for m in self.marks.get(i, ()))
        return voice.kind == "media" and any(m.head == "occasion" and voice.last <= m.last for m in near)

    def _round_aside(self, voice: Voice, cue: Mark) -> bool:
        """ "Witnesses, who were standing in the square, said": a voice and its verb with an aside between commas."""
        opens = words_between(self.tokens, self.sentence.first, voice.first) == 0
        aside = voice.last < cue.first - 1 and self.tokens[voice.last].text == self.tokens[cue.first - 1].text == ","
        return opens and aside

    def _reach(self, cue: Mark, voice: Voice) -> int:
        """How far a verb may stand from its subject; a participle that closes the clause as far as from a name."""
        closes = cue.last >= self.sentence.last or self.tokens[cue.last].kind == "mark"
        return _REACH if closes and self.layout.pack.settings.get("bracket") else _reach(voice)

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
        behind = [v for v in behind if not self._told(v)] or behind  # "ha detto agli avvocati la polizia"
        near = next((v for v in behind if self._from_cue(cue, v, passed) <= 2), None)
        near = near or next((v for v in behind if self._described(cue, v)), None)
        if near and self._in_next_clause(cue.last, near.first):
            near = None
        if near is None or near.kind not in ("media", "monitor"):
            return near
        teller = next((v for v in behind if v.first >= near.last and v.kind != "media"), None)
        if teller is None or words_between(self.tokens, near.last, teller.first) > 4:
            return near
        if any(m.label == "citing" for i in range(near.last, teller.first) for m in self.marks.get(i, ())):
            return near
        if near.kind == "monitor" and (teller.kind not in _PERSONS or self._listed(near, teller)):
            return near
        self.relays.append(near)
        return teller

    def _in_next_clause(self, first: int, last: int) -> bool:
        """Whether a relative clause opens between: "200 Festnahmen gesprochen, über die die Aktivisten …"."""
        opened = next((i for i in range(first, last) if self.tokens[i].text == ","), last)
        relative = self.layout.words("relative") | self.layout.words("relative_articles")
        return any(self.tokens[i].fold in relative for i in range(opened, last))

    def _described(self, cue: Mark, voice: Voice) -> bool:
        """ "…, reports the US-based independent rights group X": what stands between only describes a name."""
        between = self.tokens[cue.last : voice.first]
        plain = all(t.kind == "word" or t.text in _QUOTES for t in between)
        known = voice.how.startswith("speakers:") and self._turned(cue)
        return known and plain and len(between) <= _DESCRIBED_AT_LENGTH

    def _listed(self, one: Voice, other: Voice) -> bool:
        """Whether a mark stands between two voices, so that the first was not told by the second."""
        return any(self.tokens[i].text in _PARTING for i in range(one.last, other.first))

    def _meets(self, cue: Mark, voice: Voice) -> bool:
        """Whether nothing but the word for its sort stands between a verb and a voice: "пишет агентство X"."""
        return words_between(self.tokens, self._past_sort(cue, voice.first), voice.first) == 0

    def _turned(self, cue: Mark) -> bool:
        """Whether the subject may stand behind: "…, said police", but not "Administrators said protesters …"."""
        return cue.first == self.sentence.first or self.tokens[cue.first - 1].kind == "mark"

    def _from_cue(self, cue: Mark, voice: Voice, passed: Collection[int] = ()) -> int:
        """Words between a cue and the speaker behind it, not counting where it was said: "said in Ankara the …"."""
        first, articles, inside = cue.last, self.layout.words("articles"), self.layout.words("in_place")
        skipped = set(passed)
        for i in range(first, voice.first):
            at = i + 1 + (i + 1 < voice.first and self.tokens[i + 1].fold in articles)
            if self.tokens[i].fold in inside and at < voice.first and self.tokens[at].capital:
                skipped |= {i, at}
        return self._apart(self._past_sort(cue, voice.first), voice.first, skipped)

    def _apart(self, first: int, last: int, passed: Collection[int] = ()) -> int:
        """Words between, not counting articles, where and when it was said, and the title that leads to an office."""
        articles, skipped = self.layout.words("articles"), set(passed)
        for i in range(first, last):
            for mark in self.marks.get(i, ()):
                if mark.head in ("occasion", "weekday", "day"):
                    skipped |= set(range(i, mark.last))
                elif mark.head == "month":  # "пишет 9 сентября газета …", "said on March 24, 2025"
                    near = (j for j in (i - 1, i, i + 1, i + 3) if first <= j < last)
                    skipped |= {j for j in near if j == i or self.tokens[j].kind == "number"}
                elif mark.head in ("title", "sort"):  # "the deputy head of the press department of …": all of it
                    skipped |= set(range(i, self._phrase_end(i, last)))
        skipped.update(self._aside(first, last))
        between = (i for i in range(first, last) if self.tokens[i].kind != "mark" and i not in skipped)
        return sum(self.tokens[i].fold not in articles for i in between)

    def _aside(self, first: int, last: int) -> range:
        """What stands between two commas right behind a speaker (a name or two apart) and right before the verb."""
        opened = first
        while opened < last and opened - first <= _HOLDER and self.tokens[opened].capital:
            opened += 1
        closed = last - 1
        if closed - opened < 2 or self.tokens[opened].text != "," or self.tokens[closed].text != ",":
            return range(0)
        return range(opened, closed)

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
        i = self._before(voice)
        headed = voice.kind != "media" and self._spoken_for(i)  # "le chef du SPVM, Marc Parent, a dit"
        return i >= 0 and self.tokens[i].fold in self.layout.words("objects") and not headed

    def _before(self, voice: Voice) -> int:
        """The token in front of a voice and its article."""
        i = voice.first - 1
        articles = self.layout.words("articles")
        while i > 0 and (
            self.tokens[i].fold in articles or self.tokens[i].kind == "genitive" or self.tokens[i].text in '«“"'
        ):
            i -= 1
        return i

    def _told(self, voice: Voice) -> bool:
        """Whether a voice behind the verb is who was told, not who told: no "of" is in front but a "to"."""
        words, i = self.layout.words, self._before(voice)
        return i >= 0 and self.tokens[i].fold in words("objects") - words("partitive")

    def _spoken_for(self, i: int) -> bool:
        """Whether who speaks for the voice stands before the preposition: "the press service of the police"."""
        near = (m for j in range(max(self.sentence.first, i - 3), i) for m in self.marks.get(j, ()))
        return any(m.head in ("speaks_for", "title") and m.last == i for m in near)

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

    def label(self) -> Said | None:
        """ "X: …" at the head of a sentence makes X the source of what follows."""
        for voice in self.here[:1]:
            at = voice.last
            while at < self.sentence.last and self.tokens[at].text in '»”"':
                at += 1
            lead = words_between(self.tokens, self.sentence.first, voice.first)
            if at < self.sentence.last and self.tokens[at].text == ":" and lead <= 1:
                return Said(voice, voice.first, strong=True)
        return None

    def signed(self) -> Said | None:
        """ "Over 100 arrested – OVD-Info": in a headline, whoever stands behind the last dash."""
        voice = self.here[-1] if self.here and self.sentence.paragraph in self.layout.headings else None
        if voice is None or words_between(self.tokens, voice.last, self.sentence.last):
            return None
        i = voice.first - 1
        while i > self.sentence.first and self.tokens[i].kind == "word" and voice.first - i <= 4:  # "- Russian …"
            i -= 1
        return (
            Said(voice, voice.first, strong=False) if self.tokens[i].text in "-–—" and i > self.sentence.first else None
        )

    def all(self) -> list[Said]:
        """Who spoke, one entry a voice; outlets that only passed it on are left out when somebody else did."""
        again = [Said(v, v.first, strong=True) for v in self.here if v.how.startswith("same: ")]
        self.said += [Said(v, v.first, strong=False) for v in self.here if self.said and self._gapped(v)]
        labelled = self.label() or self.signed()
        second = {v.name: v for v in self.passing}
        firm = any(s.voice.name not in second for s in self.said)
        said = [*(self.said if firm or not again else again), *([labelled] if labelled else [])]
        said = said or [Said(v, v.first, strong=False) for v in self.here if v.how.startswith("told: ")]
        if not said:
            said, self.relays = [Said(v, v.first, strong=False) for v in self.relays], []
        passed = {v.name for v in self.relays}
        best: dict[str, Said] = {}
        for one in [s for s in said if s.voice.name not in passed] or said:
            old = best.get(one.voice.name)
            best[one.voice.name] = Said(one.voice, old.cue, old.strong or one.strong) if old else one
        first_hand = [one for name, one in best.items() if name not in second]  # "citing X: this was said by Y"
        if first_hand:
            self.relays += [second[name] for name in best if name in second]
        return first_hand or list(best.values())


def _reach(voice: Voice) -> int:
    """How far the verb may stand from its subject: near for "police", farther for a body with a name."""
    bare = "{" in voice.name or (voice.how.startswith("office") and "police" in voice.name.lower())
    return _BARE_REACH if bare else _REACH
