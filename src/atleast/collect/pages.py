"""A saved web page → what it says of itself and its text, block by block, without its furniture."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from atleast.model import BadRecord, Unreadable, clean, span

_DROPPED = frozenset(
    "script style noscript template svg nav footer aside form button head iframe object select textarea datalist "
    "dialog canvas audio video map".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hgroup hr legend li main menu ol p pre section summary table ul".split()
)
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Marks that stand for the page's breaks until the text is put together; they cannot occur in it.
_BLOCK, _LINE, _CELL = "\x1d", "\x1e", "\x1f"
_SPACE = re.compile("[ \t\n\f\r\x1d-\x1f]+")
_BREAK = re.compile(f"{_BLOCK}|{_LINE}[ {_LINE}]*{_LINE}")
_ROW = 400

_META = {
    "published": ("article:published_time", "datePublished", "og:published_time", "pubdate", "date", "DC.date.issued"),
    "publisher": ("og:site_name",),
    "title": ("og:title",),
    "url": ("og:url",),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's own words about itself, None where it has none, and its text."""

    text: str
    title: str | None = None
    language: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


def page(markup: str) -> Page:
    """What a page says.

    Raises:
        Unreadable: It is built to exhaust whoever reads it.
    """
    _refuse_bombs(markup)
    tree = LexborHTMLParser(markup)
    meta = _meta(tree)
    return Page(
        # Some sites put the whole page into one form.
        text=clean(_text(tree.body, _DROPPED) or _text(tree.body, _DROPPED - {"form"})),
        title=_one_line(meta.get("title") or _content(tree, "title") or _content(tree, "h1")),
        language=_tag(tree.css_first("html")),
        published=_published(tree, meta),
        publisher=_one_line(meta.get("publisher")),
        url=_one_line(_attribute(tree, 'link[rel="canonical"]', "href") or meta.get("url")),
    )


def _text(body: LexborNode | None, dropped: frozenset[str]) -> str:
    marked = "".join(_pieces(body, dropped)) if body else ""
    blocks = ("\n".join(_lines(block)) for block in _BREAK.split(marked))
    return "\n\n".join(block for block in blocks if block)


def _lines(block: str) -> Iterator[str]:
    for line in block.split(_LINE):
        cells = [_collapsed(cell) for cell in line.split(_CELL)]
        if any(cells):
            yield "\t".join(cells).strip("\t")


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


def _pieces(top: LexborNode, dropped: frozenset[str]) -> Iterator[str]:
    """Words and marks in reading order. An own stack, for pages nest deeper than Python calls may."""
    left = _opened(top, dropped)[::-1]
    while left:
        node = left.pop()
        if isinstance(node, str):
            yield node
        elif node.tag == "-text":
            yield _SPACE.sub(" ", node.text_content or "")
        elif not _unseen(node, dropped):
            left.extend(reversed(_opened(node, dropped)))


def _opened(node: LexborNode, dropped: frozenset[str]) -> list[LexborNode | str]:
    """What stands in an element, between the marks that it makes."""
    tag = node.tag
    if tag == "br":
        return [_LINE]
    if tag == "pre":
        return [_BLOCK, node.text(deep=True).replace("\n", _LINE), _BLOCK]
    if tag == "tr" and _is_row(node):
        return [*_row(node, dropped), _LINE]
    mark = _BLOCK if tag in _BLOCKS else _LINE if tag == "tr" else _CELL if tag in ("td", "th") else ""
    return [mark, *node.iter(include_text=True), mark] if mark else list(node.iter(include_text=True))


def _is_row(row: LexborNode) -> bool:
    """Whether a table row holds data, a line of it; the rows of a page's layout hold paragraphs or tables."""
    return row.css_first("table") is None and len(row.text(deep=True)) <= _ROW


def _row(row: LexborNode, dropped: frozenset[str]) -> Iterator[str]:
    for cell in row.iter():
        if not _unseen(cell, dropped):
            yield _collapsed("".join(_pieces(cell, dropped)))
            yield _CELL


def _unseen(node: LexborNode, dropped: frozenset[str]) -> bool:
    """Whether an element is furniture, or is not shown to a visitor."""
    tag = node.tag
    if tag in dropped or not tag or tag[0] in "-_!":
        return True
    said = node.attributes
    return bool(said) and (
        "hidden" in said or said.get("aria-hidden") == "true" or bool(_UNSEEN.search(said.get("style") or ""))
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's meta elements that we know, under our names; an earlier name of `_META` goes first."""
    said: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        at = node.attributes
        for name in (at.get("property"), at.get("name"), at.get("itemprop")):
            if name:
                said.setdefault(name.strip().lower(), at["content"] or "")
    found = {ours: [said[n.lower()] for n in names if said.get(n.lower())] for ours, names in _META.items()}
    return {ours: values[0] for ours, values in found.items() if values}


def _published(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    said = (
        meta.get("published"),
        *(_linked_data(node.text()) for node in tree.css('script[type="application/ld+json"]')),
        _attribute(tree, "time[datetime]", "datetime"),
    )
    return next(filter(None, map(_when, said)), None)


def _linked_data(text: str) -> str | None:
    """`datePublished` of JSON-LD, wherever in it."""
    try:
        left: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return None
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if isinstance(value.get("datePublished"), str):
                return str(value["datePublished"])
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(reversed(value))
    return None


def _when(said: str | None) -> str | None:
    """A page's date in the wire form's way; a time without a zone is worth its day only."""
    try:
        moment = datetime.fromisoformat((said or "").strip())
        bare = moment.tzinfo is None
        made = moment.date().isoformat() if bare else moment.replace(second=0, microsecond=0).isoformat("T", "minutes")
        return made if span(made) else None
    except (ValueError, BadRecord):
        return None


def _tag(html: LexborNode | None) -> str | None:
    """The language that the page says it is in: "ru-RU" and "ru_RU" are "ru"."""
    said = (html.attributes.get("lang") or html.attributes.get("xml:lang") or "") if html else ""
    found = re.match(r"\s*([a-zA-Z]{2,3})(?:[-_][\w-]+)?\s*$", said)
    return found[1].lower() if found else None


def _content(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.text(deep=True) if node else None


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(name) if node else None


def _one_line(said: str | None) -> str | None:
    return clean(_collapsed(said or "")) or None


# A tree takes time in the square of its depth and of an element's attributes, and an element such as <font> that
# is never closed is copied into every block after it: each makes a small file into an endless one.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:=\s*"[^"]*"|=\s*'[^']*'|[^>])*+)(?:>|\Z)""", re.DOTALL
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_NEXT = frozenset("p li dt dd td th tr thead tbody tfoot option optgroup colgroup rt rp".split())
_COPIED = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_DEEP, _DEEP_WORK, _COPY_WORK, _ATTRIBUTES = 20_000, 400_000_000, 5_000_000, 10_000


def _refuse_bombs(markup: str) -> None:
    tags = markup.count("<")
    deep, copied, wide = _extent(markup)
    if deep > _DEEP or deep * tags > _DEEP_WORK or (copied > 10 and copied * tags > _COPY_WORK):
        raise Unreadable(f"a page with {max(deep, copied):,} elements in one another", remedy=_SAVE)
    if wide > _ATTRIBUTES:
        raise Unreadable(f"a page with {wide:,} attributes on one element", remedy=_SAVE)


_SAVE = "If it is a real page, save its text as .txt"


def _extent(markup: str) -> tuple[int, int, int]:
    """Most elements ever open at once, most of those that are copied into later blocks, most attributes of one."""
    open_now: Counter[str] = Counter()
    deep = deepest = copied = most_copied = widest = 0
    for found in _TAG.finditer(markup):
        tag, said = (found[2] or "").lower(), found[3] or ""
        if len(said) > _ATTRIBUTES:
            widest = max(widest, len(re.findall(r"""(?:=\s*"[^"]*"|=\s*'[^']*'|[^\s>])++""", said)))
        step = -1 if found[1] else 1
        if _nests(tag, said, open_now) and (step > 0 or open_now[tag]):
            open_now[tag] += step
            deep += step
            copied += step * (tag in _COPIED)
            deepest, most_copied = max(deepest, deep), max(most_copied, copied)
    return deepest, most_copied, widest


def _nests(tag: str, said: str, open_now: Mapping[str, int]) -> bool:
    """Whether what follows a tag stands inside it. In a drawing <p> and <tr> are names like any other."""
    if not tag or tag in _VOID or said.endswith("/"):
        return False
    return tag not in _CLOSED_BY_NEXT or bool(open_now.get("svg"))
