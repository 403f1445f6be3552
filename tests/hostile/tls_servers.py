"""HTTPS servers that a client of today has trouble with, each with a certificate of its own making."""

from __future__ import annotations

import ssl
import threading
import warnings
from base64 import b64encode
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, create_server, socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

# a group of 1,024 bits from RFC 2409: small today, and made by nobody here
_OAKLEY_2 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)


def _dh_parameters() -> str:
    """The group as PEM: a sequence of the prime and the generator 2."""
    prime = b"\0" + _OAKLEY_2.to_bytes(128)
    der = b"\x02\x81\x81" + prime + b"\x02\x01\x02"
    body = b64encode(b"\x30\x81" + bytes([len(der)]) + der).decode()
    return f"-----BEGIN DH PARAMETERS-----\n{body}\n-----END DH PARAMETERS-----\n"


def make_certificate(path: Path, name: str, *, days: int = 30) -> datetime:
    """Write a key and a certificate that ends in so many days; when that is."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    end = datetime.now(UTC) + timedelta(days=days)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(end - timedelta(days=400))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    return end


@dataclass
class TlsServer:
    """Answers every request with a page; ``tweak`` says how its TLS is odd. ``plain``: it speaks none."""

    page: bytes
    certificate: Path
    tweak: str = ""

    def __enter__(self) -> int:
        """Start it, and return its port."""
        with ExitStack() as stack:
            self._listener = stack.enter_context(create_server(("127.0.0.1", 0)))
            self._context = None if self.tweak == "plain" else self._tls()
            stack.pop_all()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self._listener.getsockname()[1]

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(2)
        self._listener.close()
        self._thread.join(5)

    def _tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            if self.tweak == "tls-1.0":
                context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
            elif self.tweak == "tls-1.1":
                context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
            elif self.tweak == "small-key":
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers("DHE:@SECLEVEL=0")
                path = self.certificate.with_suffix(".dh")
                path.write_text(_dh_parameters())
                context.load_dh_params(path)
        context.load_cert_chain(self.certificate)
        return context

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(10)
            try:
                if self._context is not None:
                    connection = self._context.wrap_socket(connection, server_side=True)
                connection.recv(65_536)
                head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                connection.sendall(head % len(self.page) + self.page)
            except OSError:
                pass
            finally:
                connection.close()


class Tunnel:
    """A proxy that connects every name to this machine, and passes on what comes."""

    def __enter__(self) -> int:
        """Start it, and return its port."""
        self._listener = create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        return self._listener.getsockname()[1]

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(2)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._tunnel, args=(connection,), daemon=True).start()

    def _tunnel(self, client: socket) -> None:
        with client:
            client.settimeout(10)
            head = client.recv(65_536)
            port = int(head.split()[1].rpartition(b":")[2])
            with create_connection(("127.0.0.1", port), 10) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=self._pass_on, args=(server, client), daemon=True)
                back.start()
                self._pass_on(client, server)
                back.join(10)

    @staticmethod
    def _pass_on(source: socket, target: socket) -> None:
        try:
            while data := source.recv(65_536):
                target.sendall(data)
            target.shutdown(1)
        except OSError:
            pass
