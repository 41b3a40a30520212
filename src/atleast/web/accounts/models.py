"""Who is signed in, and where. The table tells a thief neither a key that would let him in nor a device."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from atleast.web.house.models import Account


class Sitting(models.Model):
    """One browser's session. Of its key only a keyed hash is kept; what it holds is sealed, the device's words too."""

    key = models.CharField(max_length=40, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sittings")
    body = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
