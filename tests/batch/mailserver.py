"""A real SMTP server on the loopback: STARTTLS or TLS with a certificate of its own, authentication, letters kept."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, SECRET = "caizheng", "pass word-123"
HOST = "localhost"


@dataclass
class Post:
    """What the server has seen. `refused` are recipients it does not know; `dies_at` the letter that kills it."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    dies_at: int = 0
    begun: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.begun += 1
        if self.begun == self.dies_at:
            assert server.transport is not None
            server.transport.abort()
            return "250 never heard"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.letters += [(recipient, message) for recipient in envelope.rcpt_tos]
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        known = (data.login.decode(), data.password.decode()) == (USER, SECRET)
        return AuthResult(success=known, handled=False)


@contextmanager
def served(folder: Path, security: str = "starttls") -> Iterator[Post]:
    """A server that runs while the block does; its authority's certificate lies at `folder`/ca.pem."""
    post = Post()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate(folder))
    encryption: dict[str, Any] = {
        "starttls": {"tls_context": context, "require_starttls": True},
        "ssl": {"ssl_context": context},
        "none": {},
    }[security]
    if security != "none":
        encryption |= {"authenticator": post.authenticate, "auth_required": True}
    if security == "ssl":
        encryption |= {"auth_require_tls": False}  # it counts STARTTLS only
    controller = _Controller(post, hostname="127.0.0.1", port=0, **encryption)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """The first connection makes the server's protocol; its port is known only after binding."""
        self.port = self.server.sockets[0].getsockname()[1]
        with socket.create_connection((self.hostname, self.port), 5):
            self._factory_invoked.wait(5)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A server certificate for localhost signed by an authority made for this test; (chain, key)."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _signed("Test CA", authority_key, "Test CA", authority_key, is_authority=True)
    server = _signed(HOST, key, "Test CA", authority_key, is_authority=False)
    (folder / "ca.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(server.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "server.pem", folder / "key.pem"


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    common = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, issuer)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(common[0])
        .issuer_name(common[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if is_authority:
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
