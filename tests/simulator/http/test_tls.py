"""The certificate of a server on loopback."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from smslab.simulator.http import tls
from smslab.simulator.http.tls import BadCertificate, certificate_in

NAMES = ("localhost", "127.0.0.1", "::1")


def test_a_certificate_for_all_names_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "certificates"
    certificate, key = certificate_in(folder, NAMES)
    made = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(each.value) for each in names} == set(NAMES)
    assert made.not_valid_after_utc > datetime.now(UTC) + timedelta(days=300)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = certificate.read_bytes(), key.read_bytes()
    assert certificate_in(folder, NAMES[:1]) == (certificate, key)
    assert (certificate.read_bytes(), key.read_bytes()) == before
    ssl.create_default_context(cafile=certificate)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)


def test_another_is_made_for_other_names_and_when_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, _ = certificate_in(tmp_path, NAMES)
    first = certificate.read_bytes()
    certificate_in(tmp_path, ("example.test",))
    second = certificate.read_bytes()
    assert second != first
    monkeypatch.setattr(tls, "_LIFETIME", timedelta(minutes=59))
    certificate_in(tmp_path, NAMES)
    short = certificate.read_bytes()
    certificate_in(tmp_path, NAMES)
    assert certificate.read_bytes() != short


def test_a_file_that_is_none_is_replaced(tmp_path: Path) -> None:
    certificate, key = certificate_in(tmp_path, NAMES)
    certificate.write_text("nonsense")
    certificate_in(tmp_path, NAMES)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadCertificate, match="choose another folder"):
        certificate_in(tmp_path / "file", NAMES)
