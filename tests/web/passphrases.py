"""Locking with a passphrase in no time: age's own takes seconds, on purpose, at each locking and each opening.

What is written is the format of age (age-encryption.org/v1) with a low work factor; pyrage opens it as it opens any other.
"""

import secrets
from base64 import b64encode
from hashlib import scrypt
from hmac import digest

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_WORK = 10
"""The binary logarithm of scrypt's N; age takes some 20."""


def encrypt(data: bytes, passphrase: str) -> bytes:
    """What `pyrage.passphrase.encrypt` gives, for at most 64 KiB."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    wrapping = scrypt(passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << _WORK, r=8, p=1, dklen=32)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_plain(salt), _WORK, _plain(wrapped))
    mac = digest(_derived(file_key, b"", b"header"), head, "sha256")
    body = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\x01", data, None)
    return head + b" " + _plain(mac) + b"\n" + nonce + body


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(key)


def _plain(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")
