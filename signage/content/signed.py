"""What the publishers and the scheduler sign beside hashes: read strictly, written canonically.

`targets` carries `custom`: Declarations. Each asset is a target `media/<ref>` whose `custom` is the Asset, and whose length
and hash are its master rendition's (of nothing, for an asset without one). `programme` carries `custom`: Timetable.
"""

from typing import Any, Final, TypeVar

from msgspec import UNSET, Struct, UnsetType

from signage.content.refusal import Code, RefusedError
from signage.core.checklists import Checklist
from signage.core.instants import Instant
from signage.core.model import Day, HoursException
from signage.core.programme import Asset, NoticeTemplate, OperationsKey, ProgrammeItem
from signage.wire.codec import Malformed, convert, plain, prepare

CUSTOM: Final = "custom"
SIGNED_AT: Final = "signed_at"
T = TypeVar("T")


class Declarations(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Signed by two: who may command, notices' templates, the calendar's days and exceptions, the staff's checklists."""

    operations: tuple[OperationsKey, ...] = ()
    templates: tuple[NoticeTemplate, ...] = ()
    days: tuple[Day, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    checklists: tuple[Checklist, ...] = ()


class Timetable(Struct, frozen=True, kw_only=True):
    """The programme, signed by the scheduler alone."""

    items: tuple[ProgrammeItem, ...]


class _Signing(Struct, frozen=True, kw_only=True):
    signed_at: Instant | UnsetType = UNSET


prepare(Declarations, Timetable, Asset, _Signing)  # read in the thread that examines bundles too


def read_declarations(custom: Any) -> Declarations:
    """`custom` of targets. Raises RefusedError."""
    return _read(custom if custom is not None else {}, Declarations, "targets")


def read_timetable(custom: Any) -> Timetable:
    """`custom` of programme. Raises RefusedError."""
    return _read(custom, Timetable, "programme")


def read_asset(path: str, custom: Any) -> Asset:
    """`custom` of one target. Raises RefusedError."""
    return _read(custom, Asset, path[:120])


def read_signed_at(custom: Any) -> Instant:
    """`custom` of timestamp: when head office signed it. Raises RefusedError."""
    at = _read(custom, _Signing, "timestamp").signed_at
    if isinstance(at, UnsetType):
        raise RefusedError(Code.POLICY, "timestamp: it does not say when it was signed")
    return at


def written(document: Declarations | Timetable | Asset) -> Any:
    """A document as the plain data that is signed."""
    return plain(document)


def _read(custom: Any, kind: type[T], place: str) -> T:
    try:
        return convert(custom, kind, place)
    except Malformed as error:
        raise RefusedError(Code.POLICY, str(error)) from None
