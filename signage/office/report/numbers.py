"""Numbers as they are printed: the same digits everywhere, and a dash where there is nothing to say."""

from typing import Final

NONE: Final = "–"


def percent(share: float | None, digits: int = 1) -> str:
    return NONE if share is None else f"{share * 100:.{digits}f}%"


def decimal(value: float | None, digits: int = 1) -> str:
    return NONE if value is None else f"{value:,.{digits}f}"


def whole(value: float | None) -> str:
    return NONE if value is None else f"{round(value):,}"


def duration(seconds: float | None) -> str:
    """``45 秒`` has its word elsewhere: this is minutes and seconds, ``1:05``, with hours from sixty minutes on."""
    if seconds is None:
        return NONE
    total = round(seconds)
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
