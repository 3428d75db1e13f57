"""A certificate for the server's own names, made when there is none yet."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CERTIFICATE = "smslab-certificate.pem"
KEY = "smslab-key.pem"
_LIFETIME = timedelta(days=365)
_SKEW = timedelta(hours=1)


class BadCertificate(ValueError):
    """The folder cannot hold a certificate; the message says why."""


def certificate_in(folder: Path, names: Iterable[str]) -> tuple[Path, Path]:
    """The files of certificate and key in a folder; new ones where there are none, or none good.

    ``names`` are host names and addresses that it is for. It is signed by itself: clients
    trust it by being given the file. The key is for its owner only. Raises BadCertificate.
    """
    certificate, key = folder / CERTIFICATE, folder / KEY
    wanted = frozenset(names)
    try:
        if not (key.exists() and _is_good(certificate, wanted)):
            folder.mkdir(parents=True, exist_ok=True)
            _write(certificate, key, wanted)
    except OSError as error:
        raise BadCertificate(
            f"No certificate can be kept in {folder}: {error.strerror}; choose another folder."
        ) from None
    return certificate, key


def _is_good(certificate: Path, names: frozenset[str]) -> bool:
    """Whether there is a certificate for all of these names that holds for an hour yet."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        extension = found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (FileNotFoundError, ValueError, x509.ExtensionNotFound):
        return False
    held = {str(each.value) for each in extension.value}
    return names <= held and found.not_valid_after_utc > datetime.now(UTC) + _SKEW


def _write(certificate: Path, key: Path, names: frozenset[str]) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "smslab")])
    public = x509.SubjectKeyIdentifier.from_public_key(private.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.SubjectAlternativeName(_general(sorted(names))), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(public, critical=False)
        .sign(private, hashes.SHA256())
    )
    _replace(
        key,
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        0o600,
    )
    _replace(certificate, made.public_bytes(serialization.Encoding.PEM), 0o644)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(names: Iterable[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    return found


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Put a file in place of another, whole and with its rights from the start."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(content)
    os.replace(part, path)
