"""What charts and maps share: their rules of style, their heads, safe text."""

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files


@cache
def style() -> str:
    """The CSS of every picture, to be served beside a page that shows pictures without rules of their own."""
    return (files("atleast.tell") / "pictures.css").read_text("utf-8")


def picture(kind: str, size: tuple[int, int], language: str, title: str, told: str, *, role: str, alone: bool) -> str:
    """The head of an SVG picture: who it is for those who do not see it, and its rules if it stands alone."""
    wide, high = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="told" viewBox="0 0 {wide} {high}" role="{role}"'
        f' lang="{language}" aria-labelledby="{kind}-title {kind}-desc">'
    )
    names = [f'<title id="{kind}-title">{title}</title>', f'<desc id="{kind}-desc">{told}</desc>']
    rules = [f"<style>\n{style()}</style>"] if alone else []
    return "\n".join([head, *names, *rules])


def document(head: str, drawn: Iterable[str]) -> str:
    """The whole picture."""
    return "\n".join([head, *drawn, "</svg>"]) + "\n"


def safe(text: str) -> str:
    """A text that nothing in XML or HTML takes for more than text, on one line."""
    return escape(" ".join(text.split()))
