"""Which column of a sheet is which field: guessed, then decided by a person, and remembered by the headings."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import asdict, dataclass
from types import MappingProxyType

from atleast.lexicon.headings import CONTACTS, IGNORED, heading
from atleast.lexicon.packs import fold
from atleast.model import BadRecord, Trouble, span
from atleast.model.vocabulary import HAPPENINGS, QUANTITIES

from .contacts import is_contact
from .sheets import Column, Sheet

GROUPS = ("minors", "women", "journalists")
COUNTS = ("number", *(each for each in QUANTITIES if each != "other"), *GROUPS)
BEFELL = tuple(HAPPENINGS)
"""In the row of a person these tell what befell him or her; in a row without one, those that are counts are counts."""

FIELDS: Table[str, str] = MappingProxyType(
    {
        "name": "the name of a person; several columns are joined in their order",
        "role": "what the person is: student, lawyer",
        "place": "town or region",
        "station": "the police station",
        "date": "the day",
        "time": "the time of day",
        "number": "how many people; of what, `counts` of the mapping tells",
        "article": "the article of law that the person is charged under",
        "status": "what befell the person, in a word: released, fined",
        "source": "who says so",
        "note": "a remark; it stands in the text of the report",
        **{word: f"people: {word} (yes, a date, a detail); else a number of {word}" for word in BEFELL},
        **{word: f"how many {word}" for word in (*QUANTITIES, *GROUPS) if word not in HAPPENINGS and word != "other"},
        **dict.fromkeys(CONTACTS, "by which somebody can be reached; goes into no record"),
        IGNORED: "not read",
    }
)
_JOINED = ("name", "role", "place", "station", "article", "source", "note", *CONTACTS)
_SLASHED = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b")
_ORDERS = ("day", "month")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a sheet is read. Plain values, so that it can be kept and used for the next sheet with these headings.

    Attributes:
        columns: Heading and field of every column, in the order of the sheet.
        key: The headings whose cells tell one row from all others; empty: all that are read, but for contacts.
        order: What comes first in 7/10/17: "day" or "month"; None: it was not said, and such a date is not guessed.
        year: The year of dates that have none.
        counts: What the number is of, and what befell the people of the list.
        place: Where all of it was: what "total" is the total of, and which of two towns of one name is meant.
        date: The day of rows that have none.
        claimant: Who says so, where no column tells.
        language: The language of the headings, whose words for numbers and months are known.
    """

    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...] = ()
    order: str | None = None
    year: int | None = None
    counts: str = "detained"
    place: str | None = None
    date: str | None = None
    claimant: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        for at, field in self.columns:
            if field not in FIELDS:
                raise BadRecord(f"no field for column {at!r}", value=field, remedy=f"Known are {', '.join(FIELDS)}")
        if self.order not in (None, *_ORDERS):
            raise BadRecord("no order of day and month", value=self.order, remedy="Say day or month")
        if self.counts not in QUANTITIES:
            raise BadRecord("nothing that is counted", value=self.counts, remedy=f"Known are {', '.join(QUANTITIES)}")
        if missing := set(self.key) - {at for at, name in self.columns if name not in (*CONTACTS, IGNORED)}:
            remedy = "Choose columns that are read and are no contacts"
            raise BadRecord("no column to know a row by", value=sorted(missing)[0], remedy=remedy)
        span(self.date)

    @property
    def heading_key(self) -> str:
        """The set of headings under which a mapping is remembered; the order of the columns does not matter."""
        return heading_key(at for at, _ in self.columns)

    @property
    def reads(self) -> bool:
        """Whether any column can make a row into something."""
        return any(field in ("name", "role", *COUNTS) for _, field in self.columns)

    def to_json(self) -> str:
        """All of it, as `from_json` reads it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Mapping":
        """Raises BadRecord where the text is no mapping."""
        try:
            said = json.loads(text)
            said["columns"] = tuple((str(at), str(field)) for at, field in said["columns"])
            said["key"] = tuple(map(str, said.get("key", ())))
            return cls(**said)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise BadRecord("not a mapping of columns", value=text[:60], remedy="Map the columns anew") from wrong


def heading_key(headings: "Iterator[str] | tuple[str, ...] | list[str]") -> str:
    """What stands for a set of headings: the same however they are ordered and capitalised."""
    return json.dumps(sorted(" ".join(fold(each).split()) for each in headings), ensure_ascii=False)


def guess(sheet: Sheet) -> Mapping:
    """What the columns are by their headings, and by their first values where these are phones or e-mail addresses."""
    language = _language(sheet.columns)
    taken: set[str] = set()
    columns = []
    for column in sheet.columns:
        field = _field(column, language)
        if field in taken and field not in (*_JOINED, IGNORED):
            field = "note" if field not in COUNTS else IGNORED
        taken.add(field)
        columns.append((column.heading, field))
    dates = [value for c, (_, f) in zip(sheet.columns, columns, strict=True) if f == "date" for value in c.samples]
    return Mapping(tuple(columns), order=_order(dates), language=language)


def told(sheet: Sheet, mapping: Mapping) -> Iterator[Trouble]:
    """What was taken for what, for a person who did not decide it."""
    remedy = "Map the columns if that is wrong"
    if sheet.hidden:
        yield Trouble("a sheet that its author has hidden was read, too", sheet.where)
    for at, field in mapping.columns:
        if field in CONTACTS:
            yield Trouble(f"column “{at}” is a contact and goes into no record", sheet.where)
        elif field == IGNORED:
            yield Trouble(f"column “{at}” is not read", sheet.where, remedy=remedy)
        else:
            yield Trouble(f"column “{at}” was read as {field}", sheet.where, remedy=remedy)


def _language(columns: tuple[Column, ...]) -> str | None:
    votes = Counter(one for c in columns if (known := heading(c.heading)) for one in known.languages)
    return votes.most_common(1)[0][0] if votes else None


def _field(column: Column, language: str | None) -> str:
    known = heading(re.sub(r" \(\d+\)$", "", column.heading), language)
    if (known is None or known.field not in CONTACTS) and sum(map(is_contact, column.samples)) * 2 > len(
        column.samples
    ):
        return "contact"
    return known.field if known else IGNORED


def _order(dates: list[str]) -> str | None:
    """Day or month first, where a date in the column can only be the one."""
    found = [(int(m[1]), int(m[2])) for value in dates if (m := _SLASHED.match(value))]
    days, months = any(first > 12 for first, _ in found), any(second > 12 for _, second in found)
    return None if days == months else "day" if days else "month"
