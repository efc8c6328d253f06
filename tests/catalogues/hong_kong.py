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
    ("閲", "閱"),
    ("啓", "啟"),
    ("摺算", "折算"),  # the converter takes it for folding
    ("“", "「"),
    ("”", "」"),
    ("單位業務", "企業銀行"),
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
    ("手續和材料", "手續和文件"),
    ("證明與明細", "證明與月結單"),
    ("受理編號", "個案編號"),
    ("諮詢台", "詢問處"),
    ("請諮詢工作人員", "請向職員查詢"),
    ("諮詢大堂經理", "向大堂經理查詢"),
    ("諮詢", "查詢"),
    ("公示牌", "告示"),
    # what staff and head office read
    ("櫃枱", "櫃位"),
    ("登錄", "登入"),
    ("已退出", "已登出"),
    ("自動退出", "自動登出"),
    ("聯繫", "聯絡"),
    ("技術支持", "技術支援"),
    ("程序", "程式"),
    ("磁盤", "磁碟"),
    ("存儲", "儲存"),
    ("配置", "設定"),
    ("接口", "介面"),
    ("內容文件", "內容檔案"),
    ("工單", "個案"),
    ("整改", "改善"),
    ("這塊屏", "這個螢幕"),
    ("塊屏", "個螢幕"),
    ("本屏", "本螢幕"),
    ("屏上", "螢幕上"),
    ("到各屏", "到各螢幕"),
    ("大屏", "大螢幕"),
    ("統計口徑", "統計方法"),
    ("支撐響應", "支援回應"),
)
OWN: Final = {
    "language.name": "繁體中文",
    "contact.prompt": "請輸入手機或固網電話號碼",  # no area codes there
    "touch.card.week_line": "含公眾假期",  # nor days worked and rested in exchange for others
    "staff.sign_out": "登出",
    "touch.card.rates_line": "存貸款利率一覽",
    "media.rates": "利率一覽",
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
