"""What was wrong with what came in: kept sealed, each once, and told again page by page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from atleast.model import Trouble
from atleast.web.house.models import Job
from atleast.web.vault import vault

from .models import Amiss

_MOST = 400
"""Characters of a value or a place that are kept: a line may be millions long."""


def keep(job: Job, troubles: Iterable[Trouble]) -> None:
    """Keep what was amiss. A job that is begun twice meets the same again: nothing is kept twice."""
    rows = []
    for trouble in troubles:
        told = {name: said[:_MOST] for name, said in asdict(trouble).items()}
        key = vault().name(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        rows.append(Amiss(job=job, key=key, sealed=vault().seal_json(told, of=_of(job, key))))
    Amiss.objects.bulk_create(rows, batch_size=400, ignore_conflicts=True)


def told(job: Job, *, start: int = 0, most: int) -> Iterator[Trouble]:
    """What was amiss, in the order in which it was met."""
    for row in job.amiss.all()[start : start + most]:
        yield Trouble(**vault().unseal_json(row.sealed, of=_of(job, row.key)))


def _of(job: Job, key: str) -> str:
    return f"amiss {job.pk} {key}"
