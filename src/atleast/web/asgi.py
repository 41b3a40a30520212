"""The desk as an ASGI application."""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from atleast.web.limits import Bounded, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atleast.web.settings")

# A page is made by one thread from its beginning to its end: handed to and fro between threads, it would wait for its
# turn of Python's lock a dozen times. An event stream lives for minutes and is held by no thread at all.
_PAGES_AT_ONCE = 8
_pages: Any = WSGIMiddleware(get_wsgi_application(), workers=_PAGES_AT_ONCE)
_streams: Any = get_asgi_application()


async def _desk(scope: Scope, receive: Receive, send: Send) -> None:
    stream = scope["type"] == "http" and scope["path"].endswith("/live/")
    await (_streams if stream else _pages)(scope, receive, send)


application = Bounded(_desk)
