"""What can go wrong, as a tree.

AtleastError
├── BadRecord      a wire-form line that is not a record; names file, line, field, value, remedy
├── Unreadable     a file or page that cannot be turned into text
├── NoAnswer       a reader outside atleast that cannot be asked, or does not answer as it should
├── BadLexicon     a language pack, gazetteer or speaker list with a wrong line
└── Stopped        the machinery gave out: a full disk, a file that cannot be written, a process that was killed

Exceptions are for callers' mistakes and broken machinery. Trouble in the data itself (a negative
count, an interval turned round) is a `Trouble`: a record that is kept and shown.
"""

from dataclasses import dataclass, field


class AtleastError(Exception):
    """Base of all errors that atleast raises on purpose. Its text is fit to be shown to a person."""

    def __init__(self, what: str, *, file: str = "", line: int = 0, value: object = None, remedy: str = "") -> None:
        self.what, self.file, self.line, self.value, self.remedy = what, file, line, value, remedy
        super().__init__(what)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        shown = "" if self.value is None else f" (found {_short(self.value)})"
        return f"{where}{self.what}{shown}" + (f". {self.remedy}" if self.remedy else "")

    def at(self, file: str, line: int = 0) -> "AtleastError":
        """The same error, now knowing the file and line it came from."""
        self.file, self.line = file or self.file, line or self.line
        return self


class BadRecord(AtleastError):
    """A line of the wire form that cannot be a record. The rest of the file is still read."""


class Unreadable(AtleastError):
    """A file that holds no text atleast can read: binary, empty, or in a form it does not know."""


class NoAnswer(AtleastError):
    """A reader outside atleast (a model, an extra) that cannot be asked or gives no usable answer."""


class BadLexicon(AtleastError):
    """A line of a language pack, of the gazetteer or of the speaker list that cannot be used."""


class Stopped(AtleastError):
    """Work that could not go on because the machinery gave out; the data is not to blame."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in the data that did not stop the work: kept, counted and shown."""

    what: str = field(metadata={"help": "What is wrong, in one sentence."})
    where: str = field(default="", metadata={"help": "File and line, or the id of the record."})
    value: str = field(default="", metadata={"help": "The value that caused it, shortened."})
    remedy: str = field(default="", metadata={"help": "What would work."})

    @classmethod
    def of(cls, error: AtleastError) -> "Trouble":
        """The record of an error that was caught so that the rest could go on."""
        where = f"{error.file}:{error.line}" if error.line else error.file
        return cls(error.what, where, "" if error.value is None else _short(error.value), error.remedy)

    def __str__(self) -> str:
        shown = f" (found {self.value})" if self.value else ""
        return ": ".join(filter(None, (self.where, self.what + shown))) + (f". {self.remedy}" if self.remedy else "")


def _short(value: object, most: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"
