"""`pad-simulator`: a pad on a pseudo-terminal or a real port, by keyboard, by script or line by line."""

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from firmware_bridge.ending import ending
from firmware_bridge.simulator.device import Device, Notable
from firmware_bridge.simulator.ff68_sets import Sets
from firmware_bridge.simulator.keyboard import Keyboard
from firmware_bridge.simulator.memory import InFile, InMemory, Memory
from firmware_bridge.simulator.noise import Noise
from firmware_bridge.simulator.pad import Model
from firmware_bridge.simulator.printer import Printer, Strip
from firmware_bridge.simulator.program import Simulator
from firmware_bridge.simulator.rig import Rig
from firmware_bridge.simulator.script import Step, read_script
from signage import __version__
from signage.core.exits import Exit, Refusal
from signage.link.clock import monotonic, now
from signage.link.log import configure

Tell = Callable[[Notable], None]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class SimulatedDriver(StrEnum):
    PADLINK = "padlink"
    FF68 = "ff68"
    LINES = "lines"
    STRIP_AT = "strip-at"


BAUDS = {SimulatedDriver.PADLINK: 115200}  # of the others 9600


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script."""
    sys.exit(ending("pad-simulator", app, sys.argv[1:] if arguments is None else arguments))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pad-simulator {__version__}")
        raise typer.Exit


@app.command()
def simulate(
    port: Annotated[str, typer.Option("--port", metavar="P", help="pty:/path/to/link, or a port: a device or a URL.")],
    driver: Annotated[SimulatedDriver, typer.Option("--driver", help="What it speaks.")] = SimulatedDriver.PADLINK,
    baud: Annotated[
        int | None, typer.Option("--baud", min=1200, max=921600, help="Else 115200 for padlink, 9600 for others.")
    ] = None,
    address: Annotated[
        str, typer.Option("--address", help="ff68, strip-at: the addresses on this line, such as 1,2,3.")
    ] = "1",
    form: Annotated[
        str, typer.Option("--line", help=r"lines: what a key prints, with {key} and {address}; escapes \r and \n.")
    ] = r"KEY {key}\r\n",
    reply: Annotated[
        str,
        typer.Option("--reply", help="lines: what the host answers; the line is repeated until then. Empty: nothing."),
    ] = "",
    serial: Annotated[str | None, typer.Option("--serial", help="16 hex digits; else from --seed.")] = None,
    keys: Annotated[int, typer.Option("--keys", min=2, max=10)] = 5,
    state: Annotated[
        Path | None, typer.Option("--state", metavar="F", help="The pad's memory, kept in a file.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same noise and serial.")] = 1,
    battery: Annotated[bool, typer.Option("--battery", help="It lives on while it is unplugged.")] = False,
    script: Annotated[str | None, typer.Option("--script", help="Steps divided by ';'; ends after the last.")] = None,
    stdin: Annotated[bool, typer.Option("--stdin", help="Steps from standard input, line by line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each notable thing.")] = False,
    _version_only: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else.")
    ] = False,
) -> None:
    """A rating pad that really works, for the makers of pads and hosts.

    padlink: forgets no press until the host has acknowledged it. ff68: call-and-rate sets, several on a line, keys 1 to 4.
    lines: prints a text line for each key. strip-at: window strips, which only listen.

    Steps, from --script, --stdin or the keyboard: press K; press K at ADDRESS; keypad please-rate|call|call-again|cancel|
    confirm|line|pause|transfer, also at ADDRESS; help; wait 2s; drain 30s (until all is acknowledged); unplug; plug; reboot;
    mute; unmute; noise 1%; stuck; stuck K; unstuck; quit.
    """
    configure("pad-simulator", as_json)
    keyboard = Keyboard() if script is None and not stdin and sys.stdin.isatty() else None
    model = Model(_serial(serial, seed), keys, caps=0b11111 if battery else 0b01111)
    rig = Rig(
        model, _memory(state), Noise(seed), round(monotonic() * 1000), battery, _maker(driver, address, form, reply)
    )
    rig.add(_steps(script or ""))
    words = _tell_words if keyboard is None else _tell_nothing
    tell: Tell = _tell_json if as_json else words
    simulator = Simulator(
        rig, port, baud or BAUDS.get(driver, 9600), tell, keyboard, ends_with_script=script is not None and not stdin
    )
    raise typer.Exit(simulator.run(stdin))


def _maker(driver: SimulatedDriver, address: str, form: str, reply: str) -> Callable[[int], Device] | None:
    match driver:
        case SimulatedDriver.PADLINK:
            return None
        case SimulatedDriver.FF68:
            return lambda _now: Sets(_addresses(address, 255))
        case SimulatedDriver.LINES:
            return lambda _now: Printer(_plain(form), _plain(reply))
        case SimulatedDriver.STRIP_AT:
            return lambda _now: Strip(_addresses(address, 99))


def _addresses(text: str, highest: int) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and int(part) <= highest for part in parts):
        raise Refusal(Exit.WRONG_USE, f"--address: found {text!r}, wanted numbers up to {highest} such as 1,2,3")
    return [int(part) for part in parts]


def _plain(text: str) -> str:
    return text.replace("\\r", "\r").replace("\\n", "\n")


def _serial(text: str | None, seed: int) -> bytes:
    if text is None:
        return sha256(f"pad {seed}".encode()).digest()[:8]
    try:
        serial = bytes.fromhex(text)
    except ValueError:
        serial = b""
    if len(serial) != 8:
        raise Refusal(Exit.WRONG_USE, f"--serial: found {text!r}, wanted 16 hex digits such as a1b2c3d4e5f60718")
    return serial


def _memory(path: Path | None) -> Memory:
    if path is None:
        return InMemory()
    memory = InFile(path)
    try:
        memory.read()
    except ValueError as error:
        raise Refusal(Exit.BAD_DATA, str(error)) from None
    return memory


def _steps(text: str) -> tuple[Step, ...]:
    try:
        return read_script(text)
    except ValueError as error:
        raise Refusal(Exit.WRONG_USE, f"--script: {error}") from None


def _tell_json(notable: Notable) -> None:
    line = {"at": str(now()), "mono": round(monotonic(), 6), "what": notable.what, **notable.facts}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _tell_words(notable: Notable) -> None:
    facts = " ".join(f"{name}={value}" for name, value in notable.facts.items())
    sys.stdout.write(f"{now()} {notable.what} {facts}".rstrip() + "\n")
    sys.stdout.flush()


def _tell_nothing(_notable: Notable) -> None:
    """The live view shows it."""
