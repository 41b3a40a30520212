"""What `deploy/` hands out is tried: the servers in front with TLS, on loopback, and the units, where each is installed."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .browser import ROOT, RunningDesk, begin

pytestmark = [pytest.mark.slow, pytest.mark.alike]

DEPLOY = ROOT / "deploy"
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/log;
events {{}}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/bodies/answers;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {server}
}}
"""
CADDY = "{\n\tadmin off\n\tauto_https disable_redirects\n"


@dataclass
class Front:
    """A server in front of a desk: where it is, what it writes bodies to if it does, and whose word proves it."""

    address: str
    desk: RunningDesk
    folder: Path

    def client(self, source: str = "127.0.0.1") -> httpx.Client:
        """A browser without scripts that asks from an address of this machine."""
        return asking(self.address, self.folder, source)

    @contextmanager
    def signed_in(self) -> Iterator[httpx.Client]:
        """The same, signed in as the owner."""
        with self.client() as client:
            assert sent(client, "/" + self.desk.link().split("/", 3)[3]).status_code == 200
            yield client


def asking(address: str, folder: Path, source: str = "127.0.0.1") -> httpx.Client:
    trusting = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    transport = httpx.HTTPTransport(verify=trusting, local_address=source)
    return httpx.Client(base_url=address, transport=transport, timeout=60, follow_redirects=True)


def sent(client: httpx.Client, path: str, **given: Any) -> httpx.Response:
    """What a form of a page answers, sent as a browser sends it."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    data = {"csrfmiddlewaretoken": token[1], **given.pop("data", {})}
    origin = str(client.base_url).rstrip("/")
    return client.post(path, data=data, headers={"Origin": origin, "Referer": origin + path, **given.pop("headers", {})}, **given)


def certificate(folder: Path) -> None:
    """A certificate of its own for localhost, for an hour."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(*plain))


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def of_nginx(folder: Path, port: int, behind: str) -> list[str]:
    """What starts nginx with the file that we hand out: only names, ports and paths are others."""
    told = (DEPLOY / "nginx.conf").read_text("utf-8")
    told = told.replace("443", str(port)).replace("127.0.0.1:8100", behind).replace("desk.example.org", "localhost")
    told = told.replace("/etc/letsencrypt/live/localhost", str(folder))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, server=told))
    # What would be written on the way cannot be: who tries to is found out.
    (folder / "bodies").mkdir(mode=0o500)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]


def of_caddy(folder: Path, port: int, behind: str) -> list[str]:
    """What starts Caddy with the file that we hand out, and with a certificate that it need not ask anybody for."""
    told = (DEPLOY / "Caddyfile").read_text("utf-8")
    own = f"https://localhost:{port} {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem"
    told = told.replace("127.0.0.1:8100", behind).replace("desk.example.org {", own)
    (folder / "Caddyfile").write_text(told.replace("{\n", CADDY, 1))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def started(make: Any, folder: Path, behind: str) -> Iterator[str]:
    """A server in front of whatever is at this address, and where it is itself."""
    name, port = make.__name__.removeprefix("of_"), free()
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed on this machine")
    certificate(folder)
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    with (folder / "said").open("wb") as out:
        process = subprocess.Popen(make(folder, port, behind), stdout=out, stderr=subprocess.STDOUT, env=os.environ | homes)
    try:
        wait_for(port, process, folder)
        yield f"https://localhost:{port}"
    finally:
        process.terminate()
        # Caddy waits for what is open: it must not keep what the reader has left.
        process.wait(timeout=20)


BOTH = pytest.mark.parametrize("make", [of_nginx, of_caddy], ids=["nginx", "caddy"])


@pytest.fixture(scope="module", params=[of_nginx, of_caddy], ids=["nginx", "caddy"])
def front(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    desk = begin(tmp_path_factory.mktemp("behind"), ATLEAST_HOSTS="localhost", ATLEAST_HTTPS="yes")
    try:
        desk.run('from atleast.web.house.models import Case; Case.objects.create(slug="strelsau", title="Strelsau")')
        with started(request.param, folder, f"127.0.0.1:{desk.address.rpartition(':')[2]}") as address:
            yield Front(address, desk, folder)
    finally:
        desk.stop()


def wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, (folder / "said").read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((folder / "said").read_text())


def test_who_signs_in_over_tls_gets_cookies_that_stay_there(front: Front) -> None:
    with front.signed_in() as client:
        answer = client.get("/strelsau/")
        cookies = list(client.cookies.jar)

    assert answer.status_code == 200 and answer.history == []
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert {"atleast", "csrftoken"} <= {each.name for each in cookies} and all(each.secure for each in cookies)


@pytest.mark.parametrize("packed", ["identity", "gzip"])
def test_what_moves_is_told_at_once(front: Front, packed: str) -> None:
    seen: dict[str, float] = {}

    with front.signed_in() as client, client.stream("GET", "/strelsau/live/", headers={"Accept-Encoding": packed}) as stream:
        begun = time.monotonic()
        for line in stream.iter_lines():
            if line.startswith("event:"):
                seen[line] = time.monotonic() - begun
            if line.startswith("event: moved"):
                break
            if line.startswith("event: stands"):
                front.desk.run(MOVE)
                begun = time.monotonic()

    assert seen["event: stands"] < 3 and seen["event: moved"] < 3


MOVE = """
from atleast.model import Report
from atleast.web.house.models import Case
from atleast.web.ledger.names import new
from atleast.web.ledger.writing import append
append(Case.objects.get(slug="strelsau"), [Report(new("report"), text="Ten people were held.")], by="owner")
"""


def test_a_large_file_is_taken_in_and_never_lies_on_the_disk_in_the_clear(front: Front) -> None:
    large = b"Ten people were held in Strelsau. " * (60 * 1024 * 1024 // 34)

    with front.signed_in() as client:
        answer = sent(client, "/strelsau/intake/", files={"files": ("night.txt", large, "text/plain")})

    assert answer.status_code == 200 and "/strelsau/jobs/" in str(answer.url), answer.url
    left = [path for path in front.folder.rglob("*") if path.is_file() and path.stat().st_size > 1_000_000]
    assert not left and not any(path.is_file() for path in (front.folder / "bodies").rglob("*"))
    assert "buffered to a temporary file" not in "".join(path.read_text() for path in front.folder.glob("log"))


def test_what_is_too_large_is_refused_in_words(front: Front) -> None:
    with front.signed_in() as client:
        answer = sent(client, "/strelsau/intake/", files={"files": ("night.txt", b"x" * (101 << 20), "text/plain")})

    assert answer.status_code == 413 and "MB" in answer.text


def test_limits_count_who_really_asks(front: Front) -> None:
    with front.client("127.0.0.2") as stranger, front.client("127.0.0.3") as other:
        tried = [stranger.get("/enter/guessed/", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code for number in range(25)]
        assert tried[:20] == [410] * 20 and tried[-1] == 429
        assert other.get("/enter/guessed/", headers={"X-Forwarded-For": "127.0.0.2"}).status_code == 410


@BOTH
def test_what_somebody_looked_for_is_written_nowhere_even_when_the_desk_is_away(make: Any, tmp_path: Path) -> None:
    with started(make, tmp_path, f"127.0.0.1:{free()}") as address, asking(address, tmp_path) as client:
        assert client.get("/strelsau/search/?q=rassendyll").status_code == 502
        time.sleep(0.3)

    assert not [path.name for path in tmp_path.rglob("*") if path.is_file() and b"rassendyll" in path.read_bytes()]


def test_the_units_are_ones_that_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed on this machine")
    units = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]
    assert len(units) == 4
    for unit in units:
        told = unit.read_text("utf-8").replace("/opt/atleast/bin/atleast", sys.executable)
        (tmp_path / unit.name).write_text(told, "utf-8")

    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in units)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
