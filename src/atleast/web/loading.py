"""Loading a case from files at once, without a browser."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from atleast import case as work
from atleast.model import Trouble
from atleast.web.cases import RESERVED
from atleast.web.house.models import Case
from atleast.web.ledger.writing import take


@transaction.atomic
def load(
    paths: Iterable[str | os.PathLike[str]], *, slug: str, title: str, by: str
) -> tuple[Case, tuple[Trouble, ...]]:
    """A case of this name with all that these files say, and what was amiss with them.

    A case that is there already is left as it is.
    """
    slug = slugify(slug)[:50] or "case"
    found, made = Case.objects.get_or_create(
        slug=f"{slug}-case" if slug in RESERVED else slug, defaults={"title": title[:200]}
    )
    if not made:
        return found, ()
    reading = work.read([Path(path) for path in paths])
    zone = work.own_zone(reading).utcoffset(None)
    found.zone = _zone(int(zone.total_seconds()) if zone else 0)
    found.save(update_fields=["zone"])
    take(found, [*reading.reports, *reading.claims, *reading.mentions, *reading.decisions], by=by)
    return found, reading.troubles


def _zone(seconds: int) -> str:
    """The name of a zone with this offset all year round. The signs of these names are turned round."""
    hours, rest = divmod(seconds, 3600)
    return f"Etc/GMT{-hours:+d}" if not rest and hours else "UTC"
