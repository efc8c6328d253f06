"""Suspicions in words: what was seen, with its numbers, as phrases of the catalogues and as a table for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from signage.core.distrust import Distrust, Suspicion
from signage.core.instants import Instant
from signage.core.phrases import Catalogue, Field, Phrase

_NOBODY: Final = Phrase("distrust.nobody")


def name(suspicion: Suspicion) -> Phrase:
    return Phrase(f"distrust.name.{suspicion.kind}")


def evidence(suspicion: Suspicion) -> Phrase:
    """One sentence."""
    facts: dict[str, Field] = {
        "n": suspicion.n,
        "counter": suspicion.counter or "–",
        "teller": suspicion.teller or _NOBODY,
        **suspicion.facts,
    }
    if "gap_ms" in suspicion.facts:
        facts["gap"] = f"{suspicion.facts['gap_ms'] / 1000:.1f}"
    served = suspicion.kind is Distrust.FIVES and "served" in suspicion.facts
    return Phrase("distrust.fives-served" if served else f"distrust.{suspicion.kind}", facts)


def when(suspicion: Suspicion, zone: ZoneInfo) -> str:
    """The local date and times, or two dates where it is about a longer time."""
    first, last = (Instant.from_ms(at_ms).astimezone(zone) for at_ms in (suspicion.first_ms, suspicion.last_ms))
    if suspicion.kind is Distrust.CHERRY_PICKING:
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m-%d %H:%M:%S}–{last:%H:%M:%S}"


def distrust_table(
    found: Mapping[str, Sequence[Suspicion]], month: str, catalogue: Catalogue, zone: ZoneInfo
) -> Table | str:
    """A row for each; one line where there is none."""
    count = sum(len(some) for some in found.values())
    if not count:
        return catalogue.render(Phrase("distrust.none", {"month": month}))
    title = catalogue.render(Phrase("distrust.title", {"month": month, "n": count}))
    table = Table(title=title, title_justify="left", expand=True)
    for heading in (
        "alerts.heading.branch",
        "distrust.heading.kind",
        "distrust.heading.when",
        "distrust.heading.evidence",
    ):
        table.add_column(catalogue.render(Phrase(heading)), overflow="fold")
    for branch, some in found.items():
        for one in some:
            told = (branch, catalogue.render(name(one)), when(one, zone), catalogue.render(evidence(one)))
            table.add_row(*map(Text, told))
    return table
