"""`signage broker`: a broker for a branch or a trial, when none is installed as a service."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import structlog
import typer
from amqtt.broker import Broker
from amqtt.contexts import BrokerConfig, ListenerConfig
from amqtt.errors import BrokerError

from signage.cli.acl import grants_of
from signage.cli.options import ConfigFile, LogJson
from signage.config.access import Grant
from signage.config.addresses import is_loopback, read_passwords
from signage.config.branch_file import BrokerTable
from signage.config.load import BadConfiguration, load_either
from signage.link.log import configure

_END_WITHIN_S: Final = 4.0
_ANONYMOUS: Final = "amqtt.plugins.authentication.AnonymousAuthPlugin"
_PASSWORDS: Final = "signage.cli.broker_access.PasswordPlugin"
_GRANTS: Final = "signage.cli.broker_access.GrantPlugin"


def broker(config: ConfigFile, *, log_json: LogJson = False) -> None:
    """A small broker, for up to some 50 clients: a branch or a trial."""
    configure("broker", log_json)
    loaded = load_either(config)
    plugins = broker_plugins(config, loaded.broker, grants_of(loaded))
    _quiet()
    raise typer.Exit(asyncio.run(_serve(config, loaded.broker, plugins)))


def broker_plugins(config: Path, table: BrokerTable, grants: Sequence[Grant]) -> dict[str, dict[str, Any]]:
    """Who is let in: anybody on loopback where no users are configured; else users with their grants only.

    Raises BadConfiguration for a broker that others could reach without being users.
    """
    if table.password_file is not None:
        passwords = read_passwords(Path(table.password_file))
        return {
            _PASSWORDS: {"passwords": passwords},
            _GRANTS: {
                "write": {grant.user: list(grant.write) for grant in grants},
                "read": {grant.user: list(grant.read) for grant in grants},
            },
        }
    if not is_loopback(table.host):
        raise BadConfiguration(
            f'{config}: [broker], key password_file: found nothing while host is "{table.host}", wanted users '
            "(`signage acl --new-passwords`); only on loopback is anybody let in"
        )
    return {_ANONYMOUS: {"allow_anonymous": True}}


async def _serve(config: Path, table: BrokerTable, plugins: dict[str, dict[str, Any]]) -> int:
    log = structlog.get_logger()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    host = "127.0.0.1" if table.host == "localhost" else table.host.strip("[]")
    bind = f"[{host}]:{table.port}" if ":" in host else f"{host}:{table.port}"
    server = Broker(BrokerConfig(listeners={"default": ListenerConfig(bind=bind)}, plugins=plugins))
    try:
        await server.start()
    except (BrokerError, OSError) as error:
        raise BadConfiguration(
            f"{config}: [broker]: cannot listen on {table.host}:{table.port}: {_cause(error)}; "
            "end who listens there, or change host or port"
        ) from None
    log.info("listening", host=table.host, port=table.port)
    await ended.wait()
    try:
        await asyncio.wait_for(server.shutdown(), _END_WITHIN_S)
    except (TimeoutError, BrokerError):
        log.warning("clients did not let go in time; the broker ends all the same")
    return 0


def _cause(error: BaseException) -> str:
    deepest = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    return getattr(deepest, "strerror", None) or str(deepest)


class _OneLine(logging.Handler):
    """The library's own errors, without their tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().warning("in the broker", text=" ".join(record.getMessage().split())[:300])


def _quiet() -> None:
    for name in ("amqtt", "transitions"):
        library = logging.getLogger(name)
        library.handlers = [_OneLine()]
        library.setLevel(logging.ERROR)
        library.propagate = False
