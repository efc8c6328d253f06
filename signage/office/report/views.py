"""A document's figures as they are written on pages: texts, in the order in which they stand."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any, Final

from signage.core.model import Text
from signage.core.timelies import Clocked
from signage.office.report.document import BranchMonth, Document, ManagerMonth, Part, Rated, TellerMonth
from signage.office.report.numbers import NONE, decimal, duration, percent, whole
from signage.office.report.words import Words

STARS_SHOWN: Final = 3
_LISTED: Final = 8  # of who is worst at something

Row = dict[str, Any]


def view(document: Document, words: Words) -> Row:
    """Everything that a page of this month says."""
    return {
        **_summary(document),
        **_rows(document),
        **_operations(document, words),
        **_score(document),
        "top_tellers": [teller_star(one, words) for one in document.tellers if _leads(one.rated.place)][:STARS_SHOWN],
        "top_managers": [manager_star(one, words) for one in document.managers if _leads(one.place)][:STARS_SHOWN],
        "top_branches": [branch_star(one, words) for one in best_branches(document)],
    }


def _leads(place: int | None) -> bool:
    return place is not None and place <= STARS_SHOWN


def best_branches(document: Document) -> list[BranchMonth]:
    """By score; a single branch is not its own best."""
    if document.branch is not None:
        return []
    return sorted(
        (one for one in document.branches if one.place is not None and one.place <= STARS_SHOWN),
        key=lambda one: (one.place or 0, one.id),
    )[:STARS_SHOWN]


def teller_name(one: TellerMonth) -> str:
    return one.name or one.number


def teller_star(one: TellerMonth, words: Words) -> Row:
    why = {
        "rate": percent(one.rated.tally.satisfaction),
        "bound": percent(one.rated.tally.bound),
        "n": whole(one.rated.tally.n),
    }
    where = f"{one.branch_name} · {one.number}" if one.name else one.branch_name
    return _star(
        teller_name(one), where, words.both("report.why.teller", **why), words.both("report.short.teller", **why)
    )


def manager_star(one: ManagerMonth, words: Words) -> Row:
    why = words.both("report.why.manager", median=duration(one.median_s), calls=whole(one.calls))
    return _star(one.name or one.actor, one.branch_name, why, why)


def branch_star(one: BranchMonth, words: Words) -> Row:
    why = {"score": decimal(one.score), "rate": percent(one.rated.tally.satisfaction), "n": whole(one.rated.tally.n)}
    return _star(one.name, one.region, words.both("report.why.branch", **why), words.both("report.short.branch", **why))


def _star(who: str, where: str, why: Text, short: Text) -> Row:
    return {
        "who": who,
        "where": where,
        "why_zh": why["zh"],
        "why_en": why["en"],
        "short_zh": short["zh"],
        "short_en": short["en"],
    }


def _summary(document: Document) -> Row:
    figures = document.whole
    suspended = summed(one.suspended_minutes for one in document.branches)
    displayed = summed(one.displayed for one in document.branches)
    timely = summed(three_steps(one) for one in document.branches)
    cases = sum(one.complaints.cases for one in document.branches)
    transactions = sum(one.complaints.transactions for one in document.branches)
    return {
        "branches": whole(len(document.branches)),
        "ranked": whole(document.ranked),
        "n": whole(figures.tally.n),
        "kept": whole(document.kept),
        "satisfied": whole(figures.tally.satisfied),
        "satisfaction": percent(figures.tally.satisfaction),
        "happy": decimal(figures.tally.happy_index),
        "prompts": whole(figures.prompts.n),
        "unrated": whole(figures.prompts.unrated),
        "response": percent(figures.response_rate),
        "prompt_rate": percent(figures.prompt_rate) if figures.prompt_rate is not None else "",
        "asked_there": whole(figures.asked_there),
        "transactions": whole(figures.transactions),
        "suspended": whole(suspended.part),
        "scheduled": whole(suspended.whole),
        "suspended_rate": percent(suspended.rate, 2),
        "displayed": percent(displayed.rate),
        "display_part": whole(displayed.part),
        "display_owed": whole(displayed.whole),
        "timely": percent(timely.rate),
        "timely_part": whole(timely.part),
        "timely_due": whole(timely.whole),
        "complaints": whole(cases),
        "complaint_transactions": whole(transactions) if transactions else NONE,
        "complaints_rate": decimal(cases * 10_000 / transactions, 2) if transactions else NONE,
    }


def summed(parts: Iterable[Part]) -> Part:
    every = list(parts)
    return Part(sum(one.part for one in every), sum(one.whole for one in every))


def three_steps(one: BranchMonth) -> Part:
    """三及时: the three steps, without the clock of the whole case."""
    return summed(part for name, part in one.clocks.items() if name != Clocked.WHOLE)


def rated_row(rated: Rated) -> Row:
    tally = rated.tally
    return {
        "place": NONE if rated.place is None else str(rated.place),
        "n": whole(tally.n),
        "unrated": whole(rated.unrated),
        "satisfaction": percent(tally.satisfaction),
        "bound": percent(tally.bound),
        "happy": decimal(tally.happy_index),
        "response": percent(rated.figures.response_rate),
    }


def _rows(document: Document) -> Row:
    ranked = [one for one in document.branches if one.rated.place is not None]
    few = [one for one in document.branches if one.rated.place is None]
    return {
        "few_branches": [{"name": one.name, "n": whole(one.rated.tally.n)} for one in few],
        "every_branch": [_branch_row(one) for one in (*ranked, *few)],
        "tellers": [
            rated_row(one.rated) | {"who": _teller_line(one, with_branch=document.branch is None)}
            for one in document.tellers
        ],
    }


def _teller_line(one: TellerMonth, *, with_branch: bool) -> str:
    name = f"{one.name} {one.number}" if one.name else one.number
    return f"{name} · {one.branch_name}" if with_branch else name


def _branch_row(one: BranchMonth) -> Row:
    return rated_row(one.rated) | {
        "name": one.name,
        "response": _of(one.rated.figures.response_rate, one.rated.figures.prompts.n),
        "suspended": _of(one.suspended_minutes.rate, one.suspended_minutes.whole, 2),
        "timely": _of(three_steps(one).rate, three_steps(one).whole),
        "display": _of(one.displayed.rate, one.displayed.whole),
        "score": decimal(one.score),
    }


def _of(share: float | None, of: float, digits: int = 1) -> str:
    """A rate with what it is of."""
    return NONE if share is None else f"{percent(share, digits)} / {whole(of)}"


def _operations(document: Document, words: Words) -> Row:
    shut = sorted(document.branches, key=lambda one: (-(one.suspended_minutes.rate or 0), one.id))
    dark = sorted(
        (one for one in document.branches if one.displayed.rate is not None),
        key=lambda one: (one.displayed.rate or 0, one.id),
    )
    return {
        "most_suspended": [_suspended_row(one, words) for one in shut[:_LISTED] if one.suspended_minutes.part],
        "least_displayed": [
            {
                "name": one.name,
                "shown": whole(one.displayed.part),
                "owed": whole(one.displayed.whole),
                "rate": percent(one.displayed.rate),
            }
            for one in dark[:_LISTED]
            if (one.displayed.rate or 0) < 1
        ],
        "display_items": sorted({item for one in document.branches for item in one.display}),
        "clocks": _clocks(document.branches, words),
        "support": [_support_row(one, words) for one in document.support],
        "support_all": {
            "faults": whole(sum(one.faults for one in document.support)),
            "acknowledged": whole(sum(one.acknowledged for one in document.support)),
            "cleared": whole(sum(one.cleared for one in document.support)),
        }
        if document.support
        else None,
    }


def _suspended_row(one: BranchMonth, words: Words) -> Row:
    main = max(sorted(one.suspended), key=lambda reason: one.suspended[reason])
    minutes = one.suspended_minutes
    return {
        "name": one.name,
        "minutes": whole(minutes.part),
        "scheduled": whole(minutes.whole),
        "rate": percent(minutes.rate, 2),
        "reason": words.named("reason", main)["zh"],
    }


def _clocks(branches: Sequence[BranchMonth], words: Words) -> list[Row]:
    sums = {name: summed(one.clocks[name] for one in branches if name in one.clocks) for name in Clocked}
    return [
        words.named("report.clock", name)
        | {
            "due": whole(part.whole),
            "in_time": whole(part.part),
            "late": whole(part.whole - part.part),
            "rate": percent(part.rate),
        }
        for name, part in sums.items()
        if part.whole
    ]


def _support_row(one: Any, words: Words) -> Row:
    return dict(words.fault(one.code)) | {
        "faults": whole(one.faults),
        "acknowledged": whole(one.acknowledged),
        "cleared": whole(one.cleared),
        "ack_median": decimal(one.acknowledge_median, 0),
        "ack_slow": decimal(one.acknowledge_slow, 0),
        "clear_median": decimal(one.clear_median, 0),
        "clear_slow": decimal(one.clear_slow, 0),
    }


def _score(document: Document) -> Row:
    above = document.rules.talk_above
    return {
        "talk_above": NONE if above is None else decimal(above),
        "talks": [
            {
                "name": one.name,
                "cases": whole(one.complaints.cases),
                "transactions": whole(one.complaints.transactions),
                "rate": decimal(one.complaints.per_10k, 2),
            }
            for one in sorted(document.branches, key=lambda one: (-(one.complaints.per_10k or 0), one.id))
            if one.talk
        ],
        "parts": [_part_row(document, number) for number in range(len(document.rules.parts))],
        **(_own_score(document, document.branches[0]) if document.branch is not None else {}),
    }


def _own_score(document: Document, one: BranchMonth) -> Row:
    rows = [
        {
            "zh": part.title.get("zh", part.figure),
            "en": part.title.get("en", part.figure),
            "value": percent(value) if part.percent else decimal(value, 2),
            "weight": f"{part.weight:g}",
            "points": decimal(points),
        }
        for part, value, points in zip(document.rules.parts, one.values, one.points, strict=True)
    ]
    known = sum(
        part.weight for part, points in zip(document.rules.parts, one.points, strict=True) if points is not None
    )
    return {"branch_parts": rows, "known_weight": f"{known:g}", "branch_score": decimal(one.score)}


def _part_row(document: Document, number: int) -> Mapping[str, str]:
    part = document.rules.parts[number]
    values = [one.values[number] for one in document.branches if len(one.values) > number]
    points = [one.points[number] for one in document.branches if len(one.points) > number]
    known = [value for value in values if value is not None]
    scored = [value for value in points if value is not None]
    middle = median(known) if known else None
    return {
        "zh": part.title.get("zh", part.figure),
        "en": part.title.get("en", part.figure),
        "weight": f"{part.weight:g}",
        "value": percent(middle) if part.percent else decimal(middle, 2),
        "points": decimal(median(scored) if scored else None),
        "known": f"{len(known):,} / {len(document.branches):,}",
    }
