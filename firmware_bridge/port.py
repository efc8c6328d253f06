"""One serial port: kept open for ever, read and written by a thread each. The only import of serial.

Takes anything pyserial opens: a device, a by-id or by-path name, socket://, rfc2217://, loop://. A port that goes away
or cannot be opened is tried again and again; each change of its state is put once, and it recovers by itself.
"""

import contextlib
import errno
import os
import queue
import termios
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event
from typing import Any, Final

import serial
from serial.rfc2217 import Serial as TelnetSerial
from serial.urlhandler.protocol_socket import Serial as SocketSerial

from firmware_bridge.pace import Pace
from signage.link.clock import moment

READ_LIMIT_BYTES: Final = 4096
READ_TIMEOUT_S: Final = 1.0  # how long a thread may overlook that it is to end
WRITE_TIMEOUT_S: Final = 2.0  # 64 KiB at 115200 would take 6 s; a pad that takes nothing for 2 s is stuck
WAITING_WRITES: Final = 256  # a pad is told again what is dropped
LOOK_EVERY_S: Final = 1.0  # whether the name still means what is open
BACK_OFF_S: Final = (0.1, 0.2, 0.4, 0.8, 1.0)  # the last for ever: a pad put back is heard within a second


class PortState(Enum):
    """What a technician sees to.

    Of a device: ABSENT, DENIED (no permission), HELD (by another program), UNPLUGGED (it was open), CHANGED (its name means
    another device now). Of a URL: UNREACHABLE. FAILED: anything else.
    """

    OPEN = "open"
    ABSENT = "absent"
    DENIED = "denied"
    HELD = "held"
    UNPLUGGED = "unplugged"
    CHANGED = "changed"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


CURES: Final = {
    PortState.ABSENT: "plug the pad in, or name its port in the configuration as ls /dev/serial/by-id shows it",
    PortState.DENIED: "add this program's user to the group that owns the device (dialout)",
    PortState.HELD: "end the other program that has the port open",
    PortState.UNPLUGGED: "plug the pad in again",
    PortState.CHANGED: "if nobody exchanged the pad, name its port by /dev/serial/by-path",
    PortState.UNREACHABLE: "switch the serial server on, and check its address and port in the configuration",
    PortState.FAILED: "check cable, converter and port name",
}


@dataclass(frozen=True)
class PortOpened:
    """`opening` counts: bytes for an earlier opening are for somebody else. `device`: what the name means just now."""

    port: str
    opening: int
    device: str = ""


@dataclass(frozen=True)
class PortBytes:
    port: str
    data: bytes


@dataclass(frozen=True)
class PortGone:
    """The port is in another state than OPEN since now. Put once for each state."""

    port: str
    state: PortState
    reason: str


PortEvent = PortOpened | PortBytes | PortGone
Serial = Any  # pyserial has a class per kind of port and no types
LOST: Final = (PortState.UNPLUGGED, PortState.CHANGED)
GONE: Final = (OSError, TypeError, termios.error)  # TypeError: pyserial's when it is closed while it reads


class Trouble(Exception):  # noqa: N818 - a state of the port, not a failure of the program
    """The port cannot be opened, or is gone."""

    def __init__(self, state: PortState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


def open_port(url: str, baud: int) -> Serial:
    """Open 8N1, for us alone. Raises Trouble."""
    try:
        port = serial.serial_for_url(url, do_not_open=True)
        port.baudrate = baud
        port.timeout = READ_TIMEOUT_S
        if not isinstance(port, TelnetSerial):  # which has none, and says so when it opens
            port.write_timeout = WRITE_TIMEOUT_S
        if url.startswith("/"):
            port.exclusive = True
        port.open()
    except (OSError, ValueError, NotImplementedError, termios.error) as error:
        raise Trouble(_state_of(error, url), str(error)) from error
    if isinstance(port, TelnetSerial):
        _buffer(port).maxsize = READ_LIMIT_BYTES  # else its own thread takes in whatever comes
    return port


def close_port(port: Serial) -> None:
    """Whatever its state."""
    if isinstance(port, TelnetSerial):
        with contextlib.suppress(queue.Empty):
            while True:  # its thread may wait for room
                _buffer(port).get_nowait()
    port.close()


def _buffer(port: Serial) -> queue.Queue[bytes]:
    """What pyserial keeps to itself: it has no bound."""
    buffer: queue.Queue[bytes] = vars(port)["_read_buffer"]
    return buffer


def read_some(port: Serial) -> bytes:
    """What has come, at most READ_LIMIT_BYTES and one; nothing after a second of silence. Raises what `GONE` lists."""
    data: bytes = port.read(1)
    if not data:
        return b""
    if not isinstance(port, SocketSerial):
        return data + bytes(port.read(min(port.in_waiting, READ_LIMIT_BYTES)))
    port.timeout = 0  # a socket cannot say how much has come
    try:
        return data + bytes(port.read(READ_LIMIT_BYTES))
    finally:
        port.timeout = READ_TIMEOUT_S


def _state_of(error: Exception, url: str) -> PortState:
    code = getattr(error, "errno", None)
    if code in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return PortState.ABSENT
    if code in (errno.EACCES, errno.EPERM):
        return PortState.DENIED
    if code in (errno.EBUSY, errno.EAGAIN):
        return PortState.HELD
    if "://" in url and isinstance(error.__context__, OSError):  # pyserial makes its own of what the network said
        return PortState.UNREACHABLE
    return PortState.FAILED


def _meaning(url: str) -> str:
    return os.path.realpath(url) if url.startswith("/") else url


def _changed(url: str, port: Serial) -> str | None:
    """Why the open port is not what its name means any more; a name that means nothing is left to the next read."""
    if not url.startswith("/"):
        return None
    try:
        changed = Path(url).stat().st_rdev != os.fstat(port.fileno()).st_rdev
    except OSError:
        return None
    return f"its name means another device now, {_meaning(url)}" if changed else None


def _nowhere(event: PortEvent) -> None:
    raise AssertionError(f"{event} before start")


class Port:
    """One configured port."""

    def __init__(self, name: str, url: str, baud: int) -> None:
        self.name = name
        self._url = url
        self._baud = baud
        self._put: Callable[[PortEvent], None] = _nowhere
        self._ending = Event()
        self._serial: tuple[int, Serial] | None = None
        self._writes: queue.Queue[tuple[int, bytes]] = queue.Queue(WAITING_WRITES)

    def start(self, put: Callable[[PortEvent], None], spawn: Callable[[str, Callable[[], None]], object]) -> None:
        """`put` may block; the reading thread alone calls it. `spawn` runs a function in a named thread."""
        self._put = put
        spawn(f"port-{self.name}-read", self._read)
        spawn(f"port-{self.name}-write", self._write)

    def send(self, opening: int, data: bytes) -> bool:
        """Queue bytes for that opening; False when too many wait already (nothing is lost: a pad asks again)."""
        try:
            self._writes.put_nowait((opening, data))
        except queue.Full:
            return False
        return True

    def stop(self) -> None:
        """Let both threads end within a second."""
        self._ending.set()

    def _read(self) -> None:
        opening = 0
        failures = 0
        told: PortState | None = None
        while not self._ending.is_set():
            try:
                port = open_port(self._url, self._baud)
            except Trouble as trouble:
                if trouble.state is not told and not (told in LOST and trouble.state is PortState.ABSENT):
                    told = trouble.state
                    self._put(PortGone(self.name, told, trouble.reason))
                self._ending.wait(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
                failures += 1
                continue
            opening += 1
            failures = 0
            self._serial = (opening, port)
            self._put(PortOpened(self.name, opening, _meaning(self._url)))
            told, reason = self._read_open(port)
            self._serial = None
            close_port(port)
            if not self._ending.is_set():
                self._put(PortGone(self.name, told, reason))
                self._ending.wait(BACK_OFF_S[0])

    def _read_open(self, port: Serial) -> tuple[PortState, str]:
        """Hand on what arrives until the port is gone; how and why it is."""
        look_again = began = moment().mono
        pace = Pace(began)
        try:
            while not self._ending.is_set():
                data = read_some(port)
                now = moment().mono
                if data:
                    self._hand_on(data)
                    self._ending.wait(pace.wait(len(data), now))
                if now >= look_again:
                    look_again = now + LOOK_EVERY_S
                    reason = _changed(self._url, port)
                    if reason is not None:
                        return PortState.CHANGED, reason
        except GONE as error:
            return PortState.UNPLUGGED, str(error)
        return PortState.UNPLUGGED, "ended"

    def _hand_on(self, data: bytes) -> None:
        """While the program has been stuck for seconds they are lost as on a bad line: the pad says it again."""
        with contextlib.suppress(queue.Full):
            self._put(PortBytes(self.name, data))

    def _write(self) -> None:
        while not self._ending.is_set():
            try:
                opening, data = self._writes.get(timeout=READ_TIMEOUT_S)
            except queue.Empty:
                continue
            current = self._serial
            if current is None or current[0] != opening:
                continue
            try:
                current[1].write(data)
            except GONE:
                continue  # the reader sees a port that is gone; one that is merely stuck is told again
