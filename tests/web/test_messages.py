"""Every sentence that the desk says is there in Russian, too."""

import gettext
import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.alike
ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "atleast" / "web"


@pytest.mark.skipif(shutil.which("msgattrib") is None, reason="gettext is not installed")
def test_no_sentence_lacks_its_translation(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("build_messages", ROOT / "tools" / "build_messages.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    missing = tool.main(check=True)

    assert missing == 0, capsys.readouterr().out


MESSAGE = re.compile(r'^((?:#.*\n)*)((?:msgctxt ".*"\n)?)msgid "(.+)"\n(?:msgid_plural "(.+)"\n)?((?:msgstr(?:\[\d\])? ".*"\n?)+)', re.MULTILINE)
CATALOGUES = sorted(WEB.rglob("*.po"))


def messages(catalogue: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    """Each message with its plural, where it has one, and what is said for it in the other language."""
    return ((said, several, told) for _, said, several, told in in_context(catalogue))


def in_context(catalogue: Path) -> Iterator[tuple[str, str, str | None, list[str]]]:
    """Each message, with what tells it from others in the same words, or nothing."""
    for _, context, said, several, told in MESSAGE.findall(catalogue.read_text("utf-8")):
        yield context[9:-2], said, several or None, re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', told, re.MULTILINE)


def holes(sentence: str) -> Counter[str]:
    """The places in a sentence where something is put in."""
    return Counter(re.findall(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|<[^>]+>", sentence.replace("%%", "")))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.relative_to(WEB).parts[0])
def test_every_plural_has_all_its_forms(catalogue: Path) -> None:
    forms = int(re.search(r"nplurals=(\d)", catalogue.read_text("utf-8"))[1])
    for said, several, told in messages(catalogue):
        assert len(told) == (forms if several else 1), said
        assert all(told), said


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.relative_to(WEB).parts[0])
def test_a_translation_puts_in_what_the_sentence_puts_in(catalogue: Path) -> None:
    for said, several, told in messages(catalogue):
        for form in told:
            # One form may do without the number: "one report".
            assert holes(form) in ([holes(said), holes(several)] if several else [holes(said)]), said


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.relative_to(WEB).parts[0])
def test_the_compiled_catalogue_is_that_of_its_text(catalogue: Path) -> None:
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        says = gettext.GNUTranslations(compiled)
    for context, said, several, told in in_context(catalogue):
        plain = said.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
        shown = says.ngettext(plain, several, 1) if several else says.pgettext(context, plain) if context else says.gettext(plain)
        assert shown == told[0].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


TEMPLATES = sorted(WEB.rglob("*.html"))
SPOKEN = {"aria-label", "aria-description", "aria-placeholder", "title", "placeholder", "alt", "label"}
SAME_EVERYWHERE = {"atleast", "JSON", "CSV", "XLSX", "HTML", "UTC", "ODS", "JSONL", "ZIP", "TSV"}
"""Words that are the same in each language: names of the program and of formats."""


class Bare(HTMLParser):
    """What is said in a template without being translated."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        for name, value in attrs:
            if name in SPOKEN or (name == "value" and tag == "input" and ("type", "submit") in attrs):
                self.hear(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"kbd", "code", "script", "style"} & set(self.inside):
            self.hear(data)

    def hear(self, words: str) -> None:
        self.said += [word for word in re.findall(r"[^\W\d_]{2,}", words) if word not in SAME_EVERYWHERE]


def bare(template: str) -> list[str]:
    """The words of a template that nobody can translate."""
    without = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}|{% blocktranslate.*?{% endblocktranslate %}", "", template, flags=re.DOTALL)
    literals = re.findall(r"""\|(?:default|default_if_none|yesno|pluralize|add):["']([^"']*)["']""", without)
    # What a tag puts in is not known here; what stands around it is. A tag within a start tag leaves its attributes.
    heard = Bare()
    heard.feed(re.sub(r"{%.*?%}|{{.*?}}", "", without, flags=re.DOTALL))
    heard.close()
    for literal in literals:
        heard.hear(literal)
    return heard.said


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(template: Path) -> None:
    assert bare(template.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello {% translate 'there' %}</p>", ["Hello"]),
        ('<a title="Go {{ where }}" href="go">{% blocktranslate %}Go{% endblocktranslate %}</a>', ["Go"]),
        ('<p>{{ x|default:"nobody" }} {{ y|default:_("nobody") }} · 5 × <kbd>Ctrl</kbd></p>', ["nobody"]),
        ('<input type="submit" value="Send"><input type="hidden" value="edit">', ["Send"]),
        ('<p{% if a %} class="b"{% endif %}>{# no #}atleast</p>', []),
    ],
)
def test_words_that_are_not_translated_are_found(template: str, words: list[str]) -> None:
    assert bare(template) == words


@pytest.mark.parametrize("script", sorted(WEB.glob("**/static/**/*.js")), ids=lambda path: path.name)
def test_a_script_says_nothing_of_its_own(script: Path) -> None:
    found = re.findall(r"""(?:textContent|innerText|title|ariaLabel|placeholder)\s*\+?=\s*["'`]([^"'`$]*[^\W\d_]{2,})""", script.read_text("utf-8"))

    assert found == [], "let the page give the words, in data attributes"
