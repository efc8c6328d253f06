"""`signage controller`: one branch's controller, told what the configuration says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
import typer

from signage import __version__
from signage.branch.program import run_controller
from signage.branch.settings import (
    ContentSettings,
    ControllerSettings,
    CounterSettings,
    DeviceProbe,
    FileProbe,
    HttpProbe,
    NutProbe,
    PadProbe,
    Probe,
    RatingSettings,
    RuleSettings,
    ScreenSettings,
    TcpProbe,
)
from signage.branch.ups import PORT
from signage.cli.options import ConfigFile, LogJson
from signage.config.addresses import broker_address, listen_at
from signage.config.branch_file import BranchConfig, ContentTable, ProbeTable
from signage.config.customer_entries import GuideEntryTable
from signage.config.holidays import calendar_warning, hours_plan
from signage.config.load import load_branch
from signage.config.privacy_keys import desk_key_of, sealer_of
from signage.content.pinned import read_pinned
from signage.core.instants import Instant
from signage.core.model import Amenity, Branch, GuideEntry, SelfService
from signage.core.phrases import Catalogue
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from signage.link.clock import now
from signage.link.log import configure


def controller(config: ConfigFile, *, log_json: LogJson = False) -> None:
    """The branch controller."""
    configure("controller", log_json)
    loaded = load_branch(config)
    today = local_date(loaded, now())
    if (warning := calendar_warning(str(config), loaded.hours, today)) is not None:
        structlog.get_logger().warning(warning)
    settings = controller_settings(
        loaded,
        today,
        load_catalogues(),
        broker=broker_address(loaded.broker, loaded.branch.id),
        upstream=broker_address(loaded.upstream, loaded.branch.id) if loaded.upstream is not None else None,
    )
    settings = replace(settings, sealer=sealer_of(loaded.privacy), desk_key=desk_key_of(loaded.privacy))
    raise typer.Exit(run_controller(settings, __version__))


def local_date(config: BranchConfig, at: Instant) -> date:
    return at.astimezone(ZoneInfo(config.branch.timezone)).date()


def controller_settings(
    config: BranchConfig,
    today: date,
    catalogues: Mapping[str, Catalogue],
    broker: Address,
    upstream: Address | None,
) -> ControllerSettings:
    """What the controller is told."""
    bridges = {pad.counter: bridge.name for bridge in config.bridge for pad in bridge.pad}
    prompts = {
        pad.counter: max(1, round(pad.prompt_timeout_s))
        for bridge in config.bridge
        for pad in bridge.pad
        if pad.prompt_timeout_s is not None
    }
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
                hours=counter.service,
                pad_bridge=bridges.get(counter.number),
                prompt_s=prompts.get(counter.number),
            )
            for counter in config.counter
        ),
        grades={teller.id: teller.grade for teller in config.teller if teller.grade is not None},
        screens=tuple(
            ScreenSettings(screen.name, screen.kind, screen.counter, screen.locale) for screen in config.screen
        ),
        bridges=tuple(bridge.name for bridge in config.bridge),
        self_service=tuple(
            SelfService(name=one.name, business=one.business, place=one.place) for one in config.self_service
        ),
        guide=tuple(_entry(one) for one in config.guide.entry),
        amenities=tuple(
            Amenity(name=one.name, title=one.title, place=one.place, icon=one.icon.value, available=one.available)
            for one in config.amenity
        ),
        probes=tuple(_probe(probe) for probe in config.probe),
        rules=tuple(
            RuleSettings(rule.when, rule.suspend, rule.reason, rule.for_s, rule.clear_s) for rule in config.rule
        ),
        pins_file=Path(config.staff.pins_file) if config.staff is not None else None,
        ratings=RatingSettings(config.ratings.require_prompt, config.ratings.min_gap_s),
        catalogues=catalogues,
        content=content_settings(config.content, Path(config.state.directory)),
        metrics=listen_at(config.metrics.listen, *(one for one in (broker, upstream) if one is not None)),
    )


def content_settings(table: ContentTable | None, state: Path) -> ContentSettings:
    """[content] with the pinned root read; one that cannot be read is a fault, and everything else runs."""
    if table is None:
        return ContentSettings(directory=state / "content")
    pinned = read_pinned(Path(table.trusted_root) if table.trusted_root is not None else None)
    return ContentSettings(pinned, Path(table.directory), table.limit_mb, table.bandwidth_kbps)


def branch_of(config: BranchConfig) -> Branch:
    branch = config.branch
    return Branch(
        id=branch.id,
        name=branch.name,
        hotline=branch.hotline,
        timezone=branch.timezone,
        groups=branch.groups,
        nearby=branch.nearby,
    )


def _entry(table: GuideEntryTable) -> GuideEntry:
    return GuideEntry(
        name=table.name,
        topic=table.topic.value,
        title=table.title,
        counters=table.counters,
        self_service=table.self_service,
        phone=table.phone,
        bring=table.bring,
        url=table.url or "",
    )


def _probe(probe: ProbeTable) -> Probe:
    """The schema has seen to it that each kind has its keys."""
    found = _with_a_thread(probe)
    if found is not None:
        return found
    if probe.kind == "pad":
        return PadProbe(probe.name, probe.counter or "")
    return DeviceProbe(probe.name, probe.device or "")


def _with_a_thread(probe: ProbeTable) -> Probe | None:
    pace = {} if probe.every_s is None else {"every_s": probe.every_s}
    if probe.address is not None:
        host, _, port = probe.address.rpartition(":")
        return TcpProbe(probe.name, host.strip("[]"), int(port), **pace)
    if probe.url is not None:
        return HttpProbe(probe.name, probe.url, probe.contains, **pace)
    if probe.path is not None:
        return FileProbe(probe.name, Path(probe.path), probe.max_age_s, **pace)
    if probe.ups is not None:
        ups, _, place = probe.ups.partition("@")
        host, colon, port = place.rpartition(":")
        return NutProbe(probe.name, host if colon else place, int(port) if colon else PORT, ups, **pace)
    return None
