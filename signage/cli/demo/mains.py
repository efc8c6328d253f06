"""Mains in the demo: a UPS that is none behind the real UPS daemon where that is installed, else a file that goes away."""

import os
from pathlib import Path
from typing import Final

from signage.cli.demo.cast import Cast
from signage.cli.demo.house import House

FOLDER: Final = Path("/lib/nut")  # where Debian keeps UPS drivers and their daemon
_ON_LINE: Final = "ups.status: OL\n"
_ON_BATTERY: Final = "ups.status: OB\n"


def with_ups() -> bool:
    """Whether Network UPS Tools is installed."""
    return all((FOLDER / name).exists() for name in ("dummy-ups", "upsd"))


def prepare(house: House) -> None:
    """Mains is there; for the daemon, its configuration too."""
    folder = house.mains
    folder.mkdir()
    turn(house, on=True)
    (folder / "ups.conf").write_text("pollinterval = 1\n[branch]\ndriver = dummy-ups\nport = branch.dev\n")
    (folder / "upsd.conf").write_text(f"LISTEN 127.0.0.1 {house.ups_port}\nMAXAGE 5\n")
    (folder / "upsd.users").write_text("")


def turn(house: House, *, on: bool) -> None:
    """Let mains fail, or come back. The driver's file is replaced, never half written."""
    there = house.mains / "is-there"
    if on:
        there.touch()
    else:
        there.unlink(missing_ok=True)
    aside = house.mains / "branch.new"
    aside.write_text(_ON_LINE if on else _ON_BATTERY)
    aside.replace(house.mains / "branch.dev")


def start(cast: Cast, house: House) -> None:
    """The UPS's driver and the daemon; nothing where they are not installed."""
    if not with_ups():
        return
    settings = dict.fromkeys(("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(house.mains))
    user = ("-u", "root") if os.getuid() == 0 else ()
    folder = ("env", "-C", str(house.mains))
    cast.start("ups-driver", [*folder, str(FOLDER / "dummy-ups"), "-D", "-a", "branch", *user], settings)
    cast.start("ups-daemon", [*folder, str(FOLDER / "upsd"), "-D", *user], settings)


def probe(house: House) -> str:
    """The probe and the rule, as tables of the branch's file."""
    seen = (
        f'kind = "nut"\nups = "branch@127.0.0.1:{house.ups_port}"'
        if with_ups()
        else f'kind = "file"\npath = "{house.mains / "is-there"}"\nevery_s = 0.2'
    )
    return f"""\
[[probe]]
name = "mains"
{seen}

[[rule]]
when = "mains"
clear_s = 2
suspend = "branch"
reason = "power"
"""
