"""The keys that [privacy] names, read from their files. A file that is missing stops the program, as a certificate's does."""

from pathlib import Path

from signage.config.load import BadConfiguration
from signage.config.privacy_tables import PrivacyTable
from signage.link.sealer import Sealer
from signage.link.sealing import KeyUnreadable, read_private, read_public


def sealer_of(table: PrivacyTable) -> Sealer:
    """For head office, and for the branch's desk where it has a key. Raises BadConfiguration."""
    return Sealer(tuple(public_key(path) for path in (table.head_office, table.desk) if path is not None))


def desk_key_of(table: PrivacyTable) -> bytes | None:
    """What the controller opens envelopes with; None: it cannot. Raises BadConfiguration."""
    if table.desk_key is None:
        return None
    try:
        return read_private(Path(table.desk_key))
    except KeyUnreadable as error:
        raise BadConfiguration(str(error)) from None


def public_key(path: str) -> bytes:
    """Raises BadConfiguration."""
    try:
        return read_public(Path(path))
    except KeyUnreadable as error:
        raise BadConfiguration(str(error)) from None
