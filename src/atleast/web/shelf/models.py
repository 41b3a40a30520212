"""Tables of the shelf. Columns are there to be counted and filtered by; what names people is sealed or blind."""

from typing import ClassVar

from django.db import models

from atleast.web.house.models import Case


class Source(models.Model):
    """A report, as lists show it: `summary` holds its title, publisher and date, sealed."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="sources")
    name = models.CharField(max_length=64)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=16, blank=True, default="")
    publisher = models.BigIntegerField(null=True)
    summary = models.BinaryField()
    # How many claims and mentions it has, and how many of them nobody has decided about.
    pieces = models.IntegerField(default=0)
    left = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="shelf_source_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "number"], name="shelf_source_number"),
            models.Index(fields=["case", "kind", "language", "publisher", "number"], name="shelf_source_choices"),
            models.Index(fields=["case", "number"], name="shelf_source_left", condition=models.Q(left__gt=0)),
        ]


class Piece(models.Model):
    """A claim or a mention as it stands: what was read, and what was decided about it since."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="pieces")
    name = models.CharField(max_length=64)
    record = models.CharField(max_length=8)
    report = models.CharField(max_length=64)
    number = models.BigIntegerField()
    start = models.IntegerField()
    state = models.CharField(max_length=10)
    tier = models.CharField(max_length=1, blank=True, default="")
    # Whether it is reckoned with.
    counts = models.BooleanField(default=True)
    quantity = models.CharField(max_length=16, blank=True, default="")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    claimant = models.BigIntegerField(null=True)
    place = models.BigIntegerField(null=True)
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="shelf_piece_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "report", "start"], name="shelf_piece_report"),
            models.Index(fields=["case", "number"], name="shelf_piece_number"),
            models.Index(fields=["case", "state", "tier"], name="shelf_piece_state"),
            models.Index(fields=["case", "claimant"], name="shelf_piece_claimant"),
        ]


class Judgement(models.Model):
    """Which decision is about which record."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False)
    number = models.BigIntegerField()
    decision = models.CharField(max_length=64)
    about = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number", "about"], name="shelf_judgement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "about"], name="shelf_judgement_about")]


class Reckoned(models.Model):
    """What was reckoned of a case when its ledger ended at `number`; `body` holds the page's parts, sealed."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False)
    # How it was asked: empty for the board, else the question in a few words ("reviewed").
    asked = models.CharField(max_length=40, blank=True, default="")
    number = models.BigIntegerField()
    made_at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "asked"], name="shelf_reckoned_once")]
