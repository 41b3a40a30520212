"""Every package says at its door what it offers: all of it, sorted, and no more; and opening a door is cheap."""

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import atleast

DOORS = ["atleast", *(f"atleast.{name}" for name in ("case", "cli", "collect", "lexicon", "model", "read", "reckon", "review", "tell", "web"))]
HEAVY = ("click", "highspy", "numpy", "py3langid", "selectolax", "charset_normalizer", "atleast.lexicon", "atleast.reckon")


def own(module: ModuleType) -> set[str]:
    """The public names of a package that are not its submodules."""
    inner = {info.name for info in pkgutil.iter_modules(module.__path__)}
    return {name for name in vars(module) if not name.startswith("_")} - inner


@pytest.mark.parametrize("name", DOORS)
def test_what_a_door_offers_is_sorted_and_there(name: str) -> None:
    door = importlib.import_module(name)

    assert list(door.__all__) == sorted(door.__all__, key=lambda each: (not each.isupper(), each[0].islower(), each))
    assert all(getattr(door, each) is not None for each in door.__all__)
    assert door.__doc__ and door.__doc__.strip()


@pytest.mark.parametrize("name", DOORS[1:])
def test_a_door_offers_all_that_stands_in_it(name: str) -> None:
    door = importlib.import_module(name)
    foreign = {each for each in own(door) - set(door.__all__) if isinstance(getattr(door, each), type | ModuleType)}

    assert not [each for each in foreign if getattr(door, each).__module__.startswith(name)]


def test_every_package_has_a_door() -> None:
    packages = [f"atleast.{info.name}" for info in pkgutil.iter_modules(atleast.__path__) if info.ispkg]

    assert sorted(packages) == DOORS[1:]


@pytest.mark.parametrize("module", ["atleast", "atleast.cli"])
def test_opening_the_first_doors_brings_in_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert module in loaded
    assert not [name for name in HEAVY if name in loaded and not (name == "click" and module == "atleast.cli")]


def test_a_name_that_is_no_verb_is_refused() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        atleast.nothing  # noqa: B018
