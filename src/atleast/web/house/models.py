"""Tables of the house. What names people in them is sealed."""

import zoneinfo
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atleast.web import pulse

from .rights import ROLE_NAMES, Right, Role, rights

_ROLES = [(role.value, ROLE_NAMES[role]) for role in Role]


class Account(AbstractUser):
    """Somebody who works at this desk, known by a handle; no name and no address need be given.

    `is_superuser` marks the owner of the desk, who makes cases and is admin of every one.
    """

    first_name: Any = None
    last_name: Any = None
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def get_full_name(self) -> str:
        return str(self.username)

    get_short_name = get_full_name


class Case(models.Model):
    """One event that is followed: a day of arrests, and all that came of it."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    zone = models.CharField(max_length=60, default="UTC")
    two_persons = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    # The end of its ledger. Whoever writes to the ledger locks this row first, so that the chain has one end.
    number = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        """The zone in which times of this case are shown."""
        return zoneinfo.ZoneInfo(self.zone)


class Membership(models.Model):
    """That somebody has a role in a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=_ROLES)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "account", "role"], name="one_role_once")]


class Invitation(models.Model):
    """A link by which somebody may open an account and take a role; it works once. Of the link only a hash is kept."""

    token = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True)
    role = models.CharField(max_length=10, choices=_ROLES)
    # Whom a sign-in link is for; empty for an invitation to a new account.
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Whether who signs in by this link is still asked for the second factor that he has.
    second_factor = models.BooleanField(default=True)


class Audit(models.Model):
    """Who looked at or took out what, who signed in, who was given which role. Only ever added to, as the ledger is.

    Names nobody but accounts: what was seen is told by its id.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True)
    did = models.CharField(max_length=40)
    page = models.CharField(max_length=60)
    about = models.CharField(max_length=64, blank=True, default="")
    count = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]


class Came(models.Model):
    """Under which id a record came from outside, as a blind key: so that the same again is nothing new."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="came_once")]


class Job(models.Model):
    """Background work: what is asked, how far it is, what came of it. Outlives the process that does it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    case = models.ForeignKey(Case, models.CASCADE)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=40, blank=True, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    asked = models.BinaryField(default=bytes)
    told = models.BinaryField(default=bytes)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Whoever does it says so every few seconds; a job that nobody speaks for is taken up again.
    alive_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    tries = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    @property
    def open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def orphaned(self) -> bool:
        """Whether the process that did it has gone silent."""
        heard = pulse.heard(self) if self.state == self.State.RUNNING else timezone.now()
        return heard is None or timezone.now() - heard > timedelta(seconds=30)


def rights_in(account: Account, case: Case) -> frozenset[Right]:
    """All that somebody may do in a case; nothing for who is no member."""
    if account.is_superuser:
        return rights([Role.ADMIN])
    return rights(Membership.objects.filter(case=case, account=account).values_list("role", flat=True))


class Contact(models.Model):
    """How to reach somebody: a caller, a relative. Not part of the record: sealed, and seen by few."""

    case = models.ForeignKey(Case, models.CASCADE)
    # The id of the report or mention that it belongs to.
    about = models.CharField(max_length=64)
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "about"], name="house_contact_about")]


class Digits(models.Model):
    """Some digits in a row of a contact, blind: by them a telephone number is found."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "key"], name="house_digits_key")]


class Kept(models.Model):
    """Which file a report came in; `file` is its name among the sealed files."""

    case = models.ForeignKey(Case, models.CASCADE)
    report = models.CharField(max_length=64)
    file = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "report"], name="kept_once")]
        indexes: ClassVar = [models.Index(fields=["file"], name="house_kept_file")]
