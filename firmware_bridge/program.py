"""The running bridge: database, node, ports and the main loop put together."""

import sys
from typing import Final

import structlog

from firmware_bridge.bridge import Bridge
from firmware_bridge.drivers import session_of
from firmware_bridge.faults import Place
from firmware_bridge.port import Port
from firmware_bridge.settings import BridgeSettings, PadSettings, StripSettings
from firmware_bridge.station import Station
from firmware_bridge.store import BRIDGE, Store
from signage import __version__
from signage.core.exits import Exit, Refusal
from signage.link.clock import moment
from signage.link.commands import Commands
from signage.link.database import Database, NewerDatabase, StorageError, open_database
from signage.link.exporter import Exporter, measured
from signage.link.loop import MainLoop
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.topics import Topics

SWITCH_S: Final = 0.0005  # a press goes through three threads; at Python's 5 ms a busy one makes it wait that long


def run(settings: BridgeSettings) -> int:
    """Until SIGTERM or SIGINT; the exit code. Raises Refusal when it cannot begin."""
    sys.setswitchinterval(SWITCH_S)
    database = _open(settings)
    outbox = Outbox(database, settings.name)
    topics = Topics(settings.root)
    began = moment()
    node = Node(
        NodeSettings(
            name=settings.name,
            role="bridge",
            software=settings.software,
            topics=topics,
            also=(topics.up("+", "status"),),  # another bridge may claim a counter of ours
        ),
        outbox,
        Commands(database),
        began,
    )
    ports, stations = _stations(settings, Store(database))
    bridge = Bridge(settings, outbox, node, stations, began)
    exporter = Exporter(settings.metrics, "firmware-bridge", __version__, node.figures)
    loop = MainLoop(bridge.handle, measured(bridge.tick, exporter))
    structlog.get_logger().info("started", bridge=settings.name, pads=len(settings.pads))
    node.start(settings.broker, loop.put)
    for port in ports:
        port.start(loop.put, loop.spawn)
    exporter.start()
    code = loop.run()
    exporter.stop()
    bridge.stop()
    node.stop(moment())
    database.close()
    structlog.get_logger().info("ended", bridge=settings.name)
    return code


def _open(settings: BridgeSettings) -> Database:
    try:
        return open_database(settings.directory / "bridge.db", LINK, BRIDGE)
    except NewerDatabase as error:
        raise Refusal(Exit.CONFIGURATION, str(error)) from error
    except StorageError as error:
        raise Refusal(Exit.CANNOT_WRITE, str(error)) from error


def _stations(settings: BridgeSettings, store: Store) -> tuple[list[Port], tuple[Station, ...]]:
    """One station for each port, with all pads and strips on it."""
    ports = []
    stations = []
    for url in sorted({pad.port for pad in settings.pads} | {strip.port for strip in settings.strips}):
        pads = tuple(pad for pad in settings.pads if pad.port == url)
        strips = tuple(strip for strip in settings.strips if strip.port == url)
        first: PadSettings | StripSettings = pads[0] if pads else strips[0]
        port = Port(url, url, first.baud)
        ports.append(port)
        places = {str(Place(settings.name, pad.counter)): pad.counter for pad in pads}
        session = session_of(pads, strips, store.recalled(url, places))
        stations.append(
            Station(
                port,
                url,
                first.driver,
                session,
                tuple(pad.counter for pad in pads),
                tuple(strip.counter for strip in strips),
            )
        )
    return ports, tuple(stations)
