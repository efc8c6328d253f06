"""What people type at `signage command` and `signage emergency`, and what is refused before anything is signed."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from signage.cli.command import aim_of, arguments, key_name
from signage.cli.emergency import blanks, check, end_of
from signage.content.keys import Keys
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.programme import NoticeTemplate

NINE = Instant.parse("2026-11-24T01:00:00Z")
SHANGHAI = ZoneInfo("Asia/Shanghai")
STORM = NoticeTemplate(id="storm", text={"zh": "{a}"}, blanks={"a": {"x": {"zh": "甲"}}}, emergency=True)


def test_arguments_are_texts_or_json() -> None:
    given = ["scope=counter:1", "priority:=3", 'blanks:={"a":"x"}', "text=a=b", "empty="]
    assert arguments(given) == {
        "scope": "counter:1", "priority": 3, "blanks": {"a": "x"}, "text": "a=b", "empty": "",
    }  # fmt: skip


@pytest.mark.parametrize("given", ["x", "=x", ":=3", "n:=three"])
def test_what_is_no_argument(given: str) -> None:
    with pytest.raises(Refusal) as refused:
        arguments([given])
    assert refused.value.code is Exit.WRONG_USE


def test_a_command_is_for_one_of_three() -> None:
    assert aim_of("hz-1", None, everybody=False).target == "hz-1"
    assert aim_of(None, "city", everybody=False).target == "group-city"
    assert aim_of(None, None, everybody=True).target == "all"
    for wrong in (("hz-1", "city", False), (None, None, False), ("hz-1", None, True), ("HZ", None, False)):
        with pytest.raises(Refusal):
            aim_of(wrong[0], wrong[1], everybody=wrong[2])


def test_the_only_key_needs_no_name(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    with pytest.raises(Refusal, match="operations-key add"):
        key_name(keys, None)
    keys.make("operations-night")
    keys.make("operations-night")  # the former one is put aside
    assert key_name(keys, None) == "operations-night"
    keys.make("operations-day")
    with pytest.raises(Refusal, match="day, night"):
        key_name(keys, None)
    assert key_name(keys, "day") == key_name(keys, "operations-day") == "operations-day"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("30m", NINE + timedelta(minutes=30)),
        ("2h", NINE + timedelta(hours=2)),
        ("1d", NINE + timedelta(days=1)),
        ("2026-11-24T09:30", NINE + timedelta(minutes=30)),
        ("2026-11-24T01:30:00Z", NINE + timedelta(minutes=30)),
    ],
)
def test_an_emergency_ends(text: str, end: Instant) -> None:
    assert end_of(text, NINE, SHANGHAI) == end


@pytest.mark.parametrize("text", ["2026-11-24T09:00", "0m", "soon", "30", "-5m"])
def test_it_ends_in_time_to_come(text: str) -> None:
    with pytest.raises(Refusal):
        end_of(text, NINE, SHANGHAI)


def test_blanks_are_filled_from_what_is_signed() -> None:
    assert blanks(["a=x"]) == {"a": "x"}
    check(STORM, {"a": "x"})
    for wrong in ({}, {"a": "y"}, {"a": "x", "b": "z"}):
        with pytest.raises(Refusal):
            check(STORM, wrong)
    with pytest.raises(Refusal, match="signed for emergencies"):
        check(NoticeTemplate(id="calm", text={}), {})
    with pytest.raises(Refusal):
        blanks(["a"])
