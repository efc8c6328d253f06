"""What statuses tell about pads and devices: a lost pad is a fault and an alert, and so is a device that fell silent."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from signage.branch.calls import FAULT, raise_call, settle
from signage.branch.facts import Change, Draft, Facts
from signage.branch.settings import ControllerSettings
from signage.core.instants import Instant
from signage.core.model import Call, PadCondition
from signage.wire.messages import Status

PAD_LOST = "pad-lost"
OFFLINE = "device-offline"


def fault(device: str, code: str, text: str, *, on: bool) -> Draft:
    return Draft("fault", {"device": device, "code": code, "on": on, "text": text})


def device_heard(
    facts: Facts, status: Status, *, online: bool, settings: ControllerSettings, now: Instant, fresh: Callable[[], str]
) -> Change:
    """The facts after a device's status, or its silence. Devices that are not configured change nothing."""
    if status.node not in settings.devices:
        return Change(facts)
    change = _reachable(facts, status.node, online=online, now=now, fresh=fresh)
    for counter, pad in _pads(status, online=online, settings=settings).items():
        change = change.then(_pad_becomes(counter, pad, status.node, now, fresh))
    return change


def pad_failed(facts: Facts, counter: str) -> bool | None:
    """Whether the counter's pad is away; None while nobody has said anything about it."""
    pad = facts.pads.get(counter)
    return None if pad is None else pad != "online"


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


def _pads(status: Status, *, online: bool, settings: ControllerSettings) -> Mapping[str, PadCondition]:
    """By counter: those of this bridge. A bridge that is not heard has lost all of its pads."""
    own = {counter.number for counter in settings.counters if counter.pad_bridge == status.node}
    if not online:
        return dict.fromkeys(own, "lost")
    return {pad.counter: pad.state for pad in status.pads or () if pad.counter in own}


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
