"""A certificate authority of our own for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Authority:
    """Vouches for servers. `pem` is what a seat pins."""

    key: PrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Authority:
        """One nobody has heard of."""
        key = ec.generate_private_key(ec.SECP256R1())
        basic = x509.BasicConstraints(ca=True, path_length=0)
        return cls(key, _begun("Our own authority", key).add_extension(basic, critical=True).issuer_name(_name("Our own authority")).sign(key, SHA256()))

    @property
    def pem(self) -> str:
        """The authority's certificate."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def vouch_for(self, address: str) -> tuple[str, str]:
        """A certificate for a server at this address, and the server's key."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _begun("server", key).issuer_name(self.certificate.subject).add_extension(names, critical=False).sign(self.key, SHA256())
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return made.public_bytes(Encoding.PEM).decode(), private.decode()


def _begun(name: str, key: PrivateKey) -> x509.CertificateBuilder:
    begun = x509.CertificateBuilder().subject_name(_name(name)).public_key(key.public_key()).serial_number(x509.random_serial_number())
    now = datetime.now(UTC)
    return begun.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
