"""The commands of the desk: start it, do its background work, rebuild and check what it keeps."""

from pathlib import Path

import click

from .commands import main

_DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ATLEAST_DATA",
    metavar="FOLDER",
    help="Where the desk keeps everything.  [default: among your own data]",
)


@main.command()
@_DATA
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to serve on; others than this machine's only behind TLS.",
)
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535), help="Port to serve on.")
@click.option(
    "--with", "paths", multiple=True, metavar="PATH", help="Load a case from these files, if it is not there yet."
)
@click.option("--no-workers", is_flag=True, help="Do no background work here: somebody runs `atleast worker`.")
@click.option("--link", "only_link", is_flag=True, help="Print a sign-in link for the desk that is running, and end.")
def desk(data: Path | None, host: str, port: int, paths: tuple[str, ...], no_workers: bool, only_link: bool) -> None:
    """Start the desk: a workbench for the team, in the browser.

    Makes its folder and database where there are none, prints a link that signs you in once, and serves until Ctrl-C.
    """
    from contextlib import nullcontext

    from atleast import web

    started = web.prepare(data)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if only_link:
        click.echo(address + started.link)
        return
    for path in paths:
        _loaded(path)
    click.echo(f"The desk keeps everything in {started.folder} ({started.database}).")
    click.echo("Sign in once with this link (30 minutes):")
    click.echo(f"  {address}{started.link}")
    click.echo("Ctrl-C stops the desk; nothing is lost.", nl=True)
    with nullcontext() if no_workers else web.workers():
        web.serve(host, port)


def _loaded(path: str) -> None:
    from atleast.web.loading import load

    slug = Path(path).stem.lower()
    case = load([path], slug=slug, title=slug, by="owner")
    click.echo(f"The case {case.title} is loaded: {case.number} records.")


@main.command()
@_DATA
@click.option("--queue", "queues", multiple=True, help="Do the work of this queue only: intake, reckon.")
def worker(data: Path | None, queues: tuple[str, ...]) -> None:
    """Do the background work of a desk: imports, reading, reckoning."""
    from atleast import web

    web.set_up(data)
    web.work(queues or web.QUEUES)


@main.command()
@_DATA
@click.argument("cases", nargs=-1)
def rebuild(data: Path | None, cases: tuple[str, ...]) -> None:
    """Make the shelf anew from the ledger: everything that follows from what was said and decided."""
    from atleast import web

    web.prepare(data)
    from atleast.web.shelf.following import rebuild as rebuilt

    for case in _cases(cases):
        click.echo(f"{case.slug}: {rebuilt(case)} entries")


@main.command()
@_DATA
@click.argument("cases", nargs=-1)
def check(data: Path | None, cases: tuple[str, ...]) -> int:
    """Check that nothing in the ledger was changed: columns against bodies, and the chain from its first link."""
    from atleast import web

    web.prepare(data)
    from atleast.web.ledger.checking import check as checked

    wrong = 0
    for case in _cases(cases):
        troubles = list(checked(case))
        for trouble in troubles:
            click.echo(str(trouble), err=True)
        wrong += len(troubles)
        click.echo(f"{case.slug}: {case.number} entries, {'no' if not troubles else len(troubles)} troubles")
    return 1 if wrong else 0


def _cases(slugs: tuple[str, ...]) -> list:  # type: ignore[type-arg]
    from atleast.web.house.models import Case

    found = list(Case.objects.filter(slug__in=slugs) if slugs else Case.objects.all())
    missing = set(slugs) - {case.slug for case in found}
    if missing:
        known = ", ".join(Case.objects.values_list("slug", flat=True)) or "none yet"
        raise click.UsageError(f"no case is called {sorted(missing)[0]}; there are: {known}")
    return found
