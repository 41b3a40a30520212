"""What several commands of the desk take or ask for."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from .progress import Bar

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ATLEAST_DATA",
    metavar="FOLDER",
    help="Where the desk keeps everything.  [default: among your own data]",
)


def passphrase_of_key() -> str:
    """What opens a locked key, asked for at the terminal; nothing where nobody is there to ask."""
    return secret("Passphrase of the key") if os.isatty(0) else ""


def secret(what: str, *, new: bool = False) -> str:
    """Something that is typed and not shown; twice where it is new."""
    return str(click.prompt(what, hide_input=True, confirmation_prompt=new, err=True))


def progress() -> "Bar":
    """A bar that says in the system's language how far the work is."""
    from .progress import Bar
    from .speaking import spoken

    return Bar(spoken(None))
