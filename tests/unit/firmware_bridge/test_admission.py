"""One serial in one place, and its boots never go back."""

from firmware_bridge.admission import Admission, Admitted, Refused, Seen
from firmware_bridge.sessions import PadId

A, B = "/dev/a", "/dev/b"


def enter(admission: Admission, serial: str, boot: int, port: str) -> Admitted | Refused:
    pad = PadId(serial, boot)
    verdict = admission.judge(pad, port)
    admission.enter(pad, verdict, port)
    return verdict


def test_a_new_pad_and_a_later_boot_are_written_down_the_same_boot_is_not() -> None:
    admission = Admission()
    assert enter(admission, "s", 3, A) == Admitted(Seen("s", 3, A))
    assert enter(admission, "s", 3, A) == Admitted(None)
    assert enter(admission, "s", 4, A) == Admitted(Seen("s", 4, A))
    assert Admission([Seen("s", 4, A)]).judge(PadId("s", 4), A) == Admitted(None)


def test_a_lower_boot_is_refused_naming_both() -> None:
    admission = Admission([Seen("s", 7, A)])
    verdict = enter(admission, "s", 6, B)
    assert isinstance(verdict, Refused)
    assert verdict.code == "pad-boot"
    for word in ("boot 6", "boot 7", A, B):
        assert word in verdict.text
    assert isinstance(enter(admission, "s", 7, B), Admitted)


def test_one_serial_on_two_ports_is_refused_until_the_first_leaves() -> None:
    admission = Admission()
    enter(admission, "s", 1, A)
    enter(admission, "t", 1, B)
    verdict = enter(admission, "s", 2, B)
    assert isinstance(verdict, Refused)
    assert verdict.code == "pad-twice"
    assert A in verdict.text
    assert B in verdict.text
    admission.leave(A)
    assert enter(admission, "s", 2, B) == Admitted(Seen("s", 2, B))
    assert isinstance(enter(admission, "t", 1, A), Admitted)  # its place was taken, so it left
