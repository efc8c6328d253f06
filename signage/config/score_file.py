"""`config/branch-score.toml`, the rules of the branch score, as core's structures."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from signage.config.check import Checked, walk
from signage.config.leaves import Raw, Table, Word, Words
from signage.config.load import BadConfiguration, read_toml
from signage.config.places import Mistake, Place, shown
from signage.core.score import Part, Rules

Weight = Annotated[float, Meta(gt=0, le=100, description="a weight, above 0 and at most 100")]
FigureName = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z", description='a name such as "satisfaction" or "off-counter-share"')
]


class PartTable(Table, frozen=True, kw_only=True):
    figure: FigureName
    title: Words
    weight: Weight
    worst: float
    best: float
    percent: bool = True


class ScoreFile(Table, frozen=True, kw_only=True):
    version: Word
    talk_above: Annotated[float, Meta(ge=0, description="complaints per 10,000 transactions")] | None = None
    part: tuple[PartTable, ...]


def load_rules(path: Path) -> Rules:
    """Raises BadConfiguration."""
    raw = read_toml(path)
    checked = walk(raw, ScoreFile)
    mistakes = [*checked.mistakes, *_contradictions(checked)]
    if mistakes:
        raise BadConfiguration(*[mistake.line(str(path)) for mistake in mistakes])
    return _rules(raw)


def _rules(raw: Raw) -> Rules:
    file = msgspec.convert(raw, ScoreFile)
    parts = tuple(Part(one.figure, one.title, one.weight, one.worst, one.best, one.percent) for one in file.part)
    return Rules(file.version, parts, file.talk_above)


def _contradictions(checked: Checked) -> list[Mistake]:
    parts: list[tuple[Place, PartTable]] = list(checked.of(PartTable))
    same = [
        Mistake(place, "best", shown(part.best), "something else than `worst`")
        for place, part in parts
        if part.worst == part.best
    ]
    named = sorted(parts, key=lambda one: one[1].figure)
    twice = [
        Mistake(place, "figure", shown(figure), "each figure once")
        for figure, group in groupby(named, key=lambda one: one[1].figure)
        for place, _ in list(group)[1:]
    ]
    words = [
        Mistake(place, "title", shown(part.title), "a title in Chinese, zh")
        for place, part in parts
        if not part.title.get("zh")
    ]
    return [*same, *twice, *words]
