"""Mail through a real SMTP server on loopback: taken once, kept while the server is away, refused one by one."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import select

from signage.link.clock import now
from signage.office.database import Store
from signage.office.mail import Encryption as Way
from signage.office.mail import Mail, MailAway, MailServer, queue, send, waiting
from signage.office.tables_cases import mails
from tests.unit.office.case_desk import TUESDAY, later
from tests.unit.office.postgres import free_port

DAY = timedelta(days=1)
DUE = Mail("a@bank.example", "〔今日到期〕杭州高新支行 工单 1234 5678", "期限为 2026-11-25。\n\nBy 2026-11-25.\n")


class Box:
    """What the server has taken. Recipients that begin with "no" are refused."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.senders: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("no"):
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        self.senders.append(str(envelope.mail_from))
        return "250 taken"


@pytest.fixture
def box() -> Iterator[tuple[Box, Controller]]:
    held = Box()
    controller = Controller(held, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield held, controller
    if controller.server is not None:
        controller.stop()


def server(controller: Controller) -> MailServer:
    return MailServer("127.0.0.1", controller.port, "cases@bank.example", encryption="none")


def put(store: Store, *made: Mail) -> None:
    with store.begin() as connection:
        queue(connection, made, TUESDAY)


def test_what_waits_is_taken_once(store: Store, box: tuple[Box, Controller]) -> None:
    held, controller = box
    put(store, DUE, Mail("b@bank.example", "s", "b\n"))
    before = waiting(store)
    assert before is not None
    assert before.count == 2
    assert send(store, server(controller), later(1)) == 2
    assert send(store, server(controller), later(2)) == 0
    assert waiting(store) is None
    first, second = held.taken
    assert (first["Subject"], first["From"], first["To"]) == (DUE.subject, "cases@bank.example", DUE.recipient)
    assert first.get_payload(decode=True).decode().replace("\r\n", "\n") == DUE.body  # type: ignore[union-attr]  # it is there, or the test fails
    assert first["Message-ID"] != second["Message-ID"]
    assert held.senders == ["cases@bank.example"] * 2


def test_a_server_that_is_away_loses_nothing_and_is_told_why(store: Store, box: tuple[Box, Controller]) -> None:
    held, controller = box
    port = controller.port
    controller.stop()
    put(store, DUE)
    with pytest.raises(MailAway, match="refused"):
        send(store, server(controller), later(1))
    unsent = waiting(store)
    assert unsent is not None
    assert (unsent.count, unsent.since) == (1, TUESDAY)
    assert "refused" in (unsent.problem or "")
    again = Controller(held, hostname="127.0.0.1", port=port)
    again.start()
    try:
        assert send(store, server(again), later(9)) == 1
    finally:
        again.stop()
    assert waiting(store) is None
    with store.read() as connection:
        row = connection.execute(select(mails)).one()
    assert (row.tries, row.problem, row.sent_at) == (2, None, str(later(9)))


def test_an_address_that_is_refused_keeps_no_other_back(store: Store, box: tuple[Box, Controller]) -> None:
    held, controller = box
    put(store, Mail("nobody@bank.example", "s", "b\n"), DUE)
    assert send(store, server(controller), later(1)) == 1
    unsent = waiting(store)
    assert unsent is not None
    assert "nobody of that name" in (unsent.problem or "")
    assert [one["To"] for one in held.taken] == [DUE.recipient]


def test_what_needs_encryption_is_not_sent_in_the_open(store: Store, box: tuple[Box, Controller]) -> None:
    held, controller = box
    put(store, DUE)
    careful = MailServer("127.0.0.1", controller.port, "cases@bank.example", encryption="starttls")
    with pytest.raises(MailAway, match="STARTTLS"):
        send(store, careful, later(1))
    assert held.taken == []


def test_a_user_logs_in_or_nothing_is_sent(store: Store, box: tuple[Box, Controller]) -> None:
    held, controller = box
    put(store, DUE)
    named = MailServer("127.0.0.1", controller.port, "cases@bank.example", "none", username="u", password="geheim")
    with pytest.raises(MailAway) as away:
        send(store, named, later(1))
    assert "geheim" not in f"{away.value}{named}"
    assert held.taken == []


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for loopback that only those trust who are given it, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now(), now() + DAY)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "mail.pem", folder / "mail.key"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


def let_in(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object) -> AuthResult:
    known = isinstance(given, LoginPassword) and (given.login, given.password) == (b"u", b"geheim")
    return AuthResult(success=known, handled=False)


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_encrypted_to_a_server_that_is_trusted_and_logged_in(store: Store, tmp_path: Path, encryption: Way) -> None:
    public, private = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    asked: dict[str, Any] = {"ssl_context": context}
    if encryption == "starttls":
        asked = {"tls_context": context, "authenticator": let_in, "auth_required": True}
    held = Box()
    controller = Controller(held, hostname="127.0.0.1", port=free_port(), **asked)
    controller.start()
    known = MailServer("127.0.0.1", controller.port, "a@bank.example", encryption, str(public))
    if encryption == "starttls":
        known = replace(known, username="u", password="geheim")
    try:
        put(store, DUE)
        with pytest.raises(MailAway, match="certificate"):
            send(store, replace(known, ca_file=None), later(1))
        if encryption == "starttls":
            with pytest.raises(MailAway, match="Authentication"):
                send(store, replace(known, password="falsch"), later(2))
        assert held.taken == []
        assert send(store, known, later(3)) == 1
        assert len(held.taken) == 1
    finally:
        controller.stop()
