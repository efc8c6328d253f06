"""What statuses tell about pads and devices: a lost pad is a fault and an alert, and so is a device that fell silent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from signage.branch.calls import FAULT, raise_call, settle
from signage.branch.facts import Change, Draft, Facts
from signage.branch.settings import ControllerSettings, DeviceProbe, PadProbe
from signage.core.instants import Instant
from signage.core.model import Call, PadCondition
from signage.wire.messages import PadStatus

PAD_LOST: Final = "pad-lost"
OFFLINE: Final = "device-offline"


def fault(device: str, code: str, text: str, *, on: bool) -> Draft:
    return Draft("fault", {"device": device, "code": code, "on": on, "text": text})


@dataclass(frozen=True)
class Hearing:
    """A device has spoken, with the pads it reports, or has fallen silent."""

    device: str
    online: bool
    pads: tuple[PadStatus, ...] = ()


def device_heard(
    facts: Facts, hearing: Hearing, settings: ControllerSettings, now: Instant, fresh: Callable[[], str]
) -> Change:
    """The facts after a device's status, or its silence. Devices that are not configured change nothing."""
    if hearing.device not in settings.devices:
        return Change(facts)
    change = _reachable(facts, hearing.device, online=hearing.online, now=now, fresh=fresh)
    for counter, pad in _pads(hearing, settings).items():
        change = change.then(_pad_becomes(counter, pad, hearing.device, now, fresh))
    return change


def probes_derived(facts: Facts, settings: ControllerSettings) -> Mapping[str, bool]:
    """Probe name → failed, for the probes that read what devices tell; those nobody has told of are left out."""
    found: dict[str, bool] = {}
    for probe in settings.probes:
        match probe:
            case PadProbe(name, counter) if counter in facts.pads:
                found[name] = facts.pads[counter] != "online"
            case DeviceProbe(name, device):
                found[name] = device in facts.offline
            case _:
                continue
    return found


def _reachable(facts: Facts, device: str, *, online: bool, now: Instant, fresh: Callable[[], str]) -> Change:
    known_offline = device in facts.offline
    if online and known_offline:
        heard = {known: since for known, since in facts.offline.items() if known != device}
        back = settle(replace(facts, offline=heard), kind=FAULT, device=device, counter=None, code=OFFLINE)
        return Change(back, (fault(device, OFFLINE, f"{device} is back", on=False),))
    if not online and not known_offline:
        call = Call(id=fresh(), kind=FAULT, at=now, device=device, code=OFFLINE)
        gone = raise_call(replace(facts, offline={**facts.offline, device: now}), call)
        return Change(gone, (fault(device, OFFLINE, f"{device} does not answer", on=True),))
    return Change(facts)


def _pads(hearing: Hearing, settings: ControllerSettings) -> Mapping[str, PadCondition]:
    """By counter: those of this bridge. A bridge that is not heard has lost all of its pads."""
    own = {counter.number for counter in settings.counters if counter.pad_bridge == hearing.device}
    if not hearing.online:
        return dict.fromkeys(own, "lost")
    return {pad.counter: pad.state for pad in hearing.pads if pad.counter in own}


def _pad_becomes(
    counter: str, pad: PadCondition, bridge: str, now: Instant, fresh: Callable[[], str]
) -> Callable[[Facts], Change]:
    def transition(facts: Facts) -> Change:
        before = facts.pads.get(counter)
        if before == pad:
            return Change(facts)
        after = replace(facts, pads={**facts.pads, counter: pad})
        if pad == "online" and before is not None:
            back = settle(after, kind=FAULT, device=bridge, counter=counter, code=PAD_LOST)
            return Change(back, (fault(bridge, PAD_LOST, f"the pad of counter {counter} is back", on=False),))
        if pad != "online" and before in {None, "online"}:
            call = Call(id=fresh(), kind=FAULT, at=now, counter=counter, device=bridge, code=PAD_LOST)
            text = f"the pad of counter {counter} does not answer"
            return Change(raise_call(after, call), (fault(bridge, PAD_LOST, text, on=True),))
        return Change(after)

    return transition
