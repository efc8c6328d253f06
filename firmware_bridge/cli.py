"""`firmware-bridge`: reads the branch's file, takes its own part, and runs until a signal (contract: programs)."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Annotated, Final

import typer

from firmware_bridge.drivers import PAD_DRIVERS, STRIP_DRIVERS
from firmware_bridge.ending import ending
from firmware_bridge.program import run
from firmware_bridge.service import check, replay, sniff
from firmware_bridge.sessions import Look
from firmware_bridge.settings import BridgeSettings, PadSettings, StripSettings
from firmware_bridge.sniffing import EARS
from signage import __version__
from signage.config.addresses import broker_address, listen_at
from signage.config.branch_file import BranchConfig, BridgeTable, PadTable, StripTable
from signage.config.catalogues import load_catalogue
from signage.config.load import BadConfiguration, load_branch
from signage.core.exits import Exit, Refusal
from signage.core.lines import strip_word
from signage.core.phrases import FALLBACK_LOCALE, Catalogue
from signage.link.log import configure

STRIP_WORDS: Final = {
    Look.OPEN: strip_word("open"),
    Look.CLOSED: strip_word("closed"),
    Look.SUSPENDED: strip_word("suspended"),
    Look.PAUSED: strip_word("suspended"),
}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script."""
    sys.exit(ending("firmware-bridge", app, sys.argv[1:] if arguments is None else arguments))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"firmware-bridge {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def bridge(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option("--config", metavar="F", help="The branch's file.")] = None,
    name: Annotated[str | None, typer.Option("--bridge", metavar="NAME", help="Which [[bridge]], if several.")] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log lines for machines.")] = False,
    _version_only: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else.")
    ] = False,
) -> None:
    """Serial rating pads on the branch's broker: nothing lost, nothing twice."""
    if context.invoked_subcommand is not None:
        return
    configure("firmware-bridge", log_json)
    if config is None:
        raise Refusal(Exit.WRONG_USE, "--config: name the branch's file")
    settings = compose(load_branch(config), name, config)
    raise typer.Exit(run(settings))


@app.command("check")
def check_command(
    config: Annotated[Path, typer.Option("--config", metavar="F", help="The branch's file.")],
    name: Annotated[str | None, typer.Option("--bridge", metavar="NAME", help="Which [[bridge]], if several.")] = None,
) -> None:
    """Open each configured port and say who answers; 0 all well, 1 something is wrong, 69 a port cannot be used."""
    raise typer.Exit(check(compose(load_branch(config), name, config), typer.echo))


@app.command("sniff")
def sniff_command(
    port: Annotated[str | None, typer.Option("--port", metavar="P", help="The port; end the bridge first.")] = None,
    driver: Annotated[str, typer.Option("--driver", metavar="D", help=f"{', '.join(EARS)}.")] = "raw",
    baud: Annotated[int | None, typer.Option("--baud", help="The speed, unless the driver's own.")] = None,
    record: Annotated[Path | None, typer.Option("--record", metavar="F", help="Keep what comes.")] = None,
    recording: Annotated[Path | None, typer.Option("--replay", metavar="F", help="Show a recording instead.")] = None,
) -> None:
    """Show what stands on a line, frame by frame beside its bytes, until Ctrl-C."""
    if driver not in EARS:
        raise Refusal(Exit.WRONG_USE, f"--driver: found {driver!r}, wanted one of: {', '.join(EARS)}")
    if (port is None) == (recording is None):
        raise Refusal(Exit.WRONG_USE, "--port or --replay: name one of them")
    if recording is not None:
        replay(recording, driver)
        return
    known = {
        **{one: PAD_DRIVERS[one].baud for one in PAD_DRIVERS},
        **{one: STRIP_DRIVERS[one].baud for one in STRIP_DRIVERS},
    }
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    sniff(port or "", baud or known.get(driver, 9600), driver, record, stopped)


def compose(branch: BranchConfig, name: str | None, file: Path) -> BridgeSettings:
    """One bridge's part of the branch's file. Raises Refusal."""
    table = _chosen(branch.bridge, name, file)
    catalogue = load_catalogue(FALLBACK_LOCALE)
    broker = broker_address(branch.broker, table.name)
    return BridgeSettings(
        name=table.name,
        broker=broker,
        directory=Path(table.state_directory),
        pads=tuple(_pad(pad, table.name, f"{file}: [[bridge]] {table.name!r}") for pad in table.pad),
        strips=tuple(_strip(strip) for strip in table.strip),
        root=branch.broker.root,
        software=f"firmware-bridge {__version__}",
        look_words=_look_words(catalogue),
        teller_words=catalogue.messages["pad.teller"],
        strip_words={look: catalogue.text(key) for look, key in STRIP_WORDS.items()},
        strip_asking=catalogue.text(strip_word("open", asked=True)),
        metrics=listen_at(branch.metrics.devices.get(table.name), broker),
    )


def _chosen(tables: Sequence[BridgeTable], name: str | None, file: Path) -> BridgeTable:
    names = ", ".join(table.name for table in tables) or "none"
    if name is None and len(tables) == 1:
        return tables[0]
    if name is None:
        raise Refusal(Exit.WRONG_USE, f"--bridge: {file} has {len(tables)} bridges ({names}); name one")
    found = next((table for table in tables if table.name == name), None)
    if found is None:
        raise Refusal(Exit.WRONG_USE, f"--bridge: {file} has no bridge {name!r}; it has {names}")
    return found


def _pad(table: PadTable, bridge: str, place: str) -> PadSettings:
    where = f"{place}: [[bridge.pad]] of counter {table.counter!r}"
    if table.driver not in PAD_DRIVERS:
        known = ", ".join(PAD_DRIVERS)
        raise BadConfiguration(f"{where}, key driver: found {table.driver!r}, wanted one of: {known}")
    if table.stars is not None and table.driver != "lines":
        lowest, highest = (1, 10) if table.driver == "padlink" else (0, 255)
        for key in table.stars:
            if not (key.isascii() and key.isdigit() and lowest <= int(key) <= highest):
                raise BadConfiguration(
                    f"{where}, key stars: found {key!r}, wanted key numbers from {lowest} to {highest}"
                )
    return PadSettings(
        counter=table.counter,
        driver=table.driver,
        port=table.port,
        baud=table.baud or PAD_DRIVERS[table.driver].baud,
        bridge=bridge,
        stars=table.stars,
        address=table.address,
        pattern=table.pattern or "",
        reply=table.reply or "",
        repeat_s=1.5 if table.repeat_s is None else table.repeat_s,
        prompt_timeout_s=table.prompt_timeout_s,
    )


def _strip(table: StripTable) -> StripSettings:
    baud = table.baud or STRIP_DRIVERS[table.driver].baud
    return StripSettings(table.counter, table.driver, table.port, table.address, baud)


def _look_words(catalogue: Catalogue) -> dict[Look, str]:
    return {look: catalogue.text(f"pad.look.{look.value}") for look in Look}
