"""Tables of the board: what it has to be reckoned again for, and what each account has seen."""

from typing import ClassVar

from django.db import models

from atleast.web.house.models import Account, Case


class Moved(models.Model):
    """A claim or mention that stands otherwise since the ledger had `number` entries; no name stands for many."""

    case = models.ForeignKey(Case, models.CASCADE)
    number = models.BigIntegerField()
    name = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "number"], name="board_moved_number")]


class Seen(models.Model):
    """What stood on the board when somebody said to have seen it; `body` holds the figures, sealed."""

    case = models.ForeignKey(Case, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "account"], name="board_seen_once")]
