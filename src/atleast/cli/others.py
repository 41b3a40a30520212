"""Readers beside the rules, as options of a command: which are asked, where, and what of theirs is printed."""

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from atleast.model import Record, encode

if TYPE_CHECKING:
    from atleast.case import Maker, Reading

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FOLDER = click.Path(file_okay=False, path_type=Path)
_OPTIONS = {
    "others": click.option(
        "--reader", "others", type=click.Choice(["llm", "names"]), multiple=True, help="Ask another reader too."
    ),
    "endpoint": click.option(
        "--endpoint", metavar="URL", envvar="ATLEAST_ENDPOINT", help="Where the model answers: http://…/v1."
    ),
    "model": click.option("--model", metavar="NAME", envvar="ATLEAST_MODEL", help="The model to ask there."),
    "answers": click.option("--answers", metavar="FOLDER", type=_FOLDER, help="Keep the model's answers there."),
    "no_answers": click.option("--no-answers", is_flag=True, help="Keep no answers of the model."),
}


def reader_options(command: _Command) -> _Command:
    """The options that name other readers. `taken` takes them out of what the command was given."""
    for option in reversed(_OPTIONS.values()):
        command = option(command)
    return command


def taken(asked: dict[str, Any]) -> list["Maker"]:
    """What makes the readers that were asked for; what one of them lacks is told before anything is read.

    The key of an endpoint is taken from the environment, where no list of processes shows it.
    """
    told = {name: asked.pop(name) for name in _OPTIONS}
    return [_maker(name, told) for name in dict.fromkeys(told["others"])]


def _maker(name: str, told: Mapping[str, Any]) -> "Maker":
    from atleast.read import readers

    if name == "names":
        readers.natasha()
        return lambda setting: readers.NamesReader(setting)
    if not told["endpoint"] or not told["model"]:
        raise click.UsageError("--reader llm needs --endpoint URL and --model NAME")
    endpoint = readers.Endpoint(told["endpoint"], os.environ.get("ATLEAST_KEY") or None)
    folder = None if told["no_answers"] else told["answers"] or readers.answers_folder()
    return lambda setting: readers.ModelReader(endpoint, told["model"], folder, setting)


def lines(case: "Reading", *, with_reports: bool, with_unreviewed: bool) -> Iterator[str]:
    """A case in the wire form; what a model alone has read only when it is asked for, or somebody accepted it."""
    from atleast.case import unseen

    left = frozenset() if with_unreviewed else unseen(case.claims, case.decisions)
    claims = (claim for claim in case.claims if claim.id not in left)
    reports = case.reports if with_reports else ()
    return map(encode, chain[Record](reports, claims, case.mentions, case.decisions))
