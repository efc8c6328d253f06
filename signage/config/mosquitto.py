"""Mosquitto's configuration for a broker of ours, as texts.

It may be put into ``conf.d``: it sets no paths of its own but those it is given, and leaves persistence, user and
logging to the installation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from signage.config.access import Grant
from signage.config.branch_file import BrokerTable
from signage.wire.codec import MESSAGE_LIMIT_BYTES

_QUEUE_LIMIT_BYTES: Final = 64 * 1024 * 1024  # per client; what does not fit is sent again by the nodes


@dataclass(frozen=True)
class ServerFiles:
    """What the broker itself reads. `passwords` None: users are known by their certificates."""

    acl: Path
    passwords: Path | None
    certificate: Path | None = None
    key: Path | None = None


def broker_conf(broker: BrokerTable, files: ServerFiles) -> str:
    """`mosquitto.conf`: no anonymous users, client ids bound to users, bounded queues, no delay."""
    lines = [
        f"listener {broker.port}{_bind(broker.host)}",
        "allow_anonymous false",
        f"acl_file {files.acl}",
        "use_username_as_clientid true",
        "set_tcp_nodelay true",
        f"message_size_limit {MESSAGE_LIMIT_BYTES}",
        "max_queued_messages 0",
        f"max_queued_bytes {_QUEUE_LIMIT_BYTES}",
        "autosave_interval 1",
        "persistent_client_expiration 14d",
    ]
    if files.passwords is not None:
        lines.append(f"password_file {files.passwords}")
    if files.certificate is not None:
        lines += [f"cafile {broker.ca_file}", f"certfile {files.certificate}", f"keyfile {files.key}"]
        if broker.cert_file is not None:
            lines.append("require_certificate true")
            if files.passwords is None:
                lines.append("use_identity_as_username true")
    return "\n".join(lines) + "\n"


def _bind(host: str) -> str:
    """An address is bound; behind a name the broker listens everywhere."""
    try:
        return f" {ip_address(host.strip('[]'))}"
    except ValueError:
        return " 127.0.0.1" if host == "localhost" else ""


def acl_file(grants: Iterable[Grant]) -> str:
    """Mosquitto's `acl_file`: what is not granted is refused."""
    blocks = []
    for grant in grants:
        lines = [f"user {grant.user}"]
        lines += [f"topic write {topic}" for topic in grant.write]
        lines += [f"topic read {topic}" for topic in grant.read]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
