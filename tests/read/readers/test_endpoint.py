"""What answers at an endpoint is waited for and read within limits, and nobody else is ever asked."""

import socket
import time
from collections.abc import Iterator

import pytest

from atleast.model import NoAnswer
from atleast.read.readers import Endpoint
from atleast.read.readers.endpoint import LARGEST

from .server import Handler, answering, serving


def dripping(handler: Handler) -> None:
    """One byte now and one byte then, always soon enough for a single read."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.closing.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def dripping_heads(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.closing.wait(0.05):
        handler.wfile.write(b"X-More: yes\r\n"[:1])
        handler.wfile.flush()


def putting_off(handler: Handler) -> None:
    while not handler.closing.wait(0.01):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        handler.wfile.flush()


def silent(handler: Handler) -> None:
    handler.closing.wait(30)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.closing.is_set():
        handler.wfile.write(b"x" * 65536)


def hanging_up(handler: Handler) -> None:
    handler.connection.close()


def short(handler: Handler) -> None:
    answering(b"{}", Content_Length="500")(handler)


def test_a_question_is_posted_as_json_below_the_base_with_the_key() -> None:
    with serving(b'{"a": 1}') as server:
        assert Endpoint(f"{server.base}/", key="secret").ask("chat/completions", {"q": "сколько"}) == b'{"a": 1}'

    assert server.paths == ["/v1/chat/completions"] and server.asked == [{"q": "сколько"}]
    assert server.heads[0]["Authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent() -> None:
    with serving(b"{}") as server:
        Endpoint(server.base).ask("x", {})

    assert "Authorization" not in server.heads[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("manner", "what"),
    [
        (dripping, "did not answer in time"),
        (dripping_heads, "did not answer in time"),
        (silent, "did not answer in time"),
        (putting_off, "did not answer in time"),
        (endless, "larger than"),
        (answering(b"", Content_Length=str(10**12)), "before its end"),
        (hanging_up, "could not be asked"),
        (short, "before its end"),
        (answering(b"{}", 500), "status 500"),
        (answering(b"{}", 404), "status 404"),
        (answering(b"{}", 401), "another key"),
        (answering(b"", 307, Location="http://127.0.0.1:1/v1"), "sends us elsewhere"),
        (lambda handler: handler.wfile.write(b"\x00\xff not http at all\r\n\r\n"), "could not be asked"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n"), "could not be asked"),
    ],
)  # fmt: skip
def test_bad_manners_end_in_one_error_and_soon(manner: object, what: str) -> None:
    begun = time.monotonic()
    with serving(manner) as server, pytest.raises(NoAnswer, match=what) as told:  # type: ignore[arg-type]
        Endpoint(server.base, key="secret", seconds=1.0).ask("chat/completions", {})

    assert time.monotonic() - begun < 8
    assert "secret" not in str(told.value) and "secret" not in repr(told.value)


def test_the_largest_answer_is_still_read() -> None:
    with serving(b"x" * LARGEST) as server:
        assert len(Endpoint(server.base).ask("x", {})) == LARGEST


@pytest.fixture
def other() -> Iterator[list[object]]:
    """A second server, and what reaches it: nothing must."""
    with serving(b"{}") as server:
        reached: list[object] = [server.base]
        yield reached
        assert server.paths == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_nowhere(status: int, other: list[object]) -> None:
    with serving(answering(b"", status, Location=f"{other[0]}/elsewhere")) as server, pytest.raises(NoAnswer):
        Endpoint(server.base).ask("chat/completions", {})

    assert len(server.paths) == 1


def test_no_proxy_is_asked(other: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, str(other[0]).removesuffix("/v1"))
    with serving(b"{}") as server:
        assert Endpoint(server.base).ask("x", {}) == b"{}"


def test_nobody_at_home_is_told_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(NoAnswer, match="could not be asked"):
            Endpoint(f"http://127.0.0.1:{port}/v1").ask("x", {})


@pytest.mark.parametrize(
    "base",
    ["", "localhost:11434", "ftp://127.0.0.1/v1", "http://", "http://127.0.0.1:0x/v1", "http://127.0.0.1:99999/v1", "file:///etc/passwd",
     "http://me:secret@127.0.0.1/v1", "http://127.0.0.1/v1?key=secret", "http://127.0.0.1/v1 ", "http://127.0.0.1/v1\r\nX: y", "http://[::1/v1"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_no_secret_of_it_is_told(base: str) -> None:
    with pytest.raises(NoAnswer) as told:
        Endpoint(base)

    assert "secret" not in str(told.value)


@pytest.mark.parametrize("base", ["http://models.example.org/v1", "http://8.8.8.8/v1"])
def test_reports_do_not_leave_the_own_network_in_the_clear(base: str) -> None:
    with pytest.raises(NoAnswer, match="unencrypted"):
        Endpoint(base)


@pytest.mark.parametrize("base", ["https://models.example.org/v1", "http://localhost:11434/v1", "http://[::1]:8000/v1", "http://10.0.0.5:8000/v1"])
def test_sound_addresses_are_taken(base: str) -> None:
    assert Endpoint(base).base == base


@pytest.mark.parametrize("key", ["", " ", "a\r\nX: y", "ключ"])
def test_a_key_that_would_break_the_request_is_refused(key: str) -> None:
    with pytest.raises(NoAnswer, match="ATLEAST_KEY"):
        Endpoint("http://127.0.0.1:1/v1", key=key)


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(Endpoint("http://127.0.0.1:1/v1", key="secret"))
