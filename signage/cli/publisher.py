"""`signage publisher`: head office answers Sync, serves blobs, says Alive, sends commands, renews what expires."""

from pathlib import Path
from typing import Annotated

import typer

from signage import __version__
from signage.cli.options import ConfigFile, LogJson
from signage.cli.roster import roster_of
from signage.config.addresses import broker_address, listen_at
from signage.config.load import load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit, Refusal
from signage.link.log import configure
from signage.office.publisher import PublisherSettings, run_publisher
from signage.office.roster import Shard


def publisher(
    config: ConfigFile,
    *,
    shard: Annotated[str | None, typer.Option("--shard", help="Only this share of the roster.", metavar="I/N")] = None,
    log_json: LogJson = False,
) -> None:
    """Head office: bring content and commands to the branches."""
    configure("publisher", log_json)
    raise typer.Exit(run_publisher(publisher_settings(load_head_office(config), shard)))


def publisher_settings(config: HeadOfficeConfig, shard_text: str | None) -> PublisherSettings:
    """What the publisher is told. Raises Refusal."""
    try:
        shard = Shard.parse(shard_text) if shard_text is not None else Shard()
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"--shard: {error}") from None
    roster = roster_of(config)
    if shard.count > 1 and not roster:
        raise Refusal(Exit.CONFIGURATION, "--shard: several publishers need a roster; name it under [roster] file")
    user = "publisher" if shard.count == 1 else f"publisher-{shard.index}"
    address = broker_address(config.broker, user)
    return PublisherSettings(
        address=address,
        root=config.broker.root,
        database_url=config.database.url,
        repository=Path(config.content.repository),
        keys=Path(config.content.keys),
        roster=roster,
        shard=shard,
        software=__version__,
        metrics=listen_at(config.metrics.publisher, address, further=shard.index),
    )
