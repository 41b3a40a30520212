"""Which reports carry the same dispatch: the same words, whole or in part, whatever the numbers in them.

Three steps, each near-linear. MinHash sketches of every report, part by part, propose for each report the few earlier
ones that it may have words from. The words themselves decide, five in a row at a time. Then every copy is laid beside
the earliest report that has its words, passage by passage. So a sketch may miss a copy, but it never makes one.

A translation shares no words and is no copy. Numbers are masked: a corrected version is still the same dispatch, and
that it gives another number is for reckoning to say.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from atleast.model import BadRecord, Copy, Dispatch, Passage, Report, span

from .credits import credited

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

# So many words in a row are one shingle: fewer, and set phrases look like copies.
SHINGLE = 5
# A report is sketched in parts of so many shingles, so that a short dispatch does not drown in a long page.
PART = 256
SLOTS = 64
# Slots that two parts must share to be looked at. One in 64 happens by chance; what is looked at is then counted.
LIKELY = 2
# A copy has at least so many words from before, and this share of the shorter of the two reports.
FEWEST = 12
SHARE = 1 / 3
# A passage is a run of so many words at least; an edit of so few words does not end it.
RUN = 10
EDIT = 4
_BATCH = 2048
_SEED = 20171007
_FOREVER = datetime.max.replace(tzinfo=UTC)
_WORD = re.compile(r"\d+(?:[\s.,:'’]?\d+)*|[^\W\d_]+(?:\u00ad[^\W\d_]+)*")


def dispatches(reports: Iterable[Report]) -> tuple[Dispatch, ...]:
    """The dispatches that several reports carry, each with its reports in the order of publication.

    Args:
        reports: Those of one case, in any order; ones without text are passed over.

    Returns:
        The dispatches in the order of their earliest reports. A report that has words of two earlier ones is a copy
        of both. Nothing depends on the order in which the reports come.
    """
    known = sorted({r.id: r for r in reports if r.text}.values(), key=_time)
    place = {report.id: n for n, report in enumerate(known)}
    pairs = _pairs(known) if len(known) > 1 else []
    found = [each for group in _groups(pairs) for each in _among([known[n] for n in group])]
    return tuple(sorted(found, key=lambda each: place[each.report]))


def _time(report: Report) -> tuple[datetime, str]:
    """When a report was surely out: a mere day is over before it counts."""
    try:
        when = span(report.published)
    except BadRecord:
        when = None
    return (when.end.astimezone(UTC) if when else _FOREVER), report.id


# --- words


class _Numbers(dict[str, int]):
    """A number for each word: the same for all its spellings in capitals, and one for all that are numerals."""

    def __missing__(self, word: str) -> int:
        self[word] = found = 0 if word[0].isdigit() else crc32(_folded(word).encode())
        return found


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("\u00ad", "")


def _shingles(words: Sequence[int]) -> "Hashes":
    """A number for every five words in a row; five numerals in a row, which are all alike, have nought."""
    import numpy as np

    of_words = np.array(words, dtype=np.uint64)
    mixed = np.zeros(max(0, len(words) - SHINGLE + 1), dtype=np.uint64)
    for n in range(SHINGLE):  # as unsigned numbers they wrap round, which is what is wanted
        mixed = (mixed ^ of_words[n : n + len(mixed)]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed  # nought stays nought, and hardly anything else becomes it


def _told(text: str, numbers: Mapping[str, int]) -> "Hashes":
    """The shingles of a text that tell anything."""
    found = _shingles([numbers[word] for word in _WORD.findall(text)])
    told: Hashes = found[found != 0]
    return told


# --- likely pairs, and sure ones


def _pairs(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Reports that share enough words, as (earlier, later) by their places in the row.

    Each is held against the earliest that it may have words from, not against every copy of it: twelve hundred copies
    of one dispatch are twelve hundred pairs.
    """
    import numpy as np

    numbers = _Numbers()

    @lru_cache(maxsize=4096)
    def shingles(n: int) -> "Hashes":
        return np.unique(_told(reports[n].text, numbers))

    found = []
    for later, earlier in _likely(reports, numbers):
        here, there = shingles(later), shingles(earlier)
        shared = len(np.intersect1d(here, there, assume_unique=True))
        if shared and shared + SHINGLE - 1 >= _enough(min(len(here), len(there)) + SHINGLE - 1):
            found.append((earlier, later))
    return found


def _enough(words: int) -> float:
    return max(FEWEST, SHARE * words)


def _likely(reports: Sequence[Report], numbers: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """(later, earlier) for every two reports of which the later may have words from the earlier."""
    import numpy as np

    sketches, owners = _sketches(reports, numbers)
    first = np.empty(sketches.shape, dtype=np.int32)
    for slot in range(SLOTS):  # who first had what this slot holds
        _, where, back = np.unique(sketches[:, slot], return_index=True, return_inverse=True)
        first[:, slot] = owners[where][back]
    proposed: set[tuple[int, int]] = set()
    for owner, holders in zip(map(int, owners), first, strict=True):
        votes: Counter[int] = Counter(holders.tolist())
        proposed |= {(owner, holder) for holder, count in votes.items() if holder < owner and count >= LIKELY}
    return iter(sorted(proposed))


def _sketches(reports: Sequence[Report], numbers: Mapping[str, int]) -> "tuple[NDArray[np.uint32], NDArray[np.int32]]":
    """One row of slots for every part of a report, and which report each row is of, in their order."""
    import numpy as np
    from rensa import RMinHash

    rows: list[NDArray[np.uint32]] = []
    owners: list[int] = []
    for start in range(0, len(reports), _BATCH):
        parts: list[Any] = []
        for n, report in enumerate(reports[start : start + _BATCH], start):
            whole = _told(report.text, numbers)
            own = np.array_split(whole, max(1, round(len(whole) / PART))) if len(whole) else []
            parts += own
            owners += [n] * len(own)
        ends = np.cumsum([0, *map(len, parts)], dtype=np.uint64)
        flat = np.concatenate([*parts, np.empty(0, np.uint64)])
        sketched = RMinHash.digest_matrix_from_flat_token_hashes(flat, ends, num_perm=SLOTS, seed=_SEED)
        rows.append(np.array(sketched.to_rows(), dtype=np.uint32).reshape(-1, SLOTS))
    return np.concatenate(rows), np.array(owners, dtype=np.int32)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Whatever hangs together by pairs, each group in order, the groups by their first."""
    first: dict[int, int] = {}

    def top(n: int) -> int:
        while (above := first.setdefault(n, n)) != n:
            first[n] = n = first.setdefault(above, above)
        return n

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        first[high] = low
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for n in sorted(first):
        groups[top(n)].append(n)
    return sorted(groups.values())


# --- word by word


class _Laid:
    """A report as a row of words, with their places in the text."""

    def __init__(self, report: Report, numbers: Mapping[str, int]) -> None:
        self.report = report
        self.words = [(found.start(), found.end()) for found in _WORD.finditer(report.text)]
        self.shingles: list[int] = _shingles([numbers[report.text[a:b]] for a, b in self.words]).tolist()


# The first and the last shingle of a run, and the same of where its words stand in an earlier report.
_Run = tuple[int, int, int, int]


def _among(reports: Sequence[Report]) -> Iterator[Dispatch]:
    """The dispatches among reports that hang together: every report whose words others have later."""
    numbers = _Numbers()
    credit = {report.id: credited(report) for report in reports}
    agencies = {name for name in credit.values() if name}
    holders: dict[int, tuple[int, int]] = {}
    laid: list[_Laid] = []
    copies: defaultdict[int, list[Copy]] = defaultdict(list)
    for n, report in enumerate(sorted(reports, key=lambda r: (r.publisher not in agencies, *_time(r)))):
        laid.append(here := _Laid(report, numbers))
        for holder, runs in sorted(_runs(here.shingles, holders).items()):
            if sum(last - first + SHINGLE for first, last, *_ in runs) >= FEWEST:
                copies[holder].append(_copy(here, laid[holder], runs))
        for at, shingle in enumerate(here.shingles):
            if shingle:
                holders.setdefault(shingle, (n, at))
    for holder, found in copies.items():
        report = laid[holder].report
        names = Counter(filter(None, (credit[name] for name in (report.id, *(copy.report for copy in found)))))
        agency = min(names, key=lambda name: (-names[name], name), default=None)
        yield Dispatch(report.id, report.publisher, report.published, agency, tuple(found))


def _runs(shingles: Sequence[int], holders: Mapping[int, tuple[int, int]]) -> dict[int, list[_Run]]:
    """The long runs of a report's words that earlier reports have, by which of them had the words first."""
    runs: defaultdict[int, list[_Run]] = defaultdict(list)
    for at, shingle in enumerate(shingles):
        holder, there = holders.get(shingle, (-1, -1))
        if holder < 0:
            continue
        before = runs[holder]
        if before and 0 < at - before[-1][1] <= SHINGLE + EDIT and 0 < there - before[-1][3] <= SHINGLE + EDIT:
            first, _, begun, _ = before[-1]
            before[-1] = first, at, begun, there
        elif before and not _long(before[-1]):
            before[-1] = at, at, there, there
        else:
            before.append((at, at, there, there))
    long = {holder: [run for run in found if _long(run)] for holder, found in runs.items()}
    return {holder: found for holder, found in long.items() if found}


def _long(run: _Run) -> bool:
    return run[1] - run[0] + SHINGLE >= RUN


def _copy(here: _Laid, there: _Laid, runs: Sequence[_Run]) -> Copy:
    report = here.report
    passages = tuple(
        Passage(
            here.words[first][0], here.words[last + SHINGLE - 1][1],
            there.words[begun][0], there.words[ended + SHINGLE - 1][1],
        )
        for first, last, begun, ended in runs
    )  # fmt: skip
    taken = {word for first, last, *_ in runs for word in range(first, last + SHINGLE)}
    given = {word for *_, begun, ended in runs for word in range(begun, ended + SHINGLE)}
    shared, whole = (round(100 * len(some) / len(laid.words)) for some, laid in ((taken, here), (given, there)))
    return Copy(report.id, report.publisher, report.published, shared, whole, passages)
