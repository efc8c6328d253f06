"""One screen as a program: its directory, its outbox, its link, its window."""

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import structlog

from kiosk.driver import forget_rules, prepare_kivy
from kiosk.intake import Intake
from kiosk.media.darkroom import Darkroom
from kiosk.memory import Memory
from kiosk.portraits import portraits_of
from kiosk.pulse import Pulse
from kiosk.receiving import receive
from kiosk.reload import ConfigWatch, Source
from kiosk.settings import KioskSettings
from kiosk.station import Station
from kiosk.upkeep import Upkeep
from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import Database, NewerDatabase, StorageError, open_database
from signage.link.floors import FLOORS
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.link.threads import spawn
from signage.wire.topics import Topics

FILE = "screen.db"


def run(settings: KioskSettings, catalogues: Mapping[str, Catalogue], driver: str, source: Source | None = None) -> int:
    """Until SIGTERM or SIGINT; the exit code. Raises Refusal when it cannot begin."""
    pulse = Pulse.of_this_process()
    pulse.keeps_in(str(settings.directory.resolve()))
    prepare_kivy(settings, driver)
    from kiosk.design.fonts import FontMissingError, family_files  # noqa: PLC0415  # after the above, with the rest
    from kiosk.design.pixel_type import PixelFontMissingError, require_pixel_fonts  # noqa: PLC0415  # as above
    from kiosk.shell import Shell  # noqa: PLC0415  # opens the window

    forget_rules()
    try:
        family_files()
        if settings.kind == "strip":
            require_pixel_fonts()
    except (FontMissingError, PixelFontMissingError, OSError) as error:
        raise Refusal(Exit.UNREACHABLE, str(error)) from error
    database, durable = opened(settings.directory)
    topics = Topics(settings.root)
    node = Node(
        NodeSettings(
            name=settings.name,
            role="screen",
            software=settings.software,
            topics=topics,
            also=(topics.up("+", "status"),) if settings.kind == "touch" else (),
        ),
        Outbox(database, settings.name),
        Commands(database),
        moment(),
    )
    intake = Intake()
    photos = any(teller.photo is not None for teller in settings.tellers)
    darkroom = Darkroom(intake.put) if photos or (durable and settings.content is not None) else None
    receiving = (
        receive(settings, database, node, catalogues, darkroom, intake.put, source.file if source is not None else None)
        if durable
        else None
    )
    station = Station(
        settings,
        node,
        Memory(settings.directory),
        catalogues,
        moment(),
        durable=durable,
        contents=receiving.contents if receiving is not None else None,
        delivery=receiving.delivery if receiving is not None else None,
        portraits=portraits_of(settings, darkroom),
    )
    upkeep = Upkeep(station, pulse, intake.put, ConfigWatch(source, intake.put) if source is not None else None)
    shell = Shell(station, intake, catalogues, pulse, upkeep)
    link = partial(node.start, settings.broker, intake.put)
    if receiving is None:
        link()
    else:
        station.recollected = link
        receiving.begin(intake.put)
    if station.emergency is not None:
        spawn("emergency-pin", partial(station.emergency.verify_all, intake.put), intake.put)
    code = shell.run()
    station.witness.settle(moment())  # first what would be lost if somebody lost patience
    node.stop(moment())
    database.close()
    upkeep.close()
    if station.emergency is not None:
        station.emergency.close()
    if receiving is not None:
        receiving.close()
    if darkroom is not None:
        darkroom.close()
    structlog.get_logger().info("ended", screen=settings.name)
    return code


def opened(directory: Path) -> tuple[Database, bool]:
    """The screen's database, and whether it lasts. A broken disk does not keep a screen from showing the branch.

    Raises Refusal: a database of a newer version (78), or no place at all to write (73).
    """
    try:
        return open_database(directory / FILE, LINK, FLOORS), True
    except NewerDatabase as error:
        raise Refusal(Exit.CONFIGURATION, str(error)) from error
    except StorageError as error:
        structlog.get_logger().error("the disk fails: the screen shows, but stores no rating", reason=str(error))
    try:
        return open_database(Path(tempfile.mkdtemp(prefix="kiosk-")) / FILE, LINK, FLOORS), False
    except (StorageError, OSError) as error:
        raise Refusal(Exit.CANNOT_WRITE, f"{error}; give this user a directory that can be written") from error
