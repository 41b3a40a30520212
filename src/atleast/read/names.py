"""Speakers that no list holds, by their names: bodies, persons, and the short forms that a text gives to either.

A body shows itself by a word of its name ("the Uganda Law Society"), a person by standing beside a word of saying;
who speaks for a body is that body.
"""

from collections.abc import Iterator, Mapping, Sequence

from atleast.lexicon import Pack, gazetteer, names
from atleast.lexicon.letters import romanised

from .marks import Mark, Marks
from .tokens import Layout, Sentence, Token
from .voice import Voice, cues, words_between

_OFFICES = frozenset(("authority", "monitor", "organisation"))
_TO_NAME = 4  # tokens from an office to the name of who holds it: a rank, a town
_LONGEST = 4  # words of a person's name, at most
_ASIDE = 14  # tokens of "Ann Lee, spokeswoman for the northern branch of the Law Society", behind the name


# ---------------------------------------------------------------- bodies


def bodies(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """Bodies by their full name: anywhere where a word of it tells what they are, else beside a word of saying."""
    if sentence.paragraph in layout.headings:  # every word of a headline may have a capital
        return []
    told = list(_telling(layout, sentence, marks, found))
    return told + list(_beside_cue(layout, sentence, marks, [*found, *told]))


def _telling(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> Iterator[Voice]:
    """ "the Socialist Doctors Association", "Kampala Metropolitan Police"."""
    tokens, past = layout.tokens, sentence.first
    links, articles = layout.words("name_links"), layout.words("articles") - layout.words("partitive")
    bodies = marks.of("body")
    roles = {j for v in found if "{" in v.name and v.last - v.first > 1 for j in range(v.first, v.last)}
    for i in sentence.capitals if layout.pack.capitals_tell else ():
        if i < past:
            continue
        stop = _before_day(tokens, i, _run(tokens, i, sentence.last, links), links, marks)
        first = _begin(tokens, i, stop, links, articles, marks)
        first = _with_owners(tokens, first, sentence.first)
        here = [m for m in bodies if first <= m.first < stop] if bodies else ()
        told = [m for m in here if tokens[m.first].capital and m.first not in roles]  # no "Deputy Police Chief"
        if _known(layout, first, stop, found, marks):
            pass
        elif told and sum(t.capital for t in tokens[first:stop]) > 1:
            yield _body(layout, first, stop, told)
        elif not told and (word := _called(layout, first, stop, sentence, marks)):
            yield Voice(
                layout.shown(first, stop), word.tail, first, max(stop, word.last), f"a name beside {word.source}"
            )
        past = stop


def _with_owners(tokens: Sequence[Token], first: int, sentence: int) -> int:
    """Where a name begins that many own: the "Students" of "the Students' Union"."""
    owned = first - 2 > sentence and tokens[first - 1].text in "'’" and tokens[first - 1].start == tokens[first - 2].end
    return first - 2 if owned and tokens[first - 2].capital and tokens[first - 2].fold.endswith("s") else first


def _before_day(tokens: Sequence[Token], first: int, stop: int, links: frozenset[str], marks: Marks) -> int:
    """Where a run of capitals ends once a day in it is left out: "Lagos State Police on Sunday"."""
    if not (marks.of("month") or marks.of("weekday")):
        return stop
    days = (m.first for head in ("month", "weekday") for m in marks.of(head) if first <= m.first < stop)
    stop = min(days, default=stop)
    while stop > first and tokens[stop - 1].fold in links:
        stop -= 1
    return stop


def _called(layout: Layout, first: int, stop: int, sentence: Sentence, marks: Marks) -> Mark | None:
    """The word behind a name that tells what sort of body it is: "the CGT union", "the Hengaw rights group"."""
    if not marks.of("sort"):
        return None
    tokens = layout.tokens
    unsure = first == sentence.first and tokens[first].text[1:].islower()
    if not first < stop <= first + 3 or unsure or _compound(tokens[first]):
        return None
    led = next((m for i in range(first - 5, first) for m in marks.get(i, ()) if m.head == "sort"), None)
    if led and led.last == first:  # "la ONG Aurora"
        return led
    near = range(stop, min(sentence.last, stop + 3))
    parting = layout.words("stops") | layout.words("articles")
    between = [t.kind == "word" and not t.capital and t.fold not in parting for t in tokens[stop : near.stop]]
    plain = (i for i in near if all(between[: i + 1 - stop]))
    word = next((m for i in plain for m in marks.get(i, ()) if m.head == "sort"), None)
    name = layout.shown(first, stop) if word else ""
    return None if name and (gazetteer().named(name) or gazetteer().described(name)) else word


_NONE: frozenset[str] = frozenset()
_OF_PERSONS, _SOURCES = frozenset(("speaks_for", "speaker")), frozenset(("by", "citing"))


def _compound(token: Token) -> bool:
    """ "the Russian-based monitor": a capital and a hyphen, and what follows has none."""
    lead, _, rest = token.text.partition("-")
    return bool(rest) and len(lead) > 2 and rest.islower()


def _begin(
    tokens: Sequence[Token], first: int, stop: int, links: frozenset[str], articles: frozenset[str], marks: Marks
) -> int:
    """Where the name within a run of capitals begins: "Earlier the Law Society", "Chairman of the Law Society"."""
    start = first
    for i in range(first, stop):
        again = tokens[i].fold in articles and (i == first or tokens[i - 1].fold not in links)
        heads = {m.head for m in marks[i]} if i in marks else _NONE
        office = not heads.isdisjoint(_OF_PERSONS) and tokens[i + 1].fold in links
        sort = "sort" in heads and tokens[i].text.isupper()  # "ONG Foro Penal"
        if again or office or sort or not heads.isdisjoint(_SOURCES):
            start = i + 1
    while start < stop and (tokens[start].fold in links or tokens[start].fold in articles):
        start += 1
    return start


def _sort(marks: Marks, i: int) -> bool:
    """Whether a word only tells what sort of body it is."""
    return any(m.head in ("body", "sort") for m in marks.get(i, ()))


def _known(layout: Layout, first: int, stop: int, found: Sequence[Voice], marks: Marks) -> bool:
    """Whether the list has the name already, with at most its own country before it: "Britain's Scotland Yard"."""
    for voice in found:
        if voice.how.startswith(("speakers:", "office:")) and voice.first < stop and voice.last > first:
            before = layout.shown(first, voice.first) if voice.first > first else ""
            if before and voice.last >= stop and all(_sort(marks, i) for i in range(first, voice.first)):
                return True  # "Centro Viasna"
            homes = (*gazetteer().named(before), *gazetteer().described(before)) if before else ()
            if voice.last >= stop and (not before or any(p.country == voice.country for p in homes)):
                return True
    return False


def _body(layout: Layout, first: int, stop: int, told: Sequence[Mark]) -> Voice:
    """The body named there: its sort by the word that tells most of it, its head the words it is taken up by."""
    word = max(told, key=lambda m: ("media", "authority", "organisation").index(m.tail.split(".")[0]) == 0)
    police = next((m for m in told if m.tail == "authority.police"), None)
    if police and police.first == first:  # "Police Public Relations Branch": of the place spoken of
        return Voice("{place} police", "authority", first, stop, police.source, ("police", "force"), office="police")
    last = police.last if police else stop  # "Lagos State Police Command" is the Lagos State police
    name = f"{layout.shown(first, police.first)} police" if police else layout.shown(first, last)
    heads = tuple(dict.fromkeys(layout.tokens[m.first].fold for m in told))
    kind = word.tail.split(".")[0]
    more = ("group", "organisation", "organization") if kind == "organisation" else ()
    return Voice(name, kind, first, stop, f"the name of a body: {word.source}", (*heads, *more))


def _beside_cue(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> Iterator[Voice]:
    """A name of three words at least, or one in capitals: two capitals may be a person.

    Where names have cases only the capitals: behind "according to" no name is as it is called.
    """
    tokens, links = layout.tokens, layout.words("name_links")
    cased = "place_endings" in layout.pack.settings
    told = cues(marks)
    taken = {i for v in found for i in range(v.first, v.last)} if told else set()
    for cue in told:
        if cue.label not in ("say", "by", "citing"):
            continue
        first = cue.last + (cue.last < sentence.last and tokens[cue.last].fold in layout.words("articles"))
        last = _run(tokens, first, sentence.last, links)
        if cue.label == "say" and last - first < 2:
            last = cue.first
            first = _run_back(tokens, last, sentence.first, links)
        while first < last and any(m.head in _CALLED for m in marks.get(first, ())):
            first += 1
        again = any(m.head == "again" for i in range(first, last) for m in marks.get(i, ()))
        bare = last - first == 1 or layout.pack.capitals_tell
        fits = bare and _like_a_body(layout, first, last) and not again and not (cased and last - first > 1)
        if fits and not taken & set(range(first - 1, last)):  # no officer of "Police spokesperson Major-General Peters"
            name = layout.shown(first, last)
            yield Voice(name, "organisation", first, last, f"the name of a body beside {cue.source}")


def _run(tokens: Sequence[Token], first: int, last: int, links: frozenset[str]) -> int:
    """Where a run of capitals (with "of", "for", "and" inside) that begins at `first` ends."""
    stop = first
    while stop < last and (tokens[stop].capital or (stop > first and tokens[stop].fold in links)):
        stop += 1
    while stop > first and tokens[stop - 1].fold in links:
        stop -= 1
    return stop


def _run_back(tokens: Sequence[Token], last: int, first: int, links: frozenset[str]) -> int:
    start = last
    while start > first and (tokens[start - 1].capital or tokens[start - 1].fold in links):
        start -= 1
    while start < last and not (tokens[start].capital and tokens[start].fold not in links):
        start += 1
    return start


def _like_a_body(layout: Layout, first: int, last: int) -> bool:
    run = layout.tokens[first:last]
    latin = all(max(t.text) < "\u0250" for t in run)
    if len(run) == 1:
        return latin and run[0].text.isupper() and len(run[0].text) > 2 and not gazetteer().named(run[0].text)
    names = [t for t in run if t.capital and len(t.text) > 1]
    towns = all(gazetteer().named(t.text) for t in names)  # "A, B and C reported three deaths each"
    return latin and len(run) >= 3 and len(names) > 1 and not towns


# ---------------------------------------------------------------- persons


def persons(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """Persons right beside a verb of saying; who speaks for a body, as told in front of the name or behind, is it."""
    tokens, made = layout.tokens, []
    told = cues(marks)
    if not told or sentence.paragraph in layout.headings or not layout.pack.capitals_tell:
        return []
    taken = {i for v in found for i in range(v.first, v.last)}
    for voice in (
        v for v in found if v.kind in _OFFICES and not _of_anybody(v)
    ):  # "Interior Minister X": whoever stands behind an office
        taken |= set(range(voice.last, name_end(tokens, voice.last, sentence.last)))
    for cue in told:
        if cue.label in ("say", "by") and (name := _beside(layout, sentence, marks, cue, taken)):
            person = _person(layout, *name, cue)
            made.append(_for_whom(layout, sentence, marks, person, found) or _with_aside(layout, person, found))
    return [_with_role(voice, found) for voice in made]


def _of_anybody(voice: Voice) -> bool:
    """Whether a role is anybody's, so that a name behind it is that of whoever speaks: "rights defender Ann Lee"."""
    return (
        voice.kind in ("monitor", "lawyer", "witness")
        and "{" not in voice.name
        and not voice.how.startswith("speakers:")
    )


def _with_role(person: Voice, found: Sequence[Voice]) -> Voice:
    role = next((v for v in found if v.last == person.first and _of_anybody(v)), None)
    return person._replace(first=role.first) if role else person


def past_brackets(tokens: Sequence[Token], i: int, last: int) -> int:
    """Behind the brackets that open at a token, as in "DCP (South East) Ann Lee"; there, if none do."""
    closed = (j + 1 for j in range(i, min(last, i + 6)) if tokens[j].text == ")")
    return next(closed, i) if i < last and tokens[i].text == "(" else i


def _with_aside(layout: Layout, person: Voice, found: Sequence[Voice]) -> Voice:
    """The person with the role that only tells who it is: "Ann Lee, a human rights lawyer, said"."""
    if layout.tokens[min(person.last, len(layout.tokens) - 1)].text != ",":
        return person
    role = next((v for v in found if 1 <= v.first - person.last <= 2 and v.kind in ("lawyer", "witness")), None)
    return person._replace(last=role.last) if role else person


def _beside(layout: Layout, sentence: Sentence, marks: Marks, cue: Mark, taken: set[int]) -> tuple[int, int] | None:
    """The name of a person right behind a cue, or right in front of it."""
    tokens, at = layout.tokens, cue.last
    while at < sentence.last and (tokens[at].kind == "mark" or at in taken) and at < cue.last + 5:
        at += 1
    stop = name_end(tokens, at, sentence.last)
    while at < stop and tokens[at].fold in layout.words("titles"):
        at += 1
    alone = _titled(layout, at)
    if stop - at >= 2 - alone and not taken & set(range(at, stop)) and _of_a_person(layout, at, stop):
        return at, stop
    if any(m.head == "impersonal" for m in marks.get(cue.first, ())):
        return None
    start = cue.first
    while start > sentence.first and cue.first - start < _LONGEST and _nameable(tokens[start - 1]):
        start -= 1
    while start < cue.first - 1 and any(m.tail == "person" or m.head == "role" for m in marks.get(start, ())):
        start += 1  # "Задержанный Иван Орлик": a word that opens the sentence is no first name
    while start < cue.first and tokens[start].fold in layout.words("titles"):
        start += 1
    begun = start
    while start + 1 < cue.first and any(m.head in _CALLED for m in marks.get(start, ())):
        start += 1
    told = start > begun and cue.first - start == 1
    alone = start < cue.first and (
        told or _titled(layout, start) or (cue.label == "say" and _in_full(layout, start) != "")
    )
    if (
        cue.first - start >= 2 - alone
        and not taken & set(range(start, cue.first))
        and _of_a_person(layout, start, cue.first)
    ):
        return start, cue.first
    return _behind_title(layout, sentence, marks, cue, taken) or _in_front_of_aside(layout, sentence, cue, taken)


_CALLED = ("role", "crowd", "people", "among")
"""What a person is called, with a capital at the head of a sentence: "Activist Ann Lee said"."""


def _titled(layout: Layout, i: int) -> bool:
    """Whether a form of address stands in front of a token: "Mr Lesnoy", "Dr. Lesnoy"."""
    tokens, titles = layout.tokens, layout.words("titles")
    before = i - 1 - (i > 1 and tokens[i - 1].text == ".")
    return before >= 0 and tokens[before].fold in titles


def _in_full(layout: Layout, i: int) -> str:
    """The name with a given name that the text had before for a surname alone; empty if it had none."""
    tokens, known = layout.tokens, names(layout.pack)
    if known.changing:
        return ""
    for at in range(i - 1, 0, -1):
        if tokens[at].fold == tokens[i].fold and tokens[at].capital:
            first = at
            while first > 0 and at - first < _LONGEST - 1 and _nameable(tokens[first - 1]):
                first -= 1
            given = next((j for j in range(first, at) if known.given(tokens[j].text)), None)
            if given is not None:
                return layout.shown(given, at + 1)
    return ""


def _behind_title(
    layout: Layout, sentence: Sentence, marks: Marks, cue: Mark, taken: set[int]
) -> tuple[int, int] | None:
    """ "сообщил журналистам руководитель администрации Сергей Зубов", "по словам адвоката Анны Годуновой"."""
    tokens, known = layout.tokens, names(layout.pack)
    if not known.changing or (cue.label == "by" and cue.last - cue.first < 2):
        return None
    at = cue.last
    while cue.label == "say" and at < sentence.last and (at in taken or tokens[at].text in '«»“”"'):
        at += 1  # "сообщил агентству X глава союза …": who was told
    led = any(m.head in ("title", "occasion") and m.first == at for m in marks.get(at, ()))
    wanted = {"any", "nom"} if cue.label == "say" else {"any", "gen"}
    for i in range(at, min(sentence.last - 1, cue.last + _ASIDE)):
        if tokens[i].text in ",;:.()—–" or not (led or cue.label == "by"):
            return None
        if any(m.head == "again" for m in marks.get(i, ())):
            return None  # "речниця відомства Вольга Чемаданова" speaks for whom the text named before
        if i in taken or not _nameable(tokens[i]) or not _nameable(tokens[i + 1]):
            continue
        if any(form.case in wanted for form in known.given(tokens[i].text)):
            stop = name_end(tokens, i, sentence.last)
            return None if taken & set(range(i, stop)) else (i, stop)
    return None


def _in_front_of_aside(layout: Layout, sentence: Sentence, cue: Mark, taken: set[int]) -> tuple[int, int] | None:
    """ "Ann Lee, a human rights lawyer, said": a name that opens the sentence or a clause, an aside between commas."""
    tokens = layout.tokens
    commas = [i for i in range(max(sentence.first, cue.first - _ASIDE), cue.first) if tokens[i].text == ","]
    if len(commas) < 2 or words_between(tokens, commas[-1], cue.first) > 3:
        return None
    opening = [sentence.first, *(i + 1 for i in range(sentence.first, cue.first) if tokens[i].text in ",;")]
    for start in reversed(opening):
        stop = name_end(tokens, start, cue.first)
        named = stop - start >= 2 and stop < commas[-1] and tokens[stop].text == ","
        if named and not taken & set(range(start, stop)) and _of_a_person(layout, start, stop):
            return start, stop
    return None


def _of_a_person(layout: Layout, first: int, last: int) -> bool:
    """Whether capitals are no "In Moscow", no "Red Square" and no town."""
    run = layout.tokens[first:last]
    no_name = layout.words("stops") | layout.words("landmarks") | layout.words("articles") | layout.words("in_place")
    if any(t.fold in no_name for t in run):
        return False
    return (len(run) == 1 and _titled(layout, first)) or not gazetteer().named(layout.shown(first, last))


def name_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the name of a person that begins at a token ends; there, if none does."""
    stop = first
    while stop < min(last, first + _LONGEST) and _nameable(tokens[stop]):
        stop += 1
    return stop


def _nameable(token: Token) -> bool:
    """A word with a capital, or initials: "KN Roy Nioty"."""
    return token.capital and token.kind == "word" and (not token.text.isupper() or len(token.text) <= 2)


def _person(layout: Layout, first: int, last: int, cue: Mark) -> Voice:
    words = [layout.shown(i, i + 1) for i in range(first, last)]
    known = names(layout.pack)
    told = known.nominative(words[0], words[1:], ("gen",)) if known.changing and cue.label == "by" else None
    full = _in_full(layout, first) if len(words) == 1 else ""
    name = romanised(told.nominative if told else full or " ".join(words))
    shorts = tuple(dict.fromkeys((layout.tokens[last - 1].fold, layout.tokens[first].fold)))
    return Voice(name, "witness", first, last, f"a name beside {cue.source}", shorts=shorts)


def _for_whom(layout: Layout, sentence: Sentence, marks: Marks, person: Voice, found: Sequence[Voice]) -> Voice | None:
    """The body a person speaks for: "Viasna leader Ann Lee", "Ann Lee, a spokeswoman for Viasna", "of Viasna"."""
    tokens = layout.tokens
    body = next((v for v in found if v.kind in _OFFICES and _leads(layout, marks, v, person)), None)
    for voice in found if body is None else ():
        between = range(person.last, voice.first)
        if voice.kind not in _OFFICES or not 0 < len(between) <= _ASIDE or tokens[person.last].text not in (",", "("):
            joined = len(between) in (1, 2) and tokens[person.last].fold in layout.words("objects")
            if voice.kind not in _OFFICES or not joined:
                continue
        elif not any(m.head == "speaks_for" for i in between for m in marks.get(i, ())) and not (
            "{" in voice.name and len(between) <= 3  # "Ann Lee, the interior minister, said"
        ):
            continue
        body = voice
        break
    if body is None:
        return None
    first, last = min(person.first, body.first), max(person.last, body.last)
    how = f"{body.how}; spoken for by {person.name}"
    return body._replace(first=first, last=last, how=how, shorts=(*body.shorts, *person.shorts))


def _leads(layout: Layout, marks: Marks, body: Voice, person: Voice) -> bool:
    """Whether only "'s", a word or two and an office stand between a body and the person behind it."""
    between = range(body.last, person.first)
    if not 0 < len(between) <= 5 or any(layout.tokens[i].kind == "mark" for i in between):
        return False
    return any(m.head == "speaks_for" and m.last == person.first for i in between for m in marks.get(i, ()))


# ---------------------------------------------------------------- short forms


def with_shorts(layout: Layout, marked: Sequence[Marks], spoken: Sequence[Sequence[Voice]]) -> list[list[Voice]]:
    """The voices of each sentence, and with them those that only a short form names: "KNCHR", a surname.

    A headline may use a short form that only the text below it explains.
    """
    known: dict[str, Voice] = {}
    told = [
        _with_known(layout, sentence, found, list(here), known)
        for sentence, found, here in zip(layout.sentences, marked, spoken, strict=True)
    ]
    headings = [n for n, s in enumerate(layout.sentences) if s.paragraph in layout.headings]
    for n in headings if known else ():
        told[n] = _with_known(layout, layout.sentences[n], marked[n], list(spoken[n]), known)
    return told


def _with_known(
    layout: Layout, sentence: Sentence, found: Marks, here: list[Voice], known: dict[str, Voice]
) -> list[Voice]:
    tokens = layout.tokens
    if not (here or known):
        return here
    if known:
        single = [v for v in here if v.last - v.first == 1]
        unsure = [v for v in single if v.how.startswith(("the name of a body beside", "a name beside"))]
        here = [_led_by_short(layout, v, known) for v in here if v not in unsure or tokens[v.first].fold not in known]
    taken = {i for v in here for i in range(v.first, v.last)} if known else set()
    for i in sentence.capitals if known else ():
        voice = _known_as(tokens[i].fold, known, layout.pack) if i not in taken else None
        if voice and not (i > sentence.first and tokens[i - 1].capital and i - 1 not in taken):
            here.append(voice._replace(first=i, last=i + 1, how=f"{voice.how}; “{tokens[i].text}” for short"))
    here.sort(key=lambda v: v.first)
    for voice in here:
        for short in (*voice.shorts, *_in_brackets(tokens, voice, sentence), *_behind(layout, found, voice, sentence)):
            known.setdefault(short, voice)
    return here


def _led_by_short(layout: Layout, voice: Voice, known: Mapping[str, Voice]) -> Voice:
    """ "ULS President Ann Lee" speaks for the body that the text gave that short form."""
    lead = layout.tokens[voice.first]
    body = known.get(lead.fold) if lead.text.isupper() and voice.how.startswith("the name of a body beside") else None
    return body._replace(first=voice.first, last=voice.last, how=f"{body.how}; “{lead.text}”") if body else voice


def _known_as(word: str, known: Mapping[str, Voice], pack: Pack) -> Voice | None:
    """The voice of that short form; where names have cases the last letters may be others: "за словами Блищика"."""
    found = known.get(word)
    if found or not pack.settings.get("cases", "place_endings" in pack.settings):
        return found
    return next((voice for short, voice in known.items() if _same_surname(short, word)), None)


def _same_surname(one: str, two: str) -> bool:
    stem = one[: max(4, len(one) - 2)]
    return len(one) > 4 and two.startswith(stem) and abs(len(one) - len(two)) <= 3


def _in_brackets(tokens: Sequence[Token], voice: Voice, sentence: Sentence) -> Iterator[str]:
    """ "the Uganda Law Society (ULS)"."""
    i = voice.last
    if i + 2 < sentence.last and tokens[i].text == "(" and tokens[i + 1].text.isupper() and tokens[i + 2].text == ")":
        yield tokens[i + 1].fold


def _holds(found: Marks, voice: Voice) -> bool:
    """Whether who speaks for an office is told in front of it: "the director of the Leeds Police, Ann Lee"."""
    near = (m for i in range(voice.first - 4, voice.first) for m in found.get(i, ()))
    return any(m.head == "speaks_for" for m in near)


def _behind(layout: Layout, found: Marks, voice: Voice, sentence: Sentence) -> Iterator[str]:
    """The surname of whoever holds the office: "Deputy Commissioner Ann Lee", "речник поліції у Києві Андрій …".

    Where every noun has a capital, the office must be a word for a person: "Innenminister", not "Polizei".
    """
    tokens, first = layout.tokens, voice.last
    of_person = (m for i in range(voice.first, voice.last) for m in found.get(i, ()) if m.head == "speaks_for")
    if not (layout.pack.capitals_tell or any(m.last == voice.last for m in of_person)):
        return
    first = past_brackets(tokens, first, sentence.last)
    if first + 1 < sentence.last and tokens[first].text == "," and _holds(found, voice):
        first += 1
    stop = name_end(tokens, first, sentence.last)
    while stop - first < 2 and first < min(sentence.last - 2, voice.last + _TO_NAME) and layout.pack.capitals_tell:
        if tokens[first].kind == "mark" and tokens[first].text != ".":
            break
        first += 1
        stop = name_end(tokens, first, sentence.last)
    if voice.kind in _OFFICES and (stop - first in (2, 3) or (first == voice.last and stop - first == 1)):
        yield tokens[stop - 1].fold
