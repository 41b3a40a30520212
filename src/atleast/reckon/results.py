"""What reckoning hands back: frozen records, from a single quote up to the whole Tally."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from atleast.model import Dispatch, People, Trouble

from .moments import Moment

Side = Literal["independent", "authority"]
Kind = Literal["proof", "dispute", "text", "relay", "tension"]
_NOTHING = People()


class Quote(NamedTuple):
    """Where a figure was printed: the claim, its report and the words."""

    claim: str
    report: str
    publisher: str | None
    published: str | None
    words: str


class Key(NamedTuple):
    """What is counted and where: one row of the table."""

    quantity: str
    place: str
    among: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person by one mention of him or her. The name itself is not here: what may be shown is decided elsewhere."""

    mention: str
    report: str
    role: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why mentions are of different people (`one_list`, `different`), or of one (`same`), and who says so."""

    how: Literal["one_list", "different", "same"]
    mentions: tuple[str, ...]
    report: str | None = None
    title: str | None = None
    by: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Documented:
    """How many different people mentions document at least, and how many of them at least by name.

    `someone` are those who prove it, by one mention each. They are all different from each other by the
    `judgements`; or, if not `clique`, the judgements are such that fewer people do not fit them. `exact` says that
    the number is the least that fits all judgements, and not only below it. In a sum so many as `elsewhere` of them
    do not count: they may be people who are mentioned, and counted, in other places. `rules` are those by which
    they are different, and are counted where they are.
    """

    people: int
    by_name: int
    someone: tuple[Someone, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    clique: bool = True
    exact: bool = True
    elsewhere: int = 0
    rules: tuple[str, ...] = ()


class Figure(NamedTuple):
    """What one speaker said of one row at one moment, with every quote of it. Twelve relays are one figure.

    `low` and `high` are the numbers as said. `floor` and `ceiling` are what they prove: a partial
    count has no ceiling, an "about" has neither (`roughly` holds its tolerance). Where mentions of people are
    counted, `people` tells whom, and no claim is quoted. `implied` names the rule by which the figure says this of
    its row, where the words speak of another one.
    """

    name: str
    speaker: str
    named: bool
    kind: str
    side: Side
    key: Key
    apart: tuple[str, ...]
    others: bool
    low: int | None
    high: int | None
    bound: str
    hedge: str | None
    partial: bool
    moment: Moment
    dated: bool
    quotes: tuple[Quote, ...]
    floor: int | None = None
    ceiling: int | None = None
    roughly: People = _NOTHING
    stale: bool = False
    headline: bool = False
    people: Documented | None = None
    implied: str = ""

    def __hash__(self) -> int:
        """By the name, which few figures share: a hash of all that a figure says takes longer than to compare it."""
        return hash(self.name)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that say it, in order."""
        return tuple(quote.claim for quote in self.quotes)

    @property
    def number(self) -> int | None:
        """The one number that was said, as far as it can be told from the interval."""
        return self.low if self.low is not None else self.high


class Term(NamedTuple):
    """One figure in a sum: how often it is taken (minus one: taken away) and the number it gives."""

    figure: Figure
    value: int
    times: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Proof:
    """A sum of figures that bounds a count, and the rules that make it do so. Exact numbers only."""

    terms: tuple[Term, ...]
    total: int
    rules: tuple[str, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims that it rests on."""
        return tuple(sorted({claim for term in self.terms for claim in term.figure.claims}))


class Later(Proof):
    """A proof whose sum is worked out when somebody asks for it; its total is known at once."""

    __slots__ = ("_made", "_work")
    _made: Proof | None
    _work: Callable[[], Proof]

    def __init__(self, total: int, work: Callable[[], Proof]) -> None:
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "_work", work)
        object.__setattr__(self, "_made", None)

    @property
    def made(self) -> Proof:
        """The proof, worked out."""
        made = self._made or self._work()
        object.__setattr__(self, "_made", made)
        return made

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.made.terms

    @property
    def rules(self) -> tuple[str, ...]:
        return self.made.rules


@dataclass(frozen=True, slots=True)
class Bound:
    """How many, for one side, with a proof of either end; and when that was so."""

    people: People = _NOTHING
    low: Proof | None = None
    high: Proof | None = None
    moment: Moment | None = None
    roughly: People = _NOTHING

    @property
    def claimants(self) -> tuple[str, ...]:
        """Whose figures prove it, in order of their names."""
        proofs = (proof for proof in (self.low, self.high) if proof is not None)
        return tuple(sorted({term.figure.speaker for proof in proofs for term in proof.terms}))


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of the table: what is counted, where, what each side says of it, and who of them is documented."""

    key: Key
    independent: Bound
    authority: Bound
    joint: Bound
    documented: Documented | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be said: the key of a template and what stands in its gaps."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that cannot all be true: `below` proves more than `above` allows.

    `core` is a smallest set: drop any figure of it and the rest can be true together. `below` and
    `above` may name more than the core, where a speaker gave a whole list at once. `mend` holds the
    changes of one number that would do, the least first; `readings` the other ways to take the words
    under which nothing is wrong, each of them tried. `also` counts the figures that are not told and break the
    same ceiling, too: in the place of one that is told, or together with each other.
    """

    kind: Kind
    what: str
    key: Key
    below: Proof
    above: Proof
    core: tuple[Figure, ...]
    gap: int
    assumes: tuple[str, ...] = ()
    mend: tuple[Message, ...] = ()
    readings: tuple[Message, ...] = ()
    also: int = 0

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims on either side."""
        return tuple(sorted({*self.below.claims, *self.above.claims}))

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(sorted({*self.below.rules, *self.above.rules}))


@dataclass(frozen=True, slots=True)
class Revision:
    """A speaker's later figure for the same row, which replaces the earlier one.

    `why` tells why it corrects the past and is no growth: the speaker `called` it corrected, in these words; a count
    that only grows `fell`; both are for the `same_moment`; the first was counted when the event was over
    (`event_over`). Empty for growth.
    """

    key: Key
    speaker: str
    before: Figure
    after: Figure
    direction: Literal["up", "down"]
    why: str = ""
    called: str = ""

    @property
    def correction(self) -> bool:
        """Whether the later figure corrects the past."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Hold:
    """Figures that agree to the last person: a sum that comes out."""

    what: str
    key: Key
    parts: tuple[Term, ...]
    whole: Figure

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(sorted({*self.whole.claims, *(c for term in self.parts for c in term.figure.claims)}))


@dataclass(frozen=True, slots=True)
class Question:
    """A figure that is missing: what to ask, and what it could do for the interval of a whole.

    The row asked for can have `room` more people before the whole is raised; then it can raise it by at most `most`
    (None: nothing bounds it). `size` is what is known of it.
    """

    key: Key
    whole: Key
    words: Message
    room: int = 0
    most: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A claim that no bound rests on, and why not."""

    claim: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Event:
    """One event that claims of the heap are about, and how many are.

    `day` is the day or days it lasted, None where no claim tells; `total` marks a time too long for one event
    ("1,800 since January"); `main` the one that is reckoned. Claims of other numbers than counts are not counted.
    """

    name: str
    day: str | None
    country: str
    occasion: str
    claims: int
    main: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What the claims of a case jointly imply, what cannot all be true, and what was left out.

    `repeats` leads from each claim of a copied report to the one it repeats; both are quotes of one figure. `events`
    are all that the heap speaks of, first the one that is reckoned. `only` and `excluding` name the claimants chosen.
    """

    day: str | None = None
    cells: tuple[Cell, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    hidden: int = 0
    stopped: Message | None = None
    revisions: tuple[Revision, ...] = ()
    holds: tuple[Hold, ...] = ()
    questions: tuple[Question, ...] = ()
    set_aside: tuple[Aside, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    repeats: Mapping[str, str] = field(default_factory=dict, hash=False)
    rules_off: tuple[str, ...] = ()
    rules_on: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    only: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()

    def cell(self, quantity: str, place: str, *, among: str = "", of: str = "") -> Cell | None:
        """The row of that name, if any claim speaks of it."""
        wanted = Key(quantity, place, among, of)
        return next((cell for cell in self.cells if cell.key == wanted), None)
