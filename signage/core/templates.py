"""Notices from templates: a text with blanks, each filled from one kind of value, so that nothing else can be said.

The words stand in the catalogues under ``notice.<template>``; a posted notice carries them in every locale, filled.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from signage.core.model import Text
from signage.core.phrases import Catalogue


class BlankKind(StrEnum):
    """What may be written into a blank."""

    TIME = "time"  # HH:MM
    COUNTER = "counter"  # a counter's number
    PHONE = "phone"  # digits, spaces and dashes


_FORMS: Final = {
    BlankKind.TIME: re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d"),
    BlankKind.COUNTER: re.compile(r"[0-9A-Za-z]{1,4}"),
    BlankKind.PHONE: re.compile(r"\+?[0-9][0-9 -]{2,19}"),
}


# What may stand beside a notice; whoever draws one that it does not know draws none.
Icon = Literal["clock", "people", "tools", "cash", "found", "exit", "info", "warning"]


@dataclass(frozen=True)
class Template:
    """`blanks`: name → kind. `priority` and `icon` are those of a notice made from it (`signage.core.notices`)."""

    id: str
    blanks: Mapping[str, BlankKind]
    priority: int = 0
    icon: Icon | Literal[""] = ""

    @property
    def key(self) -> str:
        """The catalogues' key of its text."""
        return f"notice.{self.id}"

    @property
    def title_key(self) -> str:
        """The catalogues' key of its name in a list."""
        return f"notice.{self.id}.title"


TEMPLATES: Final[tuple[Template, ...]] = (
    Template("early-close", {"time": BlankKind.TIME}, priority=20, icon="clock"),
    Template("busy", {}, priority=10, icon="people"),
    Template("maintenance", {"start": BlankKind.TIME, "end": BlankKind.TIME}, priority=10, icon="tools"),
    Template("cash-service", {"counter": BlankKind.COUNTER}, priority=10, icon="cash"),
    Template("lost-property", {}, priority=0, icon="found"),
    Template("evacuate", {}, priority=100, icon="exit"),
)
_BY_ID: Final = {template.id: template for template in TEMPLATES}


def template(identity: str) -> Template | None:
    return _BY_ID.get(identity)


def fill(wanted: Template, blanks: Mapping[str, str], catalogues: Iterable[Catalogue]) -> Text:
    """The template's text in every catalogue's locale. Raises ValueError naming the blank that does not fit."""
    for name, kind in wanted.blanks.items():
        if not _FORMS[kind].fullmatch(blanks.get(name, "")):
            raise ValueError(f"{wanted.id}: {name} {blanks.get(name, '')[:40]!r} is no {kind}")
    surplus = sorted(set(blanks) - set(wanted.blanks))
    if surplus:
        raise ValueError(f"{wanted.id}: no blank is called {surplus[0][:40]!r}")
    return {catalogue.locale: catalogue.text(wanted.key, **blanks) for catalogue in catalogues}
