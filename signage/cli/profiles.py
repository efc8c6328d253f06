"""What commands of head office count by: the profiles of its branches, and whose months are meant."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from signage.cli.roster import roster_of
from signage.config.office_file import HeadOfficeConfig
from signage.config.profiles_file import load_profiles
from signage.core.exits import Exit, Refusal
from signage.office.measures.profiles import Profiles

_YEARS_BACK = 2  # what began so long ago is still read


def profiles_of(config: HeadOfficeConfig, today: date) -> Profiles:
    """None configured: every branch is counted by the defaults. Raises Refusal."""
    if config.roster is None or config.roster.profiles is None:
        return Profiles()
    since = date(today.year - _YEARS_BACK, 1, 1)
    return load_profiles(Path(config.roster.profiles), roster_of(config), since, config.report.timezone)


def office_zone(config: HeadOfficeConfig) -> ZoneInfo:
    """Raises Refusal (78)."""
    try:
        return ZoneInfo(config.report.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        name = config.report.timezone
        raise Refusal(
            Exit.CONFIGURATION, f"[report], key timezone: {name!r} is none; wanted one such as Asia/Shanghai"
        ) from None
