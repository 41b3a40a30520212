"""The verbs as commands. Whatever a command needs is imported when it runs, so that help comes at once."""

from .commands import main

__all__ = ["main"]
