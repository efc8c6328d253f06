"""A month's figures as CSV, for spreadsheets: whole numbers beside every rate, in UTF-8 with the mark they ask for."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from signage.core.timelies import Clocked
from signage.office.report.document import BranchMonth, Document, Rated

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a name as a formula
_RATED: Final = (
    "place", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5", "counted", "satisfied", "kept_uncounted",
    "prompts", "unrated", "transactions_reported", "satisfaction", "wilson_lower", "happy_index", "response_rate",
    "prompt_rate",
)  # fmt: skip

Rows = Iterable[Sequence[Any]]


def sheets(document: Document) -> dict[str, bytes]:
    """File name → content."""
    return {f"{name}.csv": _csv(*make(document)) for name, make in _SHEETS.items()}


def _rated(rated: Rated) -> list[Any]:
    tally, figures = rated.tally, rated.figures
    return [
        rated.place, *rated.stars, tally.n, tally.satisfied, rated.kept, figures.prompts.n, rated.unrated,
        rated.transactions, _rate(tally.satisfaction), _rate(tally.bound), _rate(tally.happy_index),
        _rate(figures.response_rate), _rate(figures.prompt_rate),
    ]  # fmt: skip


def _rate(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _branches(document: Document) -> tuple[Sequence[str], Rows]:
    heads = [
        "branch", "name", "region", *_RATED, "suspended_minutes", "scheduled_minutes", "suspended_rate",
        *(f"{clock.value}_{what}" for clock in Clocked for what in ("in_time", "due")), "shown_minutes",
        "owed_minutes", "display_compliance", "complaints", "transactions", "complaints_per_10k", "score",
        "score_place", "talk",
    ]  # fmt: skip
    return heads, (_branch(one) for one in document.branches)


def _branch(one: BranchMonth) -> list[Any]:
    suspended, displayed = one.suspended_minutes, one.displayed
    clocks = [one.clocks.get(clock.value) for clock in Clocked]
    return [
        one.id, one.name, one.region, *_rated(one.rated), f"{suspended.part:.2f}", f"{suspended.whole:.2f}",
        _rate(suspended.rate), *(value for part in clocks for value in _counts(part)), f"{displayed.part:.2f}",
        f"{displayed.whole:.2f}", _rate(displayed.rate), one.complaints.cases, one.complaints.transactions,
        _rate(one.complaints.per_10k), _rate(one.score), one.place, "yes" if one.talk else "",
    ]  # fmt: skip


def _counts(part: Any) -> tuple[Any, Any]:
    return (round(part.part), round(part.whole)) if part is not None else (0, 0)


def _tellers(document: Document) -> tuple[Sequence[str], Rows]:
    heads = ["branch", "branch_name", "number", "name", *_RATED]
    return heads, ([one.branch, one.branch_name, one.number, one.name, *_rated(one.rated)] for one in document.tellers)


def _managers(document: Document) -> tuple[Sequence[str], Rows]:
    heads = ["branch", "branch_name", "actor", "name", "place", "calls", "median_s", "slowest_s"]
    return heads, (
        [
            one.branch,
            one.branch_name,
            one.actor,
            one.name,
            one.place,
            one.calls,
            f"{one.median_s:.1f}",
            f"{one.slowest_s:.1f}",
        ]
        for one in document.managers
    )


def _suspended(document: Document) -> tuple[Sequence[str], Rows]:
    return ["branch", "name", "reason", "minutes", "scheduled_minutes"], (
        [one.id, one.name, reason, f"{minutes:.2f}", f"{one.scheduled:.2f}"]
        for one in document.branches
        for reason, minutes in sorted(one.suspended.items())
    )


def _display(document: Document) -> tuple[Sequence[str], Rows]:
    return ["branch", "name", "item", "shown_minutes", "owed_minutes"], (
        [one.id, one.name, item, f"{part.part:.2f}", f"{part.whole:.2f}"]
        for one in document.branches
        for item, part in sorted(one.display.items())
    )


def _support(document: Document) -> tuple[Sequence[str], Rows]:
    heads = [
        "fault", "faults", "acknowledged", "acknowledge_median_min", "acknowledge_9_in_10_min", "cleared",
        "clear_median_min", "clear_9_in_10_min",
    ]  # fmt: skip
    return heads, (
        [
            one.code,
            one.faults,
            one.acknowledged,
            _rate(one.acknowledge_median),
            _rate(one.acknowledge_slow),
            one.cleared,
            _rate(one.clear_median),
            _rate(one.clear_slow),
        ]
        for one in document.support
    )


def _reasons(document: Document) -> tuple[Sequence[str], Rows]:
    both = [("praise", document.praise), ("complaint", document.complaint)]
    return ["kind", "reason", "times"], ([kind, one.name, one.count] for kind, some in both for one in some)


def _days(document: Document) -> tuple[Sequence[str], Rows]:
    return ["date", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5"], (
        [one.date, *one.stars] for one in document.days
    )


def _score(document: Document) -> tuple[Sequence[str], Rows]:
    return ["branch", "name", "rules", "figure", "weight", "value", "points"], (
        [one.id, one.name, document.rules.version, part.figure, f"{part.weight:g}", _rate(value), _rate(points)]
        for one in document.branches
        for part, value, points in zip(document.rules.parts, one.values, one.points, strict=True)
    )


_SHEETS: Final[Mapping[str, Callable[[Document], tuple[Sequence[str], Rows]]]] = {
    "branches": _branches,
    "tellers": _tellers,
    "managers": _managers,
    "suspended": _suspended,
    "display": _display,
    "support": _support,
    "reasons": _reasons,
    "days": _days,
    "score": _score,
}


def _csv(heads: Sequence[str], rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
