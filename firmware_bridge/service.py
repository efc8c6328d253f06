"""For a technician at a counter: `sniff` shows what stands on a line, `check` says who answers on each configured port."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from threading import Event
from typing import Final

from rich.console import Console
from rich.markup import escape

from firmware_bridge.ff68 import codec as ff68
from firmware_bridge.padlink import frames as padlink
from firmware_bridge.padlink.codec import Reader, encode
from firmware_bridge.port import CURES, GONE, Serial, Trouble, open_port, read_some
from firmware_bridge.settings import BridgeSettings, PadSettings
from firmware_bridge.sniffing import EARS, Decoder, Seen, recorded, replayed
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.link.clock import moment

LISTEN_S: Final = 3.0  # a pad without WELCOME says HELLO every second
WRONG: Final = 1


def sniff(port: str, baud: int, driver: str, record: Path | None, stopped: Event) -> None:
    """Until `stopped`: every frame as it comes. Raises Refusal."""
    try:
        opened = open_port(port, baud)
    except Trouble as trouble:
        raise Refusal(Exit.UNREACHABLE, f"{port}: {trouble.reason}; {CURES[trouble.state]}") from trouble
    console, ears = Console(highlight=False), EARS[driver]()
    try:
        with record.open("a", encoding="utf-8") if record else nullcontext() as file:
            for now, data in _arriving(opened, stopped):
                if file is not None and data:
                    file.write(recorded(data, now) + "\n")
                    file.flush()
                _print(console, ears, data, now)
    except GONE as error:
        raise Refusal(Exit.UNREACHABLE, f"{port}: gone while it was listened to: {error}") from error
    finally:
        opened.close()


def replay(file: Path, driver: str) -> None:
    """The same view of a recording. Raises Refusal."""
    console, ears = Console(highlight=False), EARS[driver]()
    try:
        for now, data in replayed(file.read_text(encoding="utf-8")):
            _print(console, ears, data, now)
    except ValueError as error:
        raise Refusal(Exit.BAD_DATA, f"{file}: {error}") from error


def _arriving(port: Serial, stopped: Event) -> Iterator[tuple[Instant, bytes]]:
    while not stopped.is_set():
        yield moment().at, read_some(port)  # nothing, too: time alone ends a frame


def _print(console: Console, ears: Decoder, data: bytes, now: Instant) -> None:
    for seen in ears(data, now):
        if seen.text or seen.raw:
            console.print(_line(seen, now), soft_wrap=True)


def _line(seen: Seen, now: Instant) -> str:
    raw = escape(seen.raw.hex(" "))
    if seen.bad is not None:
        return f"{now}  [red]{raw}  thrown away: {seen.bad}[/red]"
    return f"{now}  [dim]{raw}[/dim]  {escape(seen.text)}"


def check(settings: BridgeSettings, say: Callable[[str], None]) -> int:
    """0: everybody answers; 1: something is wrong behind a port; 69: a port cannot be used."""
    worst = 0
    for url in sorted({pad.port for pad in settings.pads} | {strip.port for strip in settings.strips}):
        pads = [pad for pad in settings.pads if pad.port == url]
        strips = [strip for strip in settings.strips if strip.port == url]
        counters = ", ".join(sorted({one.counter for one in pads} | {one.counter for one in strips}))
        try:
            port = open_port(url, pads[0].baud if pads else strips[0].baud)
        except Trouble as trouble:
            say(f"{url} (counter {counters}): {trouble.state.value}: {trouble.reason}; {CURES[trouble.state]}")
            worst = int(Exit.UNREACHABLE)
            continue
        try:
            well, text = _ask(port, pads)
        except GONE as error:
            well, text = False, f"gone while it was asked: {error}"
        finally:
            port.close()
        say(f"{url} (counter {counters}): {'ok' if well else 'WRONG'}: {text}")
        worst = worst or (0 if well else WRONG)
    return worst


def _ask(port: Serial, pads: list[PadSettings]) -> tuple[bool, str]:
    if not pads:
        return True, "open; a window strip never answers: look whether it shows its text while the bridge runs"
    if pads[0].driver == "ff68":
        for pad in pads:
            port.write(ff68.encode(ff68.Frame(int(pad.address or 0), ff68.BEEP)))
        return (
            True,
            "open; every set was told to beep: one that was silent has no power, another address or A and B swapped",
        )
    if pads[0].driver != "padlink":
        return True, "open; such a pad speaks only when a key is pressed: press one under `firmware-bridge sniff`"
    port.write(encode(padlink.Identify(), 0))
    return _hello(port)


def _hello(port: Serial) -> tuple[bool, str]:
    reader = Reader(padlink.Sender.PAD)
    until, count = moment().mono + LISTEN_S, 0
    while moment().mono < until:
        data = read_some(port)
        count += len(data)
        for numbered in reader.feed(data):
            if isinstance(numbered.frame, padlink.Hello):
                hello = numbered.frame
                firmware = ".".join(map(str, hello.firmware))
                return True, f"pad {hello.serial.hex()}, {hello.keys} keys, firmware {firmware}, power-up {hello.boot}"
    if count:
        return False, f"{count} bytes came and no HELLO among them: another speed, another driver or a bad cable"
    return False, "nothing answers: is the pad plugged in and its lamp on, and are RX and TX the right way round?"
