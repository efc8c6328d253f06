"""The branches on head office's roster."""

from pathlib import Path

from signage.config.office_file import HeadOfficeConfig
from signage.office.roster import RosterBranch, read_roster


def roster_of(config: HeadOfficeConfig) -> tuple[RosterBranch, ...]:
    """The branches on the roster; none if no roster is configured."""
    return read_roster(Path(config.roster.file)) if config.roster is not None else ()
