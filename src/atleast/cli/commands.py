"""The command `atleast` and what it can be told to do."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from atleast.model import AtleastError, Stopped, Trouble
from atleast.model.vocabulary import QUANTITIES

from .others import lines, reader_options, taken

if TYPE_CHECKING:
    from atleast.case import Maker, Pile, Reading, Reviewed
    from atleast.reckon import Curve, Tally
    from atleast.tell import Words

# What can be drawn as a curve; the first is drawn where none is named.
_QUANTITIES = tuple(name for name in QUANTITIES if name != "other")
_SHOWN = 20
_GAVE_OUT, _INTERRUPTED, _PIPE_CLOSED = 3, 130, 141
_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Quiet(click.Group):
    """A group whose errors are one line, and which ends without a word on Ctrl-C and on a closed pipe."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            code: Any = super().main(*args, **extra | {"standalone_mode": False})
            sys.stdout.flush()
        except click.ClickException as wrong:
            click.echo(f"atleast: {wrong.format_message()}", err=True)
            code = wrong.exit_code
        except AtleastError as wrong:
            click.echo(f"atleast: {wrong}", err=True)
            code = _GAVE_OUT if isinstance(wrong, Stopped) else 2
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go, and Python would complain of it on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_CLOSED
        sys.exit(code or 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)


@click.group(cls=_Quiet, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="atleast", message="%(version)s")
def main() -> None:
    """What the claims about protest arrests jointly prove, and which of them cannot all be true.

    PATH is a file or a folder: .txt, .md, .html or wire-form .jsonl; "-" is standard input.
    """


def _of_reports(command: _Command) -> _Command:
    """The argument and options of every command that reads reports."""
    for option in reversed(
        (
            click.argument("paths", metavar="PATH...", nargs=-1, required=True),
            click.option("--published", metavar="WHEN", help="When reports that do not say so were published."),
            click.option("--publisher", metavar="NAME", help="Who published reports that do not say so."),
            click.option("--language", metavar="TAG", help="Language of reports that do not say so: en, ru, ..."),
            click.option("--again", is_flag=True, help="Read reports anew even if their claims came along."),
            click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="Read in N processes at once."),
            _words_option,
        )
    ):
        command = option(command)
    return command


def _words_option(command: _Command) -> _Command:
    languages = click.Choice(["en", "ru"])
    return click.option("--words", type=languages, help="Language to answer in.  [default: the system's]")(command)


def _format_option(*names: str) -> Callable[[_Command], _Command]:
    forms = click.Choice(names)
    return click.option("--format", "form", type=forms, default="text", show_default=True, help="How to print.")


@main.command()
@_of_reports
@_format_option("text", "jsonl")
@click.option("--with-reports", is_flag=True, help="In jsonl, print the reports too.")
@click.option("--tiers", is_flag=True, help="Print how sure the reader is, and why, instead of the claims.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write jsonl into FILE; the same again goes on where it was stopped.",
)
@reader_options
@click.option("--with-unreviewed", is_flag=True, help="In jsonl, print what a model alone has read too.")
def read(form: str, tiers: bool, out: Path | None, words: str | None, **asked: Any) -> int:
    """Print every claim and mention that reports make, each under its sentence.

    The key of an endpoint is taken from the environment: ATLEAST_KEY.
    """
    from atleast.case import replace_file

    from . import reading
    from . import tiers as grading
    from .drawing import width
    from .speaking import spoken

    said, makers = spoken(words), taken(asked)
    shown = {name: asked.pop(name) for name in ("with_reports", "with_unreviewed")}
    if not (makers or tiers) and (out or form == "jsonl"):
        return _wire(said, out, shown, **asked)
    case = _consulted(_case(said, **asked), makers, said)
    if tiers:
        _print(grading.summary(case, said, width()))
    elif out:
        replace_file(out, lines(case, **shown))
    else:
        _print(lines(case, **shown) if form == "jsonl" else reading.text(case, said, width()))
    return _told(case, said)


@main.command()
@_of_reports
def explain(words: str | None, **asked: Any) -> int:
    """Say which words and which rule gave each slot of every claim."""
    from . import reading
    from .drawing import width
    from .speaking import spoken

    said = spoken(words)
    case = _case(said, **asked)
    _print(reading.explanation(case, said, width()))
    return _told(case, said)


@main.command()
@_of_reports
@click.option("--at", metavar="WHEN", help="Reckon with what was known then: 2017-10-07T21:00+03:00.")
@click.option("--hindsight", is_flag=True, help="With --at, also with what was told later of that time.")
@click.option(
    "--zone", metavar="ZONE", help="Zone of times that carry none: Europe/Moscow, +03:00.  [default: the reports']"
)
@click.option("--event", metavar="NAME", help="The event to reckon: a day, country, occasion.  [default: the largest]")
@click.option("--only", metavar="NAME", multiple=True, help="Reckon with this claimant; may be given again.")
@click.option(
    "--except", "excluding", metavar="NAME", multiple=True, help="Leave out this claimant; may be given again."
)
@click.option("--reviewed", is_flag=True, help="Reckon only with what somebody accepted or corrected.")
@click.option("--two", is_flag=True, help="Decisions hold only when two people decided the same.")
@click.option("--without", metavar="RULE", multiple=True, help="Switch off a rule of reckoning; may be given again.")
@click.option("--with", "using", metavar="RULE", multiple=True, help="Switch on a rule by law; may be given again.")
@click.option(
    "--seconds", type=click.FloatRange(0), metavar="N", help="Look for contradictions so long.  [default: to the end]"
)
@click.option("--why", is_flag=True, help="Show the proof of each interval, what agrees and what was set aside.")
@click.option(
    "--curve", "curved", is_flag=True, help="Print how one count grew through the event instead of the table."
)
@click.option(
    "--quantity", type=click.Choice(_QUANTITIES), metavar="NAME", help="With --curve: what.  [default: detained]"
)
@click.option("--place", metavar="NAME", help="With --curve: where.  [default: the widest place]")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="With --curve: draw it, as SVG."
)
@click.option(
    "--map", "mapped", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Draw how many were detained on a map, as SVG.",
)  # fmt: skip
@_format_option("text", "json", "csv", "md", "svg")
def reckon(
    at: str | None, zone: str | None, why: bool, form: str, words: str | None, curved: bool, quantity: str | None,
    place: str | None, chart: Path | None, mapped: Path | None, hindsight: bool, event: str | None,
    only: Sequence[str], excluding: Sequence[str], reviewed: bool, two: bool, without: Sequence[str],
    using: Sequence[str], seconds: float | None, **asked: Any,
) -> int:  # fmt: skip
    """Print what is proved place by place, what cannot all be true, and what was revised."""
    from atleast import case as work

    from . import telling
    from .progress import Bar
    from .speaking import spoken

    said = spoken(words)
    _only_curved(curved, said, form, quantity=quantity, place=place, chart=chart)
    if curved and mapped:
        raise click.UsageError(said("map.only"))
    told = _zone(zone, said)
    case = _case(said, **asked)
    own = told or work.own_zone(case)
    chosen: dict[str, Any] = {"hindsight": hindsight, "event": event, "only": only, "excluding": excluding}
    chosen |= {"without": without, "using": using, "only_reviewed": reviewed, "two": two}
    try:
        with Bar(said) as bar:
            if curved:
                chosen |= {"quantity": quantity or _QUANTITIES[0], "place": place}
                drawn = work.curve(case, at=at, zone=own, progress=bar, **chosen)
            else:
                tally = work.reckon(case, at=at, zone=own, seconds=seconds, progress=bar, **chosen)
    except ValueError as wrong:  # a rule, a claimant, an event or a place that is not there
        raise click.UsageError(str(wrong)) from wrong
    found = work.reviewed(case, only=reviewed, two=two, zone=own)
    if curved:
        _draw(drawn, case, found, said, form, chart, zone=own, at=at, why=why)
        return _told(case, said)
    if mapped:
        _draw_map(mapped, tally, said)
    _print(telling.form(form, tally, case, found, said, zone=own, at=at, why=why))
    return _told(case, said, tally.troubles)


def _only_curved(curved: bool, said: "Words", form: str, **given: object) -> None:
    """Refuse what is for a curve where none was asked for."""
    named = [f"--{name}" for name, value in given.items() if value is not None]
    for option in named + (["--format svg"] if form == "svg" else []):
        if not curved:
            raise click.UsageError(said("curve.only", option=option))


def _draw(
    drawn: "Curve", case: "Reading", found: "Reviewed", said: "Words", form: str, file: Path | None,
    *, zone: tzinfo, at: str | None, why: bool,
) -> None:  # fmt: skip
    """Print a curve, and draw it into a file if one was named."""
    from atleast.case import replace_file
    from atleast.tell import chart

    from . import curving

    if file is not None:
        replace_file(file, chart(drawn, said).splitlines())
    _print(curving.form(form, drawn, case, found, said, zone=zone, at=at, why=why))


def _draw_map(file: Path, tally: "Tally", said: "Words") -> None:
    """Draw who was detained where into a file."""
    from atleast.case import replace_file
    from atleast.tell import places_map, quantity_title, towns

    quantity = _QUANTITIES[0]
    replace_file(
        file, places_map(towns(tally, quantity), said, title=quantity_title(tally, quantity, said)).splitlines()
    )


@main.group()
def lexicon() -> None:
    """Look after the word lists."""


@lexicon.command()
@click.argument("language", metavar="LANGUAGE")
@_words_option
def check(language: str, words: str | None) -> int:
    """Check every line of a language's word lists against its example."""
    from functools import partial

    from atleast import lexicon as lists
    from atleast import read as reader

    from .speaking import spoken

    troubles = lists.check(language, reader.trial, calling=partial(reader.trial, kind="call"))
    _print(troubles or [spoken(words)("lexicon.sound", language=language)])
    return 1 if troubles else 0


def _case(said: "Words", **asked: Any) -> "Reading":
    from atleast import case

    from .progress import Bar

    with Bar(said) as bar:
        return case.read(**asked, progress=bar)


def _consulted(case: "Reading", makers: Sequence["Maker"], said: "Words") -> "Reading":
    """The case as other readers see it too, if any were asked for."""
    from atleast.case import consult

    from .progress import Bar

    if not makers:
        return case
    with Bar(said) as bar:
        return consult(case, makers, progress=bar)


def _zone(name: str | None, said: "Words") -> tzinfo | None:
    from datetime import datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name is None:
        return None
    try:
        if name[:1] in "+-":
            return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as wrong:
        raise click.UsageError(said("trouble.zone", zone=name)) from wrong


def _wire(said: "Words", out: Path | None, shown: Mapping[str, bool], **asked: Any) -> int:
    """Print or write what was read in the wire form, which may be more than memory holds."""
    from atleast import case

    from .progress import Bar

    journal = out.with_name(out.name + case.PART) if out else None
    with Bar(said) as bar:
        pile = case.pile(**asked, journal=journal, progress=bar)
    done = False
    try:
        if out:
            pile.write(out, **shown)
        else:
            _print(pile.lines(**shown))
        _went_on(pile, said)
        done = True
        return _told(pile, said)
    finally:
        pile.close(done=done)


def _went_on(pile: "Pile", said: "Words") -> None:
    """Tell on stderr what an earlier run, that was stopped, was good for."""
    if pile.outdated:
        click.echo(f"atleast: {said('resumed.outdated')}", err=True)
    if pile.found:
        click.echo(f"atleast: {said('resumed.found', found=pile.found, reports=pile.reports)}", err=True)
    if pile.unused:
        click.echo(f"atleast: {said('resumed.unused', count=pile.unused)}", err=True)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _told(case: "Reading | Pile", said: "Words", more: Sequence[Trouble] = ()) -> int:
    """Tell the troubles on stderr, and give the exit code: 1 when nothing at all could be read."""
    from .drawing import harmless

    troubles = [*case.troubles, *more]
    for trouble in troubles[:_SHOWN]:
        click.echo(f"atleast: {harmless(str(trouble))}", err=True)
    if len(troubles) > _SHOWN:
        click.echo(f"atleast: {said('trouble.more', count=len(troubles) - _SHOWN)}", err=True)
    if troubles:
        click.echo(f"atleast: {said('trouble.count', count=len(troubles))}", err=True)
    if case.empty:
        click.echo(f"atleast: {said('trouble.nothing')}", err=True)
    return 1 if case.empty else 0
