"""The frame around every page: it is found, read, seen and used by everyone."""

from collections.abc import Callable

import pytest

from .browser import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_pages_shut_nobody_out(sign_in: Callable[..., Watched], width: int, scheme: str) -> None:
    watched = sign_in(width=width, color_scheme=scheme)
    for path in ("/", "/new/", "/2017-10-07/"):
        page = watched.visit(path)

        assert not watched.axe(), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
