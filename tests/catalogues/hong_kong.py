"""Hong Kong's catalogue out of the mainland's: OpenCC for the characters, this list for what a bank there calls things."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import opencc

FOLDER: Final = Path(__file__).resolve().parents[2] / "assets" / "locale"
SOURCE, TARGET = FOLDER / "zh.po", FOLDER / "zh-HK.po"
# After OpenCC, in this order: longer words before those within them.
WORDS: Final = (
    ("户", "戶"),
    ("説", "說"),
    ("個人業務", "個人銀行"),
    ("對公業務", "企業銀行"),
    ("網點", "分行"),
    ("窗口", "櫃位"),
    ("手機銀行", "流動理財"),
    ("自動取款機", "自動櫃員機"),
    ("自助設備", "自助服務機"),
    ("自助機", "自助服務機"),
    ("長輩版", "長者版"),
    ("長輩", "長者"),
    ("老花鏡", "花鏡"),
    ("花鏡", "老花眼鏡"),
    ("法定節假日", "公眾假期"),
    ("節假日", "公眾假期"),
    ("電信詐騙", "電話騙案"),
    ("觸摸屏", "觸控螢幕"),
    ("大廳", "大堂"),
    ("工號", "職員編號"),
    ("點鈔機", "數鈔機"),
    ("調休補班", "補班日"),
    ("服務質量", "服務質素"),
    ("監管部門", "監管機構"),
    ("短信", "短訊"),
    ("信息", "資料"),
    ("視頻", "影片"),
    ("屏幕", "螢幕"),
    ("打印", "列印"),
    ("掃碼", "掃描二維碼"),
    ("零錢", "散紙硬幣"),
    ("志願者", "義工"),
    ("衞生間", "洗手間"),
    ("反饋", "回應"),
    ("默認", "預設"),
    ("周一", "週一"),
    ("周二", "週二"),
    ("周三", "週三"),
    ("周四", "週四"),
    ("周五", "週五"),
    ("周六", "週六"),
    ("周日", "週日"),
    ("一周", "一週"),
)
OWN: Final = {
    "language.name": "繁體中文",
    **{f"weekday.{n}": f"星期{day}" for n, day in enumerate("一二三四五六日", 1)},
}
_MESSAGE: Final = re.compile(r'^(msgid|msgstr) "(.*)"$')
_FIELD: Final = re.compile(r"(\{[^}]*\})")


@cache
def _converter() -> Any:
    return opencc.OpenCC("s2hk")


def spoken(text: str) -> str:
    """Mainland Chinese as Hong Kong writes it. Fields stay as they are."""
    pieces = _FIELD.split(text)
    return "".join(piece if index % 2 else _words(piece) for index, piece in enumerate(pieces))


def _words(text: str) -> str:
    text = _converter().convert(text)
    for mainland, own in WORDS:
        text = text.replace(mainland, own)
    return text


def made(source: str) -> str:
    """The catalogue as it should stand in TARGET: the same messages in the same order, one line each."""
    lines, key = [], ""
    for line in source.splitlines():
        match = _MESSAGE.match(line)
        if match is None:
            lines.append('"Language: zh_HK\\n"' if line.startswith('"Language:') else line)
            continue
        kind, words = match.groups()
        if kind == "msgid":
            key = words
        elif key:
            line = f'msgstr "{OWN.get(key) or spoken(words)}"'  # noqa: PLW2901  # the line as it is written there
        lines.append(line)
    note = "# Made by python -m tests.catalogues from zh.po: words are put right there and in its list, not here."
    return "\n".join([note, *lines]) + "\n"
