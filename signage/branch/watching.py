"""What devices and probes tell about the branch's own health, and what follows from it."""

from typing import Final

import structlog

from signage.branch import timers
from signage.branch.facts import Change, Facts, fresh
from signage.branch.ledger import Ledger
from signage.branch.pads import Hearing, device_heard, fault, probes_derived
from signage.branch.probes import Probed
from signage.branch.settings import ControllerSettings
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
        """Probes that have failed, for the controller's own Status."""
        return tuple(self._failed.values())

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
        code = f"probe-{probed.probe}"
        news = probed.failed != (probed.probe in self._failed)
        if probed.failed:
            self._failed[probed.probe] = Fault(code=code, since=now, text=probed.text)
        else:
            self._failed.pop(probed.probe, None)
        told = (fault(self._settings.branch.id, code, probed.text, on=probed.failed),) if news else ()
        if news:
            _log.warning("probe", name=probed.probe, failed=probed.failed, saw=probed.text)

        def transition(facts: Facts) -> Change:
            return Change(timers.probe_says(facts, self._settings, probed.probe, failed=probed.failed, now=now), told)

        self._ledger.change(transition, now)

    def _hear(self, hearing: Hearing, now: Instant) -> None:
        def transition(facts: Facts) -> Change:
            change = device_heard(facts, hearing, self._settings, now, fresh)
            known = change.facts
            for probe, failed in probes_derived(known, self._settings).items():
                known = timers.probe_says(known, self._settings, probe, failed=failed, now=now)
            return Change(known, change.events)

        self._ledger.change(transition, now)
