"""Kept files, and what else lies sealed beside the ledger: which of it holds a name."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from atleast.model import AtleastError
from atleast.web import files
from atleast.web.house.models import Case, Job, Kept
from atleast.web.rows import parts
from atleast.web.vault import vault

from .names import Name

keepers: list[Callable[[Case], Iterable[str]]] = []
"""Which further files a room keeps for a case: a file in which the name is found is erased."""

_FILE = re.compile("[0-9a-f]{40}")
_MOST_READ = 200 << 20


def let_go(case: Case, holding: Iterable[str], touched: set[str]) -> set[str]:
    """Let go of the files of reports in which the name stood, and of others that hold it. Gives those that no other
    case needs: they are to be erased."""
    named = {*holding, *files_of(case, touched)}
    for part in parts(sorted(named)):
        Kept.objects.filter(case=case, file__in=part).delete()
    elsewhere = (Kept.objects.filter(file__in=part).values_list("file", flat=True) for part in parts(sorted(named)))
    return named.difference(*elsewhere)


def files_of(case: Case, reports: set[str]) -> set[str]:
    """The files in which these reports came."""
    return {each.file for each in Kept.objects.filter(case=case) if each.report in reports}


def kept_files(case: Case) -> set[str]:
    """Every file that is kept for a case: of its reports, of its jobs, of its rooms."""
    kept = Kept.objects.filter(case=case).values_list("file", flat=True)
    return {*kept, *_of_jobs(case), *of_rooms(case)}


def of_rooms(case: Case) -> set[str]:
    """Files that rooms keep: spreadsheets that wait."""
    return set().union(*(files_of(case) for files_of in keepers))


def _of_jobs(case: Case) -> set[str]:
    """Files that a job of this case tells of, such as rows that could not be read."""
    found: set[str] = set()
    for job in Job.objects.filter(case=case):
        for sealed in (job.asked, job.told):
            found |= set(_FILE.findall(json.dumps(opened(sealed, f"job {job.pk}")))) if sealed else set()
    return found


def holds(file: str, name: Name) -> bool:
    """Whether a name stands in a kept file, as far as it can be read without knowing its form."""
    data = files.opened(file)
    return data is not None and any(name.holds(text) for text in _texts(data))


def _texts(data: bytes) -> Iterator[str]:
    """What can be read in a file without knowing its form: the text of it, or of the files packed in it."""
    if data[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for member in packed.infolist():
                    with packed.open(member) as file:
                        yield from _texts(file.read(_MOST_READ))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            return
    elif data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as file:
            yield from _texts(file.read(_MOST_READ))
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
    else:
        yield data.decode("utf-8", "replace")
        if not data.isascii():
            yield data.decode("cp1251", "replace")


def opened(sealed: bytes, of: str) -> Any:
    """What was sealed, as JSON where it is; what cannot be opened holds nothing that anybody could read."""
    try:
        text = vault().unseal(sealed, of=of)
    except AtleastError:
        return ""
    try:
        return json.loads(text)
    except ValueError:
        return text
