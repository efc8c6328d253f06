"""Mail: written into the database first, then handed to the server, as often as it takes. No customer's word is in any."""

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final, Literal

from sqlalchemy import Connection, func, insert, select, update

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.tables_cases import mails

Encryption = Literal["none", "starttls", "tls"]
_TIMEOUT_S: Final = 10.0
_AT_ONCE: Final = 50
_PROBLEM_LIMIT: Final = 200


@dataclass(frozen=True)
class MailServer:
    """Where mail goes. With a user, the server is logged in to, which takes encryption."""

    host: str
    port: int
    sender: str
    encryption: Encryption = "starttls"
    ca_file: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Mail:
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """How many mails the server has not taken, since when, and what it said last."""

    count: int
    since: Instant
    problem: str | None


class MailAway(Exception):  # noqa: N818 - names the state of the server
    """The server does not answer or takes no mail at all. What waits stays in the database."""


def queue(connection: Connection, made: Iterable[Mail], at: Instant) -> None:
    """In the transaction of what they tell of."""
    rows = [
        {"recipient": one.recipient, "subject": one.subject, "body": one.body, "queued_at": str(at), "tries": 0}
        for one in made
    ]
    if rows:
        connection.execute(insert(mails), rows)


def waiting(store: Store) -> Waiting | None:
    """None: nothing waits. Raises DatabaseAway."""
    unsent = mails.c.sent_at.is_(None)
    with store.read() as connection:
        row = connection.execute(select(func.count(), func.min(mails.c.queued_at)).where(unsent)).one()
        last = select(mails.c.problem).where(unsent, mails.c.problem.is_not(None)).order_by(mails.c.key.desc())
        problem = connection.execute(last.limit(1)).scalar()
    return Waiting(row[0], Instant.parse(row[1]), problem) if row[0] else None


def send(store: Store, server: MailServer, at: Instant) -> int:
    """Hand over what waits; how many were taken. Each is marked before the next is begun: a crash repeats one at most.

    A mail that the server refuses stays, with its reason, and keeps no other back. Raises MailAway, DatabaseAway.
    """
    with store.read() as connection:
        query = select(mails).where(mails.c.sent_at.is_(None)).order_by(mails.c.tries, mails.c.key).limit(_AT_ONCE)
        found = connection.execute(query).mappings().all()
    if not found:
        return 0
    sent = done = 0
    try:
        with _connected(server) as session:
            for row in found:
                problem = _hand_over(session, server, Mail(row["recipient"], row["subject"], row["body"]), at)
                _note(store, [row["key"]], problem, at)
                sent, done = sent + (problem is None), done + 1
    except (OSError, smtplib.SMTPException) as error:
        if done < len(found):  # else it has only said goodbye badly
            reason = _reason(error)
            _note(store, [row["key"] for row in found[done:]], reason, at)
            raise MailAway(reason) from error
    return sent


def _connected(server: MailServer) -> smtplib.SMTP:
    """Logged in where there is a user. Raises OSError, SMTPException."""
    context = ssl.create_default_context(cafile=server.ca_file) if server.encryption != "none" else None
    session: smtplib.SMTP
    if server.encryption == "tls":
        session = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_S, context=context)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_S)
    try:
        if server.encryption == "starttls":
            session.starttls(context=context)
        if server.username is not None:
            session.login(server.username, server.password or "")
    except BaseException:
        session.close()
        raise
    return session


def _hand_over(session: smtplib.SMTP, server: MailServer, mail: Mail, at: Instant) -> str | None:
    """None: it was taken; else why not. Raises where the server has gone."""
    try:
        session.send_message(_message(server, mail, at))
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        return _reason(error)
    return None


def _message(server: MailServer, mail: Mail, at: Instant) -> EmailMessage:
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def _note(store: Store, keys: list[int], problem: str | None, at: Instant) -> None:
    values = {"tries": mails.c.tries + 1, "problem": problem} | ({"sent_at": str(at)} if problem is None else {})
    with store.begin() as connection:
        connection.execute(update(mails).where(mails.c.key.in_(keys)).values(values))


def _reason(error: Exception) -> str:
    """On one line. A server's answer names addresses, and nothing of a customer's: no mail carries any."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:_PROBLEM_LIMIT]
