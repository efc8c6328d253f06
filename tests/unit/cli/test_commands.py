import io
import json
import sqlite3
import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest

from signage import __version__
from signage.branch.settings import DeviceProbe, HttpProbe, NutProbe, Probe
from signage.branch.staff import read_pins, whose
from signage.cli.broker import broker_plugins
from signage.cli.controller import controller_settings, local_date
from signage.cli.main import run
from signage.config.addresses import broker_address
from signage.config.branch_file import BrokerTable
from signage.config.load import BadConfiguration, load_branch
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from tests.unit.config.samples import BRANCH, HEAD_OFFICE, changed


@pytest.fixture
def branch_file(tmp_path: Path) -> Path:
    file = tmp_path / "branch.toml"
    text = changed(BRANCH, "config/pins.toml", str(tmp_path / "pins.toml"))
    file.write_text(changed(text, 'directory = "var/branch"', f'directory = "{tmp_path}/branch"'), encoding="utf-8")
    return file


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "head-office.toml"
    text = changed(HEAD_OFFICE, "sqlite:///var", f"sqlite:///{tmp_path}")
    file.write_text(changed(text, "config/branches.csv", f"{tmp_path}/branches.csv"), encoding="utf-8")
    (tmp_path / "branches.csv").write_text("id,name,region,groups\nhz-1,x,y,city\n", encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == (0, f"signage {__version__}\n", "")
    code, out, _ = said(capsys, "--help")
    assert code == 0
    assert all(name in out for name in ("controller", "collect", "demo", "acl", "pin"))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bogus",),
        ("hours",),
        ("hours", "--config"),
        ("hours", "--bogus"),
        ("export", "weather", "--config", "x"),
        ("hours", "--config", "BRANCH", "--at", "tomorrow"),
        ("hours", "--config", "BRANCH", "--locale", "xx"),
        ("export", "events", "--config", "OFFICE", "--timezone", "Mars/Base"),
        ("collect", "--config", "OFFICE", "--shard", "3/2"),
    ],
)
def test_wrong_use_is_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], branch_file: Path, office_file: Path
) -> None:
    places = {"BRANCH": str(branch_file), "OFFICE": str(office_file)}
    code, _, err = said(capsys, *(places.get(argument, argument) for argument in arguments))
    assert code == 2
    assert len(err.replace(": warning", "").splitlines()) <= 2
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "command",
    [
        "controller",
        "broker",
        "collect",
        "hours",
        "acl",
        "fleet",
        ("export", "events"),
        ("explain", "--screen", "x"),
        ("pin", "--id", "1", "--name", "n", "--role", "teller"),
    ],
)
def test_a_missing_file_is_one_line_and_78(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str | tuple[str, ...]
) -> None:
    words = (command,) if isinstance(command, str) else command
    code, _, err = said(capsys, *words, "--config", tmp_path / "none.toml")
    assert (code, len(err.splitlines())) == (78, 1)
    assert "there is no such file" in err


def test_hours(capsys: pytest.CaptureFixture[str], branch_file: Path) -> None:
    code, out, _ = said(
        capsys, "hours", "--config", branch_file, "--at", "2026-11-24T10:00", "--days", 2, "--format", "json"
    )
    answer = json.loads(out)
    assert code == 0
    assert answer["personal"]["state"] == "open"
    assert answer["personal"]["until"] == "2026-11-24T09:00:00.000Z"
    assert set(answer["personal"]["text"]) >= {"zh", "en"}
    assert answer["days"][1]["corporate"]["spans"] == [
        {"from": "2026-11-25T01:00:00.000Z", "to": "2026-11-25T09:00:00.000Z"}
    ]
    code, out, _ = said(capsys, "hours", "--config", branch_file, "--at", "2026-10-01", "--days", 1, "--locale", "en")
    assert code == 0
    assert "National Day" in out


def test_explain(capsys: pytest.CaptureFixture[str], branch_file: Path, tmp_path: Path) -> None:
    ask = ("explain", "--config", branch_file, "--screen", "lobby-wall", "--at", "2026-11-24T10:00", "--format", "json")
    code, out, err = said(capsys, *ask)
    answer = json.loads(out)
    assert (code, answer["scene"]) == (0, "ad")
    assert "no controller has run here" in err
    assert set(answer) == {"scene", "until", "zones", "why"}
    assert [why["won"] for why in answer["why"]].count(True) == 1
    (tmp_path / "branch").mkdir()
    with sqlite3.connect(tmp_path / "branch" / "branch.db") as database:
        database.execute("CREATE TABLE facts (one, document)")
        suspension = {
            "id": "s",
            "scope": "branch",
            "reason": "power",
            "source": "manager",
            "since": "2026-11-24T01:30:00Z",
        }
        database.execute("INSERT INTO facts VALUES (1, ?)", (json.dumps({"suspensions": [suspension]}).encode(),))
    database.close()
    _, out, _ = said(capsys, *ask)
    assert json.loads(out)["scene"] == "suspended"
    code, _, err = said(capsys, "explain", "--config", branch_file, "--screen", "lobby-wal")
    assert code == 78
    assert '"lobby-wall"' in err


def test_a_pin_is_kept_as_its_hash(
    capsys: pytest.CaptureFixture[str], branch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter(pin: str, identity: str, name: str = '李 "娜"') -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
        return said(capsys, "pin", "--config", branch_file, "--id", identity, "--name", name, "--role", "lobby-manager")

    file = tmp_path / "pins.toml"
    assert enter("314159", "0007")[0] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "314159" not in file.read_text()
    person = whose("314159", read_pins(file))
    assert person is not None
    assert (person.id, person.name, person.role) == ("0007", '李 "娜"', "lobby-manager")
    assert enter("314159", "0008")[0] == 65
    assert enter("271828", "0008")[0] == 0
    assert enter("161803", "0007")[0] == 0
    people = read_pins(file)
    assert {person.id for person in people} == {"0007", "0008"}
    assert whose("314159", people) is None
    for short in ("12345", "abcdef", "", "１２３４５６"):
        code, out, err = enter(short, "0009")
        assert code == 65
        assert not short or short not in out + err
    file.write_text("nonsense")
    assert enter("161803", "0007")[0] == 78


def test_acl_prints_or_says_what_it_needs(
    capsys: pytest.CaptureFixture[str], branch_file: Path, office_file: Path, tmp_path: Path
) -> None:
    code, _, err = said(capsys, "acl", "--config", branch_file)
    assert (code, "password_file" in err) == (78, True)
    secret = f'root = "bank/v1"\npassword_file = "{tmp_path}/secret"'
    office_file.write_text(changed(office_file.read_text(), 'root = "bank/v1"', secret))
    code, out, _ = said(capsys, "acl", "--config", office_file)
    assert code == 0
    assert "user hz-1\n" in out
    assert "topic read bank/v1/group-city/down/#" in out
    (tmp_path / "secret").write_text("hz-1:x\n")
    code, _, err = said(capsys, "acl", "--config", office_file, "--out", tmp_path / "broker")
    assert code == 78
    assert {line.split("user ")[1].split(";")[0] for line in err.splitlines()} == {"'collect'", "'publisher'"}
    code, _, _ = said(capsys, "acl", "--config", office_file, "--server-cert", "x")
    assert code == 2


def test_readers_say_that_there_is_no_database(capsys: pytest.CaptureFixture[str], office_file: Path) -> None:
    for command in (("export", "events"), ("fleet",)):
        code, _, err = said(capsys, *command, "--config", office_file)
        assert (code, len(err.splitlines())) == (69, 1)


def test_a_broker_that_others_reach_wants_users(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="only on loopback"):
        broker_plugins(tmp_path, BrokerTable(host="0.0.0.0"), ())
    assert broker_plugins(tmp_path, BrokerTable(), ())


def test_the_controller_is_told_what_the_file_says(branch_file: Path) -> None:
    config = load_branch(branch_file)
    today = local_date(config, Instant.parse("2026-11-24T20:00:00.000Z"))
    assert today.isoformat() == "2026-11-25"
    address = broker_address(config.broker, config.branch.id)
    settings = controller_settings(config, today, load_catalogues(), address, None)
    assert settings.devices == set(config.nodes)
    assert [probe.name for probe in settings.probes] == ["core-system", "cash-handover-idle", "pad-3"]
    assert settings.rules[0].suspend == "counter:3"
    assert settings.counters[0].pad_bridge == "bridge-1"


@pytest.mark.parametrize(
    ("keys", "probe"),
    [
        ('kind = "nut"\nups = "a@b"', NutProbe("pad-3", "b", 3493, "a")),
        ('kind = "nut"\nups = "a@b:3"\nevery_s = 2', NutProbe("pad-3", "b", 3, "a", every_s=2)),
        ('kind = "http"\nurl = "http://core/up"', HttpProbe("pad-3", "http://core/up")),
        ('kind = "device"\ndevice = "lobby-wall"', DeviceProbe("pad-3", "lobby-wall")),
    ],
)
def test_each_kind_of_probe_has_its_reader(branch_file: Path, keys: str, probe: Probe) -> None:
    text = changed(branch_file.read_text(encoding="utf-8"), 'kind = "pad"\ncounter = "3"', keys)
    branch_file.write_text(text, encoding="utf-8")
    config = load_branch(branch_file)
    address = broker_address(config.broker, config.branch.id)
    settings = controller_settings(config, date(2027, 1, 1), {}, address, None)
    assert settings.probes[2] == probe


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    code, out, _ = said(capsys, "completions", shell)
    assert code == 0
    assert "_SIGNAGE_COMPLETE" in out


def test_the_pins_file_is_toml_whatever_the_name(
    capsys: pytest.CaptureFixture[str], branch_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("314159\n"))
    name = 'a\\"\n\t\u007f\u0001 名'
    code, _, _ = said(capsys, "pin", "--config", branch_file, "--id", "1", "--name", name, "--role", "teller")
    assert code == 0
    assert tomllib.loads((tmp_path / "pins.toml").read_text(encoding="utf-8"))["person"][0]["name"] == name
