"""A port with its session, and what the status says of it."""

from firmware_bridge.drivers import Recalled, session_of
from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.codec import encode
from firmware_bridge.port import Port, PortBytes, PortGone, PortOpened, PortState
from firmware_bridge.sessions import Lost
from firmware_bridge.settings import PadSettings
from firmware_bridge.station import Station
from firmware_bridge.status import pad_statuses
from signage.wire.messages import PadStatus
from tests.unit.firmware_bridge.pads import START, after, hello


def station() -> Station:
    pad = PadSettings("1", "padlink", "/dev/nowhere")
    return Station(
        Port("p", "/dev/nowhere", 115200), "/dev/nowhere", "padlink", session_of((pad,), (), Recalled()), ("1",)
    )


def state(one: Station) -> PadStatus:
    (status,) = pad_statuses([one])
    return status


def test_a_pad_from_absent_to_online_to_lost() -> None:
    one = station()
    assert one.take(PortGone("p", PortState.ABSENT, "no such device"), START) == ()
    assert (state(one).state, state(one).serial) == ("absent", None)
    one.take(PortOpened("p", 1), START)
    (knock,) = one.take(PortBytes("p", encode(hello(), 0)), after(1))
    one.send(one.session.admit(knock, after(1)))  # type: ignore[arg-type]  # a HELLO brings a knock
    assert state(one) == PadStatus(
        counter="1",
        driver="padlink",
        port="/dev/nowhere",
        state="online",
        last_seen=after(1),
        discarded={},
        serial="a1b2c3d4e5f60718",
    )
    one.take(PortBytes("p", b"\x11\x22\x33\x00" + encode(f.LapseFrame(1), 1)), after(2))
    assert state(one).discarded == {"cobs": 1}
    assert one.take(PortGone("p", PortState.UNPLUGGED, "gone"), after(3)) == (Lost("1", "port"),)
    assert state(one).state == "lost"
    one.stop()


def test_a_port_pulled_before_anybody_spoke_is_lost_too() -> None:
    one = station()
    one.take(PortOpened("p", 1), START)
    one.take(PortGone("p", PortState.UNPLUGGED, "gone"), after(1))
    assert state(one).state == "lost"
