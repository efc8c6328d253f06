"""Cases in words: a table, one case in lines, and both as plain data."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rich.table import Table

from signage.core.cases import SUBJECTS
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, Reason
from signage.core.phrases import Catalogue
from signage.core.timelies import Clock, Timely
from signage.office.cases.letters import Said
from signage.office.cases.listing import CaseRow
from signage.office.cases.service import CaseSettings
from signage.office.cases.surroundings import Surroundings
from signage.office.cases.urging import last_day, source_phrase, step_phrase

_COLUMNS: Final = ("number", "branch", "counter", "time", "source", "action", "owner", "due", "stands")
_STYLES: Final = {Timely.DUE: "yellow", Timely.OVERDUE: "red", Timely.ESCALATED: "bold red"}
_STROKES: Final = "strokes"
_HEADS: Final = {
    "comment": "staff.case.text",
    "text": "staff.case.text",
    "strokes": "staff.case.text",
    "contact": "staff.case.contact",
}


def cases_table(found: Sequence[CaseRow], settings: CaseSettings, now: Instant, words: Catalogue) -> Table:
    table = Table(box=None, title=None if found else words.text("case.none"), pad_edge=False)
    for column in _COLUMNS:
        table.add_column(words.text(f"case.head.{column}"), overflow="fold")
    for case in found:
        standing = case.stands(now)
        table.add_row(*_cells(case, settings, now, words), style=_STYLES.get(standing) if standing else None)
    return table


def _cells(case: CaseRow, settings: CaseSettings, now: Instant, words: Catalogue) -> tuple[str, ...]:
    clock, standing = case.next, case.stands(now)
    zone = settings.calendars(case.branch).zone
    return (
        _number(case),
        _branch(case, settings),
        str(case.row["counter"] or "–"),
        case.opened.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        _source(case, words),
        words.text(f"staff.case.{case.row['action']}"),
        str(case.row["owner"] or "–"),
        "–" if clock is None else f"{words.render(step_phrase(clock.what))} {last_day(clock, zone)}",
        "–" if standing is None else words.text(f"case.level.{standing.value}"),
    )


def case_lines(
    case: CaseRow,
    settings: CaseSettings,
    around: Surroundings,
    said: Sequence[Said] | None,
    now: Instant,
    words: Catalogue,
) -> Iterator[str]:
    """`said` None: nobody has asked for the customer's words."""
    zone = settings.calendars(case.branch).zone
    where = words.text("staff.at_counter", number=case.row["counter"]) if case.row["counter"] else case.row["device"]
    yield f"{_number(case)}  {_branch(case, settings)}  {where or ''}  {case.id}"
    opened = case.opened.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    yield _line(words, "time", f"{opened}  {_source(case, words)}")
    if around.locale:
        yield _line(words, "language", _language(around.locale, words))
    yield _line(words, "teller", case.row["teller"] or around.teller or "–")
    yield _line(words, "suspended", _suspended(around, words))
    yield _line(words, "screens", _screens(around, words))
    if case.row["callback"]:
        yield words.text("case.callback")
    yield _line(words, "action", words.text(f"staff.case.{case.row['action']}"))
    yield _line(words, "owner", case.row["owner"] or "–")
    if case.row["complicated"]:
        yield _line(words, "complex", _complication(case.row["complicated"], words))
    for clock in case.clocks:
        yield "  " + words.text(
            "case.clock",
            what=step_phrase(clock.what),
            last=last_day(clock, zone),
            stands=words.text(f"case.level.{clock.stands(now).value}"),
        )
    for one in said or ():
        yield from _said(one, words)


def _language(locale: str, words: Catalogue) -> str:
    """Its name; a language that a newer screen speaks goes by its code."""
    key = f"case.language.{locale}"
    return words.text(key) if key in words else locale


def _said(one: Said, words: Catalogue) -> Iterator[str]:
    actor = f"  {one.actor}" if one.actor else ""
    yield f"{one.at}  {one.action}{actor}"
    for phrase in one.open.get("phrases") or ():
        key = f"opinion.phrase.{phrase}"
        yield f"  {words.text(key) if key in words else phrase}"
    for key, value in one.personal.items():
        head = "case.note" if key == "text" and one.action != "opened" else _HEADS[key]
        yield f"  {words.text('case.line', head=words.text(head), value=_value(key, value, words))}"
    if one.problem is not None:
        yield f"  ({one.problem})"


def case_data(
    case: CaseRow, now: Instant, around: Surroundings | None = None, said: Sequence[Said] | None = None
) -> dict[str, Any]:
    """The same as plain data."""
    standing = case.stands(now)
    data = dict(case.row) | {
        "stands": standing.value if standing is not None else None,
        "clocks": [_clock_data(clock, now) for clock in case.clocks],
    }
    if around is not None:
        data["teller"] = data["teller"] or around.teller
        data["locale"] = around.locale
        data["suspended"] = [
            {"scope": one.scope, "reason": one.reason, "since": str(one.since), "actor": one.actor}
            for one in around.suspended
        ]
        data["played"] = [{"screen": one.screen, "ref": one.ref, "seconds": one.seconds} for one in around.played]
        data["notices"] = list(around.notices)
    if said is not None:
        data["said"] = [
            {"at": str(one.at), "action": one.action, "actor": one.actor, **one.open, **one.personal}
            | ({"problem": one.problem} if one.problem is not None else {})
            for one in said
        ]
    return data


def _clock_data(clock: Clock, now: Instant) -> dict[str, Any]:
    done = None if clock.done is None else str(clock.done)
    return {"what": clock.what.value, "due": str(clock.due), "done": done, "stands": clock.stands(now).value}


def _value(key: str, value: Any, words: Catalogue) -> str:
    return words.text("case.strokes") if key == _STROKES else " ".join(str(value).split())


def _line(words: Catalogue, key: str, value: str) -> str:
    return words.text("case.line", head=words.text(f"case.head.{key}"), value=value)


def _number(case: CaseRow) -> str:
    number = str(case.row["number"])
    return f"{number[:4]} {number[4:]}"


def _branch(case: CaseRow, settings: CaseSettings) -> str:
    known = settings.roster.get(case.branch)
    return f"{known.name} {case.branch}" if known is not None else case.branch


def _source(case: CaseRow, words: Catalogue) -> str:
    source, subject = words.render(source_phrase(str(case.row["source"]))), case.row["subject"]
    if case.row["stars"] is not None:
        return words.text("case.stars", source=source, stars=case.row["stars"])
    return f"{source} {words.text(f'opinion.subject.{subject}')}" if subject in SUBJECTS else source


def _suspended(around: Surroundings, words: Catalogue) -> str:
    told = [
        f"{_place(one.scope, words)} {words.text(f'reason.{one.reason}') if one.reason in frozenset(Reason) else one.reason}"
        for one in around.suspended
    ]
    return "; ".join(told) or words.text("case.nothing")


def _place(scope: str, words: Catalogue) -> str:
    kind, _, name = scope.partition(":")
    if kind == "counter":
        return words.text("staff.at_counter", number=name)
    return words.text("case.whole_branch") if scope == BRANCH_SCOPE else name


def _screens(around: Surroundings, words: Catalogue) -> str:
    told = [f"{one.screen} {one.ref} {one.seconds} s" for one in around.played]
    told += [f"{words.text('case.notice')} {one}" for one in around.notices]
    return "; ".join(told) or words.text("case.nothing")


def _complication(reason: str, words: Catalogue) -> str:
    key = f"case.complex.{reason}"
    return words.text(key) if key in words else reason
