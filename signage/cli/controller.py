"""`signage controller`: one branch's controller, told what the configuration says."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
import typer

from signage import __version__
from signage.branch.program import run_controller
from signage.branch.settings import (
    ControllerSettings,
    CounterSettings,
    DeviceProbe,
    FileProbe,
    PadProbe,
    Probe,
    RatingSettings,
    RuleSettings,
    ScreenSettings,
    TcpProbe,
)
from signage.cli.options import ConfigFile, LogJson
from signage.config.addresses import broker_address
from signage.config.branch_file import BranchConfig, ProbeTable
from signage.config.holidays import calendar_warning, hours_plan
from signage.config.load import BadConfiguration, load_branch
from signage.core.instants import Instant
from signage.core.model import Branch
from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from signage.link.clock import now
from signage.link.log import configure

_TCP_EVERY_S = 5.0
_FILE_EVERY_S = 1.0


def controller(config: ConfigFile, *, log_json: LogJson = False) -> None:
    """The branch controller."""
    configure("controller", log_json)
    loaded = load_branch(config)
    today = local_date(loaded, now())
    if (warning := calendar_warning(str(config), loaded.hours, today)) is not None:
        structlog.get_logger().warning(warning)
    settings = controller_settings(
        config,
        loaded,
        today,
        load_catalogues(),
        broker=broker_address(loaded.broker, loaded.branch.id),
        upstream=broker_address(loaded.upstream, loaded.branch.id) if loaded.upstream is not None else None,
    )
    raise typer.Exit(run_controller(settings, __version__))


def local_date(config: BranchConfig, at: Instant) -> date:
    return at.astimezone(ZoneInfo(config.branch.timezone)).date()


def controller_settings(
    file: Path,
    config: BranchConfig,
    today: date,
    catalogues: Mapping[str, Catalogue],
    broker: Address,
    upstream: Address | None,
) -> ControllerSettings:
    """What the controller is told. Raises BadConfiguration for a probe of a kind that it has no reader for."""
    bridges = {pad.counter: bridge.name for bridge in config.bridge for pad in bridge.pad}
    return ControllerSettings(
        branch=branch_of(config),
        hours=hours_plan(config, today - timedelta(days=7)),
        broker=broker,
        root=config.broker.root,
        upstream=upstream,
        upstream_root=config.upstream.root if config.upstream is not None else config.broker.root,
        directory=Path(config.state.directory),
        counters=tuple(
            CounterSettings(
                number=counter.number,
                business=counter.business,
                hours=counter.hours,
                pad_bridge=bridges.get(counter.number),
            )
            for counter in config.counter
        ),
        screens=tuple(ScreenSettings(screen.name, screen.kind, screen.counter) for screen in config.screen),
        bridges=tuple(bridge.name for bridge in config.bridge),
        probes=tuple(_probe(file, probe) for probe in config.probe),
        rules=tuple(
            RuleSettings(rule.when, rule.suspend, rule.reason, rule.for_s, rule.clear_s) for rule in config.rule
        ),
        pins_file=Path(config.staff.pins_file) if config.staff is not None else None,
        ratings=RatingSettings(config.ratings.require_prompt, config.ratings.min_gap_s),
        catalogues=catalogues,
    )


def branch_of(config: BranchConfig) -> Branch:
    branch = config.branch
    return Branch(
        id=branch.id, name=branch.name, hotline=branch.hotline, timezone=branch.timezone, groups=branch.groups
    )


def _probe(file: Path, probe: ProbeTable) -> Probe:
    """The schema has seen to it that each kind has its keys."""
    if probe.kind == "tcp" and probe.address is not None:
        host, _, port = probe.address.rpartition(":")
        return TcpProbe(probe.name, host.strip("[]"), int(port), probe.every_s or _TCP_EVERY_S)
    if probe.kind == "file" and probe.path is not None:
        return FileProbe(probe.name, Path(probe.path), probe.max_age_s, probe.every_s or _FILE_EVERY_S)
    if probe.kind == "pad" and probe.counter is not None:
        return PadProbe(probe.name, probe.counter)
    if probe.kind == "device" and probe.device is not None:
        return DeviceProbe(probe.name, probe.device)
    raise BadConfiguration(
        f'{file}: [[probe]] "{probe.name}", key kind: found "{probe.kind}", which this version cannot read, '
        'wanted "tcp", "file", "pad" or "device"'
    )
