"""What a customer learns at the touch screen: real touches, real pixels, codes that a real reader reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from msgspec.structs import replace

from kiosk.design.button import Pressable
from kiosk.design.qr import LEAST_U, QUIET, QrCode
from kiosk.gallery import samples
from kiosk.stage import Stage
from signage.core.programme import Asset, ProgrammeItem, RatesRow, SignedContent
from signage.wire.messages import DeliveryStatus
from tests.screens.booth import Booth
from tests.screens.hall import BLUE, EXPIRES, GOLD, RED, Hall, painted

OpenStage = Callable[[int, int], Stage]
SIZES = [(1080, 1920), (1920, 1080)]
LARGEST_DPI = 141  # 15.6 inches at full HD, the densest screen that is sold as a kiosk


@pytest.fixture(params=[(540, 960), (960, 540)], ids=["portrait", "landscape"])
def booth(request: pytest.FixtureRequest, stage: OpenStage, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(stage(*request.param), tmp_path, request.param)
    yield made
    made.database.close()


def read(stage: Stage) -> list[str]:
    """The codes on the glass, as a telephone would read them."""
    return [found.text for found in zxingcpp.read_barcodes(stage.pixels())]


def test_the_open_counter_is_found_while_another_is_suspended(booth: Booth) -> None:
    booth.learn(samples.suspended("counter:3", "fault", "15:00"))
    assert booth.says("6 个窗口，4 个营业中")
    booth.press("窗口状态")
    assert booth.says("设备故障，请到 4 号窗口")
    assert booth.says("预计 15:00 恢复")
    booth.press("返回")
    booth.press("业务指南")
    booth.press("存取现金")
    assert booth.says("4 号窗口")
    assert booth.says("3 号窗口")
    texts = booth.texts()
    assert texts.index("4 号窗口") < texts.index("3 号窗口")
    assert booth.says("银行卡；5 万元以上请带身份证")


def test_two_taps_lead_to_a_code_that_a_telephone_reads(booth: Booth) -> None:
    booth.press("业务指南")
    assert read(booth.stage) == []
    booth.press("转账汇款")
    assert read(booth.stage) == ["https://m.bank.example/transfer"]
    assert booth.says("m.bank.example")
    booth.press("返回")
    booth.press("生活缴费")
    assert read(booth.stage) == ["https://m.bank.example/bills"]
    booth.press("返回")
    assert booth.says("请选择要办理的业务")
    booth.press("返回")
    assert booth.says("评价服务")


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_a_code_is_crisp_large_and_has_its_quiet_zone(
    stage: OpenStage, tmp_path: Path, size: tuple[int, int], elder: bool
) -> None:
    booth = Booth(stage(*size), tmp_path, size)
    if elder:
        booth.tap(booth.face.widget.foot.elder)
    booth.press("业务指南")
    booth.press("转账汇款")
    (code,) = [part for part in booth.face.widget.walk(restrict=True) if isinstance(part, QrCode)]
    (x, y), (width, _) = code._code.pos, code._code.size
    module = code.module(code.box)
    assert width % module == 0
    assert (width + 2 * QUIET * module) / LARGEST_DPI * 2.54 >= 3
    assert width + 2 * QUIET * module >= LEAST_U * 0.9
    picture = booth.stage.pixels()
    top = picture.height - round(y + width)
    inside = picture.crop((round(x), top, round(x + width), top + round(width)))
    assert {colour for _, colour in inside.getcolors(1 << 20) or []} == {(0, 0, 0), (255, 255, 255)}
    quiet = QUIET * module
    around = picture.crop((round(x) - quiet, top - quiet, round(x + width) + quiet, top + round(width) + quiet))
    ring = [around.getpixel((n, m)) for n in range(around.width) for m in (0, quiet - 1, around.height - 1)]
    assert set(ring) == {(255, 255, 255)}
    assert read(booth.stage) == ["https://m.bank.example/transfer"]
    booth.database.close()


def test_an_amenity_that_is_lent_out_says_so_at_once(booth: Booth) -> None:
    booth.press("便民设施")
    before = [text for text in booth.texts() if text == "暂不可用"]
    chairs = tuple(replace(one, available=one.name != "wheelchair") for one in samples.house().amenities)
    booth.learn(replace(samples.house(), amenities=chairs))
    assert len(before) == 1
    assert booth.texts().count("暂不可用") == 1
    assert booth.texts().index("轮椅") < booth.texts().index("暂不可用") < booth.texts().index("雨伞")


def test_hours_lead_to_the_years_holidays_and_back(booth: Booth) -> None:
    booth.learn(replace(samples.house(), hours=samples.holidays()))
    booth.press("一周营业时间")
    booth.press("节假日安排")
    assert booth.says("春节休业")
    booth.press("返回")
    assert booth.says("以当日公告为准")


# ---- what is signed -------------------------------------------------------------------------------------------------


@pytest.fixture
def hall(stage: OpenStage, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(stage(1080, 1920), tmp_path, "touch", (1080, 1920))
    yield made
    made.darkroom.close()
    made.database.close()


def texts(hall: Hall) -> list[str]:
    return [part.text for part in hall.face.widget.walk(restrict=True) if hasattr(part, "fitted") and part.text]


def press(hall: Hall, words: str) -> None:
    for part in hall.face.widget.walk(restrict=True):
        inner = (one for one in part.walk(restrict=True) if hasattr(one, "fitted"))
        if isinstance(part, Pressable) and any(one.text == words for one in inner):
            hall.stage.tap(part)
            hall.draw()
            return
    raise AssertionError(f"nothing to press says {words}: {texts(hall)}")


def publish(hall: Hall, *assets: Asset, page: Any = "demonstration") -> None:
    items = tuple(ProgrammeItem(id=one.ref, asset=one.ref, cls="house", page=page) for one in assets)
    hall.disk.content = SignedContent(version=1, expires=EXPIRES, assets=assets, items=items)
    hall.disk.status = DeliveryStatus(received=1, verified=1)


def steps(hall: Hall, *, here: bool = True) -> tuple[Asset, ...]:
    size = (1200, 900)
    return tuple(
        hall.disk.picture(f"step-{n}.png", painted(colour, size), size, here=here or n != 2, title={"zh": f"步骤{n}"})
        for n, colour in enumerate((RED, BLUE, GOLD), 1)
    )


def shown(hall: Hall) -> tuple[int, ...]:
    """The colour in the middle of the demonstration's picture, once it is decoded."""
    for _ in range(3):
        view: Any = hall.face.widget.view
        if view.page.ready:
            break
        hall.develop(1)
    return hall.pixel(540, 700)


def test_the_demonstration_goes_forth_and_back_by_hand_alone(hall: Hall) -> None:
    publish(hall, *steps(hall))
    hall.draw()
    press(hall, "电子银行演示")
    assert shown(hall) == RED
    assert "步骤1" in texts(hall)
    hall.wait(30)
    assert shown(hall) == RED
    press(hall, "下一步")
    assert shown(hall) == BLUE
    press(hall, "上一步")
    assert shown(hall) == RED
    press(hall, "下一步")
    press(hall, "下一步")
    assert shown(hall) == GOLD
    assert "第 3 步，共 3 步" in texts(hall)
    press(hall, "看完了")
    assert "评价服务" in texts(hall)


def test_a_demonstration_that_is_not_here_as_a_whole_is_not_offered(hall: Hall) -> None:
    publish(hall, *steps(hall, here=False))
    hall.draw()
    hall.draw()
    assert "电子银行演示" not in texts(hall)
    assert set(hall.disk.wanted) >= {r.sha256 for a in hall.disk.content.assets for r in a.renditions}  # type: ignore[union-attr]  # it is there, or the test fails


def test_pages_do_not_play_in_the_loop(hall: Hall) -> None:
    publish(hall, *steps(hall))
    for _ in range(40):
        hall.wait(1)
        assert "评价服务" in texts(hall)


def test_rates_stand_on_a_page_with_the_date_from_which_they_hold(hall: Hall) -> None:
    rows = (RatesRow(name={"zh": "活期存款"}, value="0.05%"),)
    table = Asset(ref="r", kind="rates", uses=("house",), title={"zh": "存款利率"}, rows=rows, start=EXPIRES)
    publish(hall, table, page="rates")
    hall.draw()
    assert "利率" not in texts(hall)
    publish(hall, replace(table, start=samples.AFTERNOON), page="rates")
    hall.disk.content = replace(hall.disk.content, version=2)  # type: ignore[type-var]  # it is there, or the test fails
    hall.draw()
    hall.draw()
    press(hall, "利率")
    assert {"活期存款", "0.05%", "自2026年11月24日起执行"} <= set(texts(hall))
    hall.disk.content = SignedContent(version=3, expires=EXPIRES)
    hall.draw()
    hall.draw()
    assert "这里的内容刚刚更新，请返回重新查看" in texts(hall)
