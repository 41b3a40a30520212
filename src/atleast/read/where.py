"""Places as written in a text, and which of the places of that name is meant."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from atleast.lexicon import Gazetteer, Pack, Place
from atleast.lexicon.places import ATTACHED

from .marks import Mark, Marks
from .tokens import Layout, Sentence, Token


class PlaceMark(NamedTuple):  # made as often as tokens are
    """A place at tokens `first` up to `last`. `how` is "named", "adjective" or "national"."""

    first: int
    last: int
    place: Place
    how: str
    located: bool  # a preposition such as "in" stands in front of it


def place_marks(
    layout: Layout, gazetteer: Gazetteer, pack: Pack, marked: Sequence[Marks] = (), *, hint: str | None = None
) -> list[PlaceMark]:
    """All places of a text in order.

    Args:
        marked: The marks of each sentence; those of places are names and adjectives that the pack itself knows.
        hint: The likely country where the text leaves it open.
    """
    named_by = {(n, m.first) for n, found in enumerate(marked) for head in _HEADS for m in found.of(head)}
    told = {i: mark for n, i in named_by if (mark := _told(marked[n][i], gazetteer))}
    found = list(_candidates(layout, gazetteer, _words(pack), told))
    home = _home(found, hint)
    named = {place.key for _, _, places, _how in found for place in places[:1] if place.kind == "country"}
    surnames = _surnames(layout, found)
    found = [
        f
        for f in found
        if _likely(f[2], home, named)
        and not _quoted(layout.tokens, f[0], f[1])
        and not _a_surname(layout, f, surnames, home)
    ]
    inside = frozenset(pack.settings.get("in_place", ()))
    bare, tokens = layout.words("articles") | layout.words("place_adjectives"), layout.tokens
    told_by = pack.settings.get("place_nouns", ())
    made = [_mark(tokens, a, b, _choose(places, home), how, inside, bare) for a, b, places, how in found]
    described = {m.last: m.first for m in made if m.how == "adjective"}
    return [
        m._replace(located=True)
        if _city_of(tokens, m.first, told_by, pack) or _led_to(tokens, m.first, told_by, described, inside)
        else m
        for m in made
    ]


def country_of(marks: Iterable[PlaceMark]) -> str | None:
    """The country most places of a text lie in; None when it names no place."""
    count = Counter(mark.place.country for mark in marks)
    return min(count, key=lambda country: (-count[country], country)) if count else None


@dataclass(frozen=True, slots=True)
class _Words:
    """Stems of a language that tell places from their namesakes."""

    landmarks: tuple[str, ...]  # square, street
    regions: tuple[str, ...]  # области, край
    endings: Mapping[str, Sequence[str]]  # of a case, and what the name itself may end in instead
    letters: Mapping[str, str]  # how the language spells what the gazetteer spells otherwise
    inside: frozenset[str]  # "in"
    doubtful: frozenset[str]  # everyday words that are towns too
    festive: tuple[str, ...]  # stems of everyday adjectives that are those of a town too: первомайский

    @classmethod
    def of(cls, pack: Pack) -> "_Words":
        settings = pack.settings
        return cls(
            tuple(settings.get("landmarks", ())),
            tuple(settings.get("region_words", ())),
            settings.get("place_endings", {}),
            settings.get("place_letters", {}),
            frozenset(settings.get("in_place", ())) | frozenset(settings.get("from_place", ())),
            frozenset(settings.get("everyday_places", ())),
            tuple(settings.get("everyday_adjectives", ())),
        )


@cache
def _words(pack: Pack) -> _Words:
    return _Words.of(pack)


_LARGE = 300_000
_KNOWN = 50_000
"""Towns of fewer people are not looked for under the endings of cases."""

_HEADS = ("place", "adjective")
_Found = tuple[int, int, tuple[Place, ...], str]


def _told(here: Sequence[Mark], gazetteer: Gazetteer) -> _Found | None:
    """A place that the pack has a line for, under the label `place.` or `adjective.` and the key of the place."""
    mark = next((m for m in here if m.head in _HEADS), None)
    place = gazetteer.at(mark.tail) if mark else None
    how = "named" if mark and mark.head == "place" else "adjective"
    return (mark.first, mark.last, (place,), how) if mark and place else None


def _candidates(layout: Layout, gazetteer: Gazetteer, words: _Words, told: Mapping[int, _Found]) -> Iterable[_Found]:
    for sentence in layout.sentences:
        past, tokens, described = sentence.first, layout.tokens, gazetteer.described
        for i in range(sentence.first, sentence.last):
            token = tokens[i]
            if i < past or not (token.capital or i in told or described(token.text)):  # nearly always
                continue
            if found := told.get(i) or _named(layout, i, sentence, gazetteer, words):
                yield found
                past = found[1]


def _named(layout: Layout, i: int, sentence: Sentence, gazetteer: Gazetteer, words: _Words) -> _Found | None:
    token, last = layout.tokens[i], sentence.last
    if token.kind != "word" or len(token.text) < 2:
        return None
    if token.capital:
        reach = gazetteer.reach(token.text)
        if words.letters:
            reach = max(reach, gazetteer.reach(_respelt(token.text.casefold(), words.letters)))
        if reach == ATTACHED and not (words.endings or words.letters):
            reach = 1 + (i + 1 < last and layout.tokens[i + 1].start == token.end)
        for stop in range(min(last, i + reach), i, -1):
            if layout.tokens[stop - 1].kind == "mark" and layout.tokens[stop - 1].text != ".":
                continue
            form = layout.shown(i, stop)
            plain = gazetteer.named(form)
            word = stop == i + 1 and token.fold in layout.words("stops")  # "Крім" is no form of Крим
            places = plain or (() if word else _in_case(gazetteer, form, words))
            if not places:
                continue
            bent = (
                not plain
                and not layout.pack.capitals_tell
                and not _landmark(layout.tokens, stop, last, words.landmarks)
            )
            told = f"'{layout.tokens[stop - 1].ending}" in words.inside
            doubtful = not told and (gazetteer.doubtful(form) or token.fold in words.doubtful)
            if bent or not _a_name(layout, i, stop, sentence, gazetteer, places[0], doubtful, words):
                return i, stop, places, "named"
    described = gazetteer.described(token.text)
    if not described or token.fold.startswith(words.festive):
        return None
    if token.capital and i > sentence.first and described[0].kind != "country":
        near = layout.tokens[i + 1 : min(last, i + 30)]  # "Ярославскую (56), … области", but not "Свердловский РУВД"
        regional = bool(words.regions) and any(t.fold.startswith(words.regions) for t in near)
        described = tuple(p for p in described if p.kind == "region" and regional)
    named_so = token.capital and _landmark(layout.tokens, i + 1, last, words.landmarks)  # not "московский район"
    if not described or (described[0].kind != "country" and named_so):
        return None
    return i, i + 1, described, "adjective"


def _in_case(gazetteer: Gazetteer, form: str, words: _Words) -> tuple[Place, ...]:
    """The places whose name stands in a case here ("Харкові", "Warszawie"), by the endings that the pack gives.

    Small towns are left out: too many of their names are everyday words once an ending may be changed.
    """
    if not words.letters and not words.endings:
        return ()
    low = form.casefold()
    bases = [low] * bool(words.letters)
    for ending, own in words.endings.items():
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            bases += [low[: len(low) - len(ending)] + base for base in own]
    names = dict.fromkeys(name for base in bases for name in (base, _respelt(base, words.letters)))
    found = (p for name in names for p in gazetteer.named(name) if not gazetteer.doubtful(name))
    return tuple(dict.fromkeys(p for p in found if p.kind != "city" or p.population >= _KNOWN))


def _respelt(name: str, letters: Mapping[str, str]) -> str:
    """A name with the letters that the gazetteer has for it: "томськ" is its "томск"."""
    for written, known in letters.items():
        name = name.replace(written, known)
    return name


def _told_by(layout: Layout, i: int, gazetteer: Gazetteer, words: _Words) -> bool:
    """Whether a capital in front is an office or a wider place, no first name: "ГУВД Москвы"."""
    form = layout.tokens[i].text
    if form.isupper() and len(form) > 2:  # no "SW Madison"
        return True
    wider = gazetteer.named(form) or _in_case(gazetteer, form, words)
    return bool(wider) and wider[0].kind != "city"


def _within(form: str, place: Place, gazetteer: Gazetteer, words: _Words) -> bool:
    """Whether the word behind is a town of that region: "в столице Каракалпакстана Нукусе"."""
    inner = gazetteer.named(form) or _in_case(gazetteer, form, words)
    return any(place.key in gazetteer.path(p.key) for p in inner)


def _a_name(
    layout: Layout,
    i: int,
    stop: int,
    sentence: Sentence,
    gazetteer: Gazetteer,
    place: Place,
    doubtful: bool,
    words: _Words,
) -> bool:
    """Whether the form is likelier part of a person's, square's or body's name: "Pushkin Square", "State Duma"."""
    tokens, landmarks = layout.tokens, words.landmarks
    if _landmark(tokens, stop, sentence.last, landmarks) and place.kind == "city":
        kept = tuple(layout.pack.settings.get("institutions", ()))  # "Ankara Üniversitesi" is in Ankara
        return place.population < _LARGE or not _landmark(tokens, stop, sentence.last, kept)
    if i > sentence.first and _landmark(tokens, i - 1, i, landmarks):  # "площадь Кирова", but "улицы Иркутска"
        if layout.words("articles") and tokens[i - 1].fold in landmarks:  # "avenida Rio Branco": "de" would stand there
            return True
        return place.kind == "country" or doubtful or place.population < 300_000
    if i > sentence.first + 1 and _landmark_of(layout, i, landmarks) and place.population < _TOWN:
        return True
    led = i > sentence.first and tokens[i - 1].fold in words.inside
    before = (
        i > sentence.first + 1 and tokens[i - 1].capital and not led and not _told_by(layout, i - 1, gazetteer, words)
    )
    after = stop < sentence.last and tokens[stop].capital and not tokens[stop].text.isupper()
    after = after and not (place.kind == "region" and _within(tokens[stop].text, place, gazetteer, words))
    if not layout.pack.capitals_tell:  # where all nouns have capitals, a word such as "in" is needed to tell a place
        return place.kind == "city" and not led and (doubtful or (after and place.population < 5_000_000))
    if layout.pack.settings.get("cut_endings"):
        if tokens[stop - 1].ending and place.population >= _KNOWN and not doubtful:
            return before and not tokens[i - 1].ending  # "Eskişehir'in Tepebaşı ilçesi": the case has told already
        if place.kind == "country" and not tokens[stop - 1].ending and _titled(tokens, stop, sentence.last):
            return True  # "Türkiye Devrimci İşçi Sendikaları": the name of a body
    if doubtful and i == sentence.first and place.kind != "country":
        return True
    if tokens[i].fold in words.doubtful and not led:
        return True
    if place.kind == "country" or place.population > 1_000_000:
        return before and after and place.kind == "city"  # "Interior Minister Milan X"
    if doubtful and place.population < 300_000:
        return True
    return before or (
        after and not (led and not tokens[i].fold.isascii())
    )  # "в Перми Иван …": the case has told already


def _landmark_of(layout: Layout, i: int, landmarks: tuple[str, ...]) -> bool:
    """Whether a word is what a square or street is called after: "la plaza de Castilla"."""
    tokens = layout.tokens
    at = i - 1 - (tokens[i - 1].fold in layout.words("articles"))
    return at > 0 and tokens[at].fold in layout.words("partitive") and tokens[at - 1].fold in landmarks


def _titled(tokens: Sequence[Token], i: int, last: int) -> bool:
    return i + 1 < last and tokens[i].capital and tokens[i + 1].capital


def _landmark(tokens: Sequence[Token], i: int, last: int, landmarks: tuple[str, ...]) -> bool:
    """Whether a square, street or the like is named here: then the word before is its name, not a town's."""
    return bool(landmarks) and i < last and tokens[i].fold.startswith(landmarks)


_METROPOLIS = 1_000_000
"""A city so large is rarely a namesake."""


def _home(found: Sequence[_Found], hint: str | None) -> str | None:
    """The country to which most first guesses point, countries counting more than cities."""
    count: Counter[str] = Counter({hint: 2} if hint else {})
    first = Counter(places[0].country for _, _, places, _how in found)
    for _, _, places, _how in found:
        weight = 3 if places[0].kind == "country" else 1
        for country in {place.country for place in places[:4]}:
            count[country] += weight
        count[places[0].country] += places[0].kind == "city" and places[0].population > _METROPOLIS
    return min(count, key=lambda country: (-count[country], -first[country], country)) if count else None


def _likely(places: Sequence[Place], home: str | None, named: Iterable[str]) -> bool:
    """A small town abroad is meant only when its country is named too."""
    return any(p.country == home or p.country in named or p.kind != "city" or p.population > 200_000 for p in places)


def _quoted(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a place stands alone in quotation marks: the club «Кубань», the ship "Moscow"."""
    if first == 0 or last >= len(tokens):
        return False
    return f"{tokens[first - 1].text}{tokens[last].text}" in ("«»", "“”", '""', "„“")


_TOWN = 100_000
"""Where a person of the text bears the name of a smaller town, or of one abroad, the person is meant."""


def _surnames(layout: Layout, found: Sequence[_Found]) -> frozenset[str]:
    """The last names of persons whom the text names in full within a sentence: "Carlos Holmes Trujillo"."""
    if not layout.pack.capitals_tell:
        return frozenset()
    tokens, places = layout.tokens, {i for first, last, _, how in found if how == "named" for i in range(first, last)}
    return frozenset(
        tokens[i].fold
        for s in layout.sentences
        for i in s.capitals
        if i >= s.first + 2
        and _a_given_name(tokens[i - 1])
        and i - 1 not in places
        and not (i + 1 < s.last and tokens[i + 1].capital)
    )


def _a_given_name(token: Token) -> bool:
    return token.capital and len(token.text) > 2 and not token.text.isupper()


def _a_surname(layout: Layout, found: _Found, surnames: frozenset[str], home: str | None) -> bool:
    first, last, places, how = found
    small = places[0].kind == "city" and (places[0].population < _TOWN or places[0].country != home)
    return last - first == 1 and how == "named" and small and layout.tokens[first].fold in surnames


def _choose(places: Sequence[Place], home: str | None) -> Place:
    return next((p for p in places if p.country == home), places[0])


def _mark(
    tokens: Sequence[Token],
    first: int,
    last: int,
    place: Place,
    how: str,
    inside: frozenset[str],
    articles: frozenset[str],
) -> PlaceMark:
    before = first - 1 - (first > 1 and tokens[first - 1].fold in articles)  # "dans la Russie", "in central Kyiv"
    located = (before >= 0 and tokens[before].fold in inside) or f"'{tokens[last - 1].ending}" in inside
    located = located or (last < len(tokens) and tokens[last].fold in inside)  # "Moskova kentinde"
    return PlaceMark(first, last, place, how, located)


def _city_of(tokens: Sequence[Token], i: int, nouns: Iterable[str], pack: Pack) -> bool:
    """ "in the Serbian city of X": the noun tells that it is there."""
    return i >= 2 and tokens[i - 1].fold in pack.settings.get("partitive", ()) and tokens[i - 2].fold in nouns


def _led_to(
    tokens: Sequence[Token], i: int, nouns: Collection[str], described: Mapping[int, int], inside: frozenset[str]
) -> bool:
    """ "в городе X", "в центре города X", "в башкирском X": words for what it is stand between "in" and the name."""
    while i > 0 and (i in described or tokens[i - 1].fold in nouns):
        i = described.get(i, i - 1)
        if i > 0 and tokens[i - 1].fold in inside:
            return True
    return False


def nearest(
    anchor: tuple[int, int],
    marks: Sequence[PlaceMark],
    layout: Layout,
    others: Sequence[int] = (),
    taken: Sequence[PlaceMark] = (),
) -> PlaceMark | None:
    """The place that belongs to the number at `anchor`, among those of its sentence.

    Args:
        others: First tokens of the other numbers; a place beyond one of them is likelier theirs.
        taken: Places that stand right beside another number.
    """
    joints = layout.words("joints")
    clauses = layout.words("conjunctions") - joints
    told = layout.pack.settings.get("cut_endings", False) and any(m.located for m in marks)
    bare = {id(m) for m in marks if told and not m.located}  # an ending says where: a name without one is a title's
    costed = [
        (_cost(anchor, m, layout.tokens, others, joints, clauses) + (12 if m in taken or id(m) in bare else 0), n, m)
        for n, m in enumerate(marks)
    ]
    return min(costed, key=lambda c: (c[0], c[1]))[2] if costed else None


_BESIDE = 8  # tokens, with brackets and quotation marks


def beside(anchor: tuple[int, int], mark: PlaceMark, tokens: Sequence[Token]) -> bool:
    """Whether only a preposition, a dash or a bracket stands between a number and a place."""
    a, b = _gap(anchor, mark)
    if not 0 <= b - a <= _BESIDE:
        return False
    words = sum(t.kind == "word" for t in tokens[a:b])
    near = words <= 1 if mark.first >= anchor[1] else words == 0
    return near and all(t.text not in ",;." for t in tokens[a:b])


def _gap(anchor: tuple[int, int], mark: PlaceMark) -> tuple[int, int]:
    return (anchor[1], mark.first) if mark.first >= anchor[1] else (mark.last, anchor[0])


def _cost(
    anchor: tuple[int, int],
    mark: PlaceMark,
    tokens: Sequence[Token],
    others: Sequence[int],
    joints: frozenset[str],
    clauses: frozenset[str],
) -> float:
    a, b = _gap(anchor, mark)
    if a > b:
        return 0.0
    between = tokens[a:b]
    texts = [t.text for t in between]
    cost = float([t.kind for t in between].count("word")) - (mark.located and mark.first >= anchor[1])
    led = mark.located and mark.first > anchor[1] and mark.how != "national"  # "15 in A": that "in" joins nothing
    cost += 3 * len([t for t in (between[:-1] if led else between) if t.fold in joints])
    cost += 2 * texts.count(",") + 15 * texts.count(";")
    cost += 5 * len([t for t in between if t.fold in clauses])
    cost += 8 * len([other for other in others if a <= other < b])
    if b - a <= 2 and ("—" in texts or "–" in texts):  # "20 in A, 7 — in B"
        cost -= 3
    if mark.how == "adjective":
        cost += 8 if mark.place.kind == "country" else 2
    elif not mark.located and cost > 2:
        cost += 4
    if mark.place.kind == "country" and mark.how == "named" and not mark.located:
        cost += 6
    return cost


def enumeration(
    marks: Sequence[PlaceMark], start: PlaceMark, tokens: Sequence[Token], joints: frozenset[str]
) -> list[PlaceMark]:
    """The run of places that a place stands in: "в Самаре, Саратове и Туле"; just itself when alone."""
    order = sorted(marks, key=lambda m: m.first)
    at = order.index(start)
    low = high = at
    while high + 1 < len(order) and _joined(order[high], order[high + 1], tokens, joints):
        high += 1
    while low > 0 and _joined(order[low - 1], order[low], tokens, joints):
        low -= 1
    return order[low : high + 1]


def _joined(one: PlaceMark, two: PlaceMark, tokens: Sequence[Token], joints: frozenset[str]) -> bool:
    """In one list; a name or two that the gazetteer does not have may stand between."""
    if one.place.key == two.place.key:  # "on Red Square in Moscow"
        return False
    if in_list(tokens, one.last, two.first, joints):
        return two.first - one.last <= 3
    if not one.last + 2 < two.first < one.last + 7:
        return False
    links = [t.text == "," or t.fold in joints for t in tokens[one.last : two.first]]
    names = [t.kind == "word" and t.text[:1].isupper() for t in tokens[one.last : two.first]]
    return (
        (links[0] and links[-1] and any(names))
        and all(a or b for a, b in zip(links, names, strict=True))
        and all(a or b for a, b in pairwise(links))
    )


def in_list(tokens: Sequence[Token], first: int, last: int, joints: frozenset[str]) -> bool:
    """Whether nothing but commas and words such as "and" stands between two of a list."""
    return first < last and all(t.text == "," or t.fold in joints for t in tokens[first:last])
