"""The one place that speaks to the network: a request to the endpoint that a person named, and nowhere else.

No redirect is followed, no proxy is asked, no answer is awaited longer or taken larger than said. Reports speak of
people in custody: they leave this machine in the clear only for an address of the own network.
"""

import http.client
import json
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from atleast.model import NoAnswer

LARGEST = 4_000_000  # bytes of an answer
_LOCAL = frozenset(("localhost", "ip6-localhost"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an OpenAI-compatible server answers: the address up to and including its "/v1".

    Attributes:
        base: Such as http://127.0.0.1:11434/v1.
        key: What the server wants to see as a bearer token, if anything; it is never shown.
        seconds: How long one answer may take from first to last byte.
    """

    base: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0

    def __post_init__(self) -> None:
        parts = _parts(self.base)
        if parts.scheme == "http" and not _own_network(parts.hostname or ""):
            raise NoAnswer(
                "reports would travel unencrypted to another network",
                value=self.base,
                remedy="Use https, or an address of this machine or its own network, such as http://127.0.0.1:11434/v1",
            )
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise NoAnswer("the key is empty or holds characters that no key has", remedy="Check ATLEAST_KEY")

    def ask(self, path: str, question: dict[str, Any]) -> bytes:
        """The body of the answer to a question that is posted as JSON.

        Raises:
            NoAnswer: Nobody is there, the answer is late or too large, or it is none; its text says which.
        """
        parts = _parts(self.base)
        words = json.dumps(question, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        line = _connection(parts, self.seconds)
        late = [False]
        with closing(line):
            try:
                line.connect()
                alarm = Timer(self.seconds, _cut, (line.sock, late))
                alarm.daemon = True
                alarm.start()
                try:
                    line.request("POST", f"{parts.path.rstrip('/')}/{path}", words, headers)
                    with line.getresponse() as answer:
                        body = _body(answer, self.base)
                    if late[0]:  # what was cut off looks like an end
                        raise TimeoutError
                    return body
                finally:
                    alarm.cancel()
            except (NoAnswer, OSError, http.client.HTTPException, ValueError) as wrong:
                if late[0] or isinstance(wrong, TimeoutError):
                    raise NoAnswer("the endpoint did not answer in time", value=self.base) from None
                if isinstance(wrong, NoAnswer):
                    raise
                told = getattr(wrong, "strerror", None) or type(wrong).__name__
                what = f"the endpoint could not be asked: {told.lower()}"
                raise NoAnswer(what, value=self.base, remedy="Check that it runs") from wrong


def _parts(base: str) -> SplitResult:
    try:
        parts = urlsplit(base)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or not (base.isascii() and base.isprintable()) or " " in base:
        raise NoAnswer("not the address of an endpoint", value=base, remedy="Write it as http://127.0.0.1:11434/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise NoAnswer("an address with a password or a question in it", remedy="Give the key in ATLEAST_KEY")
    return parts


def _own_network(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host in _LOCAL or host.endswith(".localhost")
    return address.is_loopback or address.is_private or address.is_link_local


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _cut(line: socket, late: list[bool]) -> None:
    """End a connection whose time is up, whatever drips from it."""
    late[0] = True
    with suppress(OSError):
        line.shutdown(SHUT_RDWR)


def _body(answer: http.client.HTTPResponse, base: str) -> bytes:
    if 300 <= answer.status < 400:
        raise NoAnswer("the endpoint sends us elsewhere, and that is not followed", value=base, remedy="Name it itself")
    if answer.status in (401, 403):
        raise NoAnswer("the endpoint wants another key", value=base, remedy="Give the key in ATLEAST_KEY")
    if answer.status != 200:
        raise NoAnswer(f"the endpoint answered with status {answer.status}", value=base)
    body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise NoAnswer(f"the answer is larger than {LARGEST} bytes", value=base, remedy="Check what answers there")
    if answer.length:  # it promised more than came
        raise NoAnswer("the answer ends before its end", value=base)
    return body
