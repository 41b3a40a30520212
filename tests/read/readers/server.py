"""A small model server on this machine, whose manners are chosen by the test."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Entry = dict[str, Any]
Manner = Callable[["Handler"], None]


def entry(quote: str, number: str, trigger: str, quantity: str = "detained", **more: str | None) -> Entry:
    """One claim as a model answers it."""
    said: Entry = {"quote": quote, "number_text": number, "trigger_text": trigger, "quantity": quantity}
    return said | {"claimant_text": None, "place_text": None, "date_text": None} | more


def completion(content: str) -> bytes:
    """An answer in OpenAI's form with this text in it."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def pointing(*entries: Entry) -> bytes:
    return completion(json.dumps({"claims": entries}, ensure_ascii=False))


def answering(body: bytes, status: int = 200, **headers: str) -> Manner:
    def manner(handler: "Handler") -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return manner


@dataclass
class Server:
    """What the server was asked, and where it is."""

    base: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    manners: list[Manner]
    seen: Server
    closing: threading.Event

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self.seen.asked.append(json.loads(self.rfile.read(size)))
        self.seen.heads.append(dict(self.headers))
        self.seen.paths.append(self.path)
        manner = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
        try:
            manner(self)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def do_GET(self) -> None:
        self.seen.paths.append(f"GET {self.path}")
        answering(b"{}")(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(*manners: Manner | bytes) -> Iterator[Server]:
    """A server that shows each manner once, in order, and then the last one for ever; bytes are an answer."""
    made = [answering(each) if isinstance(each, bytes) else each for each in manners]
    closing = threading.Event()
    handler = type("Manners", (Handler,), {"manners": made, "closing": closing})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.seen = seen = Server(f"http://127.0.0.1:{server.server_port}/v1")  # type: ignore[attr-defined]
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield seen
        finally:
            closing.set()
            server.shutdown()
            thread.join()
