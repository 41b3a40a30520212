"""More reports than memory holds: read in several processes, noted in a journal, written out in their order."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from atleast import collect
from atleast import read as reading
from atleast.model import Report, Trouble, Unreadable, decode, encode

from .gathering import Gathered, Progress, read_one, same_id
from .journal import Journal, Shelf, key, replace_file
from .reviewing import unseen
from .workers import in_order

PART = ".part"
"""What stands behind the name of a file while it is in the making, for the journal of what was read."""


def pile(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    again: bool = False,
    jobs: int = 1,
    journal: Path | None = None,
    progress: Progress | None = None,
) -> "Pile":
    """What `read` gives, of as many reports as there are: neither they nor their claims are held in memory.

    Args:
        journal: A file in which to note what was read. Where it is there already, what it holds is not read again.
        Everything else as for `read`.

    Raises:
        Stopped: The journal cannot be written, somebody else is writing it, or a process was killed. What was read
            so far stays in the journal.
        Unreadable: The journal lies in a folder that is to be read.
    """
    paths = list(paths)
    if journal:
        _outside(journal, paths)
    told = partial(progress, "collect") if progress else None
    made = Pile(Journal(journal), journal.parent if journal else None)
    try:
        for record in collect.reports(
            paths, published=published, publisher=publisher, language=language, progress=told
        ):
            made.gathered.add(record)
        if again:
            made.gathered.forget()
        made.read(jobs, progress)
    except BaseException:
        made.close(done=False)
        raise
    return made


def _outside(journal: Path, paths: Sequence[str | os.PathLike[str]]) -> None:
    for path in (Path(path).resolve() for path in paths):
        if path.is_dir() and journal.resolve().is_relative_to(path):
            raise Unreadable(
                "this lies in a folder that is read, and would itself be read the next time",
                file=str(journal),
                remedy="Write to another folder",
            )


class Pile:
    """What the reports of a pile say, in the wire form.

    Attributes:
        found: How many of the reports an earlier run had read already.
        unused: How many answers of an earlier run are of no use: reports have changed or gone, or the others now
            agree on another day or country.
        outdated: Whether an earlier run was made by another version of the reader or its lists, and is of no use.
    """

    def __init__(self, journal: Journal, folder: Path | None = None) -> None:
        self._journal, self._shelf = journal, Shelf(folder)
        self._answers: list[tuple[str, str]] = []  # ids of the reports that were read, and keys of the journal
        self.gathered = Gathered(reports=self._shelf)
        self.found, self.unused, self.outdated = 0, 0, journal.outdated

    @property
    def empty(self) -> bool:
        """Whether nothing at all could be read: neither a report nor a record of one."""
        gathered = self.gathered
        return not (self._shelf or gathered.claims or gathered.mentions or gathered.decisions)

    @property
    def reports(self) -> int:
        """How many reports there are."""
        return len(self._shelf)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What was amiss."""
        parts = ("claims", "mentions") if self.gathered.decisions else ()
        elsewhere = (name for part in parts for name, _ in self._said(part))
        return (*self.gathered.troubles, *self.gathered.amiss(elsewhere))

    def lines(self, *, with_reports: bool = False, with_unreviewed: bool = False) -> Iterator[str]:
        """The reports if they are wanted, then all claims, all mentions and all decisions."""
        gathered = self.gathered
        left = frozenset() if with_unreviewed else unseen(gathered.claims.values(), gathered.decisions.values())
        if with_reports:
            yield from map(self._shelf.line, self._shelf)
        yield from (encode(c) for name, c in gathered.claims.items() if name not in left)
        yield from (line for name, line in self._said("claims") if name not in gathered.claims)
        yield from map(encode, gathered.mentions.values())
        yield from (line for name, line in self._said("mentions") if name not in gathered.mentions)
        yield from map(encode, gathered.decisions.values())

    def write(self, path: Path, *, with_reports: bool = False, with_unreviewed: bool = False) -> None:
        """The same into a file, which is there whole or not at all."""
        replace_file(path, self.lines(with_reports=with_reports, with_unreviewed=with_unreviewed))

    def close(self, *, done: bool = True) -> None:
        """Put away what was needed on the way; unless all is done, the journal stays for the next run."""
        self._journal.close(done=done)
        self._shelf.close()

    def read(self, jobs: int, progress: Progress | None) -> None:
        """Read the reports that came without claims, and once more those to which the others can tell something."""
        claimed = self.gathered.claimed
        unread = [name for name in self._shelf if self._shelf.full(name) and name not in claimed]
        alone = self._read(unread, reading.Setting(), jobs, progress, "read")
        gists = [reading.Gist(*self._answer(answer)["gist"]) for _, answer in alone]
        setting = reading.agreed(gists)
        again = [name for name, gist in zip(unread, gists, strict=True) if not gist.settled(setting)]
        final = dict(self._read(again, setting, jobs, progress, "again"))
        self._answers = [(name, final.get(name, answer)) for name, answer in alone]
        self.unused = self._journal.found - self._journal.used
        self.gathered.troubles += self._amiss()

    def _read(
        self, names: Sequence[str], setting: reading.Setting, jobs: int, progress: Progress | None, stage: str
    ) -> list[tuple[str, str]]:
        """Read so many reports, unless they have been; the keys of the answers by the ids of the reports."""
        setting_line = json.dumps(astuple(setting))
        keys = [key(self._shelf.line(name), setting_line) for name in names]
        missing = [each not in self._journal for each in keys]
        self.found = self.found or missing.count(False)
        lines = (self._shelf.line(name) for name, wanted in zip(names, missing, strict=True) if wanted)
        made = in_order(partial(_answered, setting=setting), lines, jobs)
        for done, (each, wanted) in enumerate(zip(keys, missing, strict=True), 1):
            if wanted:
                self._journal[each] = next(made)
            if progress:
                progress(stage, done, len(keys))
        return list(zip(names, keys, strict=True))

    def _answer(self, answer: str) -> Any:
        return json.loads(self._journal[answer])

    def _said(self, part: str) -> Iterator[tuple[str, str]]:
        """The claims or mentions that were read, by their ids."""
        came = {mention.report for mention in self.gathered.mentions.values()} if part == "mentions" else ()
        for name, answer in self._answers:
            if name not in came:
                yield from self._answer(answer)[part]

    def _amiss(self) -> Iterator[Trouble]:
        """What was amiss in reading, with the records that have the id of one that came along."""
        for _, answer in self._answers:
            yield from (Trouble(*told) for told in self._answer(answer)["troubles"])
        for part, came in (("claims", self.gathered.claims), ("mentions", self.gathered.mentions)):
            for name, line in self._said(part) if came else ():
                if name in came and decode(line) != came[name]:
                    yield same_id(came[name])


def _answered(line: str, setting: reading.Setting) -> str:
    """What a report says, as it is noted in the journal; read in a process of its own."""
    report = decode(line)
    assert isinstance(report, Report)
    found = read_one(report, setting)
    return json.dumps(
        {
            "gist": astuple(found.gist),
            "claims": [(claim.id, encode(claim)) for claim in found.claims],
            "mentions": [(mention.id, encode(mention)) for mention in found.mentions],
            "troubles": [astuple(trouble) for trouble in found.troubles],
        },
        ensure_ascii=False,
    )
