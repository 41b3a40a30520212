"""A real desk in a process of its own, and a real browser to look at it with."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cases" / "2017-10-07"
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@dataclass
class RunningDesk:
    """A desk that runs: where, on which folder, and what it printed."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]

    def link(self) -> str:
        """A fresh sign-in link for its owner."""
        command = [sys.executable, "-m", "atleast", "desk", "--link", "--port", self.address.rpartition(":")[2]]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def run(self, code: str) -> str:
        """What a piece of Python prints that is run within the desk's own setting."""
        begin = "from atleast.web import set_up; set_up()\n"
        done = subprocess.run([sys.executable, "-c", begin + code], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def begin(data: Path, *options: str, **environment: str) -> RunningDesk:
    """Start a desk on a folder and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"ATLEAST_DATA": str(data / "desk")} | environment
    if os.environ.get("DATABASE_URL") and "DATABASE_URL" not in environment:
        from .postgres import another

        env["DATABASE_URL"] = another(f"desk_{port}")
    log = data / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "atleast", "desk", "--port", str(port), *options]
        process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT)
    desk = RunningDesk(f"http://localhost:{port}", data / "desk", process, log, env)
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return desk
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the desk did not begin: {log.read_text()}")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk with the sample case. Shared: a test that changes much starts its own by `begin`."""
    desk = begin(tmp_path_factory.mktemp("running"), "--with", str(SAMPLE))
    yield desk
    desk.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    # Playwright leaves its loop in this thread; Django would take the tests after it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@dataclass
class Watched:
    """A page of a browser, and what went wrong on it: errors of scripts, breaches of the policy, foreign requests."""

    page: Any
    desk: RunningDesk
    wrong: list[str] = field(default_factory=list)

    def visit(self, path: str) -> Any:
        answer = self.page.goto(self.desk.address + path)
        assert answer is None or answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def axe(self) -> list[str]:
        """What shuts people out of the page as it stands, found by axe: its rules for all, and touch targets of 24 px."""
        from axe_playwright_python.base import AXE_SCRIPT

        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        asked = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
        found = self.page.evaluate("asked => axe.run(asked).then(found => found.violations)", asked)
        return [f"{each['id']}: {each['help']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def share() -> float:
    """How much of a processor a process gets here now, at most 1: by it, times are told as of a machine that is free."""
    begun, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < 0.2:
        pass
    return min(1.0, 0.2 / (time.perf_counter() - begun))


_SIGNED_IN: dict[str, Any] = {}


@contextmanager
def signed_in(
    browser: Any, desk: RunningDesk, *, width: int = 1280, scripts: bool = True, allowed: str = "", **options: Any
) -> Iterator[Watched]:
    """A page on which the owner is signed in; in the end, nothing may have gone wrong on it but what is `allowed`."""
    options |= {"viewport": {"width": width, "height": 900}, "java_script_enabled": scripts}
    context = browser.new_context(storage_state=_SIGNED_IN.get(desk.address), **options)
    context.set_default_timeout(10_000)
    made = Watched(context.new_page(), desk)
    made.page.goto(desk.address)
    if "/login/" in made.page.url:
        # Links are throttled as sign-ins are; so the session is kept for the tests to come.
        made.page.goto(desk.link())
        made.page.locator("main form button").click()
        made.page.wait_for_url(desk.address + "/")
        _SIGNED_IN[desk.address] = context.storage_state()
    watch(made, allowed)
    yield made
    context.close()
    assert not made.wrong, "\n".join(made.wrong)


@pytest.fixture
def sign_in(browser: Any, running: RunningDesk) -> Iterator[Callable[..., Watched]]:
    """`sign_in(desk=…, width=320, …)` is a page on which the owner is signed in. What went wrong on it fails the test."""
    with ExitStack() as opened:
        yield lambda desk=None, **more: opened.enter_context(signed_in(browser, desk or running, **more))


def watch(made: Watched, allowed: str = "") -> None:
    """Note what goes wrong on a page from now on."""

    def note(what: str) -> None:
        if not (allowed and re.search(allowed, what)):
            made.wrong.append(what)

    made.page.on("pageerror", lambda error: note(f"script: {error}"))
    made.page.on("console", lambda said: note(f"console: {said.text}") if said.type == "error" else None)
    made.page.on("request", lambda asked: note(f"foreign: {asked.url}") if not _own(asked.url, made.desk) else None)


def _own(url: str, desk: RunningDesk) -> bool:
    return url.startswith((desk.address, "data:", "blob:", "about:"))
