"""Why a TLS connection could not be made, in words for ``failures``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from OpenSSL import SSL
from service_identity import VerificationError
from service_identity.exceptions import CertificateError

if TYPE_CHECKING:
    from twisted.python.failure import Failure

__all__ = ["TlsError", "TlsFault", "explain_tls"]

TlsFault = Literal["tls-old-protocol", "tls-weak-key", "tls-certificate", "tls"]

_MARKS: Final[tuple[tuple[TlsFault, tuple[str, ...]], ...]] = (
    # in the words of OpenSSL's errors
    (
        "tls-weak-key",
        ("key too small", "md too weak", "modulus too small", "bad dh value", "ca_md_too_weak", "key length"),
    ),
    (
        "tls-old-protocol",
        (
            *(
                "protocol version",
                "unsupported protocol",
                "no protocols available",
                "unsupported ssl version",
            ),
            *("legacy", "inappropriate fallback", "wrong ssl version"),
        ),
    ),
    ("tls-certificate", ("certificate", "unknown ca", "cert verify")),
)


class TlsError(Exception):
    """A handshake failed; ``fault`` is the word of the policy, the text says more."""

    def __init__(self, fault: TlsFault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault


def explain_tls(reason: Failure, transport: Any) -> TlsError | None:
    """Return what a connection was lost for, where TLS is to blame; None for every other reason.

    ``transport`` is the connection's, asked for the certificate that the server has shown.
    """
    error = reason.value
    if isinstance(error, VerificationError | CertificateError):
        return TlsError("tls-certificate", f"the certificate is for another name: {error}"[:300])
    if not isinstance(error, SSL.Error) or isinstance(error, SSL.SysCallError | SSL.ZeroReturnError):
        return None
    words = _words(error)
    if not words or "unexpected eof" in words:
        return None
    for fault, marks in _MARKS:
        if any(mark in words for mark in marks):
            return TlsError(
                fault, f"{words}{_why_refused(transport)}" if fault == "tls-certificate" else words
            )
    return TlsError("tls", words)


def _words(error: SSL.Error) -> str:
    """Return what OpenSSL says, of each error of its queue its reason."""
    queue: Any = error.args[0] if error.args else ()
    if not isinstance(queue, list | tuple):
        return str(queue).lower()[:300]
    return "; ".join(str(entry[-1]) for entry in queue if entry).lower()[:300]


def _why_refused(transport: Any) -> str:
    """Return what is wrong with the certificate that was shown (``certificate has expired``), if OpenSSL says it."""
    try:
        openssl: Any = SSL  # pyOpenSSL has no public name for it
        code = openssl._lib.SSL_get_verify_result(transport.getHandle()._ssl)  # noqa: SLF001
        told: bytes = openssl._ffi.string(openssl._lib.X509_verify_cert_error_string(code))  # noqa: SLF001
    except AttributeError:
        return ""
    return f": {told.decode()}" if code else ""
