"""What devices and probes tell about the branch's own health, and what follows from it."""

from typing import Final

import structlog

from signage.branch import timers
from signage.branch.facts import Change, Draft, Facts, fresh
from signage.branch.ledger import Ledger
from signage.branch.pads import Hearing, device_heard, fault, probes_derived
from signage.branch.probes import Probed
from signage.branch.settings import ControllerSettings
from signage.branch.verdicts import Verdict
from signage.core.instants import Instant
from signage.link.parent import NodeStatus
from signage.wire.messages import Fault

_log = structlog.get_logger("branch.watching")
SILENT_AFTER_S: Final = 90.0  # contract: no status for that long is offline


class Watching:
    """Raises StorageError from everything that changes the ledger."""

    def __init__(self, settings: ControllerSettings, ledger: Ledger, mono: float) -> None:
        self._settings = settings
        self._ledger = ledger
        self._awaited = set(settings.devices)
        self._awaited_until = mono + SILENT_AFTER_S
        self._failed: dict[str, Fault] = {}

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Probes that have failed, cannot tell or come and go, for the controller's own Status."""
        flapping = {rule.when: self._ledger.facts.rules.get(rule.name) for rule in self._settings.rules}
        return tuple(self._failed.values()) + tuple(
            Fault(code=f"flapping-{probe}", since=memory.changes[-1], text=f"the probe {probe} comes and goes")
            for probe, memory in flapping.items()
            if memory is not None and memory.flapping
        )

    @property
    def next_due(self) -> float | None:
        return self._awaited_until if self._awaited else None

    def status(self, heard: NodeStatus, now: Instant) -> None:
        """A device's status, or its silence."""
        self._awaited.discard(heard.node)
        self._hear(Hearing(heard.node, heard.online, heard.status.pads or ()), now)

    def tick(self, now: Instant, mono: float) -> None:
        """Configured devices that have said nothing since we began are offline."""
        if not self._awaited or mono < self._awaited_until:
            return
        for device in sorted(self._awaited):
            self._hear(Hearing(device, online=False), now)
        self._awaited.clear()

    def probed(self, probed: Probed, now: Instant) -> None:
        """A probe has changed its mind. Its first word is an event only if it is a bad one."""
        seen, before = probed.seen, self._failed.get(probed.probe)
        told: list[Draft] = []
        after = _fault_of(probed, now)
        if before is not None and (after is None or after.code != before.code):
            told.append(fault(self._settings.branch.id, before.code, seen.text, on=False))
        if after is not None and (before is None or after.code != before.code):
            told.append(fault(self._settings.branch.id, after.code, after.text, on=True))
        if after is None:
            self._failed.pop(probed.probe, None)
        else:
            self._failed[probed.probe] = after
        if told:
            _log.warning("probe", name=probed.probe, verdict=seen.verdict.value, saw=seen.text)

        def transition(facts: Facts) -> Change:
            known = timers.probe_says(facts, self._settings, probed.probe, seen.verdict, now)
            return Change(known, tuple(told))

        self._ledger.change(transition, now)

    def _hear(self, hearing: Hearing, now: Instant) -> None:
        def transition(facts: Facts) -> Change:
            change = device_heard(facts, hearing, self._settings, now, fresh)
            known = change.facts
            for probe, failed in probes_derived(known, self._settings).items():
                verdict = Verdict.FAILED if failed else Verdict.HOLDS
                known = timers.probe_says(known, self._settings, probe, verdict, now)
            return Change(known, change.events)

        self._ledger.change(transition, now)


def _fault_of(probed: Probed, now: Instant) -> Fault | None:
    """What is wrong, under a code that names the probe and, where there is one, the condition it found."""
    seen = probed.seen
    if seen.verdict is Verdict.HOLDS and not seen.condition:
        return None
    code = f"probe-{probed.probe}" + (f"-{seen.condition}" if seen.condition else "")
    return Fault(code=code, since=now, text=seen.text)
