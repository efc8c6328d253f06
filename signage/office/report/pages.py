"""Pages of a month as HTML: each a whole file that asks for nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from signage.core.model import Text
from signage.core.phrases import pick
from signage.office.report.document import Document
from signage.office.report.drawing import drawn
from signage.office.report.palette import DAY
from signage.office.report.typography import chinese, clauses
from signage.office.report.views import view
from signage.office.report.words import Words, functions

HERE_AT_MOST: Final = 200  # tellers that a bulletin's PDF lists itself; more have a PDF of their own


class Page(StrEnum):
    BULLETIN = "bulletin"
    TELLERS = "tellers"
    BRIEF = "brief"
    BRANCH = "branch"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class Closing:
    """Who closed the month, and when."""

    who: str
    day: date


class Press:
    """Renders pages; the templates are read once."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.environment = Environment(
            loader=PackageLoader("signage.office.report"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters.update(chinese=chinese, clauses=clauses, css=css_string)
        self.environment.globals.update(functions(words), p=DAY)

    def page(
        self,
        page: Page,
        document: Document,
        closing: Closing | None,
        *,
        screen: bool,
        more: Mapping[str, Any] | None = None,
    ) -> str:
        """`screen`: as a file for a browser, with every teller in it; else as it goes to the printer. `more`: its own values."""
        template = self.environment.get_template(f"{page.value}.html.j2")
        month = self.words.month(document.month)
        kind = self.words.both(f"report.{_TITLES[page]}")
        bank = pick(document.bank, "zh")
        return template.render(
            d=document,
            v=view(document, self.words),
            month=month,
            title=f"{bank}{month['zh']}{kind['zh']}",
            foot=f"{bank} · {month['zh']}{kind['zh']} {kind['en']}",
            state=self._state(document, closing),
            dated=_dated(document, closing),
            screen=screen,
            tellers_here=screen or len(document.tellers) <= HERE_AT_MOST,
            **(more or {}),
            **(dict.fromkeys(_CHARTS) | drawn(document, self.words, self.environment, DAY)),
        )

    def _state(self, document: Document, closing: Closing | None) -> Text:
        if closing is not None:
            return self.words.both("report.state.closed", who=closing.who, day=self.words.day(closing.day))
        if document.upto is not None:
            return self.words.both("report.state.part", upto=document.upto)
        return self.words.both("report.state.open")


_TITLES: Final[Mapping[Page, str]] = {
    Page.BULLETIN: "bulletin",
    Page.TELLERS: "tellers",
    Page.BRIEF: "brief",
    Page.BRANCH: "branch-sheet",
    Page.SUPPLEMENT: "supplement",
}
_CHARTS: Final = (
    "daily", "best_chart", "worst_chart", "reasons_chart", "support_chart", "display_chart", "praise_chart",
    "complaint_chart", "score_chart",
)  # fmt: skip


def _dated(document: Document, closing: Closing | None) -> str:
    """The date that the file carries: of what it tells, not of when it was made."""
    return closing.day.isoformat() if closing is not None else f"{document.month}-01"


def css_string(text: str) -> Markup:
    """As the inside of a quoted string in a style sheet that stands in a page."""
    return Markup("".join(f"\\{ord(one):x} " if one in '"\\<>&\n' else one for one in text))  # noqa: S704 - escaped letter by letter
