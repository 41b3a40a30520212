"""Where sessions are kept: in the database, under a hash of their key, sealed.

Django's own table holds keys that would let anybody in who reads them, in a stolen backup for instance. This one does
not; and it knows whose session each is, so that sessions can be listed and ended.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from atleast.web.house.models import Account
from atleast.web.vault import Locked, vault

from .models import Sitting

DEVICE = "device"
"""What a session remembers of its browser: two words, never its whole name and never its address."""


def kept_as(key: str) -> str:
    """What is kept of a session's key."""
    return vault().name(b"session " + key.encode())


class SessionStore(SessionBase):
    """Django's sessions, sealed."""

    def exists(self, session_key: str) -> bool:
        return Sitting.objects.filter(key=kept_as(session_key)).exists()

    def load(self) -> dict[str, Any]:
        kept = kept_as(self.session_key)
        row = Sitting.objects.filter(key=kept, expires_at__gt=timezone.now()).first()
        held = _opened(row) if row else {}
        if not held:
            self._session_key = None
        return held

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        row = self._row(self._get_session(no_load=must_create))
        if not must_create:
            kept = {"account_id": row.account_id, "body": row.body, "expires_at": row.expires_at}
            if not Sitting.objects.filter(key=row.key).update(**kept):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as wrong:
            raise CreateError from wrong

    def _row(self, held: dict[str, Any]) -> Sitting:
        kept = kept_as(self.session_key)
        return Sitting(
            key=kept,
            account_id=held.get(SESSION_KEY),
            body=vault().seal_json(held, of=f"session {kept}"),
            expires_at=self.get_expiry_date(),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Sitting.objects.filter(key=kept_as(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Sitting.objects.filter(expires_at__lt=timezone.now()).delete()


class Seat(NamedTuple):
    """One session as its owner sees it: `number` tells it from his others."""

    number: str
    device: str
    since: datetime
    here: bool


def seats(account: Account, key: str | None) -> tuple[Seat, ...]:
    """The sessions of an account that have not ended, the newest first.

    Args:
        key: The key of the session that asks.
    """
    rows = Sitting.objects.filter(account=account, expires_at__gt=timezone.now())
    here = kept_as(key) if key else None
    return tuple(Seat(row.key, _opened(row).get(DEVICE, ""), row.made_at, row.key == here) for row in rows)


def end(account: Account, *, only: str | None = None, but: str | None = None) -> int:
    """End sessions of an account: all, one (`only`, its number), or all but the one whose key is `but`."""
    rows = Sitting.objects.filter(account=account)
    if only is not None:
        rows = rows.filter(key=only)
    if but is not None:
        rows = rows.exclude(key=kept_as(but))
    return int(rows.delete()[0])


def _opened(row: Sitting) -> dict[str, Any]:
    """What a session holds; nothing where it was sealed with another key or has been changed."""
    try:
        held: dict[str, Any] = vault().unseal_json(row.body, of=f"session {row.key}")
    except Locked:
        return {}
    return held


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """Two words by which somebody knows his own browser again.

    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> device("curl/8")
    ''
    """
    found = (next((name for mark, name in names if mark in agent), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
