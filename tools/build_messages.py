"""Gather what the desk says, room by room, and compile the translations: `make messages`. Needs gettext.

Each room under src/atleast/web has its own `locale`; what stands in `templates` and in modules beside the rooms is in
`web/locale`. With --check nothing is written: it tells which sentences have no translation, and ends with 1 if any.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "atleast" / "web"
# Each language with its forms of plural, as gettext writes them.
LANGUAGES = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
}


def rooms() -> list[Path]:
    """The folders that have their own messages; the one around them first."""
    return [WEB, *sorted(path.parent for path in WEB.glob("*/apps.py"))]


def gather(room: Path, copy: Path) -> None:
    """Write the catalogue of a room anew from a copy of it that holds nothing else."""
    shutil.copytree(room, copy, ignore=_others(room), dirs_exist_ok=True)
    for language in LANGUAGES:
        made = copy / "locale" / language / "LC_MESSAGES" / "django.po"
        if not made.exists():
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(head(language), "utf-8")
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap", "-v0", "-e", "html,py,txt"]
    for language in LANGUAGES:
        command += ["-l", language]
    settings = {"DJANGO_SETTINGS_MODULE": "django.conf.global_settings"}
    subprocess.run(command, cwd=copy, check=True, env=os.environ | settings)


def _others(room: Path) -> object:
    skipped = {path.name for path in rooms() if path.parent == room} | {"__pycache__", "migrations", "static"}
    return lambda folder, names: [name for name in names if name in skipped] if Path(folder) == room else []


def head(language: str) -> str:
    """The head of a catalogue: what programs need, and nothing that changes each time."""
    told = (f"Language: {language}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8")
    told += ("Content-Transfer-Encoding: 8bit", f"Plural-Forms: {LANGUAGES[language]}")
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in told), ""])


def untranslated(catalogue: Path) -> list[str]:
    """The sentences of a catalogue that have no translation, or one that nobody has looked at."""
    found: list[str] = []
    for lacking in ("--untranslated", "--only-fuzzy"):
        command = ["msgattrib", "--no-obsolete", "--no-wrap", lacking, str(catalogue)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found += re.findall(r'^msgid "(.+)"$', printed, re.MULTILINE)
    return found


def main(check: bool) -> int:
    """Gather, tell what is missing, and compile; with `check`, write nothing."""
    with tempfile.TemporaryDirectory() as folder:
        lacks = [each for room in rooms() for each in _room(room, Path(folder) / room.name, check)]
    for each in lacks:
        print(each)
    return 1 if lacks else 0


def _room(room: Path, copy: Path, check: bool) -> list[str]:
    """What the catalogues of a room lack."""
    gather(room, copy)
    lacks: list[str] = []
    for language in LANGUAGES:
        made = copy / "locale" / language / "LC_MESSAGES" / "django.po"
        _, _, messages = made.read_text("utf-8").partition("\n\n")
        if not messages.strip():
            continue
        made.write_text(head(language) + "\n" + messages, "utf-8")
        lacks += [f"{room.relative_to(ROOT)}: not in {language}: {each}" for each in untranslated(made)]
        kept = room / "locale" / language / "LC_MESSAGES"
        if not check:
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(made, kept / "django.po")
            subprocess.run(["msgfmt", "--check-format", "-o", str(kept / "django.mo"), str(made)], check=True)
        elif not (kept / "django.po").exists() or (kept / "django.po").read_text("utf-8") != made.read_text("utf-8"):
            lacks.append(f"{room.relative_to(ROOT)}: the catalogue is out of date: make messages")
    return lacks


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
