"""Where a program connects to, and as whom: every program is a user of its own, called as its node."""

import os
import secrets
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path

from signage.config.branch_file import BrokerTable, UpstreamTable
from signage.config.load import BadConfiguration
from signage.config.metrics_entries import LAST_PORT, At, host_and_port
from signage.core.exits import Exit, Refusal
from signage.link.client import Address
from signage.link.exporter import Listen


def broker_address(table: BrokerTable | UpstreamTable, user: str) -> Address:
    """The address for the program `user` (a node's name; the controller's is its branch's id).

    `username` in the table wins over `user`. Raises BadConfiguration if the password file is missing, unreadable or
    without that user.
    """
    name = table.username or user
    password = None
    if table.password_file is not None:
        path = Path(table.password_file)
        password = read_passwords(path).get(name)
        if password is None:
            raise BadConfiguration(f"{path}: no line for the user {name!r}; add {name}:<password>")
    return Address(
        host=table.host,
        port=table.port,
        username=name if table.username is not None or password is not None else None,
        password=password,
        ca_file=_path(table.ca_file),
        cert_file=_path(table.cert_file),
        key_file=_path(table.key_file),
    )


def listen_at(at: At | None, *links: Address, further: int = 0) -> Listen | None:
    """None: off. `links`: whose certificates are told of; `further`: ports above the one that is named.

    Raises Refusal (78) where there is no such port.
    """
    if at is None:
        return None
    host, port = host_and_port(at)
    if port + further > LAST_PORT:
        raise Refusal(Exit.CONFIGURATION, f"[metrics]: {port} and {further} further is no port; begin lower")
    files = dict.fromkeys(file for link in links for file in (link.ca_file, link.cert_file) if file is not None)
    return Listen(host, port + further, tuple(files))


def _path(text: str | None) -> Path | None:
    """A file that must be readable."""
    if text is None:
        return None
    path = Path(text)
    try:
        path.open("rb").close()
    except OSError as error:
        raise BadConfiguration(f"{path}: cannot be read: {error.strerror}; put the certificate or key there") from None
    return path


def is_loopback(host: str) -> bool:
    """Whether `host` is this very machine, so that nothing leaves it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_passwords(path: Path) -> dict[str, str]:
    """Lines ``user:password``; empty lines and those that begin with # are left out. Raises BadConfiguration."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise BadConfiguration(f"{path}: there is no such file; make it with `signage acl --new-passwords`") from None
    except OSError as error:
        raise BadConfiguration(f"{path}: cannot be read: {error.strerror}; make it readable") from None
    except UnicodeDecodeError as error:
        raise BadConfiguration(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    passwords = {}
    mistakes = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, colon, password = line.partition(":")
        if not user or not colon or not password:
            mistakes.append(f"{path}: line {number}: wanted user:password")  # the line itself may be a password
        passwords[user] = password
    if mistakes:
        raise BadConfiguration(*mistakes)
    return passwords


def add_passwords(path: Path, users: Iterable[str]) -> tuple[str, ...]:
    """Give every user without a password a new one, keeping the others; the file is readable by its owner only.

    Returns the new users. Raises BadConfiguration, Refusal (73).
    """
    known = read_passwords(path) if path.exists() else {}
    new = tuple(user for user in users if user not in known)
    lines = [f"{user}:{password}\n" for user, password in known.items()]
    lines += [f"{user}:{secrets.token_urlsafe(24)}\n" for user in new]
    write_private(path, "".join(lines))
    return new


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only, on the disk when this returns. Raises Refusal (73)."""
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Refusal(
            Exit.CANNOT_WRITE, f"{path}: cannot be written: {error.strerror}; make its directory writable"
        ) from None
