"""What a customer wrote is nowhere on the screen's side once staff have left it."""

import gc
import importlib
from collections.abc import Callable
from typing import Any

from kiosk.design.box import Box
from kiosk.design.tokens import DAY, Look
from kiosk.stage import Stage
from kiosk.view.cases_list import CaseView
from kiosk.view.happenings import Place
from kiosk.view.ink import Ink
from kiosk.view.voice import Pair

SIZE = (1080, 1920)
NUMBER = "13800138000"
WORDS = "等了四十分钟，没有人说为什么"


def test_a_case_that_was_read_leaves_neither_words_nor_number_nor_writing(stage: Callable[[int, int], Stage]) -> None:
    on = stage(*SIZE)
    texts: Any = importlib.import_module("kiosk.design.text")
    sheet_type: Any = importlib.import_module("kiosk.screens.case_page").CaseSheet
    view = CaseView(
        title=Pair("意见"),
        back=Place.PANEL,
        state=None,
        lines=(("电话", NUMBER), ("内容", WORDS)),
        note="",
        action=None,
        busy=False,
        ink=Ink((((100, 100), (200, 200)),), 300),
        ink_title="手写",
    )
    sheet = sheet_type(Look.fit(DAY, *SIZE), view, lambda _: None)
    on.show(sheet)
    sheet.place(Box(0, 0, *SIZE))
    on.step(2)
    assert texts.text_width.cache_info().currsize > 0
    assert [line.text for line in sheet._lines] == [NUMBER, WORDS]
    sheet.forget()
    on.clear()
    assert [line.text for line in sheet._lines] == ["", ""]
    assert texts.text_width.cache_info().currsize == 0
    del view
    gc.collect()
    assert not [one for one in gc.get_objects() if type(one) is Ink and one.lines], "nor its strokes"
