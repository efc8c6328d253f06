"""[metrics] of both files: off unless named, loopback unless said, and each mistake in a line."""

from pathlib import Path

import pytest

from signage.config.addresses import listen_at
from signage.config.load import BadConfiguration, load_branch, load_head_office
from signage.core.exits import Refusal
from signage.link.client import Address

BRANCH = """
[branch]
id = "hz-1"
name = { zh = "一支行" }
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
personal = "24/7"
[[screen]]
name = "wall"
kind = "wall"
size = [640, 360]
[[bridge]]
name = "bridge-1"
"""


def branch(folder: Path, metrics: str) -> Path:
    (folder / "branch.toml").write_text(f"{BRANCH}{metrics}")
    return folder / "branch.toml"


def test_nothing_listens_unless_it_is_named(tmp_path: Path) -> None:
    table = load_branch(branch(tmp_path, "")).metrics
    assert (table.listen, table.devices) == (None, {})
    assert listen_at(None) is None


def test_a_port_alone_is_this_machines(tmp_path: Path) -> None:
    table = load_branch(
        branch(tmp_path, '[metrics]\nlisten = 9464\ndevices = { wall = "10.0.0.5:9465", bridge-1 = "[::1]:9465" }\n')
    ).metrics
    where = [listen_at(at) for at in (table.listen, *table.devices.values())]
    assert [(one.host, one.port) for one in where if one is not None] == [
        ("127.0.0.1", 9464),
        ("10.0.0.5", 9465),
        ("::1", 9465),
    ]


def test_shards_answer_further_on_and_links_bring_their_certificates() -> None:
    link = Address("h", 1, ca_file=Path("ca.pem"), cert_file=Path("me.pem"), key_file=Path("me.key"))
    found = listen_at(9461, link, link, further=3)
    assert found is not None
    assert (found.port, found.certificates) == (9464, (Path("ca.pem"), Path("me.pem")))
    with pytest.raises(Refusal, match="begin lower"):
        listen_at(65535, further=1)


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ("listen = 0", "key listen: found 0, wanted a port number"),
        ('listen = "9464"', 'key listen: found "9464"'),
        ('listen = "h:99999"', 'key listen: found "h:99999", wanted a port number, 1 to 65535'),
        ("devices = { wal = 9465 }", 'key devices: found "wal", wanted a screen or bridge, "wall"'),
        ("listen = 9464\ndevices = { wall = 9464 }", "key devices.wall: found 9464, which listen has"),
        ("fleet = 9464", "key fleet: found a key that is not known"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, metrics: str, said: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        load_branch(branch(tmp_path, f"[metrics]\n{metrics}\n"))
    assert len(refused.value.lines) == 1
    assert said in refused.value.lines[0]


def test_head_offices_programs_need_ports_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text("[metrics]\nlisten = 9461\npublisher = 9471\nfleet = 9461\n")
    with pytest.raises(BadConfiguration, match="key fleet: found 9461, which listen has"):
        load_head_office(file)
    file.write_text("[metrics]\nlisten = 9461\npublisher = 9471\nfleet = 9463\n")
    assert load_head_office(file).metrics.fleet == 9463
