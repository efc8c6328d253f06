"""The demo's branch and head office as files in one directory: configurations, roster, brokers, a random PIN."""

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from signage.cli.demo.customers import CUSTOMERS
from signage.cli.demo.plan import COUNTERS, SCREENS, TELLERS, ScreenPlan
from signage.config.addresses import write_private
from signage.core.instants import Instant
from signage.link.sealing import new_pair

BRANCH: Final = "hz-0571-001"
ROOT: Final = "bank/v1"
ZONE: Final = "Asia/Shanghai"
_DAY_LENGTH: Final = timedelta(hours=8)


class BrokerKind(StrEnum):
    EMBEDDED = "embedded"
    MOSQUITTO = "mosquitto"


@dataclass(frozen=True)
class House:
    """Where everything stands. `opens`: the instant at which the branch opens its doors."""

    directory: Path
    broker: BrokerKind
    branch_port: int
    office_port: int
    ups_port: int
    pin: str
    opens: Instant

    @property
    def branch_file(self) -> Path:
        return self.directory / "branch.toml"

    @property
    def office_file(self) -> Path:
        return self.directory / "head-office.toml"

    @property
    def pins_file(self) -> Path:
        return self.directory / "pins.toml"

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    @property
    def mains(self) -> Path:
        return self.directory / "mains"

    def pad_port(self, counter: str) -> Path:
        """The serial line of a counter's pad; a link that is there while the pad is plugged in."""
        return self.directory / "pads" / f"counter-{counter}"

    def private_key(self, name: str) -> Path:
        """What opens customers' words: head office's ("office"), and the controller's ("desk")."""
        return self.directory / "privacy" / f"{name}.key"

    def public_key(self, name: str) -> Path:
        return self.directory / "privacy" / f"{name}.pub"

    def mosquitto_file(self, side: str) -> Path:
        return self.directory / f"mosquitto-{side}.conf"


def build(directory: Path, broker: BrokerKind, opens: Instant, more: Callable[[House], str] = lambda _: "") -> House:
    """Write every file; `more` makes further tables of the branch's. The brokers listen on free loopback ports and, being the demo's, let anybody on loopback in."""
    branch_port, office_port, ups_port = free_ports(3)
    house = House(directory, broker, branch_port, office_port, ups_port, f"{secrets.randbelow(1_000_000):06d}", opens)
    for folder in ("logs", "pads", "kivy"):
        (directory / folder).mkdir()
    for name in ("office", "desk"):
        secret, public = new_pair()
        write_private(house.private_key(name), secret)
        house.public_key(name).write_text(public, encoding="utf-8")
    write_branch(house, more)
    house.office_file.write_text(_office(house), encoding="utf-8")
    (directory / "branches.csv").write_text(
        f"id,name,region,groups\n{BRANCH},杭州高新支行,浙江,demo\n", encoding="utf-8"
    )
    for side, port in (("branch", branch_port), ("office", office_port)):
        house.mosquitto_file(side).write_text(_mosquitto(port), encoding="utf-8")
    return house


def write_branch(house: House, more: Callable[[House], str]) -> None:
    """The branch's file, with further tables by `more`."""
    house.branch_file.write_text(_branch(house) + more(house), encoding="utf-8")


def free_ports(count: int) -> list[int]:
    """Ports on loopback that nobody has, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _branch(house: House) -> str:
    opens = house.opens.astimezone(ZoneInfo(ZONE))
    closes = (opens + _DAY_LENGTH).replace(minute=0)
    span = f"{opens:%H:%M}-{closes:%H:%M}"
    parts = [
        f"""\
[branch]
id = "{BRANCH}"
name = {{ zh = "杭州高新支行", en = "Hangzhou Gaoxin Sub-branch" }}
hotline = "95599"
timezone = "{ZONE}"
nearby = {{ zh = "文三路支行（向东 400 米）", en = "Wensan Road branch (400 m)" }}
groups = ["demo"]

[hours]
country = "CN"
personal = "Mo-Su {span}; PH {span}"
corporate = "Mo-Su {span}; PH {span}"

[broker]
host = "127.0.0.1"
port = {house.branch_port}
root = "{ROOT}"

[upstream]
host = "127.0.0.1"
port = {house.office_port}
root = "{ROOT}"

[content]
trusted_root = "{house.directory / "repository" / "root.json"}"
directory = "{house.directory / "content"}"

[state]
directory = "{house.directory / "branch"}"

[staff]
pins_file = "{house.pins_file}"

[privacy]
head_office = "{house.public_key("office")}"
desk = "{house.public_key("desk")}"
desk_key = "{house.private_key("desk")}"
""",
        *(
            f'[[counter]]\nnumber = "{counter.number}"\nbusiness = {{ zh = "{counter.zh}", en = "{counter.en}" }}\n'
            for counter in COUNTERS
        ),
        *(
            f'[[teller]]\nid = "{teller.id}"\nname = {{ zh = "{teller.zh}", en = "{teller.en}" }}\ngrade = {teller.grade}\n'
            for teller in TELLERS
        ),
        CUSTOMERS,
        *(_screen(house, screen) for screen in SCREENS),
        f'[[bridge]]\nname = "bridge-1"\ndirectory = "{house.directory / "bridge-1"}"\n',
        *(
            f'[[bridge.pad]]\ncounter = "{counter.number}"\ndriver = "padlink"\nport = "{house.pad_port(counter.number)}"\n'
            for counter in COUNTERS
        ),
        """\
[[probe]]
name = "pad-3"
kind = "pad"
counter = "3"

[[rule]]
when = "pad-3"
suspend = "counter:3"
reason = "fault"
""",
    ]
    return "\n".join(parts)


def _screen(house: House, screen: ScreenPlan) -> str:
    width, height = screen.size
    counter = f'counter = "{screen.counter}"\n' if screen.counter else ""
    return (
        f'[[screen]]\nname = "{screen.name}"\nkind = "{screen.kind}"\nsize = [{width}, {height}]\n{counter}'
        f'directory = "{house.directory / f"screen-{screen.name}"}"\n'
    )


def _office(house: House) -> str:
    return f"""\
[broker]
host = "127.0.0.1"
port = {house.office_port}
root = "{ROOT}"

[database]
url = "sqlite:///{house.directory / "head-office.db"}"

[content]
repository = "{house.directory / "repository"}"
keys = "{house.directory / "keys"}"

[roster]
file = "{house.directory / "branches.csv"}"

[privacy]
public = "{house.public_key("office")}"
"""


def _mosquitto(port: int) -> str:
    return f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nmax_queued_messages 0\n"
