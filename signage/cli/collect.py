"""`signage collect`: head office stores events, sends receipts and keeps statuses."""

from dataclasses import replace
from typing import Annotated

import typer
from msgspec.structs import asdict

from signage import __version__
from signage.cli.options import ConfigFile, LogJson
from signage.cli.profiles import profiles_of
from signage.cli.roster import roster_of
from signage.config.addresses import broker_address, listen_at
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit, Refusal
from signage.core.retention import Retention
from signage.link.clock import now
from signage.link.log import configure
from signage.office.collect import CollectSettings, run_collector
from signage.office.roster import Shard


def collect(
    config: ConfigFile,
    *,
    shard: Annotated[str | None, typer.Option("--shard", help="Only this share of the roster.", metavar="I/N")] = None,
    log_json: LogJson = False,
) -> None:
    """Head office: store events, send receipts, keep statuses."""
    configure("collect", log_json)
    loaded = load_head_office(config)
    settings = replace(collect_settings(loaded, shard), profiles=profiles_of(loaded, now().date()))
    raise typer.Exit(run_collector(settings))


def collect_settings(config: HeadOfficeConfig, shard_text: str | None) -> CollectSettings:
    """What the collector is told. Raises Refusal."""
    try:
        shard = Shard.parse(shard_text) if shard_text is not None else Shard()
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"--shard: {error}") from None
    roster = roster_of(config)
    if shard.count > 1 and not roster:
        raise Refusal(Exit.CONFIGURATION, "--shard: several collectors need a roster; name it under [roster] file")
    user = "collect" if shard.count == 1 else f"collect-{shard.index}"
    address = broker_address(config.broker, user)
    return CollectSettings(
        address=address,
        root=config.broker.root,
        database_url=config.database.url,
        roster=roster,
        shard=shard,
        retention=Retention({kind: days for kind, days in asdict(config.retention).items() if days is not None}),
        software=__version__,
        metrics=listen_at(config.metrics.listen, address, further=shard.index),
    )
