"""How much may be sent at once. More is refused before it is read: it would lie in a temporary file, in the clear."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_TOO_LARGE = "atleast.too_large"
_SPARE = 64 * 1024
"""Bytes of a form around the files in it."""


class Bounded:
    """An ASGI application that is never sent more than it may hold in memory.

    What is too large is still listened to, and thrown away: a browser that is cut off tells its user nothing but that
    the connection is gone. Then the application is asked without it, and says so.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._application(scope, receive, send)
            return
        kept = _Counted(receive, _most(scope["path"]))
        if _told(scope) > kept.most:
            await _thrown_away(receive)
        elif await kept.all():
            await self._application(_of_length(scope, kept.size), kept.again, send)
            return
        await self._application({**_of_length(scope, 0), _TOO_LARGE: True}, _nothing_of(receive), send)


def _most(path: str) -> int:
    """How many bytes may be sent to an address: files to where they are handed over, a form elsewhere."""
    most: int = settings.FILE_UPLOAD_MAX_MEMORY_SIZE if "/intake/" in path else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return most + _SPARE


def _told(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


class _Counted:
    """A body taken in up to the limit before it is handed on: whoever sends slowly holds up no thread."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self.most, self.size = receive, most, 0
        self._kept: list[MutableMapping[str, Any]] = []

    async def all(self) -> bool:
        """Whether it is no longer than it may be."""
        while True:
            message = await self._receive()
            self.size += len(message.get("body", b""))
            if self.size > self.most:
                self._kept.clear()
                await _thrown_away(self._receive, message)
                return False
            self._kept.append(message)
            if not message.get("more_body"):
                return True

    async def again(self) -> MutableMapping[str, Any]:
        return self._kept.pop(0) if self._kept else await self._receive()


async def _thrown_away(receive: Receive, message: MutableMapping[str, Any] | None = None) -> None:
    message = message or await receive()
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()


def _of_length(scope: Scope, size: int) -> Scope:
    """The same request with a body of so many bytes."""
    left = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"transfer-encoding")]
    return {**scope, "headers": [*left, (b"content-length", str(size).encode())]}


def _nothing_of(receive: Receive) -> Receive:
    """An empty body; after it, whatever the browser does next."""
    told = False

    async def nothing() -> MutableMapping[str, Any]:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return nothing


class TooLarge:
    """Tells whoever sent too much that it was too much, whatever else would be wrong with what is left of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("asgi.scope", {}).get(_TOO_LARGE):
            return too_much(request)
        return self._get_response(request)


def too_much(request: HttpRequest) -> HttpResponse:
    """The page that says how much may be sent at once."""
    most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FILES
    told = {"most_bytes": most[0], "most_files": most[1], "most_typed": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render(request, "too_much.html", told, status=413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read: too many files, too long a text, or nothing that a browser sends."""
    if isinstance(exception, TooManyFilesSent | RequestDataTooBig):
        return too_much(request)
    return render(request, "bad_request.html", status=400)
