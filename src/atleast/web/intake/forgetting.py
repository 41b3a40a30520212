"""Taking a person who is erased out of what intake remembers."""

from collections.abc import Iterable

from atleast.web.forgetting.kept import opened
from atleast.web.forgetting.names import Name
from atleast.web.house.models import Case

from .models import Amiss, Columns, Gist, Spreadsheet


def forget(case: Case, name: Name, touched: set[str]) -> int:
    """Drop what was amiss and gists in which the name stands, and all sheets that wait. Returns how many there were.

    Headings, and how columns were read, are asked for again: whose names stood in them is not looked at.
    """
    amiss = [
        row.pk
        for row in Amiss.objects.filter(job__case=case)
        if name.holds(opened(row.sealed, f"amiss {row.job_id} {row.key}"))
    ]
    gists = [row.pk for row in Gist.objects.filter(case=case) if name.holds(opened(row.sealed, f"gist {row.report}"))]
    dropped = (
        Amiss.objects.filter(pk__in=amiss),
        Gist.objects.filter(pk__in=gists),
        Spreadsheet.objects.filter(case=case),
        Columns.objects.filter(case=case),
    )
    return sum(rows.delete()[0] for rows in dropped)


def files_of(case: Case) -> Iterable[str]:
    """Spreadsheets that came in and wait."""
    return Spreadsheet.objects.filter(case=case).values_list("file", flat=True)
