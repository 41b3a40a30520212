"""What each number of a sentence counts: numbers meet the words that say what happened.

A number gets its quantity, in this order, from the noun it stands with ("71 charges", "54 detainees"), from a
predicate near it ("police took in 40"), or from the list it continues ("66 in Petersburg, 54 in Yaroslavl").
What fits nowhere is no claim: the reader abstains rather than guesses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .certain import alls, zeros
from .line import MOVED, PEOPLE, Frame, Line, framed
from .marks import Mark
from .nouns import clause_start, noun_after, noun_before
from .numbers import Amount, numeral
from .parts import (
    breakdown,
    exception,
    group_apart,
    group_behind,
    included,
    left_out,
    of_places,
    of_whole,
    partitive,
    strange_place,
    whole,
)
from .predicates import BEFALLS_POLICE, by_predicate, negated, uncounted
from .traps import trapped

_STRONGER = ("jailed", "fined", "to_court", "still_held", "released", "charged", "injured", "killed", *MOVED)
"""Predicates that say more of people already called detainees."""


def frames(line: Line, found: Sequence[Amount], topic: str | None, *, kept: bool = False) -> list[Frame]:
    """The claims that the numbers of a sentence make, in order.

    Args:
        found: The number phrases of the sentence.
        topic: What a number with no word of its own counts: what the sentence before counted in the
            same paragraph, or detained people when the speaker is a monitor of arrests.
        kept: The sentence before told of people who were kept in custody.
    """
    usable = [a for a in found if not trapped(line, a)]
    things = [a for a in found if a not in usable and (line.at(a.last, "block") or _of_things(line, a))]
    waiting: list[Amount] = []
    made: list[Frame] = []
    for amount in usable:
        others = [a for a in usable if a is not amount]
        if made and made[-1].quantity in _PLACES and of_places(line, amount):
            continue
        if uncounted(line, amount, noun_after(line, amount), others) or _some_only(line, amount):
            continue
        if (but := exception(line, amount)) or whole(line, amount, others):
            frame = left_out(line, amount, but) if but else of_whole(line, amount)
            made += [frame] if frame else []
            continue
        if _pronoun(amount):
            if frame := _by_noun(line, amount, others, topic, made) or _one_of_several(line, amount, others):
                made.append(frame)
            continue
        quantity = next((f.quantity for f in reversed(made) if f.quantity in PEOPLE), _spoken_of(line, amount) or topic)
        frame = _joined_on(line, amount, made) or _by_noun(line, amount, others, topic, made)
        if frame is None and (_of_police(line, amount) or _of_things(line, amount) or _of_papers(line, amount)):
            continue
        frame = (
            frame
            or _by_total(line, amount, near=5, topic=quantity)
            or _by_other_source(line, amount, made, quantity)
            or by_predicate(line, amount, None, others)
            or _by_dash(line, amount)
            or _by_rally(line, amount, made)
            or (None if _of_list_of(things, made, amount) else _by_list(line, amount, quantity))
            or _of_last(line, amount, made)
            or _gapped(line, amount, made)
            or _by_total(line, amount, topic=quantity)
        )
        if frame and made and _goes_on(line, amount, frame, made[-1]):
            frame = replace(frame, among=made[-1].among)  # "dozens of students in X and at least 15 in Y"
        if frame is None and _may_wait(line, amount):
            waiting.append(amount)
        if frame:
            made += [_with_next(f, frame) for f in waiting if _shares_verb(line, f, frame)]
            waiting = []
            both = [frame, *_befell_too(line, frame)]
            made += sorted(both, key=lambda f: f.parts["quantity"].first) if both[1:] else both
    made = [frame for frame in _parted(line, made, usable) if not _few(frame)]
    return [*made, *zeros(line, made), *alls(line, made, kept=kept)]


def _some_only(line: Line, amount: Amount) -> bool:
    """ "siguen detenidos, algunos en situación de …": several that have neither a noun nor a verb behind them."""
    if amount.hedge != "several" or noun_after(line, amount) or partitive(line, amount):
        return False
    return line.pack.settings["order"] == "free" and not _own_verb(line, amount)


def _of_list_of(things: Sequence[Amount], made: Sequence[Frame], amount: Amount) -> bool:
    """Whether a number goes on with a list of things: "31 firearms were seized, 23 in X and eight in Y"."""
    last = max((a.first for a in things if a.first < amount.first), default=-1)
    return last >= 0 and not any(f.amount.first > last for f in made) and not made


def _goes_on(line: Line, amount: Amount, frame: Frame, last: Frame) -> bool:
    """Whether a number with no noun of its own goes on with a list: by its place in it, or by the same verb."""
    same = frame.parts.get("quantity") is not None and frame.parts["quantity"] == last.parts.get("quantity")
    bare = noun_after(line, amount) is None and frame.among is None
    return frame.quantity == last.quantity and (frame.listed or (same and bare))


def _may_wait(line: Line, amount: Amount) -> bool:
    """Whether the verb of a number may stand with the next one: "8'i imza şartıyla, 10 kişi de kefaletle bırakıldı"."""
    part = line.tokens[amount.stop - 1].ending in line.pack.settings.get("part_endings", ())
    return line.pack.settings["order"] == "verb_last" and (
        part or (noun_after(line, amount) is None and _beside_place(line, amount))
    )


def _shares_verb(line: Line, amount: Amount, frame: Frame) -> bool:
    between = line.between(amount.last, frame.amount.first, ";", ":", ".")
    return frame.quantity in PEOPLE and not between and frame.parts.get("quantity") is not None


def _with_next(amount: Amount, frame: Frame) -> Frame:
    verb = frame.parts["quantity"]
    return replace(framed(amount, frame.quantity, {}, f"{verb.source}, with the number behind it"), listed=True)


def _few(frame: Frame) -> bool:
    """ "two activists climbed a bus": so few are told of for what they do, not for how many came."""
    named = frame.parts.get("quantity")
    bare = named is not None and named.head in ("crowd", "participants") and named.tail not in ("verb", "noun")
    return bare and frame.quantity == "participants" and frame.amount.value < _A_CROWD


_A_CROWD = 10  # people


def _parted(line: Line, made: Sequence[Frame], found: Sequence[Amount]) -> list[Frame]:
    """The frames, those of numbers that are parts of one before told as such."""
    parts = {f.amount.first: f for whole in made if whole.quantity in PEOPLE for f in breakdown(line, whole, found)}
    kept = [f for f in made if f.amount.first not in parts]
    return sorted([*kept, *parts.values()], key=lambda f: f.amount.first) if parts else kept


def _joined_on(line: Line, amount: Amount, made: Sequence[Frame]) -> Frame | None:
    """ "задержали трёх человек и ещё четырёх активистов": what the number before, joined by "and", counts."""
    last = made[-1] if made else None
    i = amount.first - 1
    if last is None or last.quantity not in PEOPLE - {"participants"} or i <= last.amount.last:
        return None
    noun = noun_after(line, amount)
    group = noun.tail if noun and noun.head == "among" and noun.tail != "police" and last.among else None
    told = noun is None or noun.head in ("crowd", "people") or noun.label == "participants.person" or group
    between = range(last.amount.last, amount.first)
    plain = not any(line.at(j, *_VERBS, "theme") or line.tokens[j].text in ";:." for j in between)
    if not told or not plain or line.tokens[i].fold not in line.pack.settings["joints"] or len(between) > _JOINED:
        return None
    if line.tokens[i].fold in line.pack.settings["in_place"] or _own_verb(line, amount):
        return None
    how = "joined to the number before"
    return framed(amount, last.quantity, {**({"noun": noun} if noun else {})}, how, among=group)


_JOINED = 14  # tokens between two numbers that "and" joins
_VERBS = tuple(f"{q}.verb" for q in sorted(PEOPLE | MOVED.keys()))


def _own_verb(line: Line, amount: Amount) -> bool:
    """Whether a verb stands behind the number within its clause."""
    for i in range(amount.last, min(line.sentence.last, amount.last + 6)):
        if line.at(i, *_VERBS):
            return True
        if line.tokens[i].text in ",;:—–" or line.tokens[i].fold in line.pack.settings["conjunctions"]:
            return False
    return False


_PLACES = ("cities", "regions")
_DEEDS = tuple(f"{q}.verb" for q in sorted(PEOPLE - {"participants"}))
_AFTER_ARREST = frozenset(("charged", "released", "to_court", "jailed", "fined", "still_held"))
_ADVERBS = 2  # "detained and then quickly released"


def _befell_too(line: Line, frame: Frame) -> Iterator[Frame]:
    """ "detained and later released 14": what two joined verbs say of one number, where one is the detention."""
    verb = frame.parts.get("quantity")
    if verb and (later := _main_verb(line, frame, verb)):
        yield framed(frame.amount, later.head, {**frame.parts, "quantity": later}, later.source, among=frame.among)
        return
    if verb is None or verb.tail != "verb" or not {verb.head} & ({"detained"} | _AFTER_ARREST):
        return
    for other in _joined(line, verb):
        pair = {verb.head, other.head}
        if len(pair) == 2 and pair & _AFTER_ARREST and pair & {"detained", "released"}:
            source = f"{other.source}, joined with {verb.source}"
            yield framed(frame.amount, other.head, {**frame.parts, "quantity": other}, source, among=frame.among)


def _main_verb(line: Line, frame: Frame, verb: Mark) -> Mark | None:
    """ "12 personnes arrêtées samedi ont été libérées": what befell those whom a participle calls detained."""
    passive = line.pack.settings["passive"]
    noun = noun_after(line, frame.amount)
    start = noun.last if noun and noun.last <= verb.first else frame.amount.last
    direct = verb.tail in ("verb", "person") and 0 <= verb.first - start <= 1
    if verb.head != "detained" or not direct or line.tokens[verb.first - 1].fold in passive:
        return None
    for i in range(verb.last, min(line.sentence.last, verb.last + _TO_MAIN)):
        if line.tokens[i].text in ";:" or (numeral(line.tokens[i], line.pack) and line.tokens[i - 1].text == ","):
            return None
        main = next((m for m in line.marks.get(i, ()) if m.tail == "verb" and m.head in _AFTER_ARREST), None)
        if main and line.tokens[i - 1].fold in passive and not negated(line, main):
            return None if _in_relative(line, verb.last, i) else main
    return None


_TO_MAIN = 24  # tokens


def _in_relative(line: Line, first: int, last: int) -> bool:
    """Whether a verb stands in a clause of its own, as in "…, who was then released"."""
    before = [i for i in range(first, last) if line.tokens[i].fold in line.pack.settings["relative"]]
    return bool(before) and not line.between(before[-1], last, ",")


def _joined(line: Line, verb: Mark) -> Iterator[Mark]:
    """The verbs that a joint and at most an adverb or two part from a verb, behind it or in front."""
    near = range(max(line.sentence.first, verb.first - 6), min(line.sentence.last, verb.last + 6))
    for other in (m for i in near for m in line.marks.get(i, ()) if m.tail == "verb" and m is not verb):
        a, b = (verb.last, other.first) if other.first >= verb.last else (other.last, verb.first)
        words = [line.tokens[i] for i in range(a, b)]
        joint = bool(words) and words[0].fold in line.joints and len(words) <= 1 + _ADVERBS
        if joint and all(t.kind == "word" and t.fold not in line.pack.numbers for t in words):
            yield other


def _of_police(line: Line, amount: Amount) -> bool:
    """ "some 500 police officers guarded the march": nothing is counted that we count."""
    noun = noun_after(line, amount)
    return noun is not None and noun.label == "among.police"


def _of_papers(line: Line, amount: Amount) -> bool:
    """ "девять материалов, суд назначил штрафы": papers are not fined."""
    noun = noun_after(line, amount)
    return noun is not None and noun.head == "paper"


def _of_things(line: Line, amount: Amount) -> bool:
    """ "issued 236 fines", "in 207 cases": the noun right behind is in the plural, and none that names people."""
    plural, people = (tuple(line.pack.settings.get(name, ())) for name in ("thing_endings", "people_endings"))
    i = amount.last
    if i + 1 < line.sentence.last and line.tokens[i].fold in line.pack.settings["partitive"]:  # "a handful of campuses"
        i += 1 + line.tokens[i + 1].capital
    token = line.tokens[i] if i < line.sentence.last else None
    if token is None or not plural or token.kind != "word" or token.capital or len(token.fold) < 4:
        return False
    small = token.fold in line.pack.settings["stops"] or bool(line.marks.get(i))
    return not small and token.fold.endswith(plural) and not token.fold.endswith(people)


def _pronoun(amount: Amount) -> bool:
    """A "one" in words: it counts somebody only together with a noun."""
    return not amount.digits and amount.value == 1


def _one_of_several(line: Line, amount: Amount, others: Sequence[Amount]) -> Frame | None:
    """ "four were injured in A, one was killed in B": a "one" with a verb right behind, beside other numbers."""
    i = amount.last
    while i < min(line.sentence.last, amount.last + 2) and line.tokens[i].fold in line.pack.settings["passive"]:
        i += 1
    verb = line.at(i, *_DEEDS) if others and line.pack.settings["order"] == "strict" else None
    return framed(amount, verb.head, {"quantity": verb}, verb.source) if verb else None


def _by_noun(
    line: Line, amount: Amount, others: Sequence[Amount], topic: str | None, made: Sequence[Frame]
) -> Frame | None:
    noun = noun_after(line, amount)
    part = partitive(line, amount)
    if noun is None and (group := group_apart(line, amount)):
        quantity = _spoken_of(line, amount) or topic
        told = quantity in BEFALLS_POLICE or group.tail != "police"
        return framed(amount, quantity, {"among": group}, group.source, among=group.tail) if quantity and told else None
    taken = line.at(amount.last, "detained.verb") if noun is None and line.pack.settings["order"] == "free" else None
    more = by_predicate(line, amount, taken, others, only=_STRONGER) if taken else None
    led = amount.first > line.sentence.first and line.tokens[amount.first - 1].fold in line.pack.settings["objects"]
    if more and led and more.parts["quantity"].last == amount.first - 1:  # "enviar a prisión a cuatro detenidos"
        return more
    if noun is None:
        noun = noun_before(line, amount)
        if noun and noun.tail == "unit" and line.at(amount.last, *_DEEDS):  # "protests that left 40 dead"
            noun = None
        if noun and any(noun.last <= other.first < amount.first or _owns(line, other, noun) for other in others):
            noun = None
        if noun and _pronoun(amount) and noun.head not in PEOPLE:  # "in the city only one place is left"
            noun = None
        if (
            noun and _pronoun(amount) and partitive(line, amount)
        ):  # "среди задержанных — один из организаторов": who, not how many
            noun = None
    if noun is None:
        return None
    if (
        noun.head == "rallies"
        and noun.last <= amount.first
        and any(line.at(amount.first - back, "grew") for back in (1, 2, 3))
    ):
        return framed(amount, "participants", {"quantity": noun}, f"{noun.source}: a rally grew")
    if noun.tail == "unit":
        return _unit(line, amount, noun)
    if noun.head == "people" and noun.first >= amount.last and (deed := _told_behind(line, noun)):
        return framed(amount, deed.head, {"quantity": deed}, deed.source)
    if noun.head == "participants" and noun.last <= amount.first and (deed := _done_to(line, noun, amount)):
        return framed(amount, deed.head, {"quantity": deed}, deed.source)
    told = noun.head == "detained" and noun.tail == "person"
    if noun.tail == "person" and noun.head in BEFALLS_POLICE and (group := group_behind(line, noun, police=True)):
        return framed(amount, noun.head, {"quantity": noun, "among": group}, noun.source, among=group.tail)
    if (part or told) and (group := group_behind(line, noun)):
        quantity = "detained" if told else _spoken_of(line, amount) or topic
        if quantity is None:  # "45 people, nine of them minors, were detained"
            return by_predicate(line, amount, group, others)
        return framed(amount, quantity, {"among": group}, group.source, among=group.tail)
    if part and _pronoun(amount) and not told:  # "one of them seriously" says nothing by itself
        return by_predicate(line, amount, noun, others, only=_STRONGER)
    if part and told:  # "one of the detainees" needs a word of its own
        return by_predicate(line, amount, noun, others, only=_STRONGER)
    if noun.head in PEOPLE and noun.head != "participants":
        more = by_predicate(line, amount, noun, others, only=_STRONGER) if told else None
        return more or framed(amount, noun.head, {"quantity": noun}, noun.source)
    behind = noun.label == "among.police" and _right_behind_part(line, amount)
    if behind and (quantity := _spoken_of(line, amount)):  # "243 injured, including 38 officers"; else the verb follows
        return (
            framed(amount, quantity, {"among": noun}, noun.source, among="police")
            if quantity in BEFALLS_POLICE
            else None
        )
    if made and noun.head in ("crowd", "participants") and made[-1].quantity in PEOPLE and _told_part(line, amount):
        return framed(amount, made[-1].quantity, {"noun": noun}, "a part of the number before")
    if (group := _group_in_front(line, amount)) and not _own_verb(line, amount):
        among = noun.tail if noun.head == "among" else None
        return framed(amount, group.head, {"quantity": group}, f"{group.source}, of whom a part", among=among)
    frame = by_predicate(line, amount, noun, others, only=("charges",) if noun.head == "paper" else ())
    if frame:
        return frame
    listed = noun.head == "among" and _joins_groups(line, amount, made)
    if noun.head == "among" and noun.tail != "police" and (listed or included(line, amount)):
        before = next((f.quantity for f in reversed(made) if f.quantity in PEOPLE), None)
        quantity = before or _spoken_of(line, amount) or topic
        return framed(amount, quantity, {"among": noun}, noun.source, among=noun.tail) if quantity else None
    described = line.at(amount.last, *_DEEDS) if noun.first > amount.last else None
    if described and described.last == noun.first:  # "347 injured protesters are in hospital"
        return framed(amount, described.head, {"quantity": described, "noun": noun}, described.source)
    if noun.head in ("participants", "crowd"):
        headed = amount.first > line.sentence.first and line.tokens[amount.first - 1].text in ":("
        if headed and (spoken := _spoken_of(line, amount)):  # "arrests: 80 marchers", "(80 marchers)"
            return framed(amount, spoken, {}, "what the words before the colon or bracket speak of")
        if _pronoun(amount) or amount.hedge == "several" or _of_paper(line, amount):
            return None
        return framed(amount, "participants", {"quantity": noun}, f"{noun.source}, no predicate near")
    return _by_noun_in_front(line, amount, others) if noun.head == "people" else None


def _done_to(line: Line, noun: Mark, amount: Amount) -> Mark | None:
    """ "Najwięcej demonstrujących zatrzymano w Petersburgu - 524": what a verb between says of those named before."""
    if line.between(noun.last, amount.first, ",", ";", ":"):
        return None
    return next((m for i in range(noun.last, amount.first) if (m := line.at(i, *_DEEDS))), None)


def _told_part(line: Line, amount: Amount) -> bool:
    """ "44 were taken to hospital, among them 27 demonstrators": no verb of their own."""
    return _right_behind_part(line, amount) and not _own_verb(line, amount)


def _group_in_front(line: Line, amount: Amount) -> Mark | None:
    """ "ölenlerin 13'ü çocuk": the people called after what befell them, right in front of a part of them."""
    if line.tokens[amount.stop - 1].ending not in line.pack.settings.get("part_endings", ()):
        return None
    near = (m for back in range(1, 5) for m in line.marks.get(amount.first - back, ()))
    return next((m for m in near if m.tail == "person" and m.head in PEOPLE and m.last == amount.first), None)


def _of_paper(line: Line, amount: Amount) -> bool:
    """ "дела шести участников": a noun of papers right in front, whose people they are."""
    before = (m for i in range(amount.first - 2, amount.first) for m in line.marks.get(i, ()))
    return any(m.last == amount.first and (m.head in ("paper", "charges")) for m in before)


def _joins_groups(line: Line, amount: Amount, made: Sequence[Frame]) -> bool:
    """ "79 son hombres y 6 mujeres": whether a group goes on with the groups of which the number before was one."""
    last = made[-1] if made else None
    near = last is not None and last.among is not None and 0 < amount.first - last.amount.last <= _TO_GROUP
    before = line.tokens[amount.first - 1]
    return near and (before.text == "," or before.fold in line.joints)


_TO_GROUP = 7  # tokens


def _told_behind(line: Line, noun: Mark) -> Mark | None:
    """ "trzech osobach aresztowanych": the word right behind people that says what befell them."""
    behind = line.marks.get(noun.last, ()) if noun.last < line.sentence.last else ()
    return next((m for m in behind if m.tail == "person" and m.head in PEOPLE and m.head != "participants"), None)


def _by_noun_in_front(line: Line, amount: Amount, others: Sequence[Amount]) -> Frame | None:
    """ "the number of detainees rose to 90 people": people, of whom the words in front say what befell them."""
    noun = noun_before(line, amount)
    if noun is None or noun.head not in PEOPLE or noun.tail not in ("person", "noun"):
        return None
    taken = any(noun.last <= other.first < amount.first or _owns(line, other, noun) for other in others)
    return None if taken else framed(amount, noun.head, {"quantity": noun}, noun.source)


def _right_behind_part(line: Line, amount: Amount) -> bool:
    near = (m for back in range(1, 5) for m in line.marks.get(amount.first - back, ()))
    return any(m.head in ("part", "included") and m.last == amount.first for m in near)


def _owns(line: Line, other: Amount, noun: Mark) -> bool:
    """ "из 40 задержанных отпустили 25": the detainees are the forty."""
    return noun.tail in ("person", "noun") and other.last <= noun.first and noun_after(line, other) == noun


def _in_capitals(line: Line, noun: Mark) -> bool:
    """Whether a noun stands within a name: the City of "two Kampala Capital City Authority speakers"."""
    if not (line.pack.capitals_tell and line.tokens[noun.first].capital and line.pack.settings["order"] == "strict"):
        return False
    behind = noun.last < line.sentence.last and line.tokens[noun.last].capital
    return behind and noun.first > line.sentence.first and line.tokens[noun.first - 1].capital


def _unit(line: Line, amount: Amount, noun: Mark) -> Frame | None:
    """Rallies, cities, papers: the noun decides alone. What they are counted over is `of`."""
    of = None
    verbs = {m.head for m in line.marks.all if m.tail in ("verb", "noun", "person")}
    near = range(max(line.sentence.first, amount.first - 3), noun.last)
    kind = next((k for i in near for k in ("unauthorised", "authorised") if line.at(i, k)), None)
    if noun.head in ("rallies", "regions") and kind:
        of = kind if noun.head == "rallies" else f"{kind} rallies"
    if noun.head == "cities":
        planned = bool(line.marks.of("planned"))
        held = bool(line.marks.of("event_held"))
        of = "detentions" if "detained" in verbs and not held else "rallies_planned" if planned else "rallies_held"
    if noun.head in ("cities", "regions") and _in_capitals(line, noun):
        return None
    if noun.head in ("cities", "police_bodies") and amount.bound == "at_most" and amount.hedge == "up_to":  # "to 7"
        return None
    if noun.head == "rallies" and (amount.value <= 1 or line.at(amount.first, "each") or amount.bound == "at_most"):
        return None
    among = next(
        (m for i in range(clause_start(line, amount.first), noun.last) if (m := line.at(i, "among.organisers"))), None
    )
    if noun.head == "charges" and among:
        return framed(amount, "charges", {"quantity": noun, "among": among}, noun.source, among="organisers")
    return framed(amount, noun.head, {"quantity": noun}, noun.source, of=of)


# ---------------------------------------------------------------- lists


def _by_list(line: Line, amount: Amount, quantity: str | None) -> Frame | None:
    """A number with a place beside it and no word of its own goes on counting what the list counts."""
    strange = strange_place(line, amount)
    placed = strange or _beside_place(line, amount) or _opens_part(line, amount)
    if quantity is None or not placed or (not strange and _behind_name(line, amount)):
        return None
    noun = noun_after(line, amount)
    if noun and noun.head not in ("people", "crowd", quantity):
        return None
    return replace(framed(amount, quantity, {}, "continues the list"), listed=True)


def _opens_part(line: Line, amount: Amount) -> bool:
    """ "33 were arrested on the bridge; 17 in Dewey Square; and 1 person on a ramp": a semicolon, the number, where."""
    noun, before = noun_after(line, amount), amount.first - 1
    behind = noun.last if noun else amount.last
    before -= before > line.sentence.first and line.tokens[before].fold in line.joints
    begun = before > line.sentence.first and line.tokens[before].text == ";"
    return begun and behind < line.sentence.last and line.tokens[behind].fold in line.pack.settings["in_place"]


def _of_last(line: Line, amount: Amount, made: Sequence[Frame]) -> Frame | None:
    """ "245 arrests, 176 of them in the capital X": a part of the number before, in a place of its own."""
    if not made or made[-1].quantity not in PEOPLE or not partitive(line, amount):
        return None
    last = amount.last
    while last < min(line.sentence.last, amount.last + _TO_PLACE) and line.tokens[last].kind != "mark":
        last += 1
    if not any(i in line.placed for i in range(amount.last, last)):
        return None
    return replace(framed(amount, made[-1].quantity, {}, "a part of the number before"), listed=True)


_TO_PLACE = 7  # tokens


def _gapped(line: Line, amount: Amount, made: Sequence[Frame]) -> Frame | None:
    """ "five were arrested under criminal law and 293 under administrative law": the same word stands behind both."""
    last = made[-1] if made else None
    if last is None or last.quantity not in PEOPLE or amount.last >= line.sentence.last or noun_after(line, amount):
        return None
    word = line.tokens[amount.last].fold
    same = any(line.tokens[i].fold == word for i in range(last.last, min(last.last + 2, amount.first)))
    led = line.tokens[amount.first - 1].text == "," or line.tokens[amount.first - 1].fold in line.joints
    if not (same and led and word in line.pack.settings["stops"]) or _own_verb(line, amount):
        return None
    return framed(amount, last.quantity, {}, "the same as the number before, of another part", among=last.among)


def _behind_name(line: Line, amount: Amount) -> bool:
    """ "X got ten days, Y eight": a bare number behind a name counts no people."""
    i = amount.first - 1
    name = line.pack.capitals_tell and i > line.sentence.first and line.tokens[i].capital
    return name and i not in line.placed and i not in line.blocked


def _spoken_of(line: Line, amount: Amount) -> str | None:
    """What the sentence has spoken of before the number: "Больше всего доставленных — …"."""
    spoken = [
        m
        for m in line.marks.all
        if m.first < amount.first and m.tail in ("person", "noun", "verb") and m.head in PEOPLE
    ]
    return spoken[-1].head if spoken else None


def _by_other_source(line: Line, amount: Amount, made: Sequence[Frame], topic: str | None) -> Frame | None:
    """The same, counted by somebody else.

    "25,000 marched according to police, 40,000 according to the unions"; "the police spoke of 40 detainees, the
    rights defenders — of 60".
    """
    last = made[-1] if made else None
    quantity = last.quantity if last else topic
    noun = noun_after(line, amount)
    if quantity not in PEOPLE or (noun and noun.head not in ("people", "crowd")):
        return None
    apart = last is not None and line.between(last.amount.last, amount.first, ",", ";", ":", *line.joints)
    cued = apart and noun is None and line.at(amount.last, "by")
    led = apart and noun is None and _behind_cue(line, amount)
    if not (cued or led or _behind_voice(line, amount)):
        return None
    return framed(amount, quantity, {}, "the same, by another source", among=last.among if last else None)


def _behind_cue(line: Line, amount: Amount) -> bool:
    """ "… 3,000, and according to the city hall 17,000": a speaker and his cue right in front."""
    first = clause_start(line, amount.first)
    return amount.first - 1 in line.voiced and any(line.at(i, "by") for i in range(first, amount.first - 1))


def _behind_voice(line: Line, amount: Amount) -> bool:
    """Whether a speaker, a dash and at most a preposition stand in front: "правозащитники — о 60"."""
    i = amount.first - 1
    if i > line.sentence.first and line.tokens[i].fold in line.pack.settings["stops"]:
        i -= 1
    return i > line.sentence.first and line.tokens[i].text in "—–-" and i - 1 - _quoted(line, i - 1) in line.voiced


def _quoted(line: Line, i: int) -> bool:
    """Whether a quotation mark stands there, so that the name ends before it."""
    return line.tokens[i].text in '»”"'


def _by_total(line: Line, amount: Amount, near: int = 6, topic: str | None = None) -> Frame | None:
    """ "OVD-Info's count is a minimum of 262 people": the count goes on counting what the text counts.

    A word with the tail `spoken` ("os organizadores falam em 20 mil") counts only what was already spoken of, one with
    the tail `they` ("ils étaient 900") those who came, if no verb behind says more ("à avoir été interpellés").
    """
    word = next(
        (
            m
            for i in range(max(line.sentence.first, amount.first - near), amount.start)
            if (m := line.at(i, "count_of"))
        ),
        None,
    )
    noun = noun_after(line, amount)
    own = line.at(amount.last, *_DEEDS) is not None or _told_of(line, noun)  # "the toll is 16 killed"
    if word is None or own or (noun and noun.head not in ("people", "crowd")):
        return None
    if word.tail == "they":
        came = word.last == amount.first and noun is None and not _own_verb(line, amount)
        return framed(amount, "participants", {"quantity": word}, word.source) if came else None
    if word.tail == "spoken":
        behind = word.last + (line.tokens[word.last].text in ":—–")
        told = None if (noun and noun.head != "people") or behind != amount.first else topic
        return framed(amount, told, {"quantity": word}, word.source) if told else None
    counted = word.tail or _spoken_of(line, amount) or "detained"
    return replace(framed(amount, counted, {"quantity": word}, word.source), listed=not word.tail)


def _told_of(line: Line, noun: Mark | None) -> bool:
    """ "mówią o pięciu tysiącach osób, które uczestniczyły": a relative clause right behind tells what they did."""
    if noun is None or noun.last + 1 >= line.sentence.last or line.tokens[noun.last].text != ",":
        return False
    relative = line.tokens[noun.last + 1].fold in line.pack.settings["relative"]
    return relative and line.within(range(noun.last + 2, noun.last + 4), *_VERBS)


def _by_dash(line: Line, amount: Amount) -> Frame | None:
    """ "Задержаний много: за две акции — более 80 человек": a number behind a dash counts what was spoken of."""
    noun = noun_after(line, amount)
    spoken = _spoken_of(line, amount)
    i = amount.first - 1
    dashed = i > line.sentence.first and (line.dash(i) or line.tokens[i].text == ":")
    if spoken is None or not dashed or (noun and noun.head not in ("people", "crowd")):
        return None
    return framed(amount, spoken, {}, "what the words before the dash speak of")


def _by_rally(line: Line, amount: Amount, made: Sequence[Frame]) -> Frame | None:
    """ "the largest protest, a few thousand people": people named beside a rally took part in it."""
    noun = noun_after(line, amount)
    if noun and noun.head != "people":
        return None
    if made and line.between(made[-1].last, amount.first, ";") and made[-1].quantity in PEOPLE:
        return None  # "33 people were arrested on the bridge; 17 in Dewey Square"
    landmarks = tuple(line.pack.settings.get("landmarks", ()))
    if any(
        line.tokens[i].fold.startswith(landmarks)
        for i in range(max(line.sentence.first, amount.first - 4), min(line.sentence.last, amount.last + 6))
    ):
        return framed(amount, "participants", {}, "people told of in a square or street")
    near = range(max(line.sentence.first, amount.first - 4), amount.first)
    behind = range(noun.last, min(line.sentence.last, noun.last + _AT_RALLY)) if noun else range(0)
    words = frozenset((*line.pack.settings["objects"], *line.pack.settings["in_place"]))
    led = bool(behind) and line.tokens[behind[0]].fold in words  # "30,000 people at various rallies"
    around = [*near, *(behind if led else ())]
    rally = next((m for i in around for m in line.marks.get(i, ()) if m.label == "rallies.unit"), None)
    return framed(amount, "participants", {"quantity": rally}, rally.source) if rally else None


_AT_RALLY = 4  # tokens


def _beside_place(line: Line, amount: Amount) -> bool:
    near = [
        *range(max(line.sentence.first, amount.first - 4), amount.first),
        *range(amount.last, min(line.sentence.last, amount.last + 4)),
    ]
    if any((m := line.noun(i)) and m.head in ("cities", "regions") for i in near if i >= amount.last):
        return True
    return any(i in line.placed for i in near) or line.within(near, "here", "largest", "elsewhere")
