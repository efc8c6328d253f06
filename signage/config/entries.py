"""What must agree within one table of a branch's file: keys that need or exclude each other, dates, hours, lines."""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import re2

from signage.config.branch_file import (
    BranchTable,
    BrokerTable,
    PadTable,
    ProbeTable,
    ScreenTable,
    StripTable,
    UpstreamTable,
)
from signage.config.case_tables import case_mistakes
from signage.config.check import Checked
from signage.config.hours_entries import hours_mistakes
from signage.config.office_file import ReportTable
from signage.config.places import Mistake, Place, shown
from signage.config.privacy_tables import privacy_mistakes

_PROBE_KEYS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {  # kind → must have, may have
    "nut": (("ups",), ("every_s",)),
    "tcp": (("address",), ("every_s",)),
    "http": (("url",), ("contains", "every_s")),
    "pad": (("counter",), ()),
    "device": (("device",), ()),
    "file": (("path",), ("max_age_s", "every_s")),
}
_PAD_KEYS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "padlink": ((), ()),
    "ff68": (("address",), ()),
    "lines": (("pattern", "stars"), ("reply", "repeat_s", "address")),
}


def inconsistencies(checked: Checked) -> Iterator[Mistake]:
    """Every disagreement inside a table."""
    for place, name in checked.at("timezone", BranchTable, ReportTable):
        yield from timezone_mistakes(place, name)
    yield from hours_mistakes(checked)
    for kind in (BrokerTable, UpstreamTable):
        for place, broker in checked.of(kind):
            yield from _broker(place, broker)
    for place, screen in checked.of(ScreenTable):
        yield from _screen(place, screen)
    for place, probe in checked.of(ProbeTable):
        yield from _belonging(place, probe, _PROBE_KEYS, probe.kind, "kind")
        yield from _ups(place, probe)
    for place, pad in checked.of(PadTable):
        yield from _belonging(place, pad, _PAD_KEYS, pad.driver, "driver")
        yield from _pad(place, pad)
    yield from _lines(checked)
    yield from privacy_mistakes(checked)
    yield from case_mistakes(checked)


def timezone_mistakes(place: Place, name: str) -> Iterator[Mistake]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Mistake(place, "timezone", shown(name), 'a time zone such as "Asia/Shanghai"')


def _broker(place: Place, broker: BrokerTable | UpstreamTable) -> Iterator[Mistake]:
    if (broker.cert_file is None) != (broker.key_file is None):
        missing = "cert_file" if broker.cert_file is None else "key_file"
        yield Mistake(place, missing, "nothing", "cert_file and key_file together")
    if broker.cert_file is not None and broker.ca_file is None:
        yield Mistake(place, "ca_file", "nothing", "the authority of the broker's certificate, beside cert_file")


def _screen(place: Place, screen: ScreenTable) -> Iterator[Mistake]:
    needs = screen.kind in ("counter", "strip")
    if needs and screen.counter is None:
        yield Mistake(place, "counter", "nothing", f'the counter that this screen of kind "{screen.kind}" stands at')
    if not needs and screen.counter is not None:
        yield Mistake(place, "counter", shown(screen.counter), f'no counter for kind "{screen.kind}"')


def _belonging(
    place: Place,
    table: PadTable | ProbeTable,
    keys: dict[str, tuple[tuple[str, ...], tuple[str, ...]]],
    kind: str,
    word: str,
) -> Iterator[Mistake]:
    """Keys that this kind must have, and keys that only other kinds have."""
    must, may = keys[kind]
    for key in must:
        if getattr(table, key) is None:
            yield Mistake(place, key, "nothing", f'what {word} "{kind}" needs')
    for key in sorted({key for both in keys.values() for part in both for key in part} - set(must) - set(may)):
        if key == "stars":  # every driver may translate its keys
            continue
        if (value := getattr(table, key)) is not None:
            yield Mistake(place, key, shown(value), f'no such key for {word} "{kind}"')


def _ups(place: Place, probe: ProbeTable) -> Iterator[Mistake]:
    if probe.ups is None:
        return
    _, colon, port = probe.ups.partition("@")[2].rpartition(":")
    if colon and not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        yield Mistake(place, "ups", shown(probe.ups), '"ups@host:port" with a port from 1 to 65535')


def _pad(place: Place, pad: PadTable) -> Iterator[Mistake]:
    if (
        pad.driver == "ff68"
        and pad.address is not None
        and not (isinstance(pad.address, int) and 0 <= pad.address <= 255)
    ):
        yield Mistake(place, "address", shown(pad.address), "an address, 0 to 255")
    if pad.driver == "padlink" and pad.baud is not None and pad.baud < 9600:
        yield Mistake(place, "baud", shown(pad.baud), "9600 to 921600 for padlink")
    if pad.pattern is None:
        return
    try:
        options = re2.Options()
        options.log_errors = False  # it is told below
        groups = re2.compile(pad.pattern, options).groupindex
    except re2.error:
        yield Mistake(place, "pattern", shown(pad.pattern), "a regular expression of RE2")
        return
    if "key" not in groups:
        yield Mistake(place, "pattern", shown(pad.pattern), "a group called key, as in (?P<key>\\d)")


def _lines(checked: Checked) -> Iterator[Mistake]:
    """Serial lines: only addressed drivers share one, all alike and each with its own address."""
    taken: dict[str, tuple[Place, PadTable | StripTable]] = {}
    addresses: set[tuple[str, type, int | str | None]] = set()
    for kind in (PadTable, StripTable):
        for place, user in checked.of(kind):
            address = (user.port, kind, user.address)
            other = taken.setdefault(user.port, (place, user))
            if other[1] is not user:
                alike = user.driver == other[1].driver or {user.driver, other[1].driver} == {"ff68", "strip-at"}
                shareable = user.driver != "padlink" and user.address is not None and alike
                if not shareable:
                    yield Mistake(place, "port", f"{shown(user.port)}, which {other[0]} has", "a port of its own")
                elif address in addresses:
                    yield Mistake(place, "address", shown(user.address), f"an address of its own on {shown(user.port)}")
                elif user.baud != other[1].baud:
                    yield Mistake(
                        place, "baud", shown(user.baud), f"the same speed as {other[0]} on {shown(user.port)}"
                    )
            addresses.add(address)
