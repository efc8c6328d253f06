"""How the own process and its disk are doing, for the Status."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from signage.link.clock import Moment
from signage.wire.messages import Health

_MB: Final = 1024 * 1024
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_THERMAL: Final = Path("/sys/class/thermal/thermal_zone0/temp")


class HealthMeter:
    """`folder`: on whose disk the free space counts."""

    def __init__(self, folder: Path, moment: Moment) -> None:
        self._folder = folder
        self._at = moment.mono
        self._used_s = _used_s()
        self._cpu = 0.0
        self.last = self.read(moment)

    def read(self, moment: Moment) -> Health:
        """CPU is the mean since the last reading at least a second ago."""
        used_s = _used_s()
        if moment.mono - self._at >= 1.0:
            self._cpu = (used_s - self._used_s) / (moment.mono - self._at) * 100
            self._at, self._used_s = moment.mono, used_s
        self.last = Health(
            cpu=round(self._cpu, 1),
            memory_mb=round(_resident_bytes() / _MB, 1),
            disk_free_mb=round(self._free_bytes() / _MB, 1),
            temperature=_temperature(),
        )
        return self.last

    def _free_bytes(self) -> int:
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return 0


def _used_s() -> float:
    times = os.times()
    return times.user + times.system


def _resident_bytes() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _temperature() -> float | None:
    with suppress(OSError, ValueError):
        return int(_THERMAL.read_text()) / 1000
    return None
