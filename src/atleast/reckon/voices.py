"""Who says so: what a row is at least by one update, one speaker, two together, a side, all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .fates import in_order
from .floor import Floor
from .results import Figure, Proof, Term
from .rows import Row, Rows


class Voices:
    """The figures that bear on one row, by who said them."""

    def __init__(self, rows: Rows, row: Row, figures: Sequence[Figure], limit: int) -> None:
        """Of interest is only what is above the limit."""
        self.rows, self.row, self.limit = rows, row, limit
        self.by_speaker: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            self.by_speaker[figure.speaker].append(figure)
        self.key = rows.keys[row][0]

    def singly(self) -> list[Proof]:
        """The largest single figure of each speaker for the row itself."""
        best: dict[str, Figure] = {}
        for speaker, figures in self.by_speaker.items():
            of_row = [f for f in figures if f.key == self.key]
            if of_row:
                best[speaker] = max(of_row, key=lambda f: (f.floor or 0, f.name))
        return [Proof((Term(f, f.floor or 0),), f.floor or 0, ()) for f in best.values()]

    def largest(self, speaker: str) -> Proof | None:
        """A speaker's largest sum: of one update; where none makes enough, of all that the speaker said."""
        figures = self.by_speaker[speaker]
        updates: defaultdict[object, list[Figure]] = defaultdict(list)
        for f in figures:
            updates[f.moment.real].append(f)
        return self._largest(updates.values()) or (self._largest([figures]) if len(updates) > 1 else None)

    def _largest(self, heaps: Iterable[Sequence[Figure]]) -> Proof | None:
        """The largest sum that figures of one heap make."""
        best: Proof | None = None
        for weight, figures in sorted(((most(heap), heap) for heap in heaps), key=lambda pair: -pair[0]):
            if weight <= self.limit or (best is not None and weight < best.total):
                break
            best = min([*([best] if best else []), *self.proofs(figures)], key=by_size, default=None)
        return best

    def proofs(self, figures: Sequence[Figure]) -> list[Proof]:
        """The ways in which these figures alone, summed up, prove the row to be above the limit."""
        if all(f.key == self.key for f in figures):
            return []  # nothing to be summed up
        return list(Floor(self.rows, figures).ways(self.row, self.limit))

    def together(self, speakers: Iterable[str]) -> list[Proof]:
        """Sums that take figures of several speakers, the largest first."""
        chosen = in_order(f for speaker in speakers for f in self.by_speaker.get(speaker, ()))
        if most(chosen) <= self.limit:
            return []
        return sorted((p for p in self.proofs(chosen) if len({t.figure.speaker for t in p.terms}) > 1), key=by_size)

    def beside(self, speaker: str, partners: Iterable[str], largest: int) -> list[Proof]:
        """So many of the largest sums that take figures of a speaker and of one partner, who weigh less and less."""
        found: list[Proof] = []
        for partner in partners:
            weight = most(self.by_speaker[speaker]) + most(self.by_speaker[partner])
            if weight <= self.limit or (len(found) == largest and weight < found[-1].total):
                break
            found = sorted([*found, *self.together([speaker, partner])], key=by_size)[:largest]
        return found

    def side(self, side: str | None) -> list[str]:
        """The speakers of a side (None: of both), those whose figures weigh most first."""
        weight = {s: most(figures) for s, figures in self.by_speaker.items() if side in (None, figures[0].side)}
        return sorted(weight, key=lambda s: (-weight[s], s))


def most(figures: Iterable[Figure]) -> int:
    """More than figures can ever prove together."""
    return sum(f.floor or 0 for f in figures)


def by_size(proof: Proof) -> tuple[object, ...]:
    """The larger total first."""
    return (-proof.total, tuple(t.figure.name for t in proof.terms))
