"""The simulator's own readers, which share no code with the host's, and the devices behind them."""

from firmware_bridge.padlink import codec as padlink
from firmware_bridge.padlink import frames as f
from firmware_bridge.simulator import wire
from firmware_bridge.simulator.device import Device
from firmware_bridge.simulator.ff68_sets import Sets
from firmware_bridge.simulator.memory import InMemory
from firmware_bridge.simulator.pad import Model, Pad
from firmware_bridge.simulator.printer import Printer, Strip
from tests.fuzz.framing import SERIAL, ff68_bytes, padlink_bytes

_STEP_MS = 50


def read_simulated_pad(data: bytes) -> None:
    """The pad's own ears, and the pad behind them; its clock goes on by 50 ms a byte."""
    received = padlink_bytes(data)
    ears, apart = wire.Ears(), wire.Ears()
    assert ears.feed(received) == [one for byte in received for one in apart.feed(bytes((byte,)))]
    pad = Pad(Model(SERIAL), InMemory(), 0)
    pad.received(padlink.encode(f.Welcome(SERIAL, pad.boot), 0), 0)
    _live(pad, received)


def read_simulated_plain(data: bytes) -> None:
    """As the first byte says: sets on an ff68 line, a pad that prints, window strips. At once they hear the same as apart."""
    kind, rest = data[:1] or b"\0", data[1:]
    received = ff68_bytes(rest) if kind[0] % 3 == 0 else rest
    whole, single = _plain(kind[0]), _plain(kind[0])
    whole.received(received, 0)
    for byte in received:
        single.received(bytes((byte,)), 0)
    if len(received) < 200:  # past its limit a device may forget the beginning of what never ends
        assert whole.notables == single.notables
        assert whole.picture(0) == single.picture(0)
    _live(_plain(kind[0]), received)


def _plain(kind: int) -> Device:
    if kind % 3 == 0:
        return Sets((1, 2))
    return Printer("KEY {key}\r\n", "OK {key}") if kind % 3 == 1 else Strip((1, 2))


def _live(device: Device, received: bytes) -> None:
    """Byte by byte, now and then with a press; nothing may come out of it but its own bytes."""
    for at, byte in enumerate(received, 1):
        now = _STEP_MS * at
        device.received(bytes((byte,)), now)
        if byte % 16 == 5:
            device.press(byte % 5 + 1, now)
        device.tick(now)
        device.take_out()
        device.picture(now)
        device.notables.clear()
