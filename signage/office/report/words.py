"""The catalogues as a printed page speaks them: Chinese first, English beneath."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from signage.core.model import Text
from signage.core.phrases import Catalogue, Field, pick

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    zh: Catalogue
    en: Catalogue

    def both(self, key: str, /, **fields: Field) -> Text:
        """Both languages of a message."""
        return {"zh": self.zh.text(key, **fields), "en": self.en.text(key, **fields)}

    def named(self, family: str, name: str) -> Text:
        """The words for one of a family's names, such as a reason; a name that the catalogues lack stands for itself."""
        key = f"{family}.{name}"
        return self.both(key) if key in self.zh and key in self.en else {"zh": name, "en": name}

    def knows(self, family: str, name: str) -> bool:
        return f"{family}.{name}" in self.zh

    def fault(self, code: str) -> Text:
        """The words for a device's fault; one that the catalogues do not know is told as another."""
        return (
            self.named("report.fault", code)
            if self.knows("report.fault", code)
            else self.both("report.fault.other", code=code)
        )

    def month(self, month: str) -> Text:
        """``2026-11`` as people say it."""
        year, number = month.split("-")
        return {"zh": f"{year}年{int(number)}月", "en": f"{_MONTHS[int(number) - 1]} {year}"}

    def day(self, day: date | datetime) -> Text:
        return {
            "zh": f"{day.year}年{day.month}月{day.day}日",
            "en": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        }


def functions(words: Words) -> Mapping[str, Callable[..., object]]:
    """What templates call: ``zh('key', n=3)``, ``en('key')``, ``named('reason', 'power').zh``."""
    return {
        "zh": words.zh.text,
        "en": words.en.text,
        "named": words.named,
        "pick_zh": lambda text: pick(text, "zh"),
        "pick_en": lambda text: pick(text, "en"),
    }
