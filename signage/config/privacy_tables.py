"""Whose keys what customers write and their numbers are sealed for, as a table of a branch's file."""

from collections.abc import Iterator

from signage.config.check import Checked
from signage.config.leaves import Table, Word
from signage.config.places import Mistake


class PrivacyTable(Table, frozen=True, kw_only=True):
    """Paths of key files, made by `signage privacy key`. Without `head_office` nothing is sealed."""

    head_office: Word | None = None  # public
    desk: Word | None = None  # the controller's, public: so that the lobby manager can read
    desk_key: Word | None = None  # its private half, on the controller's machine alone


def privacy_mistakes(checked: Checked) -> Iterator[Mistake]:
    """Keys that need another one."""
    for place, table in checked.of(PrivacyTable):
        if table.head_office is None and (table.desk is not None or table.desk_key is not None):
            yield Mistake(place, "head_office", "nothing", "head office's public key, beside the desk's")
        if (table.desk is None) != (table.desk_key is None):
            missing = "desk" if table.desk is None else "desk_key"
            yield Mistake(place, missing, "nothing", "desk and desk_key together")
