"""Loading a case from files at once, without a browser."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from atleast import case as work
from atleast.web.cases import RESERVED
from atleast.web.house.models import Case
from atleast.web.ledger.writing import take


@transaction.atomic
def load(paths: Iterable[str | os.PathLike[str]], *, slug: str, title: str, by: str) -> Case:
    """A case of this name with all that these files say; one that is there already is left as it is."""
    if slug in RESERVED:
        slug = f"{slug}-case"
    found, made = Case.objects.get_or_create(slug=slug, defaults={"title": title})
    if made:
        reading = work.read([Path(path) for path in paths])
        zone = work.own_zone(reading).utcoffset(None)
        found.zone = _zone(int(zone.total_seconds()) if zone else 0)
        found.save(update_fields=["zone"])
        take(found, [*reading.reports, *reading.claims, *reading.mentions, *reading.decisions], by=by)
    return found


def _zone(seconds: int) -> str:
    """The name of a zone with this offset all year round. The signs of these names are turned round."""
    hours, rest = divmod(seconds, 3600)
    return f"Etc/GMT{-hours:+d}" if not rest and hours else "UTC"
