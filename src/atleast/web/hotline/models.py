"""One table: calls while they are taken down."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from atleast.web.house.models import Account, Case


class Draft(models.Model):
    """A call of one person while it is taken down, sealed; once it is sent, only that it was.

    Its name was made when the form was opened, and becomes the id of the report: what is sent twice is one report.
    """

    case = models.ForeignKey(Case, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(max_length=64)
    # Goes up by one each time it is written; who writes tells which version was before the eyes.
    version = models.BigIntegerField(default=0)
    # Which window wrote last, and its how manieth writing that was: so that a writing that is repeated is known.
    tab = models.CharField(max_length=40, blank=True, default="")
    turn = models.BigIntegerField(default=0)
    # The call that was open in two windows, if this is what the other one wrote.
    beside = models.CharField(max_length=64, blank=True, default="")
    began_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # A keyed hash of what was sent.
    sent_as = models.CharField(max_length=40, blank=True, default="")
    body = models.BinaryField(default=bytes)

    class Meta:
        ordering: ClassVar = ["-began_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="hotline_name_once")]
        indexes: ClassVar = [models.Index(fields=["case", "account", "sent_at"], name="hotline_own")]
