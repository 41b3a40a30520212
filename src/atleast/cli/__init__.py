"""The verbs as commands. Whatever a command needs is imported when it runs, so that help comes at once."""

from . import backing as _backing
from . import desk as _desk
from .commands import main

__all__ = ["main"]

assert _desk and _backing  # its commands are known once it is imported
