"""Starting the desk: the folder made, the database brought up to date, one worker for each queue, and the server."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from atleast.model import Stopped

from .folder import Folder, folder
from .vault import handing, key_of, made_key

QUEUES = ("intake", "reckon")
_INTERVAL, _LOOK_FOR_ORPHANS, _DATABASE_AWAY = 0.15, 5.0, 2.0
_BEHIND = 10


@dataclass(frozen=True, slots=True)
class Started:
    """What is said of a desk that was made ready: where it lies, and the path of a link that signs its owner in."""

    folder: Path
    database: str
    link: str
    cases: int


def set_up(path: str | os.PathLike[str] | None = None, *, ask: Callable[[], str] | None = None) -> Folder:
    """Make Django ready in this process, on the data folder that is named; with folder and key where there are none.

    Args:
        ask: Gives the passphrase, where the key is locked with one.
    """
    chosen = folder(path).made()
    # A desk that was there before has its key somewhere; another one would open nothing.
    if not (chosen.database.exists() or chosen.served.exists()):
        made_key(chosen.key)
    key_of(chosen.key, ask)
    make_ready(chosen)
    return chosen


def make_ready(chosen: Folder) -> None:
    """Make Django ready in this process, on a folder whose key is held. Touches no disk."""
    os.environ["ATLEAST_DATA"] = str(chosen.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atleast.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def prepare(path: str | os.PathLike[str] | None = None, *, ask: Callable[[], str] | None = None) -> Started:
    """Bring the desk's database up to date and gather what is served. Arguments as for `set_up`."""
    chosen = set_up(path, ask=ask)
    from django.core.management import call_command
    from django.db import OperationalError, connection

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as wrong:
        raise Stopped("the database cannot be used", value=str(wrong).strip(), remedy="Check DATABASE_URL") from wrong
    call_command("collectstatic", interactive=False, verbosity=0, clear=False, stdout=StringIO())
    _closed_to_others(chosen)

    from .entering import owner, sign_in_link
    from .house.models import Case
    from .jobs import AT_START

    for due in AT_START:
        due()
    return Started(chosen.path, connection.vendor, sign_in_link(owner()), Case.objects.count())


def _closed_to_others(chosen: Folder) -> None:
    for each in chosen.path.glob("desk.sqlite3*"):
        each.chmod(0o600)


def address(host: str, port: int) -> str:
    """Where the desk is opened, by name wherever it has one: passkeys belong to a name.

    >>> address("127.0.0.1", 8100), address("192.0.2.7", 8100), address("::", 8100)
    ('http://localhost:8100', 'http://192.0.2.7:8100', 'http://[::]:8100')
    """
    from django.conf import settings

    if settings.configured and settings.ATLEAST_HTTPS and settings.CSRF_TRUSTED_ORIGINS:
        return str(settings.CSRF_TRUSTED_ORIGINS[0])
    named = "localhost" if host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}"


def serve(host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    import uvicorn

    from .forgetting.remains import watch

    watch()
    from .logs import watch_over_exceptions

    watch_over_exceptions()
    uvicorn.run(
        "atleast.web.asgi:application",
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        proxy_headers=False,
    )


@contextmanager
def workers(queues: Sequence[str] = QUEUES) -> Iterator[None]:
    """Processes that do the background work, one a queue, started anew when they die; gone when this ends."""
    ended = threading.Event()
    threads = [threading.Thread(target=_kept_alive, args=(queue, ended), daemon=True) for queue in queues]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(timeout=10)


def _kept_alive(queue: str, ended: threading.Event) -> None:
    from django.conf import settings

    while not ended.is_set():
        with handing(settings.ATLEAST_KEY) as key:
            process = subprocess.Popen([sys.executable, "-m", "atleast", "worker", "--queue", queue], **key)
        while process.poll() is None and not ended.wait(0.2):
            pass
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
        ended.wait(1)


def work(queues: Sequence[str] = QUEUES) -> None:
    """Do background work until SIGTERM or Ctrl-C, or until the desk that started this process is gone."""
    from django.db import DatabaseError

    from .jobs import forget_old, take_up_orphans, waiting
    from .logs import watch_over_exceptions
    from .rows import roomy

    roomy()
    # Whoever waits for a page comes before what is done behind it.
    os.nice(_BEHIND)
    watch_over_exceptions()
    from .forgetting.remains import watch

    watch()
    parent, looked = os.getppid(), 0.0
    worker = _worker(queues)
    worker.configure_signals()
    while worker.running and os.getppid() == parent:
        try:
            if time.monotonic() - looked > _LOOK_FOR_ORPHANS:
                take_up_orphans()
                forget_old()
                looked = time.monotonic()
            # Taking a task locks the database for a moment; so only where there is one.
            if waiting(queues):
                worker.run()
            else:
                time.sleep(_INTERVAL)
        except DatabaseError:
            # It was restarted, or is on its way back: what waits in it waits there still.
            time.sleep(_DATABASE_AWAY)


def _worker(queues: Sequence[str]) -> Any:
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=list(queues),
        excluded_queue_names=[],
        interval=0.0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{os.getpid()}-{time.time_ns()}",
    )
