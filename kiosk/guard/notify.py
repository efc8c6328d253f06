"""Telling systemd how this service is (sd_notify(3)), where systemd has asked to be told."""

import os
from typing import Final

_SHARE: Final = 2  # told so many times in each period that systemd waits for


class Notifier:
    """Says nothing where NOTIFY_SOCKET is not set."""

    def __init__(self) -> None:
        self._address = os.environ.pop("NOTIFY_SOCKET", "")  # the screen is no one to speak for the service
        period = os.environ.pop("WATCHDOG_USEC", "")
        os.environ.pop("WATCHDOG_PID", None)
        self._every_s = int(period) / 1e6 / _SHARE if period.isdecimal() else 0.0
        self._due = 0.0

    def say(self, *lines: str) -> None:
        """`READY=1`, `STATUS=…`, `STOPPING=1`."""
        if not self._address:
            return
        import socket  # noqa: PLC0415  # a megabyte that only a service takes

        address = self._address
        if address.startswith("@"):
            address = "\0" + address[1:]
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.sendto("\n".join(lines).encode(), address)
        except OSError:
            return  # systemd itself notices a watchdog that is not fed

    def feed(self, now: float) -> None:
        """Once each half of the period, as long as the guard's loop goes round. `now`: monotonic."""
        if self._every_s and now >= self._due:
            self._due = now + self._every_s
            self.say("WATCHDOG=1")
