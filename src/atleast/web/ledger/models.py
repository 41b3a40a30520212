"""One table: every record of every case, in the order in which it came."""

from typing import ClassVar

from django.db import models

from atleast.web.house.models import Case


class Entry(models.Model):
    """One record as it was added, by whom and when. Nothing of it changes; a body may be erased (`forgetting`).

    The body is the record in the wire form, sealed. Of it the ledger keeps a salted hash, and no hash without the
    salt: a short sentence with a name in it could be guessed. `link` ties the entry to the one before it.

    No table here has an order of its own: a database that is asked for a few rows of a hundred thousand, and for their
    order, goes through all of them in that order.
    """

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="entries")
    number = models.BigIntegerField()
    record = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    # Of a claim or mention: the report it stands in.
    report = models.CharField(max_length=64, null=True)
    # Of a decision: what was decided.
    what = models.CharField(max_length=12, null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    body = models.BinaryField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    link = models.BinaryField()
    # Once erased or blackened: the id of the decision that says so.
    redacted = models.CharField(max_length=64, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="ledger_number_once"),
            models.UniqueConstraint(fields=["case", "name"], name="ledger_name_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "report"], name="ledger_report"),
            models.Index(fields=["case", "record", "number"], name="ledger_record"),
        ]
