"""The commands of the desk: start it, do its background work, rebuild and check what it keeps."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import data_option, passphrase_of_key, progress
from .commands import main

if TYPE_CHECKING:
    from atleast.web.forgetting.planning import Plan


@main.command()
@data_option
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

    started = web.prepare(data, ask=passphrase_of_key)
    address = web.address(host, port)
    if only_link:
        from atleast.web.entering import owner, sign_in_link

        # Who can run this has the machine and its key: the link asks for nothing else.
        click.echo(address + sign_in_link(owner(), second_factor=False))
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

    name = Path(path).resolve().stem
    case, troubles = load([path], slug=name, title=_title(Path(path)) or name, by="owner")
    for trouble in troubles:
        click.echo(f"atleast: {trouble}", err=True)
    click.echo(f"The case “{case.title}” is loaded: {case.number} records.")


def _title(path: Path) -> str:
    """The heading of a folder's README, which tells what the case is about."""
    try:
        with (path / "README.md").open(encoding="utf-8") as page:
            return next((line.removeprefix("# ").strip() for line in page if line.startswith("# ")), "")
    except (OSError, UnicodeDecodeError):
        return ""


@main.command()
@data_option
@click.option("--queue", "queues", multiple=True, help="Do the work of this queue only: intake, reckon.")
def worker(data: Path | None, queues: tuple[str, ...]) -> None:
    """Do the background work of a desk: imports, reading, reckoning."""
    from atleast import web

    web.set_up(data, ask=passphrase_of_key)
    web.work(queues or web.QUEUES)


_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, a line for each case.")


@main.command()
@data_option
@_AS_JSON
@click.argument("cases", nargs=-1)
def rebuild(data: Path | None, cases: tuple[str, ...], as_json: bool) -> None:
    """Make the shelf anew from the ledger: everything that follows from what was said and decided."""
    from atleast import web

    web.prepare(data, ask=passphrase_of_key)
    from atleast.web.rows import roomy
    from atleast.web.shelf.following import rebuild as rebuilt

    roomy()
    for case in _cases(cases):
        with progress() as bar:
            entries = rebuilt(case, bar)
        click.echo(
            json.dumps({"case": case.slug, "entries": entries}) if as_json else f"{case.slug}: {entries} entries"
        )


@main.command()
@data_option
@_AS_JSON
@click.option("--shelf", is_flag=True, help="Also make the shelf anew and compare; nobody can write meanwhile.")
@click.argument("cases", nargs=-1)
def check(data: Path | None, cases: tuple[str, ...], as_json: bool, shelf: bool) -> int:
    """Check that nothing in the ledger was changed: columns against bodies, and the chain from its first link.

    Kept files are opened, too. The last link is printed: note it elsewhere, and nobody can change the ledger unnoticed,
    not even with the key.
    """
    from atleast import web

    web.prepare(data, ask=passphrase_of_key)
    from atleast.web.checking import checked

    wrong = 0
    for case in _cases(cases):
        with progress() as bar:
            found = checked(case, shelf=shelf, progress=bar)
        wrong += len(found.troubles)
        if as_json:
            click.echo(json.dumps(asdict(found), ensure_ascii=False))
            continue
        for trouble in found.troubles:
            click.echo(str(trouble), err=True)
        click.echo(
            f"{found.case}: {found.entries} entries, {found.files} files, {len(found.troubles) or 'no'} troubles;"
            f" last link {found.link or 'none'}"
        )
    return 1 if wrong else 0


@main.command()
@data_option
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")
@click.option("--finish", is_flag=True, help="Only write the database's files anew, where an erasure could not.")
@click.argument("case", required=False)
@click.argument("mentions", nargs=-1, metavar="MENTION-ID…")
def forget(
    data: Path | None, dry_run: bool, yes: bool, finish: bool, case: str | None, mentions: tuple[str, ...]
) -> int:
    """Erase a person from a case: all that is told of these mentions, and the name wherever it stands.

    Numbers and other people stay, and so does a tombstone: who erased somebody, and when. First it tells what would
    change, and asks.
    """
    from atleast import web

    web.prepare(data, ask=passphrase_of_key)
    from atleast.web.entering import owner
    from atleast.web.forgetting import doing, planning, remains

    if finish:
        left = remains.overwrite()
        click.echo("\n".join(left) or "The database's files were written anew.")
        return 1 if left else 0
    if not case or not mentions:
        raise click.UsageError("name a case and at least one mention of the person, by its id")
    found = _cases((case,))[0]
    with progress() as bar:
        planned = planning.plan(found, mentions, bar)
    _planned(planned)
    if dry_run or not (yes or click.confirm("Erase this person for good?", err=True)):
        click.echo("Nothing was changed.")
        return 0
    with progress() as bar:
        done = doing.erase(found, mentions, by=owner().username, progress=bar)
    click.echo(f"Erased: decision {done.decision}, {done.changed} entries changed, {len(done.files)} files erased.")
    click.echo("Backups made before still hold the name: make a new one, and take the old ones away.")
    for sentence in done.left:
        click.echo(sentence, err=True)
    return 1 if done.left else 0


def _planned(plan: "Plan") -> None:
    click.echo(f"Erased: {len(plan.mentions)} mentions, with all that was decided about them.")
    for each in plan.mentions:
        click.echo(f"  {each.mention}  “{each.quote}”")
    covered = ", ".join(f"{word} × {count}" for word, count in plan.found)
    click.echo(f"Covered: {covered or 'nothing, no name is known'}")
    click.echo(
        f"  in {plan.reports} reports, {plan.claims} claims, {plan.others} other mentions, {plan.decisions} decisions"
    )
    for each in plan.called:
        click.echo(f"The same person? Then name this one as well: {each.mention}  “{each.quote}”")
    for other in plan.spared:
        click.echo(f"Somebody else, who stays: {other}")
    if plan.in_title:
        click.echo("The name seems to stand in the title or the address of the case: change that by hand.")


def _cases(slugs: tuple[str, ...]) -> list:  # type: ignore[type-arg]
    from atleast.web.house.models import Case

    found = list(Case.objects.filter(slug__in=slugs) if slugs else Case.objects.all())
    missing = set(slugs) - {case.slug for case in found}
    if missing:
        known = ", ".join(Case.objects.values_list("slug", flat=True)) or "none yet"
        raise click.UsageError(f"no case is called {sorted(missing)[0]}; there are: {known}")
    return found
