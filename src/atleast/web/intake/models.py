"""What intake remembers. What names people in it is sealed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from atleast.web.house.models import Account, Case, Job


class Brought(models.Model):
    """That a job added the entries `first` to `last` (both included) to the ledger."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="brought")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    # Whether they were read by the desk; else they came along.
    read = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["first"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "first"], name="intake_brought_once")]


class Unread(models.Model):
    """A report that came in without claims, and that has not been read yet."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="unread")
    report = models.CharField(max_length=64)
    # What the ids of its records are counted within: `ledger.writing.take`.
    source = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "report"], name="intake_unread_once")]


class Gist(models.Model):
    """What a report told of day, country and zone when it was read: of that, the reports of a case agree on one."""

    case = models.ForeignKey(Case, models.CASCADE)
    report = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "report"], name="intake_gist_once")]


class Amiss(models.Model):
    """Something wrong in what came with a job: a trouble, sealed. The same is kept once, however often it is met."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="amiss")
    key = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "key"], name="intake_amiss_once")]


class Spreadsheet(models.Model):
    """One sheet of a spreadsheet that came in, from its upload until its rows are imported."""

    case = models.ForeignKey(Case, models.CASCADE)
    file = models.CharField(max_length=64)
    # Which of the sheets of the file, from 0.
    at = models.IntegerField(default=0)
    # What it is called, how its columns are read, and what is said of it: sealed.
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    # What was seen of it, the rows in error as CSV, and the job that still looks at it: `looking`.
    seen = models.BinaryField(default=bytes)
    errors = models.BinaryField(default=bytes)
    looking = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]


class Columns(models.Model):
    """How the columns of a set of headings were read the last time; `key` is a keyed hash of the headings."""

    case = models.ForeignKey(Case, models.CASCADE)
    key = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="intake_columns_once")]
