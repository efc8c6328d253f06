"""`config/branch.toml` as tables (contract: programs). Semantics across tables stand in `references`."""

from typing import Annotated, Final, Literal

from msgspec import Meta, field

from signage.config.customer_entries import AmenityTable, GuideTable
from signage.config.leaves import (
    Baud,
    CounterNumber,
    Date,
    GroupTag,
    HostPort,
    NodeName,
    Notes,
    Period,
    Port,
    Root,
    Seconds,
    Table,
    Word,
    Words,
)
from signage.config.metrics_entries import BranchMetricsTable
from signage.config.privacy_tables import PrivacyTable
from signage.config.teller_entries import TellerTable
from signage.core.model import Brand, DayType, Reason, ScreenKind
from signage.core.timetable import own_service

SERVICES: Final = ("personal", "corporate")
PadDriver = Literal["padlink", "ff68", "lines"]
ProbeKind = Literal["nut", "tcp", "http", "pad", "device", "file"]
Weekday = Literal["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z", description='a country by its two letters, such as "CN"')]
Rules = Annotated[dict[CounterNumber, Word], Meta(description='opening_hours by counter, such as { "3" = "off" }')]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", description='a locale such as "zh"')]
Pixels = Annotated[int, Meta(ge=16, le=16384, description="pixels, 16 to 16384")]
Offset = Annotated[int, Meta(ge=-32768, le=32767, description="pixels, -32768 to 32767")]


class BranchTable(Table, frozen=True, kw_only=True):
    id: NodeName
    name: Words
    hotline: Word
    timezone: Word
    groups: tuple[GroupTag, ...] = ()
    brand: Brand = "green"  # the house's colour on every screen
    nearby: Notes = field(default_factory=dict)  # the branch to go to while this one is suspended


class DayTable(Table, frozen=True, kw_only=True):
    date: Date
    type: DayType
    note: Notes = field(default_factory=dict)


class ExceptionTable(Table, frozen=True, kw_only=True):
    first: Date = field(name="from")
    last: Date = field(name="to")
    personal: Word | None = None
    corporate: Word | None = None
    counters: Rules = field(default_factory=dict)  # of counters with a rule of their own
    note: Notes = field(default_factory=dict)


class ChangeTable(Table, frozen=True, kw_only=True):
    """Announced: from that date on. Screens tell it from seven days before."""

    first: Date = field(name="from")
    personal: Word | None = None
    corporate: Word | None = None
    counters: Rules = field(default_factory=dict)
    note: Notes = field(default_factory=dict)


class HoursTable(Table, frozen=True, kw_only=True):
    personal: Word
    corporate: Word | None = None
    country: Country | None = None
    subdivision: Word | None = None  # a part of the country with holidays of its own, as the holidays library calls it
    makeup_as: Weekday = "Mo"
    days: tuple[DayTable, ...] = ()
    exceptions: tuple[ExceptionTable, ...] = ()
    change: tuple[ChangeTable, ...] = ()
    known_until: Date | None = None  # the operator's word that `days` carries everything up to here


class BrokerTable(Table, frozen=True, kw_only=True):
    host: Word = "127.0.0.1"
    port: Port = 1883
    root: Root = "bank/v1"
    username: Word | None = None
    password_file: Word | None = None
    ca_file: Word | None = None
    cert_file: Word | None = None
    key_file: Word | None = None


class UpstreamTable(Table, frozen=True, kw_only=True):
    host: Word
    port: Port
    root: Root = "bank/v1"
    username: Word | None = None
    password_file: Word | None = None
    ca_file: Word | None = None
    cert_file: Word | None = None
    key_file: Word | None = None


class ContentTable(Table, frozen=True, kw_only=True):
    trusted_root: Word | None = None
    directory: Word = "var/content"
    limit_mb: Annotated[int, Meta(ge=1, le=10_000_000, description="megabytes, 1 or more")] = 8192
    bandwidth_kbps: Annotated[int, Meta(ge=0, le=10_000_000, description="kbit/s, 0 for no limit")] = 0


class StateTable(Table, frozen=True, kw_only=True):
    directory: Word = "var/branch"


class RatingsTable(Table, frozen=True, kw_only=True):
    require_prompt: bool = False
    min_gap_s: Seconds = 5.0


class CounterTable(Table, frozen=True, kw_only=True):
    number: CounterNumber
    business: Words
    hours: Word = "personal"  # personal, corporate, or an opening_hours rule of its own

    @property
    def own_rule(self) -> str | None:
        return None if self.hours in SERVICES else self.hours

    @property
    def service(self) -> str:
        """Whose hours it keeps, as a plan calls them."""
        return self.hours if self.own_rule is None else own_service(self.number)


class SelfServiceTable(Table, frozen=True, kw_only=True):
    """A machine that customers are sent to when no counter does their business."""

    name: NodeName
    business: Words
    place: Words


class StaffTable(Table, frozen=True, kw_only=True):
    pins_file: Word = "config/pins.toml"
    emergency_pin_file: Word | None = None  # on each touch screen's machine: suspends and resumes without a controller


class SoundTable(Table, frozen=True, kw_only=True):
    """What is heard in the branch. `quiet`: opening_hours in which nothing is."""

    directory: Word | None = None  # recordings in place of the product's own: zh/welcome.ogg, en/…, press.ogg
    quiet: Word | None = None


class ScreenTable(Table, frozen=True, kw_only=True):
    name: NodeName
    kind: ScreenKind
    size: tuple[Pixels, Pixels]
    counter: CounterNumber | None = None
    rotation: Literal[0, 90, 180, 270] = 0
    fullscreen: bool = False
    display: Annotated[int, Meta(ge=0, le=63, description="a display's number, 0 to 63")] = 0
    left: Offset | None = None  # the window's place on a desktop of several displays; None: as the system puts it
    top: Offset | None = None
    fps: Annotated[int, Meta(ge=1, le=120, description="frames per second, 1 to 120")] = 30
    locale: Language = "zh"
    languages: Annotated[tuple[Language, ...], Meta(max_length=8, description='locales such as ["zh", "en"]')] = ()
    directory: Word | None = None
    sound: Literal["none", "voices", "all"] = "voices"  # all: films as well
    motion: Literal["auto", "full", "calm"] = "auto"
    power: Word | None = None  # opening_hours in which it is lit, or "hours": as the branch is open; None: always
    burn_in_shift: Annotated[int, Meta(ge=0, le=16, description="pixels, 0 to 16")] = 4
    touch_panel: Word | None = None  # part of the input device's name, where the kernel does not say what is touched

    @property
    def state_directory(self) -> str:
        return self.directory or f"var/screen-{self.name}"


class PadTable(Table, frozen=True, kw_only=True):
    counter: CounterNumber
    driver: PadDriver
    port: Word
    baud: Baud | None = None
    address: Annotated[int | str, Meta(description="an address on the line")] | None = None
    pattern: Word | None = None
    stars: (
        Annotated[
            dict[str, Annotated[int, Meta(ge=1, le=5)]], Meta(min_length=1, description="a table from key to 1…5 stars")
        ]
        | None
    ) = None
    reply: str | None = None
    repeat_s: Period | None = None
    prompt_timeout_s: Annotated[float, Meta(ge=1, le=255, description="seconds, 1 to 255")] | None = None


class StripTable(Table, frozen=True, kw_only=True):
    counter: CounterNumber
    driver: Literal["strip-at"]
    port: Word
    address: Annotated[int, Meta(ge=0, le=99, description="an address, 0 to 99")]
    baud: Baud | None = None


class BridgeTable(Table, frozen=True, kw_only=True):
    name: NodeName
    directory: Word | None = None
    pad: tuple[PadTable, ...] = ()
    strip: tuple[StripTable, ...] = ()

    @property
    def state_directory(self) -> str:
        return self.directory or f"var/{self.name}"


class ProbeTable(Table, frozen=True, kw_only=True):
    name: NodeName
    kind: ProbeKind
    ups: Annotated[str, Meta(pattern=r"^[\w.-]+@[^@\s]+\Z", description='"ups@host" or "ups@host:port"')] | None = None
    address: HostPort | None = None
    url: Annotated[str, Meta(pattern=r"^https?://[^\s]+\Z", description='"http://…" or "https://…"')] | None = None
    contains: Word | None = None
    every_s: Period | None = None
    counter: CounterNumber | None = None
    device: NodeName | None = None
    path: Word | None = None
    max_age_s: Annotated[float, Meta(gt=0, le=31_536_000, description="seconds above 0")] | None = None


class RuleTable(Table, frozen=True, kw_only=True):
    when: NodeName
    suspend: Word
    reason: Reason
    for_s: Seconds = 0.0
    clear_s: Seconds = 0.0


class BranchConfig(Table, frozen=True, kw_only=True):
    """A branch, whole and checked. Paths in it are relative to the working directory."""

    branch: BranchTable
    hours: HoursTable
    broker: BrokerTable = BrokerTable()
    upstream: UpstreamTable | None = None
    content: ContentTable | None = None
    state: StateTable = StateTable()
    ratings: RatingsTable = RatingsTable()
    privacy: PrivacyTable = PrivacyTable()
    staff: StaffTable | None = None
    sound: SoundTable = SoundTable()
    counter: tuple[CounterTable, ...] = ()
    teller: tuple[TellerTable, ...] = ()
    self_service: tuple[SelfServiceTable, ...] = ()
    guide: GuideTable = GuideTable()
    amenity: tuple[AmenityTable, ...] = ()
    screen: tuple[ScreenTable, ...] = ()
    bridge: tuple[BridgeTable, ...] = ()
    probe: tuple[ProbeTable, ...] = ()
    rule: tuple[RuleTable, ...] = ()
    metrics: BranchMetricsTable = BranchMetricsTable()

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every device of the branch's broker, by name."""
        return tuple(screen.name for screen in self.screen) + tuple(bridge.name for bridge in self.bridge)
