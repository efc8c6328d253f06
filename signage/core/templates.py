"""Notices from templates: the words stand in the catalogues under ``notice.template.<name>``, blanks come from closed lists."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from signage.core.model import Text
from signage.core.phrases import Catalogue

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Blank(Enum):
    """What may stand in a blank."""

    CLOCK = "a time of day, HH:MM"
    COUNTER = "a counter's number"


@dataclass(frozen=True)
class Template:
    """`blanks`: the named fields of its words."""

    name: str
    blanks: Mapping[str, Blank]

    @property
    def key(self) -> str:
        return f"notice.template.{self.name}"


TEMPLATES: Final[Mapping[str, Template]] = {
    template.name: template
    for template in (
        Template("busy", {}),
        Template("machine-maintenance", {}),
        Template("system-maintenance", {}),
        Template("lost-item", {}),
        Template("bad-weather", {}),
        Template("early-closing", {"time": Blank.CLOCK}),
        Template("other-counter", {"counter": Blank.COUNTER}),
    )
}


def fill(name: str, blanks: Mapping[str, str], catalogues: Iterable[Catalogue], counters: frozenset[str]) -> Text:
    """The notice's words in every locale. Raises ValueError saying which blank is wrong, or that there is no such template."""
    template = TEMPLATES.get(name)
    if template is None:
        raise ValueError(f"there is no template {name[:40]!r}")
    if blanks.keys() != template.blanks.keys():
        raise ValueError(f"template {name} has the blanks {sorted(template.blanks)}")
    for blank, wanted in template.blanks.items():
        if not _fits(wanted, blanks[blank], counters):
            raise ValueError(f"{blank} is to be {wanted.value}")
    return {catalogue.locale: catalogue.text(template.key, **blanks) for catalogue in catalogues}


def _fits(wanted: Blank, value: str, counters: frozenset[str]) -> bool:
    match wanted:
        case Blank.CLOCK:
            return _CLOCK.fullmatch(value) is not None
        case Blank.COUNTER:
            return value in counters
