"""A customer at the real process: taps by xdotool, a code on the real window that a real reader reads."""

from collections.abc import Iterator

import pytest
import zxingcpp

from kiosk.stage import Stage
from tests.system.lobby import TOUCH, Lobby, Map

pytestmark = pytest.mark.system
ADDRESS = "https://m.bank.example/cards"
GUIDED = """
[guide]
domains = ["bank.example"]
[[guide.entry]]
name = "new-card"
topic = "cards"
title = {{ zh = "开卡与换卡" }}
counters = ["1"]
phone = {{ zh = "手机银行" }}
url = "https://m.bank.example/cards"
[[amenity]]
name = "glasses"
title = {{ zh = "老花镜" }}
place = {{ zh = "填单台" }}
icon = "glasses"
"""


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    made = Lobby(tmp_path_factory.mktemp("guided"), GUIDED)
    try:
        made.open_house()
        made.open_screens("lobby-touch")
        made.place("lobby-touch")
        yield made
    finally:
        made.close()


def codes(lobby: Lobby) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(lobby.picture())]


def test_two_taps_on_the_window_lead_to_a_code_and_one_leads_back(lobby: Lobby) -> None:
    stage = Stage(*TOUCH)
    places = Map(stage)
    home, matter, back = (
        places.button("home", "业务指南"),
        places.button("guide", "开卡与换卡"),
        places.button("matter", "返回"),
    )
    stage.close()
    assert codes(lobby) == []
    lobby.tap(home)
    lobby.tap(matter)
    lobby.until("a code on the glass", lambda: codes(lobby) == [ADDRESS])
    lobby.tap(back)
    lobby.until("the guide again", lambda: codes(lobby) == [])
