"""Encrypts what must be stored and read again: mailbox passwords. Rotates keys."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mailevents.errors import SecretUnreadable


def encrypt(secret: str) -> str:
    """`secret` under the newest key (Fernet: AES-128-CBC with HMAC-SHA256), as ASCII text."""
    return _keys(_configured()).encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """What `encrypt` stored, under any of the configured keys. SecretUnreadable where none fits."""
    try:
        return _keys(_configured()).decrypt(stored.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable from None


def rotate(stored: str) -> str:
    """The same secret under the newest key."""
    return encrypt(decrypt(stored))


def _configured() -> tuple[str, ...]:
    return tuple(settings.AGENTICMAIL_MAILBOX_KEYS) or (settings.SECRET_KEY,)


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A Fernet key from a text of any length (HKDF, RFC 5869)."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"agenticmail mailbox secrets")
    return urlsafe_b64encode(hkdf.derive(key.encode()))
