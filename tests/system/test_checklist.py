"""A checklist on its way: authored and approved by two, pushed, verified by a real touch screen, walked there by a hand."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gallery.touch_cases import Case, branch, inside
from kiosk.stage import Stage
from kiosk.view.pages import Panel, Tab
from kiosk.view.rounds import StepAnswer, Walking
from signage.cli.content_checklist import read_checklist
from signage.cli.demo.cast import program
from signage.core.model import BranchState, Finding
from signage.wire.codec import decode
from tests.system.branch_box import wait_until
from tests.system.lobby import PIN, TOUCH, Lobby, Map
from tests.system.office_box import OfficeBox

pytestmark = pytest.mark.system
EXTRA = """
[upstream]
host = "127.0.0.1"
port = {port}
root = "office/v1"
[content]
trusted_root = "root.json"
"""
LIST = """
id = "daily-opening"
version = 1
title = { zh = "营业前检查", en = "Before opening" }
[[step]]
id = "door"
text = { zh = "大门开关正常", en = "The doors work" }
[[step]]
id = "lights"
text = { zh = "照明全部点亮", en = "All lights are on" }
[step.phrases]
dark = { zh = "有灯不亮", en = "A light is out" }
"""


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path, EXTRA)
    office = OfficeBox(tmp_path, made.port, [("hz-1", "all")])
    toml = tmp_path / "office.toml"
    toml.write_text(toml.read_text().replace("[broker]\n", '[broker]\nroot = "office/v1"\n'))
    office.publish()
    (tmp_path / "daily.toml").write_text(LIST)
    try:
        made.open()
        made.start("publisher", program("signage"), "publisher", "--config", "office.toml")
        yield made
    finally:
        made.close()


def content(lobby: Lobby, *words: str) -> str:
    """A command of head office's."""
    command = [program("signage"), "content", *words, "--config", "office.toml"]
    done = subprocess.run(command, cwd=lobby.folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def places_of(stage: Stage, lobby: Lobby) -> Map:
    """Where things stand on the pages of this very list."""
    checklist = read_checklist(lobby.folder / "daily.toml")
    known = {"checklists": (checklist,)}
    wrong = StepAnswer("lights", ok=False, phrase="dark", note="有灯不亮")
    state = branch()
    state = BranchState(
        **{name: getattr(state, name) for name in state.__struct_fields__} | {"counters": state.counters[:1]}
    )
    places = Map(stage)
    pages = {
        "list": Case("list", state, inside(Panel(Tab.CHECKS)), known=known),
        "step": Case("step", state, inside(Walking(checklist))),
        "what": Case("what", state, inside(Walking(checklist, (StepAnswer("door", ok=True),), 1, noting=True))),
        "send": Case("send", state, inside(Walking(checklist, (StepAnswer("door", ok=True), wrong), 2))),
    }
    places._cases |= pages
    return places


def test_from_two_signatures_to_a_finding_on_the_panel(lobby: Lobby) -> None:
    content(lobby, "checklist", "add", "daily.toml", "--by", "alice")
    assert "大门开关正常" in content(lobby, "diff")
    content(lobby, "approve", "--by", "bob", "--yes")
    content(lobby, "push")
    has_it = lambda: lobby.statuses["lobby-touch"].get("delivery", {}).get("verified", 0) >= 2  # noqa: E731  # a name for a condition, said once
    lobby.until("verified by the touch screen", has_it, 60)

    stage = Stage(*TOUCH)
    places = places_of(stage, lobby)
    lobby.sign_in(places)
    lobby.tap(places.button("panel-one", "检查"))
    lobby.tap(places.button("list", "开始"))
    lobby.tap(places.button("step", "符合要求"))
    lobby.tap(places.button("step", "返回"))  # called away; the round is kept
    lobby.tap(places.button("list", "开始"))  # where it now says that one goes on
    lobby.tap(places.button("step", "有问题"))
    lobby.tap(places.button("what", "有灯不亮"))
    lobby.tap(places.button("send", "提交检查结果"))
    lobby.until("the event at head office", lambda: bool(lobby.of_kind("checklist")), 60)
    (told,) = {str(event["data"]): event["data"] for event in lobby.of_kind("checklist")}.values()
    assert (told["checklist"], told["version"], told["actor"]) == ("daily-opening", 1, "0007")
    assert told["steps"] == [
        {"step": "door", "ok": True},
        {"step": "lights", "ok": False, "note": "有灯不亮", "phrase": "dark"},
    ]
    audited = {event["data"]["action"] for event in lobby.of_kind("audit")}
    assert {"staff.enter", "checklist.result"} <= audited
    kept = next(path for path in lobby.folder.rglob("state.json") if "lobby-touch" in str(path))
    found: list[Finding] = []

    def stands() -> bool:
        found[:] = decode(kept.read_bytes(), BranchState, "state").findings
        return bool(found)

    wait_until(stands, 10, "the finding in every screen's state")
    assert (found[0].step, found[0].phrase, found[0].rectified_by) == ("lights", "dark", None)
    assert PIN not in "".join(str(event) for event in lobby.events)
    stage.close()
