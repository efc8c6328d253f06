"""Every pad driver, one line each. A new one is a package with a session and a line here."""

from collections.abc import Callable, Mapping
from typing import Final

from firmware_bridge.padlink.session import PadlinkSession
from firmware_bridge.sessions import Session
from firmware_bridge.settings import Driver, PadSettings

DRIVERS: Final[Mapping[Driver, Callable[[PadSettings], Session]]] = {
    Driver.PADLINK: lambda pad: PadlinkSession(pad.counter, pad.stars),
}
