"""What names people is written to disk sealed. The key lies outside the database; who has only the disk reads nothing.

One key file gives every other key (HKDF-SHA256): for sealing, for the index, for the chain of the ledger, for sessions.
Sealing is AES-256-GCM with a random nonce; what a text belongs to is bound in, so that sealed texts cannot
change places.
"""

import hmac
import json
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from atleast.model import AtleastError

KEY_BYTES = 32
_NONCE = 12
# The first byte says how the rest was written.
_PLAIN, _PACKED = b"\x01", b"\x02"
_WORTH_PACKING = 200
_HEAD = b"atleast desk key 1\n"


class Locked(AtleastError):
    """The key is not there, or is not the one that this was sealed with."""


class Vault:
    """Seals and opens with one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise Locked("the key has the wrong length", value=f"{len(key)} bytes", remedy="Restore the key file")
        self._key = key
        self._cipher = AESGCM(self.derived("seal"))
        self._index, self._chain = self.derived("index"), self.derived("chain")

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose, from which no other can be found."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(self._key)

    def seal(self, text: str, *, of: str) -> bytes:
        """A text sealed; `of` says what it belongs to and is needed to open it."""
        data = text.encode("utf-8", "surrogatepass")
        return self.seal_bytes(data, of=of)

    def seal_bytes(self, data: bytes, *, of: str) -> bytes:
        form = _PACKED if len(data) >= _WORTH_PACKING else _PLAIN
        nonce = os.urandom(_NONCE)
        written = zlib.compress(data, 1) if form == _PACKED else data
        return form + nonce + self._cipher.encrypt(nonce, written, of.encode())

    def unseal(self, sealed: bytes, *, of: str) -> str:
        """The text again.

        Raises:
            Locked: It was sealed with another key, for another place, or has been changed.
        """
        return self.unseal_bytes(sealed, of=of).decode("utf-8", "surrogatepass")

    def unseal_bytes(self, sealed: bytes, *, of: str) -> bytes:
        sealed = bytes(sealed)
        form, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            written = self._cipher.decrypt(nonce, rest, of.encode())
        except InvalidTag as wrong:
            raise Locked(
                "this cannot be opened: another key, or it was changed", file=of, remedy="Use the desk's own key"
            ) from wrong
        return zlib.decompress(written) if form == _PACKED else written

    def seal_json(self, value: Any, *, of: str) -> bytes:
        """A plain value sealed: what JSON can hold."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), of=of)

    def unseal_json(self, sealed: bytes, *, of: str) -> Any:
        """The value again; lists where there were tuples.

        Raises:
            Locked: As for `unseal`.
        """
        return json.loads(self.unseal(sealed, of=of))

    def blind(self, word: str) -> int:
        """A number by which equal words are found again and from which the word is not: 63 bits, keyed BLAKE2b."""
        made = blake2b(word.encode("utf-8", "surrogatepass"), key=self._index, digest_size=8).digest()
        return int.from_bytes(made) >> 1

    def name(self, data: bytes) -> str:
        """A name for a file or a key of an import that tells nothing of what it holds: the same for the same bytes."""
        return blake2b(data, key=self._index, digest_size=20).hexdigest()

    def link(self, previous: bytes, *parts: bytes) -> bytes:
        """The next link of a chain: HMAC-SHA256 over the previous one and the lengths and bytes of the parts."""
        mac = hmac.new(self._chain, previous, sha256)
        for part in parts:
            mac.update(len(part).to_bytes(8))
            mac.update(part)
        return mac.digest()


def made_key(path: Path, key: bytes = b"") -> None:
    """Write a key file, readable by its owner only, with this key or a new one. A file that is there stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "wb") as out:
        out.write(_HEAD + (key or secrets.token_bytes(KEY_BYTES)).hex().encode() + b"\n")


def read_key(path: Path, ask: Callable[[], str] | None = None) -> bytes:
    """The key of a key file.

    Args:
        ask: Gives the passphrase, where the file is locked with one (age, scrypt).

    Raises:
        Locked: There is no such file, it is no key, or the passphrase is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as wrong:
        raise Locked(
            "the key of the desk cannot be read",
            file=str(path),
            value=wrong.strerror,
            remedy="Bring back the key file, or name it by ATLEAST_KEY_FILE; without it nothing can be opened",
        ) from wrong
    if not data.startswith(_HEAD):
        data = _with_passphrase(data, path, ask)
    try:
        return bytes.fromhex(data.removeprefix(_HEAD).decode().strip())
    except ValueError as wrong:
        raise Locked("this is no key of a desk", file=str(path), remedy="Restore it from a backup") from wrong


def _with_passphrase(data: bytes, path: Path, ask: Callable[[], str] | None) -> bytes:
    import pyrage

    passphrase = os.environ.get("ATLEAST_PASSPHRASE") or (ask() if ask else "")
    if not passphrase:
        raise Locked("the key is locked with a passphrase", file=str(path), remedy="Give it in ATLEAST_PASSPHRASE")
    try:
        return pyrage.passphrase.decrypt(data, passphrase)
    except Exception as wrong:
        raise Locked("the passphrase does not open the key", file=str(path), remedy="Try again") from wrong


def lock_key(path: Path, passphrase: str) -> None:
    """Lock a key file with a passphrase, asked for at each start from now on."""
    import pyrage

    if locked(path):
        raise Locked("this key is locked with a passphrase already", file=str(path), remedy="Unlock it first")
    _replaced(path, pyrage.passphrase.encrypt(path.read_bytes(), passphrase))


def unlock_key(path: Path, passphrase: str) -> None:
    """Take the passphrase off a key file: it lies there in the clear from now on."""
    if not locked(path):
        raise Locked("this key is not locked", file=str(path))
    _replaced(path, _HEAD + read_key(path, lambda: passphrase).hex().encode() + b"\n")


def locked(path: Path) -> bool:
    """Whether a key file is locked with a passphrase."""
    try:
        return not path.read_bytes().startswith(_HEAD)
    except OSError as wrong:
        raise Locked("there is no key here", file=str(path), value=wrong.strerror) from wrong


def _replaced(path: Path, data: bytes) -> None:
    """Put another key file in the place of one, whose bytes are overwritten: as far as the medium lets us."""
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    with path.open("r+b") as old:
        kept = os.fstat(old.fileno()).st_size
        part.replace(path)
        old.write(b"\0" * kept)
        old.flush()
        os.fsync(old.fileno())


# ── The key of this process ──

_HANDED = "ATLEAST_KEY_FD"
_held: dict[Path, bytes] = {}


def key_of(path: Path, ask: Callable[[], str] | None = None) -> bytes:
    """The key of a key file, opened once: from the process that started this one, else from the file."""
    if path not in _held:
        _held[path] = _handed() or read_key(path, ask)
        # Whoever is started from here is handed the key, and needs no passphrase.
        os.environ.pop("ATLEAST_PASSPHRASE", None)
    return _held[path]


def hold(path: Path, key: bytes) -> None:
    """Let a key be the one of a key file that need not be there."""
    _held[path] = key


@contextmanager
def handing(key: bytes) -> Iterator[dict[str, Any]]:
    """What `subprocess.Popen` is to be given so that the process has the key: through a pipe, so that it stands
    neither in the list of processes nor on a disk."""
    reading, writing = os.pipe()
    try:
        os.write(writing, key)
        os.close(writing)
        yield {"pass_fds": (reading,), "env": os.environ | {_HANDED: str(reading)}}
    finally:
        os.close(reading)


def _handed() -> bytes | None:
    number = os.environ.pop(_HANDED, None)
    if number is None:
        return None
    with os.fdopen(int(number), "rb") as pipe:
        return pipe.read()


@cache
def vault() -> Vault:
    """The vault of the desk that runs in this process."""
    from django.conf import settings

    return Vault(settings.ATLEAST_KEY)
