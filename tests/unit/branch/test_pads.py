from typing import Literal

from signage.branch.facts import Change, Facts
from signage.branch.pads import Hearing, device_heard, probes_derived
from signage.branch.settings import DeviceProbe, PadProbe, TcpProbe
from signage.wire.messages import PadStatus
from tests.unit.branch.ground import NINE, ids, settings, told

BRANCH = settings()


def pad(counter: str, state: Literal["online", "lost", "absent"]) -> PadStatus:
    return PadStatus(counter=counter, driver="padlink", port="x", state=state, last_seen=NINE, discarded={})


def hear(facts: Facts, device: str, *pads: PadStatus, online: bool = True) -> Change:
    return device_heard(facts, Hearing(device, online, pads), BRANCH, NINE, ids())


def test_a_lost_pad_is_a_fault_and_an_alert_once_and_over_when_it_is_back() -> None:
    well = hear(Facts(), "bridge-1", pad("1", "online"), pad("2", "online"))
    assert (well.events, well.facts.pads) == ((), {"1": "online", "2": "online"})
    lost = hear(well.facts, "bridge-1", pad("1", "lost"), pad("2", "online"))
    assert told(lost, "fault")[0]["code"] == "pad-lost"
    assert [(call.kind, call.counter) for call in lost.facts.calls] == [("fault", "1")]
    gone = hear(lost.facts, "bridge-1", pad("1", "absent"), pad("2", "online"))
    assert (gone.events, len(gone.facts.calls), gone.facts.pads["1"]) == ((), 1, "absent")
    back = hear(gone.facts, "bridge-1", pad("1", "online"), pad("2", "online"))
    assert (told(back, "fault")[0]["on"], back.facts.calls) == (False, ())


def test_a_bridge_that_falls_silent_has_lost_its_pads_and_no_others() -> None:
    facts = hear(
        hear(Facts(), "bridge-1", pad("1", "online"), pad("2", "online")).facts, "bridge-2", pad("3", "online")
    )
    silent = hear(facts.facts, "bridge-1", online=False)
    assert silent.facts.pads == {"1": "lost", "2": "lost", "3": "online"}
    assert [data["code"] for data in told(silent, "fault")] == ["device-offline", "pad-lost", "pad-lost"]
    assert hear(silent.facts, "bridge-1", online=False).events == ()
    back = hear(silent.facts, "bridge-1", pad("1", "online"), pad("2", "online"))
    assert (back.facts.calls, back.facts.offline) == ((), {})


def test_a_bridge_cannot_speak_for_anothers_pad_nor_a_stranger_for_any() -> None:
    assert hear(Facts(), "bridge-1", pad("3", "lost")).facts == Facts()
    assert hear(Facts(), "stranger", pad("1", "lost"), online=False).facts == Facts()


def test_probes_read_what_devices_told() -> None:
    branch = settings(
        probes=(PadProbe("pad-1", "1"), PadProbe("pad-3", "3"), DeviceProbe("wall", "wall-1"), TcpProbe("net", "h", 1))
    )
    facts = Facts(pads={"1": "lost"}, offline={"wall-1": NINE})
    assert probes_derived(facts, branch) == {"pad-1": True, "wall": True}
    assert probes_derived(Facts(pads={"1": "online"}), branch) == {"pad-1": False, "wall": False}
