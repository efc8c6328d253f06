"""Every program really running, scraped as Prometheus does: what the rules and the page name is what comes."""

import http.client
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.cli.demo.cast import Cast, program
from tests.metrics.page import PROGRAMS
from tests.metrics.rules import names, rules
from tests.system.brokers import free_port, mosquitto
from tests.system.lobby import Lobby
from tests.system.office_box import OfficeBox

pytestmark = pytest.mark.system
PROMTOOL = shutil.which("promtool") or "/usr/bin/promtool"
BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行", en = "Hangzhou First" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
port = {broker}
[upstream]
host = "127.0.0.1"
port = {broker}
root = "office/v1"
[state]
directory = "branch"
[content]
trusted_root = "root.json"
directory = "content"
[[counter]]
number = "1"
business = {{ zh = "个人业务", en = "Personal" }}
[[screen]]
name = "wall"
kind = "wall"
size = [640, 360]
directory = "wall"
[[bridge]]
name = "bridge-1"
directory = "bridge"
[[bridge.pad]]
counter = "1"
driver = "padlink"
port = "{folder}/pad"
[metrics]
listen = {controller}
devices = {{ wall = {kiosk}, bridge-1 = "127.0.0.1:{bridge}" }}
"""
RARE = {  # what comes only while something is wrong, or where links have certificates
    "signage_fault_active",
    "signage_pad_discarded_frames_total",
    "signage_certificate_expiry_timestamp_seconds",
    "signage_fleet_faults",
    "signage_command_unreached_branches",
    "signage_command_unreached_seconds",
}


class Town:
    """One broker with both trees, head office's four programs, and a branch's three."""

    def __init__(self, folder: Path, broker: int) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in PROGRAMS}
        self.office = OfficeBox(folder, broker, [("hz-1", "city"), ("hz-2", "city")])
        file = folder / "office.toml"
        file.write_text(
            file.read_text().replace("[database]", 'root = "office/v1"\n[database]')
            + "[metrics]\n"
            + "".join(
                f"{key} = {self.ports[name]}\n"
                for key, name in (
                    ("listen", "collect"),
                    ("publisher", "publisher"),
                    ("fleet", "fleet"),
                    ("cases", "cases"),
                )
            )
        )
        ports = {name.removeprefix("firmware-"): port for name, port in self.ports.items()}
        (folder / "branch.toml").write_text(BRANCH.format(broker=broker, folder=folder, **ports))
        self.cast = Cast(folder, {"SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})

    def start(self, name: str, *words: str) -> None:
        where = ["env", "-C", str(self.folder), program(words[0]), *words[1:]]
        display = {"DISPLAY": self.display} if name == "kiosk" else {}
        self.cast.start(name, where, display)

    def open(self) -> None:
        self.display = Lobby._display(self)  # type: ignore[arg-type]  # a stand-in or a wrong value, on purpose
        self.office.publish(b"first")
        self.start("collect", "signage", "collect", "--config", "office.toml")
        self.start("publisher", "signage", "publisher", "--config", "office.toml")
        self.start("cases", "signage", "cases", "run", "--config", "office.toml")
        self.start("pad", "pad-simulator", "--port", f"pty:{self.folder}/pad", "--stdin")
        self.start("controller", "signage", "controller", "--config", "branch.toml")
        self.start("firmware-bridge", "firmware-bridge", "--config", "branch.toml")
        self.start("kiosk", "kiosk", "--config", "branch.toml", "--screen", "wall")

    def open_fleet(self) -> None:
        """Which wants a database, as the collector makes it."""
        self.start("fleet", "signage", "fleet", "--serve", "--config", "office.toml")

    def close(self) -> None:
        self.cast.end_all()
        self.xvfb.terminate()
        self.xvfb.wait()

    def scrape(self, name: str) -> str:
        """What it exports; "" while it does not listen yet."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/metrics", timeout=5) as answer:
                text: str = answer.read().decode()
                return text
        except (OSError, urllib.error.URLError, http.client.HTTPException):
            return ""

    def until(self, name: str, line: str, seconds: float = 60) -> str:
        """Scrape until a line matches that pattern."""
        deadline = time.monotonic() + seconds
        while not re.search(f"^{line}$", text := self.scrape(name), re.MULTILINE):
            assert time.monotonic() < deadline, (
                f"{name}: no {line} in\n{text}\n{(self.folder / f'{name}.log').read_text()}"
            )
            self.cast.check()
            time.sleep(0.2)
        return text

    xvfb: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with mosquitto(folder) as broker:
        made = Town(folder, broker.port)
        try:
            made.open()
            yield made
        finally:
            made.close()


def test_real_programs_say_what_is(town: Town) -> None:
    town.until("collect", 'signage_link_up{link="head-office"} 1.0')
    town.open_fleet()
    town.until("firmware-bridge", 'signage_pad_online{counter="1",driver="padlink"} 1.0')
    town.until("controller", 'signage_device_up{device="bridge-1"} 1.0')
    town.until("kiosk", "signage_screen_content_version [1-9].*")
    town.until("publisher", "signage_publisher_branches_synced 1.0")
    town.until("publisher", 'signage_content_expiry_timestamp_seconds{role="timestamp"} .*')
    town.until("cases", 'signage_cases_open{stands="running"} 0.0')
    town.until("fleet", 'signage_fleet_branches{region="hz",state="open"} 1.0')
    town.until("fleet", 'signage_fleet_branches{region="hz",state="never"} 1.0')
    town.until("fleet", 'signage_fleet_pads{region="hz",state="online"} 1.0')
    text = town.until("fleet", 'signage_fleet_screens{region="hz",state="well"} 1.0')
    assert 'signage_build_info{program="fleet",version="' in text


def test_every_figure_of_the_page_is_exported_and_none_besides(town: Town) -> None:
    found = {name: exported(town.until(name, "signage_figures_timestamp_seconds .*")) for name in PROGRAMS}
    for name, metrics in PROGRAMS.items():
        own = {one.name for one in metrics}
        common = {"signage_build_info", "signage_figures_timestamp_seconds", "signage_figures_failed_total"}
        assert own - RARE <= found[name], name
        assert found[name] <= own | common | RARE, name
        assert common <= found[name]
    everything = set().union(*found.values()) | RARE | {"up"}
    for alert, rule in rules().items():
        assert names(rule["expr"]) <= everything, alert


def exported(text: str) -> set[str]:
    return {name for name in re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE) if name.startswith("signage_")}


def test_promtool_finds_nothing_to_mend_in_what_is_exported(town: Town) -> None:
    for name in PROGRAMS:
        checked = subprocess.run(
            [PROMTOOL, "check", "metrics"], input=town.scrape(name), capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, f"{name}: {checked.stdout}{checked.stderr}"


def test_a_branch_that_goes_is_seen(town: Town) -> None:
    town.cast.kill("firmware-bridge")
    town.until("controller", 'signage_device_up{device="bridge-1"} 0.0')
    town.until("controller", 'signage_branch_counters{counter="1",state="lost"} 1.0')
    town.until("fleet", 'signage_fleet_faults{code="device-offline",region="hz"} 1.0')
    town.cast.end("controller")
    town.until("fleet", 'signage_fleet_branches{region="hz",state="silent"} 1.0')
    assert 'signage_fleet_faults{code="branch-silent",region="hz"} 1.0' in town.scrape("fleet")
