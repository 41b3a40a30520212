"""What was known by a moment: what had been counted and published by then.

The number must be sure, the knowledge possible. A figure holds at the moment only if it was surely counted by then: a
report that tells its day alone may be of a later hour. Whether the report was out by then may be open ("that day").
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from atleast.model import Span

from .moments import Moment
from .results import Message


@dataclass(frozen=True, slots=True)
class Known:
    """The moment up to which claims count; with `hindsight` those too that were published after it."""

    end: datetime
    hindsight: bool = False

    @classmethod
    def by(cls, at: Span | datetime | None, *, hindsight: bool = False) -> "Known | None":
        """Up to the end of a minute, of a day; None where no moment is asked for."""
        if at is None:
            return None
        return cls(at.end if isinstance(at, Span) else at + timedelta(minutes=1), hindsight)

    def not_yet(self, moment: Moment, published: Span | None) -> Message | None:
        """Why a figure of that moment, in a report of that date, was not known yet; None where it may have been."""
        first, last = moment.real
        if first >= self.end:
            return Message("aside.later")
        if last > self.end:
            return Message("aside.maybe_later", {"moment": moment.shown or "–"})
        if published is not None and published.start >= self.end and not self.hindsight:
            return Message("aside.told_later", {"published": str(published)})
        return None
