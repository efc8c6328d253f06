"""What the controller is told about its branch. Composed from the configuration by whoever starts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from signage.content.pinned import NO_ROOT, Pinned
from signage.core.model import Amenity, Branch, GuideEntry, HoursPlan, ScreenKind, SelfService, Text
from signage.core.phrases import Catalogue
from signage.link.client import Address
from signage.link.exporter import Listen
from signage.link.sealer import UNSEALED, Sealer


@dataclass(frozen=True)
class CounterSettings:
    number: str
    business: Text
    hours: str = "personal"
    pad_bridge: str | None = None  # the bridge that its rating pad hangs on
    prompt_s: int | None = None  # how long its pad asks; None: as long as every other


@dataclass(frozen=True)
class ScreenSettings:
    name: str
    kind: ScreenKind
    counter: str | None = None
    locale: str = ""  # the language it speaks


@dataclass(frozen=True)
class TcpProbe:
    """Failed while no connection comes about within `timeout_s`."""

    name: str
    host: str
    port: int
    every_s: float = 5.0
    timeout_s: float = 2.0


@dataclass(frozen=True)
class FileProbe:
    """Failed while the file is absent or older than `max_age_s` (None: any age will do)."""

    name: str
    path: Path
    max_age_s: float | None = None
    every_s: float = 1.0


@dataclass(frozen=True)
class HttpProbe:
    """Failed while `url` gives no page: an error, a status of 400 or more, or (if given) no `contains` in it."""

    name: str
    url: str
    contains: str | None = None
    every_s: float = 10.0
    timeout_s: float = 5.0


@dataclass(frozen=True)
class NutProbe:
    """Failed while the UPS `ups` says that mains is lost; unknown while its daemon or driver cannot say."""

    name: str
    host: str
    port: int
    ups: str
    every_s: float = 0.25
    timeout_s: float = 2.0


@dataclass(frozen=True)
class PadProbe:
    """Failed while the counter's pad is not online."""

    name: str
    counter: str


@dataclass(frozen=True)
class DeviceProbe:
    """Failed while the device is offline."""

    name: str
    device: str


Probe: TypeAlias = TcpProbe | HttpProbe | FileProbe | NutProbe | PadProbe | DeviceProbe


@dataclass(frozen=True)
class RuleSettings:
    """`suspend` (a scope) once the probe `when` has failed for `for_s`; lifted once it has held for `clear_s`."""

    when: str
    suspend: str
    reason: str
    for_s: float = 0.0
    clear_s: float = 0.0

    @property
    def name(self) -> str:
        """What this rule's suspensions carry as `rule`."""
        return f"{self.when}>{self.suspend}"


@dataclass(frozen=True)
class RatingSettings:
    require_prompt: bool = False
    min_gap_s: float = 5.0


@dataclass(frozen=True)
class ContentSettings:
    """`pinned`: without a root nothing that head office sends is accepted."""

    pinned: Pinned = NO_ROOT
    directory: Path = Path("var/content")
    limit_mb: int = 8192
    bandwidth_kbps: int = 0  # from head office; 0: no limit


@dataclass(frozen=True)
class ControllerSettings:
    """One branch's controller. Paths are relative to the working directory."""

    branch: Branch
    hours: HoursPlan
    broker: Address
    root: str = "bank/v1"
    upstream: Address | None = None
    upstream_root: str = "bank/v1"
    directory: Path = Path("var/branch")
    counters: tuple[CounterSettings, ...] = ()
    grades: Mapping[str, int] = field(default_factory=dict)  # by staff number: the tellers' own stars, 0 to 5
    screens: tuple[ScreenSettings, ...] = ()
    bridges: tuple[str, ...] = ()
    self_service: tuple[SelfService, ...] = ()
    guide: tuple[GuideEntry, ...] = ()
    amenities: tuple[Amenity, ...] = ()
    probes: tuple[Probe, ...] = ()
    rules: tuple[RuleSettings, ...] = ()
    pins_file: Path | None = None
    ratings: RatingSettings = RatingSettings()
    content: ContentSettings = ContentSettings()
    sealer: Sealer = UNSEALED  # for whom what quotes a customer is sealed
    desk_key: bytes | None = field(default=None, repr=False)  # opens what customers wrote, for who has signed in
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)  # by locale: the words of notice templates
    metrics: Listen | None = None

    @property
    def devices(self) -> frozenset[str]:
        """Every configured device, by node name."""
        return frozenset(screen.name for screen in self.screens) | frozenset(self.bridges)

    def counter(self, number: str) -> CounterSettings | None:
        return next((counter for counter in self.counters if counter.number == number), None)

    def knows_scope(self, scope: str) -> bool:
        """Whether `scope` names this branch or a part of it."""
        kind, _, name = scope.partition(":")
        match kind:
            case "branch":
                return scope == "branch"
            case "counter":
                return self.counter(name) is not None
            case "device":
                return name in self.devices or any(name == one.name for one in self.self_service)
            case _:
                return False
