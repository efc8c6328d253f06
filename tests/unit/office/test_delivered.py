"""A stage is reached when the node says so; what was only sent, or is only remembered of a silent one, is never "seen"."""

import io
from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console

from signage.core.instants import Instant
from signage.office.delivered import Progress, progress, totals
from signage.office.delivered_table import delivered_table
from signage.office.statuses import KnownStatus
from signage.wire.messages import DeliveryStatus, ScreenStatus
from tests.unit.office.fleets import status
from tests.unit.office.outboxes import NOW


def heard(
    branch: str, screen: str = "", age_s: float = 5, online: bool = True, glass: int | None = None, **delivery: Any
) -> KnownStatus:
    parts: dict[str, Any] = {"delivery": DeliveryStatus(**delivery)} if delivery else {}
    if screen:
        parts["role"] = "screen"
    if glass is not None:
        parts["screen"] = ScreenStatus(
            scene="ad", revision=1, content=glass, frame_age_ms=1, fps=30.0, locale="zh", elder=False
        )
    at = Instant.of(NOW - timedelta(seconds=age_s))
    return KnownStatus(branch, screen, at, online, status(screen or branch, **parts))


def rows(*known: KnownStatus, wanted: dict[str, int] | None = None, expected: tuple[str, ...] = ()) -> list[Progress]:
    return progress(known, wanted or {}, 7, expected, NOW)


THERE: dict[str, Any] = {"received": 7, "verified": 7, "staged": 7}


def test_a_row_for_each_branch_and_screen_in_order() -> None:
    found = rows(
        heard("b", "wall", glass=6, received=7, verified=7, bytes_here=2, bytes_all=9),
        heard("b", **THERE),
        heard("a", "touch", glass=7, **THERE),
        heard("a", received=7, refused="signature: one signature"),
    )
    assert [(row.branch, row.screen) for row in found] == [("a", ""), ("a", "touch"), ("b", ""), ("b", "wall")]
    assert found[0].refused == "signature: one signature"
    assert (found[3].received, found[3].verified, found[3].staged, found[3].glass) == (7, 7, 0, 6)
    assert (found[3].bytes_here, found[3].bytes_all, found[3].age_s) == (2, 9, 5)
    assert [row.done for row in found] == [False, True, False, False]


def test_a_bridge_has_no_row() -> None:
    known = KnownStatus("a", "bridge-1", NOW, True, status("bridge-1", role="bridge"))
    assert rows(known) == []


@pytest.mark.parametrize(("age_s", "online"), [(90, True), (90.001, False)])
def test_who_is_silent_for_90_seconds_is_offline_and_shows_nothing_for_sure(age_s: float, online: bool) -> None:
    (row,) = rows(heard("a", "wall", age_s=age_s, glass=7, **THERE))
    assert (row.online, row.done) == (online, online)


def test_a_silent_controller_vouches_for_no_screen() -> None:
    branch, screen = rows(heard("a", online=False, **THERE), heard("a", "wall", glass=7, **THERE))
    assert not branch.online
    assert not screen.done


def test_who_stands_on_the_roster_and_never_spoke_is_named() -> None:
    found = rows(heard("b", **THERE), expected=("a", "b"))
    assert [(row.branch, row.online, row.age_s) for row in found] == [("a", False, -1), ("b", True, 5)]
    assert totals(found, 7).offline == ("a",)


def test_a_branch_may_be_meant_to_have_another_version() -> None:
    found = rows(heard("a", "wall", glass=6, received=6, verified=6), heard("b", "wall", glass=6), wanted={"a": 6})
    assert [(row.wanted, row.done) for row in found] == [(6, True), (7, False)]


def test_nothing_published_is_on_no_glass() -> None:
    found = progress([heard("a", "wall", glass=0)], {}, 0, (), NOW)
    assert not found[0].done


def test_the_sum() -> None:
    found = rows(
        heard("a", **THERE),
        heard("a", "wall", glass=7, **THERE),
        heard("a", "touch", glass=6, **THERE),
        heard("b", online=False, **THERE),
        heard("c", received=7, verified=6, refused="rollback: older"),
    )
    sums = totals(found, 7)
    assert (sums.on_the_glass, sums.screens, sums.verified, sums.branches) == (1, 2, 1, 3)
    assert (sums.offline, sums.refused) == (("b",), ("c",))


def test_the_table_says_everything_without_colour() -> None:
    found = rows(
        heard("a", refused="signature: one signature", received=7, verified=6),
        heard("a", "wall", glass=7, **THERE),
        heard("a", "touch", glass=6, received=7, verified=7, bytes_here=1_500_000, bytes_all=3_000_000),
        heard("b", online=False, age_s=400, **THERE),
        heard("b", "wall", online=False, age_s=9000, glass=7, **THERE),
        heard("c", "new", **THERE),
        heard("c", "none", glass=0),
        expected=("d",),
    )
    console = Console(file=io.StringIO(), width=200, color_system=None)
    console.print(delivered_table(found, totals(found, 7)))
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    for words in (
        "content 7", "✓ 7", "REFUSED signature: one signature", "1.5/3.0", "showed 7", "OFFLINE, never heard",
        "not told", "none", "6 min", "2 h", "on the glass 1 of 5 screens; verified at 0 of 3 branches", "refused by a",
        "offline: b, b/wall, d",
    ):  # fmt: skip
        assert words in text, words
    assert "sent" not in text.lower()


def test_what_a_terminal_has_no_lines_for_is_what_is_done() -> None:
    done = [heard(f"b-{number:02}", "wall", glass=7, **THERE) for number in range(30)]
    found = rows(*done, heard("z", refused="signature: one signature", received=7, verified=6))
    console = Console(file=io.StringIO(), width=80, height=24, color_system=None)
    console.print(delivered_table(found, totals(found, 7), console.height))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert len(lines) <= console.height
    assert lines[0] == "content 7"
    assert any("REFUSED" in line for line in lines)
    assert lines[-1].startswith(f"and {len(found) - 15} more, ")


def test_of_many_offline_ones_the_first_are_named() -> None:
    found = rows(expected=tuple(f"b-{number:02}" for number in range(20)))
    console = Console(file=io.StringIO(), width=300, color_system=None)
    console.print(delivered_table(found, totals(found, 7)))
    assert isinstance(console.file, io.StringIO)
    assert "b-11 and 8 more" in console.file.getvalue()
