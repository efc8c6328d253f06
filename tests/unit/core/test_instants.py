"""Instants: UTC, whole milliseconds, one way to be written."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.core.instants import Instant

LAST_MS = 32_503_680_000_000 - 1  # the end of 2999


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-11-24T09:00:00Z", "2026-11-24T09:00:00.000Z"),
        ("2026-11-24T09:00:00.1Z", "2026-11-24T09:00:00.100Z"),
        ("2026-11-24T09:00:00.123456Z", "2026-11-24T09:00:00.123Z"),
        ("2026-11-24T09:00:00.999999Z", "2026-11-24T09:00:00.999Z"),
        ("2026-11-24T17:00:00+08:00", "2026-11-24T09:00:00.000Z"),
        ("2026-11-24T00:30:00-08:30", "2026-11-24T09:00:00.000Z"),
    ],
)
def test_reading_and_writing(text: str, same: str) -> None:
    assert str(Instant.parse(text)) == same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24",
        "2026-11-24T09:00:00",
        "2026-11-24 09:00:00Z",
        "20261124T090000Z",
        "2026-13-24T09:00:00Z",
        "x" * 99,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Instant.parse(text)


def test_a_time_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Instant.of(datetime(2026, 11, 24))  # noqa: DTZ001 - that is the mistake


@given(st.integers(0, LAST_MS))
def test_milliseconds_there_and_back(ms: int) -> None:
    instant = Instant.from_ms(ms)
    assert (instant.ms, Instant.parse(str(instant))) == (ms, instant)


@given(
    st.datetimes(timezones=st.just(timezone(timedelta(hours=8)))).filter(lambda moment: moment.year > 1),
    st.timedeltas(timedelta(0), timedelta(days=999)),
)
def test_arithmetic_keeps_the_type(moment: datetime, step: timedelta) -> None:
    instant = Instant.of(moment)
    assert instant.tzinfo is UTC
    assert timedelta(0) <= moment - instant < timedelta(milliseconds=1)
    if instant.year < 9990:
        assert isinstance(instant + step, Instant)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+08:00", "1969-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "9999-12-31T23:59:59-08:00"]
)
def test_times_no_zone_could_hold_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no time from 1970 to 2999"):
        Instant.parse(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-11-24T09:00:00.000Z", True),
        ("2999-12-31T23:59:59.999Z", True),
        ("1970-01-01T00:00:00.000Z", True),
        ("2028-02-29T00:00:00.000Z", True),
        ("2026-02-29T00:00:00.000Z", False),
        ("1969-12-31T23:59:59.999Z", False),
        ("3000-01-01T00:00:00.000Z", False),
        ("2026-11-24T24:00:00.000Z", False),
        ("2026-11-24T09:60:00.000Z", False),
        ("2026-11-24T09:00:60.000Z", False),
        ("2026-11-24T09:00:00.00Z", False),
        ("2026-11-24T09:00:00Z", False),
        ("2026-11-24T09:00:00.000Z\n", False),
        ("2026-11-24T0９:00:00.000Z", False),
        ("2026-W48-2T09:00:00.000Z", False),
    ],
)
def test_what_is_written_as_it_would_be(text: str, same: bool) -> None:
    assert Instant.is_written(text) is same
    if same:
        assert str(Instant.parse(text)) == text


@given(st.integers(0, LAST_MS))
def test_every_instant_is_written_as_it_would_be(ms: int) -> None:
    assert Instant.is_written(str(Instant.from_ms(ms)))
