"""Tables of the board: what it has to be reckoned again for, what it tells at length, what each account has seen."""

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


class Told(models.Model):
    """A proof, a contradiction or a revision in words, sealed, in every language; `name` is made of all that it says,
    `about` is what it is found by, and `place` where it stands among its kind. `asked` is as in `shelf.Reckoned`."""

    pk = models.CompositePrimaryKey("case", "asked", "kind", "name")
    case = models.ForeignKey(Case, models.CASCADE, db_index=False)
    asked = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=8)
    name = models.BigIntegerField()
    about = models.CharField(max_length=16, blank=True, default="")
    place = models.FloatField()
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "asked", "kind", "place", "name"], name="board_told_place"),
            models.Index(fields=["case", "asked", "kind", "about"], name="board_told_about"),
        ]


class ToldOf(models.Model):
    """On which claims what is told rests, and who said them: blind, as on the shelf."""

    pk = models.CompositePrimaryKey("case", "asked", "kind", "name", "claim")
    case = models.ForeignKey(Case, models.CASCADE, db_index=False)
    asked = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=8)
    name = models.BigIntegerField()
    claimant = models.BigIntegerField()
    claim = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "asked", "claimant", "kind", "name"], name="board_told_of_claimant"),
            models.Index(fields=["case", "asked", "kind", "claim", "name"], name="board_told_of_claim"),
        ]


class Seen(models.Model):
    """What stood on the board when somebody said to have seen it; `body` holds the figures, sealed."""

    case = models.ForeignKey(Case, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "account"], name="board_seen_once")]
