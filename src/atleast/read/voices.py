"""Who might be speaking: names of the speaker list, offices and roles, persons and outlets beside a word of saying.

A voice is not yet a source; what makes it one stands in `who`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from atleast.lexicon import Speaker, Speakers, fold, gazetteer, names
from atleast.lexicon.letters import nominative, romanised

from .marks import Mark, Marks
from .names import bodies, past_brackets, persons
from .tokens import Layout, Sentence, Token
from .voice import Voice, cues, words_between


def voices(layout: Layout, sentence: Sentence, marks: Marks, speakers: Speakers, country: str | None) -> list[Voice]:
    """All who might be speaking in a sentence, in order, longest first where they overlap."""
    found = [_headed(layout, v, marks) for v in _registered(layout, sentence, speakers, country)] + list(
        _roles(layout, sentence, marks)
    )
    found += _quoted(layout, sentence, marks, found)
    found += _called_outlets(layout, sentence, marks, found)
    found += bodies(layout, sentence, marks, found)
    if found:
        found = _without_titles(layout.tokens, _named_monitors(layout, _longest(found)))
        found = [_with_brackets(layout.tokens, v, sentence.last) for v in found]
    found += persons(layout, sentence, marks, found)
    if not found:
        return []
    found += [_headquarters(layout, v) for v in found if "{who}" in v.name]
    found = [_with_name(layout.tokens, v, sentence) if v.name.startswith("mayor") else v for v in found]
    return _whole_offices(layout, _longest(_outlets(layout.tokens, marks, sorted(found, key=_order))))


def _whole_offices(layout: Layout, found: Sequence[Voice]) -> list[Voice]:
    """The voices, one office told in two parts as one: "chief superintendent of the Police Public Relations Branch"."""
    links, made = layout.words("partitive") | layout.words("articles"), list(found[:1])
    for voice in found[1:]:
        between = layout.tokens[made[-1].last : voice.first]
        same = "{" in voice.name and voice.name == made[-1].name
        if same and between and all(t.fold in links for t in between):
            made[-1] = made[-1]._replace(last=voice.last)
        else:
            made.append(voice)
    return made


def _with_brackets(tokens: Sequence[Token], voice: Voice, last: int) -> Voice:
    """An office with the brackets between it and the name of its holder: "DCP (South East) Ann Lee"."""
    behind = past_brackets(tokens, voice.last, last) if "{" in voice.name else voice.last
    held = voice.last < behind < last and tokens[behind].capital
    return voice._replace(last=behind) if held else voice


def _headed(layout: Layout, voice: Voice, marks: Marks) -> Voice:
    """A speaker of the list with the words of its name that tell its sort, by which a text takes it up again."""
    named = range(voice.first, voice.last) if voice.how.startswith("speakers:") and voice.last - voice.first > 1 else ()
    told = [layout.tokens[i].fold for i in named for m in marks.get(i, ()) if m.head == "body" and "." not in m.tail]
    return voice._replace(heads=tuple(dict.fromkeys((*voice.heads, *told)))) if told else voice


def _longest(found: Iterable[Voice]) -> list[Voice]:
    """The voices in order; of those that overlap the first, unless the other goes on beyond it."""
    kept: list[Voice] = []
    for voice in sorted(found, key=_order):
        if not kept or voice.first >= kept[-1].last:
            kept.append(voice)
        elif voice.last > kept[-1].last:
            kept[-1] = voice
    return kept


def _opened(tokens: Sequence[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].text in '«„“"'


def _without_titles(tokens: Sequence[Token], found: Sequence[Voice]) -> list[Voice]:
    """The voices without roles that only describe a name beside them: "the watchdog OVD-Info", "the CGT union"."""
    named = [v for v in found if v.how.startswith(("speakers:", "the name of a body", "a name before"))]
    if len(named) in (0, len(found)):
        return list(found)
    edges = (
        {v.first for v in named} | {v.last for v in named} | {v.first - 1 for v in named if _opened(tokens, v.first)}
    )
    edges |= {i for v in named if (i := _described(tokens, v.last))}
    plain = [v for v in found if v not in named and v.kind in ("monitor", "organisation") and "{" not in v.name]
    return [v for v in found if not (v in plain and {v.first, v.last} & edges)]


def _described(tokens: Sequence[Token], i: int) -> int:
    """Where a description behind a name begins, its article passed over: "Viasna, a rights group"; 0 if none does."""
    if i + 2 >= len(tokens) or tokens[i].text != "," or tokens[i + 1].capital:
        return 0
    return i + 2 if len(tokens[i + 1].text) <= _ARTICLE else 0


_ARTICLE = 3  # letters


def _order(voice: Voice) -> tuple[int, int, bool]:
    return voice.first, -voice.last, "{" in voice.name


def _registered(layout: Layout, sentence: Sentence, speakers: Speakers, country: str | None) -> Iterator[Voice]:
    """Speakers of the list, the longest name first; a name begins with a capital or behind a quotation mark."""
    tokens, past = layout.tokens, sentence.first
    for i in _beginnings(tokens, sentence):
        if i >= past and not _counted(tokens, i):
            for stop in _ends(layout, i, _name_end(tokens, i, sentence.last, speakers.longest), speakers):
                form = _as_listed(layout, layout.shown(i, stop), speakers)
                named = None if _names_on(tokens, i, stop) and not speakers.listed(form) else speakers.named(form)
                if named and named.name.startswith(_NATIONAL) and _inside(layout, i) and not speakers.listed(form):
                    named = None  # "across Russia police detained" is no office
                if named is None and stop == i + 1 and layout.pack.settings.get("nouns_capital"):
                    form, named = _of_compound(form, speakers)  # "AFP-Reporter", "HRANA-Bericht"
                speaker = named or (speakers.of(form, country) if country else None)
                if speaker:
                    how, office = (f"speakers: {form}", None) if named else (f"office: {form}", form)
                    yield Voice(speaker.name, speaker.kind, i, stop, how, speaker.heads, speaker.country, office)
                    past = stop
                    break


def _of_compound(form: str, speakers: Speakers) -> tuple[str, Speaker | None]:
    """The speaker in front of the hyphen of a compound; the form as it is where there is none."""
    lead = form.rpartition("-")[0]
    known = speakers.named(lead) if lead and speakers.listed(lead) and not speakers.doubtful(lead) else None
    return (lead, known) if known else (form, None)


def _as_listed(layout: Layout, form: str, speakers: Speakers) -> str:
    """A name without the ending of its case: "Adalet Bakanlığının" is the "Adalet Bakanlığı"."""
    told = layout.pack.settings.get("speaker_endings", ())
    if not told or speakers.listed(form) or speakers.everywhere(form):
        return form
    ends = (end for end in told if fold(form).endswith(end))
    bare = (form[: -len(end)] for end in ends)
    return next((b for b in bare if speakers.listed(b) or speakers.everywhere(b)), form)


_NATIONAL = "Police of "


def _inside(layout: Layout, i: int) -> bool:
    return i > 0 and layout.tokens[i - 1].fold in layout.words("in_place")


def _counted(tokens: Sequence[Token], i: int) -> bool:
    """ "350 Delhi police", "three Human Rights Watch staff": what is counted does not speak."""
    return i > 0 and tokens[i - 1].kind == "number"


def _names_on(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """ "глава МВД Владимир …": the last capital is a person's first name, not the town of that name."""
    behind = tokens[stop] if stop < len(tokens) else None
    return (
        stop - i > 1
        and tokens[stop - 1].capital
        and behind is not None
        and behind.capital
        and not behind.text.isupper()
    )


def _beginnings(tokens: Sequence[Token], sentence: Sentence) -> list[int]:
    """The words with which a name may begin: with a capital, behind a quotation mark, or of a web address."""
    quoted = [i + 1 for i in sentence.signs if tokens[i].text in '«“„"' and i + 1 < sentence.last]
    domains = [
        i - 1 for i in sentence.signs if tokens[i].text == "." and i > sentence.first and _of_domain(tokens, i - 1)
    ]
    found = sorted({*sentence.capitals, *quoted, *domains}) if quoted or domains else sentence.capitals
    return [i for i in found if tokens[i].kind == "word" and len(tokens[i].text) > 1]


def _of_domain(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is the first of a name such as "ovd.info"."""
    if i + 2 >= len(tokens):
        return False
    three = tokens[i : i + 3]
    apart = any(one.end != two.start for one, two in pairwise(three))
    return three[2].kind == "word" and not apart


def _name_end(tokens: Sequence[Token], i: int, last: int, longest: int) -> int:
    """How far a name that begins at token `i` may go: to the next mark that no name holds."""
    stop, last = i + 1, min(last, i + longest)
    while stop < last and (tokens[stop].kind != "mark" or tokens[stop].text in ".-&"):
        stop += 1
    return stop


def _ends(layout: Layout, i: int, last: int, speakers: Speakers) -> Iterator[int]:
    """Where a name that begins at token `i` may end, the farthest first.

    Where no name of the list begins with that word, it can only be a place with an office behind it: "Minsk police".
    """
    tokens = layout.tokens
    begins = speakers.begins(tokens[i].text) or "speaker_endings" in layout.pack.settings
    for stop in range(last, i, -1):
        behind = stop - 1 - (tokens[stop - 1].kind == "genitive")
        if begins or speakers.ends(tokens[behind].text):
            yield stop


def _quoted(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """An outlet nobody registered, in quotes beside a word of saying: пишет «Чита.ру»."""
    tokens, made = layout.tokens, []
    if "«" not in layout.text and "“" not in layout.text:
        return []
    taken = {i for v in found for i in range(v.first, v.last)}
    for cue in cues(marks):
        if cue.label == "count_of" or cue.last + 1 >= sentence.last or tokens[cue.last].text not in "«“":
            continue
        stop = next((i for i in range(cue.last + 1, min(sentence.last, cue.last + 6)) if tokens[i].text in "»”"), 0)
        if stop and cue.last + 1 not in taken and tokens[cue.last + 1].capital:
            name = layout.shown(cue.last + 1, stop)
            made.append(Voice(romanised(name), "media", cue.last + 1, stop, "a name in quotes beside a word of saying"))
    return made


def _called_outlets(layout: Layout, sentence: Sentence, marks: Marks, found: Sequence[Voice]) -> Iterator[Voice]:
    """An outlet nobody registered, by its name behind the word for what it is: "podaje portal NewsGeorgia"."""
    tokens, outlets = layout.tokens, marks.of("again.outlet")
    taken = {i for v in found for i in range(v.first, v.last)} if outlets else set()
    for mark in outlets:
        if name := _in_quotes(tokens, mark.last, sentence.last):
            told = any(m.head == "occasion" for m in marks.get(mark.first, ()))  # "сообщил агентству «…» мэр"
            if not told and not taken & set(range(*name)):
                yield Voice(romanised(layout.shown(*name)), "media", *name, f"a name in quotes behind {mark.source}")
            continue
        stop = first = mark.last
        while stop < sentence.last and stop not in taken and _named_so(tokens[stop], bare=stop == first):
            stop += 1
        if stop > first and not gazetteer().named(layout.shown(first, stop)):
            how = f"a name behind {mark.source}"
            yield Voice(romanised(layout.shown(first, stop)), "media", first, stop, how)


def _in_quotes(tokens: Sequence[Token], at: int, last: int) -> tuple[int, int] | None:
    """The name between quotation marks that open at a token, if it begins with a capital: "издание «Новый берег»"."""
    if at + 1 >= last or tokens[at].text not in '«“„"' or not tokens[at + 1].capital:
        return None
    stop = next((i for i in range(at + 2, min(last, at + 6)) if tokens[i].text in '»”“"'), None)
    return (at + 1, stop) if stop else None


def _named_so(token: Token, *, bare: bool) -> bool:
    """Whether a token may be of an outlet's name: two capitals in one word, a web address, or what follows these."""
    inner = token.text[1:] != token.text[1:].lower()
    return token.kind in ("word", "mixed") and token.capital and (inner or not bare or token.text.isascii())


def _nameable(token: Token) -> bool:
    return token.capital and len(token.text) > 2 and not token.text.isupper()


def _headquarters(layout: Layout, voice: Voice) -> Voice:
    """ "штаб Навального": whose staff it is stands behind; the city is filled in later."""
    tokens = layout.tokens
    if voice.first >= 2 and tokens[voice.first - 1].kind == "genitive":  # Navalny's campaign office
        return voice._replace(name=voice.name.replace("{who}", tokens[voice.first - 2].text), first=voice.first - 2)
    if tokens[voice.first].fold.isascii():
        return voice._replace(name="")
    stem = tokens[voice.first].fold[:4]
    named = (
        i
        for i in range(1, len(tokens))
        if i != voice.last and tokens[i].capital and tokens[i - 1].fold.startswith(stem)
    )
    behind = tokens[voice.last] if voice.last < len(tokens) else None
    holder = behind is not None and any(f.case == "nom" for f in names(layout.pack).given(behind.text))
    at = voice.last if behind is not None and behind.capital and not holder else next(named, None)
    if at is None:
        return voice._replace(name="campaign headquarters")
    who = romanised(nominative(tokens[at].text))
    return voice._replace(name=voice.name.replace("{who}", who), last=at + 1 if at == voice.last else voice.last)


def _with_name(tokens: Sequence[Token], voice: Voice, sentence: Sentence) -> Voice:
    """An office holder whose name stands beside the office: "мэр города Евгений …"."""
    three = voice.last + 3 <= sentence.last and all(_nameable(tokens[i]) for i in range(voice.last, voice.last + 3))
    for first in (voice.last + three, voice.last + 1, voice.first - 2, voice.first - 3):
        pair = range(first, first + 2)
        if first >= sentence.first and first + 2 <= sentence.last and all(_nameable(tokens[i]) for i in pair):
            words = [tokens[i].text for i in pair]
            if _by(tokens, voice):
                words = [nominative(word) for word in words]
            name = romanised(" ".join(words))
            return voice._replace(
                name=f"{name} ({voice.name})", first=min(voice.first, first), last=max(voice.last, first + 2)
            )
    return voice


def _by(tokens: Sequence[Token], voice: Voice) -> bool:
    """Whether a voice stands in the genitive: its own last letter tells ("мэра")."""
    return tokens[voice.first].fold.endswith(("а", "ы", "и")) and not tokens[voice.first].fold.isascii()


def _outlets(tokens: Sequence[Token], marks: Marks, found: Sequence[Voice]) -> list[Voice]:
    """A reporter, source or witness of an outlet is one voice: "a Reuters witness", "корреспондент РБК"."""
    roles = [v for v in found if v.kind == "of_outlet"]
    if not roles:
        return [v for v in found if v.name and "{who}" not in v.name]
    kept = [v for v in found if v.kind != "of_outlet" and v.name and "{who}" not in v.name]
    media = [v for v in kept if v.kind == "media"]
    for role in roles:
        kind, _, word = role.name.partition(".")
        outlet = next((v for v in media if _touching(tokens, marks, v, role)), None)
        if outlet:
            first, last = min(outlet.first, role.first), max(outlet.last, role.last)
            name, how = f"{outlet.name} {word}", f"{outlet.how}; {role.how}"
            kept.append(outlet._replace(name=name, kind=kind, first=first, last=last, how=how, outlet=outlet.name))
        elif word == "source":  # named in full where a relay or an earlier sentence tells whose
            kept.append(role._replace(name=word, kind=kind))
        elif word == "witness":
            kept.append(role._replace(name="eyewitness", kind=word))
    return sorted(kept, key=_order)


def _named_monitors(layout: Layout, found: Sequence[Voice]) -> list[Voice]:
    """ "правозахисники центру «Весна»", "rights group Viasna": a role and the name right behind it are one voice."""
    named = [v for v in found if v.kind == "monitor" and v.how.startswith("speakers: ")]
    if not named:
        return list(found)
    roles = [v for v in found if v.kind == "monitor" and v.office is None and v not in named]
    kept = list(found)
    for role in roles:
        name = next((v for v in named if v.first >= role.last and _apposed(layout.tokens, role.last, v.first)), None)
        if name and role in kept:
            kept.remove(role)
            kept = [v._replace(first=min(v.first, role.first)) if v is name else v for v in kept]
    return sorted(kept, key=_order)


def _apposed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether at most a word and quotation marks stand between a role and the name it goes with."""
    marks = (tokens[i].text for i in range(first, last) if tokens[i].kind == "mark")
    return words_between(tokens, first, last) <= 1 and all(mark in '«“"„' for mark in marks)


def _touching(tokens: Sequence[Token], marks: Marks, one: Voice, two: Voice) -> bool:
    """Whether no word stands between two voices but what sort of outlet it is: "a source of the news agency TASS"."""
    first, last = (one.last, two.first) if one.first < two.first else (two.last, one.first)
    called = {j for i in range(first, last) for m in marks.get(i, ()) if m.head == "again" for j in range(i, m.last)}
    if called:  # an adjective may stand before it
        called |= set(range(max(first, min(called) - 1), min(called)))
    return first <= last and all(i in called or tokens[i].kind == "mark" for i in range(first, last))


def _roles(layout: Layout, sentence: Sentence, marks: Marks) -> Iterator[Voice]:
    tokens = layout.tokens
    for mark in marks.of("speaker"):
        kind, _, name = mark.tail.partition(".")
        if _counted(tokens, mark.first) or _among_those_there(sentence, marks, mark):
            continue
        if _a_verb(layout, sentence, marks, mark) or _of_a_sort(layout, marks, mark):
            continue
        if name == _AS_WRITTEN:
            first, last = _phrase(layout, sentence, marks, mark)
            name = " ".join(tokens[j].text for j in range(first, last))
            yield Voice(name.lower(), kind, first, last, f"{mark.source}, as written")
            continue
        form = " ".join(tokens[j].fold for j in range(mark.first, mark.last))
        office = form if "{place}" in name and kind == "authority" else None
        yield Voice(name, kind, mark.first, mark.last, mark.source, office=office)


def _a_verb(layout: Layout, sentence: Sentence, marks: Marks, role: Mark) -> bool:
    """Whether a word that may be either is the verb of a clause: "the group, which reports on arrests, said"."""
    led = role.first > sentence.first and layout.tokens[role.first - 1].fold in layout.words("relative")
    return led and any(m.label == "say" and m.last == role.last for m in marks.get(role.first, ()))


def _of_a_sort(layout: Layout, marks: Marks, role: Mark) -> bool:
    """The "press" and the "activists" of "l'agenzia di stampa degli attivisti X"."""
    links = layout.words("partitive") | layout.words("articles")
    near = [m for i in range(role.first - 6, role.first) for m in marks.get(i, ()) if m.head == "sort"]
    of = range(max((m.last for m in near), default=role.first), role.first)
    owned = bool(of) and all(layout.tokens[i].fold in links for i in of)
    return owned or any(m.last >= role.last and m.first >= role.first - 2 for m in near)


def _among_those_there(sentence: Sentence, marks: Marks, role: Mark) -> bool:
    """ "2,000 people, members of the press among them": who was there or was told it does not tell it here."""
    near = (m for i in range(max(sentence.first, role.first - 2), role.first) for m in marks.get(i, ()))
    return any(m.head == "occasion" and role.last <= m.last for m in near)


_AS_WRITTEN = "{words}"


def _phrase(layout: Layout, sentence: Sentence, marks: Marks, noun: Mark) -> tuple[int, int]:
    """The words that belong to a noun, back to an article or a mark, on over "of …": "two groups of lawyers"."""
    tokens, first, last = layout.tokens, noun.first, noun.last
    while first > sentence.first and noun.first - first < 3 and _describes(layout, marks, first - 1):
        first -= 1
    if last + 1 < sentence.last and tokens[last].fold in layout.words("partitive"):
        stop = last + 1
        while stop < sentence.last and stop - last < 4 and _describes(layout, marks, stop):
            stop += 1
        last = stop if stop > last + 1 else last
    return first, last


def _describes(layout: Layout, marks: Marks, i: int) -> bool:
    """Whether a word may stand within such a phrase: no capital, no word that stands between phrases."""
    token = layout.tokens[i]
    if token.kind != "word" or token.capital or any(m.head in _NO_PART for m in marks.get(i, ())):
        return False
    return not any(
        token.fold in layout.words(name) for name in ("stops", "articles", "in_place", "partitive", "passive")
    )


_NO_PART = frozenset(("by", "say", "citing", "relay"))


def taken_up_again(
    layout: Layout, sentence: Sentence, marks: Marks, before: Sequence[Voice], found: Sequence[Voice]
) -> list[Voice]:
    """Speakers taken up again: "the ministry", "it", "ведомство"."""
    if not before:
        return []
    taken = {i for voice in found for i in range(voice.first, voice.last)}
    taken_up = list(_by_heads(layout, sentence, before, taken))
    for mark in marks.of("again"):
        i = mark.first
        if taken & set(range(mark.first, mark.last)) or _names_follow(layout, mark, taken):
            continue
        spoken = [*found, *taken_up]
        said = not _behind_quotation(layout.tokens, marks, i) and _said_before(sentence, marks, spoken, i)
        if mark.tail in ("it", "they") and (said or _stressed(spoken, i)):
            continue
        who = _antecedent(mark, layout.tokens, before)
        if who:
            lead = f"{mark.tail}: " if mark.tail in _BY_ITSELF else ""
            taken_up.append(who._replace(first=i, last=mark.last, how=f"{lead}{mark.source}, taken up from {who.name}"))
    return taken_up


def _names_follow(layout: Layout, mark: Mark, taken: Collection[int]) -> bool:
    """Whether the name itself stands right behind: "the broadcaster «Дождь»"."""
    return mark.last in taken or (mark.last + 1 in taken and layout.tokens[mark.last].text in '«“"„')


def _by_heads(layout: Layout, sentence: Sentence, before: Sequence[Voice], taken: set[int]) -> Iterator[Voice]:
    """ "the force", "издание": a word for the sort of body that a speaker of this text is."""
    heads = {head: voice for voice in reversed(before) for head in voice.heads if " " not in head}
    tokens, articles = layout.tokens, layout.words("articles")
    for i in range(sentence.first, sentence.last) if heads else ():
        who = heads.get(tokens[i].fold) if i not in taken else None
        if who and (not articles or _after_article(layout, sentence, i)):
            yield who._replace(first=i, last=i + 1, how=f"the word “{tokens[i].text}”, taken up from {who.name}")


def _stressed(found: Sequence[Voice], at: int) -> bool:
    """Whether "it" only leans on the speaker right before it: "La police, elle, annonce 38 interpellations"."""
    return any(0 <= at - v.last <= 1 for v in found)


def _after_article(layout: Layout, sentence: Sentence, i: int) -> bool:
    """Whether an article stands before a word, with an adjective or two between: "the non-governmental committee"."""
    tokens, articles = layout.tokens, layout.words("articles")
    for j in range(i - 1, max(sentence.first, i - 3) - 1, -1):
        if tokens[j].fold in articles:
            return True
        if tokens[j].kind != "word" or tokens[j].capital or tokens[j].fold in layout.words("stops"):
            return False
    return False


def _behind_quotation(tokens: Sequence[Token], marks: Marks, at: int) -> bool:
    """Whether "he" stands right behind a verb that only a mark precedes: "…", said he; nobody else is its subject."""
    cue = next((m for m in marks.get(at - 1, ()) if m.label == "say" and m.last == at), None)
    return cue is not None and cue.first > 0 and tokens[cue.first - 1].kind == "mark"


def _said_before(sentence: Sentence, marks: Marks, found: Sequence[Voice], at: int) -> bool:
    """Whether somebody in this sentence already has a verb of saying: then "it" is that same speaker."""
    said = [cue.first for cue in cues(marks) if cue.label == "say" and cue.last <= at]
    return any(v.last <= first for v in found for first in said)


_BY_ITSELF = ("same", "told")
"""What takes up the last speaker without a cue: "by the same count"; "it was noted that", if nobody else speaks."""


def _antecedent(mark: Mark, tokens: Sequence[Token], before: Sequence[Voice]) -> Voice | None:
    if mark.tail in ("it", "they", *_BY_ITSELF):
        return before[0] if before else None
    if mark.tail == "outlet":
        return next((v for v in before if v.kind in ("media", "monitor")), None)
    kind, _, head = mark.tail.partition(".")
    words = {tokens[i].fold for i in range(mark.first, mark.last)}
    fitting = [v for v in before if v.kind == kind]
    by_head = [v for v in fitting if words & set(v.heads) or head in v.name.lower()]
    fitting = by_head or ([] if head == "ministry" else fitting)
    return fitting[0] if fitting else None
