"""What the gallery's branch tells its customers: guide, amenities, and what head office has signed for pages."""

from functools import cache
from typing import Any, Final

from PIL import Image, ImageDraw

from kiosk.media.album import Pixels
from kiosk.view.reading import Signed
from kiosk.view.signed_pages import StepPicture
from signage.core.instants import Instant
from signage.core.model import Amenity, GuideEntry, SelfService, Text
from signage.core.programme import Asset, RatesRow, Rendition

MACHINES: Final = (
    SelfService(name="atm-1", business={"zh": "存取现金"}, place={"zh": "大厅自助区", "en": "the self-service area"}),
    SelfService(name="stm-1", business={"zh": "开卡与打印"}, place={"zh": "智能柜台", "en": "the smart counter"}),
)


def _entry(name: str, topic: str, zh: str, en: str, **more: Any) -> GuideEntry:
    return GuideEntry(name=name, topic=topic, title={"zh": zh, "en": en}, **more)


_ID: Final[Text] = {"zh": "银行卡、本人身份证", "en": "Bank card and ID card"}
GUIDE: Final = (
    _entry(
        "new-card", "cards", "开卡与换卡", "New or replacement card", counters=("1", "2"), self_service=("stm-1",),
        bring={"zh": "本人身份证；换卡请带原卡", "en": "ID card; the old card if it is replaced"},
    ),
    _entry(
        "lost-card", "cards", "银行卡挂失", "Lost card", counters=("1", "2"), bring=_ID,
        phone={"zh": "手机银行，卡片管理，挂失", "en": "Mobile bank, Cards, Report loss"},
        url="https://m.bank.example/cards/lost",
    ),
    _entry(
        "cash", "cash", "存取现金", "Cash in and out", self_service=("atm-1",), counters=("3", "4"),
        bring={"zh": "银行卡；5 万元以上请带身份证", "en": "Bank card; ID card for 50,000 yuan and more"},
    ),
    _entry(
        "transfer", "transfers", "转账汇款", "Transfers", self_service=("atm-1",), counters=("1", "2"),
        phone={"zh": "手机银行，转账", "en": "Mobile bank, Transfers"}, url="https://m.bank.example/transfer",
        bring={
            "zh": "银行卡、本人身份证、收款账号",
            "en": "Bank card, ID card, the payee's account number",
        },
    ),
    _entry(
        "statement", "certificates", "打印账户明细", "Account statement", self_service=("stm-1",), bring=_ID,
        phone={"zh": "手机银行，账户，明细下载", "en": "Mobile bank, Accounts, Download"},
        url="https://m.bank.example/statement",
    ),
    _entry(
        "deposit", "savings", "定期存款", "Time deposit", counters=("1", "2"), bring=_ID,
        phone={"zh": "手机银行，存款", "en": "Mobile bank, Deposits"}, url="https://m.bank.example/deposit",
    ),
    _entry(
        "bills", "bills", "生活缴费", "Household bills",
        phone={"zh": "手机银行，生活，缴费", "en": "Mobile bank, Living, Bills"}, url="https://m.bank.example/bills",
    ),
    _entry(
        "corporate-account", "corporate", "单位开户", "Company account", counters=("5",),
        bring={
            "zh": "营业执照、公章、法定代表人身份证",
            "en": "Business licence, seal, ID card of the legal representative",
        },
    ),
)  # fmt: skip

_AMENITIES: Final = (
    ("glasses", "老花镜", "Reading glasses", "填单台", "Writing desk"),
    ("wheelchair", "轮椅", "Wheelchair", "大门右侧", "Right of the entrance"),
    ("umbrella", "雨伞", "Umbrellas", "咨询台", "Consulting desk"),
    ("water", "饮用水", "Drinking water", "等候区", "Waiting area"),
    ("wifi", "免费无线网络", "Free Wi-Fi", "全厅", "Everywhere"),
    ("charger", "手机充电", "Phone charging", "等候区座椅旁", "Beside the seats"),
    ("notes", "点钞机", "Note counter", "自助区", "Self-service area"),
    ("first-aid", "急救箱", "First-aid kit", "请向大堂经理借用", "Ask the lobby manager"),
)
AMENITIES: Final = tuple(
    Amenity(
        name=icon, icon=icon, title={"zh": zh, "en": en}, place={"zh": at, "en": where}, available=icon != "umbrella"
    )
    for icon, zh, en, at, where in _AMENITIES
)

_RATES: Final = (
    ("活期存款", "Demand", "0.05%"),
    ("定期三个月", "3 months", "0.65%"),
    ("定期半年", "6 months", "0.85%"),
    ("定期一年", "1 year", "0.95%"),
    ("定期二年", "2 years", "1.05%"),
    ("定期三年", "3 years", "1.25%"),
    ("定期五年", "5 years", "1.30%"),
)
_LOANS: Final = (("一年以内", "Up to 1 year", "3.00%"), ("五年以上", "Over 5 years", "3.50%"))


def _table(ref: str, zh: str, en: str, rows: tuple[tuple[str, str, str], ...]) -> Asset:
    return Asset(
        ref=ref,
        kind="rates",
        title={"zh": zh, "en": en},
        rows=tuple(RatesRow(name={"zh": name, "en": english}, value=value) for name, english, value in rows),
        risk={"zh": "实际执行利率以柜面公示为准。", "en": "The rates displayed at the counter prevail."},
        start=Instant.parse("2026-05-20T00:00:00+08:00"),
    )


_PLEDGE: Final[Text] = {
    "zh": "来有迎声，问有答声，走有送声\n办理业务一次告知，不让您多跑一趟\n等候超过二十分钟，大堂经理主动说明\n"
    "年长客户和行动不便客户优先办理\n收费标准公开，不收清单以外的费用\n意见必有回复，一般不超过十五日",
    "en": "We greet you, answer you and see you out\nWe tell you at once all that is needed\n"
    "If you wait for more than twenty minutes, we explain why\nElderly and disabled customers come first\n"
    "Our charges are public; there are no others\nEvery opinion is answered, as a rule within fifteen days",
}
_STEPS: Final = (
    ("扫码下载手机银行", "Scan the code to get the mobile bank"),
    ("用预留手机号登录", "Sign in with the number we know"),
    ("点“转账”，填收款人", "Press Transfers and enter the payee"),
    ("核对金额，刷脸确认", "Check the amount, confirm with your face"),
)
_PICTURE: Final = (1200, 900)


def _step(number: int, zh: str, en: str) -> Asset:
    rendition = Rendition(sha256=f"{number:064x}", size=1, width=_PICTURE[0], height=_PICTURE[1], media="image/png")
    return Asset(ref=f"step-{number}.png", kind="picture", renditions=(rendition,), title={"zh": zh, "en": en})


SIGNED: Final[Signed] = {
    "rates": (
        _table("rates", "人民币存款年利率", "RMB deposit rates", _RATES),
        _table("loans", "贷款市场报价利率", "Loan prime rates", _LOANS),
    ),
    "pledge": (Asset(ref="pledge", kind="text", text=_PLEDGE),),
    "demonstration": tuple(_step(number, zh, en) for number, (zh, en) in enumerate(_STEPS, 1)),
}


@cache
def step_pixels(picture: StepPicture) -> Pixels:
    """A telephone with a page of the mobile bank on it, as the decoder would deliver it."""
    width, height = picture.key.width, picture.key.height
    number = int(picture.key.sha256, 16)
    drawn = Image.new("RGB", (width, height), (230, 239, 234))
    pen, unit = ImageDraw.Draw(drawn), height / 20
    left, right = width / 2 - 4.6 * unit, width / 2 + 4.6 * unit
    pen.rounded_rectangle((left, unit, right, 19 * unit), unit, (27, 31, 35))
    pen.rounded_rectangle((left + unit / 2, 1.6 * unit, right - unit / 2, 18.4 * unit), unit / 2, (255, 255, 255))
    pen.rectangle((left + unit / 2, 2.6 * unit, right - unit / 2, 5 * unit), (11, 107, 87))
    for row in range(4):
        chosen = row == number % 4
        colour = (240, 185, 58) if chosen else (214, 235, 229)
        top = (6.2 + row * 2.9) * unit
        pen.rounded_rectangle((left + 1.4 * unit, top, right - 1.4 * unit, top + 2 * unit), unit / 3, colour)
    return Pixels(picture.key, drawn.convert("RGBA").tobytes("raw", "BGRA"))
