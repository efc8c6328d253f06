"""`signage content status` says what happened: over real brokers, by what controller and screen told the collector."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from signage.cli.demo.cast import program
from signage.link.clock import moment
from signage.link.node import Report
from signage.wire.messages import ScreenStatus
from tests.system.brokers import mosquitto
from tests.system.link_box import until
from tests.system.test_delivery import Site

pytestmark = pytest.mark.system


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        office = stack.enter_context(mosquitto(tmp_path))
        branch = stack.enter_context(mosquitto(tmp_path))
        yield Site(tmp_path, office, branch, stack)


def told(site: Site) -> dict[str, Any]:
    """What the command prints, rows by branch or branch/screen."""
    command = [
        program("signage"),
        "content",
        "status",
        "--format",
        "json",
        "--config",
        str(site.folder / "office.toml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(done.stdout)
    rows = {f"{row['branch']}/{row['screen']}" if row.get("screen") else row["branch"]: row for row in found["rows"]}
    return {"totals": found["totals"], "rows": rows}


def report(site: Site, glass: int) -> None:
    """The screen says what it draws, as a kiosk does."""
    drawn = ScreenStatus(scene="ad", revision=1, content=glass, frame_age_ms=5, fps=30.0, locale="zh", elder=False)
    site.screen.node.report(Report(screen=drawn, delivery=site.screen.delivery.status), moment())


def test_the_numbers_are_what_happened_and_who_is_off_is_named(site: Site) -> None:
    (site.folder / "roster.csv").write_text("id,name,region,groups\nhz-1,支行,hz,city\nhz-2,支行,hz,city\n")
    version = site.office.publish(b"first", bytes(300_000))
    with (site.folder / "collect.log").open("ab") as log:
        command = [program("signage"), "collect", "--config", str(site.folder / "office.toml")]
        collect = subprocess.Popen(command, stdout=log, stderr=log)
    site.stack.callback(collect.wait, 15)
    site.stack.callback(collect.terminate)
    site.start("publisher")
    site.start("controller")
    until(lambda: site.settled(version), site.screen, timeout_s=60)
    report(site, 0)
    until(lambda: "hz-1/wall-1" in told(site)["rows"], site.screen, timeout_s=60)
    found = told(site)
    assert found["rows"]["hz-1/wall-1"]["done"] is False  # fetched is not shown
    assert found["totals"]["offline"] == ["hz-2"]
    report(site, version)
    until(lambda: told(site)["totals"]["on_the_glass"] == 1, site.screen, timeout_s=60)
    until(lambda: told(site)["rows"]["hz-1"]["staged"] == version, site.screen, timeout_s=60)
    found = told(site)
    branch, wall = found["rows"]["hz-1"], found["rows"]["hz-1/wall-1"]
    assert (branch["received"], branch["verified"], branch["wanted"]) == (version, version, version)
    assert (branch["bytes_here"], branch["bytes_all"]) == (300_005, 300_005)
    assert (wall["glass"], wall["bytes_here"], wall["done"]) == (version, 300_005, True)
    assert (found["totals"]["branches"], found["totals"]["verified"], found["totals"]["screens"]) == (2, 1, 1)
    site.end("controller")
    until(lambda: "hz-1" in told(site)["totals"]["offline"], site.screen, timeout_s=60)
    assert told(site)["totals"]["on_the_glass"] == 0  # of a silent branch nothing is sure
