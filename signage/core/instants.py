"""Instants: UTC, whole milliseconds, written as RFC 3339 with three decimals and ``Z`` (contract: topics and messages)."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

_OURS: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", re.ASCII)
_FORM: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_MS: Final = timedelta(milliseconds=1)
_FIRST_YEAR: Final = 1970  # a time that was read may be moved to any zone, and by years, without leaving the calendar
_LAST_YEAR: Final = 2999
_DAYS_REMEMBERED: Final = 4096


class Instant(datetime):
    """A point in time, always UTC and always whole milliseconds. Arithmetic with timedelta keeps the type."""

    @classmethod
    def of(cls, moment: datetime) -> "Instant":
        """Take any aware datetime, dropping what is finer than a millisecond. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a time without a zone is no instant")
        utc = moment.astimezone(UTC)
        return cls(
            utc.year,
            utc.month,
            utc.day,
            utc.hour,
            utc.minute,
            utc.second,
            utc.microsecond // 1000 * 1000,
            tzinfo=UTC,
        )

    @classmethod
    def parse(cls, text: str) -> "Instant":
        """Read RFC 3339, from 1970 to 2999. Raises ValueError for anything else."""
        ours = _OURS.fullmatch(text)  # as the contract writes it: nothing to convert
        if ours is None and not _FORM.fullmatch(text):
            raise ValueError(f"not an RFC 3339 time: {text[:40]!r}")
        moment = cls.fromisoformat(text) if ours else datetime.fromisoformat(text)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError(f"no time from {_FIRST_YEAR} to {_LAST_YEAR}: {text[:40]!r}")
        return moment if isinstance(moment, cls) else cls.of(moment)

    @staticmethod
    def is_written(text: str) -> bool:
        """Whether `parse` takes the text and `str` writes the very same: for who keeps times as texts."""
        ours = _OURS.fullmatch(text)
        return ours is not None and _is_day(ours[1])

    @classmethod
    def from_ms(cls, ms: int) -> "Instant":
        """Milliseconds since 1970 to an instant."""
        return cls.of(_EPOCH + ms * _MS)

    @property
    def ms(self) -> int:
        """Milliseconds since 1970."""
        return (self - _EPOCH) // _MS

    def __str__(self) -> str:
        return self.isoformat(timespec="milliseconds")[:23] + "Z"


@lru_cache(_DAYS_REMEMBERED)
def _is_day(text: str) -> bool:
    try:
        return _FIRST_YEAR <= date.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False


_EPOCH: Final = Instant(1970, 1, 1, tzinfo=UTC)
