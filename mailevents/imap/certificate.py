"""Says why a server's certificate is not trusted and what it says of itself, so that an administrator can act.

Looks at a certificate without believing it: nothing but the greeting is read over such a connection.
"""

import contextlib
import ssl
from datetime import UTC, datetime

from cryptography import x509
from cryptography.x509.oid import ExtensionOID, NameOID
from imapclient import IMAPClient

from mailevents.imap import wire
from mailevents.imap.connecting import Account

# OpenSSL's verification codes (x509_vfy.h)
_EXPIRED, _NOT_YET_VALID = (10,), (9,)
_SELF_SIGNED, _UNKNOWN_ISSUER = (18,), (2, 19, 20, 21)
_WRONG_NAME = (62, 64)

_TRUST = "If you trust it, set SSL_CERT_FILE to a PEM file with {what} (with the system's own after it)."
_ADVICE = (
    (_EXPIRED, "It has expired: renew it on the mail server."),
    (_NOT_YET_VALID, "It is not valid yet: check this machine's clock, and the certificate's dates."),
    (_SELF_SIGNED, "It is signed by itself. " + _TRUST.format(what="this certificate")),
    (
        _UNKNOWN_ISSUER,
        "Its issuer is not known here: the server may not send its intermediate certificates, or it is a private "
        "authority. " + _TRUST.format(what="that authority's certificate"),
    ),
    (_WRONG_NAME, "It is made out for another name: use that name as the mailbox's host."),
)


def advice(error: ssl.SSLCertVerificationError) -> str:
    """What to do about a certificate that was refused."""
    known = (text for codes, text in _ADVICE if error.verify_code in codes)
    return next(known, "Have it renewed, or use a server with a certificate that is trusted.")


def shown_certificate(account: Account, timeout: float) -> str:
    """What the certificate of `account`'s server says of itself, in a sentence; `""` where it can't be read."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # to describe it; nothing is sent
    with contextlib.suppress(Exception):
        return describe(_peer_certificate(account, context, timeout), datetime.now(UTC))
    return ""


def describe(der: bytes, now: datetime) -> str:
    """The names, the issuer and the dates of a certificate."""
    certificate = x509.load_der_x509_certificate(der)
    issuer = certificate.issuer.rfc4514_string() or "nobody"
    until = certificate.not_valid_after_utc
    verb = "expired" if until < now else "valid until"
    names = ", ".join(_names(certificate)) or "no name"
    return f"It is made out for {names}, by {issuer}, {verb} {until:%Y-%m-%d}."


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME).value
    except x509.ExtensionNotFound:
        return [str(name.value) for name in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    assert isinstance(extension, x509.SubjectAlternativeName)
    return [str(name.value) for name in extension][:8]


def _peer_certificate(account: Account, context: ssl.SSLContext, timeout: float) -> bytes:
    tls = account.security == "tls"
    client = IMAPClient(account.host, account.port, ssl=tls, ssl_context=context if tls else None, timeout=timeout)
    try:
        if not tls:
            client.starttls(context)
        sock = client.socket()
        assert isinstance(sock, ssl.SSLSocket)
        return sock.getpeercert(binary_form=True) or b""
    finally:
        wire.abandon(client)
