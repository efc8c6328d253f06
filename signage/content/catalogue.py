"""All that head office has signed or is about to sign, as one value: what a publication's files say."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from tuf.api.metadata import Metadata, Root, Snapshot, Targets

from signage.content import names, policy
from signage.content.signed import CUSTOM, Declarations, Timetable, read_declarations, read_timetable
from signage.core.programme import Asset


class Catalogue(Struct, frozen=True, kw_only=True):
    """`assets` by ref: all of them, also those that no programme names."""

    assets: dict[str, Asset]
    declarations: Declarations
    timetable: Timetable


EMPTY = Catalogue(assets={}, declarations=Declarations(), timetable=Timetable(items=()))


def read_catalogue(files: Mapping[str, bytes]) -> Catalogue:
    """What own files say; signatures are not looked at. Raises RefusedError."""
    media = targets_of(files[names.role_file(names.MEDIA)])
    targets = targets_of(files[names.role_file(names.TARGETS)])
    programme = targets_of(files[names.role_file(names.PROGRAMME)])
    assets: dict[str, Asset] = {}
    for file, data in files.items():
        if file.startswith(f"{names.MEDIA}-"):
            name = file.removesuffix(".json")
            assets.update(policy.assets_of(targets_of(data), name, media))
    return Catalogue(
        assets=dict(sorted(assets.items())),
        declarations=read_declarations(targets.unrecognized_fields.get(CUSTOM)),
        timetable=read_timetable(programme.unrecognized_fields.get(CUSTOM)),
    )


def targets_of(data: bytes) -> Targets:
    """A role's signed part."""
    signed = Metadata[Any].from_bytes(data).signed
    assert isinstance(signed, Targets)
    return signed


def root_of(data: bytes) -> Root:
    """A root's signed part."""
    signed = Metadata[Any].from_bytes(data).signed
    assert isinstance(signed, Root)
    return signed


def role_versions(snapshot: bytes) -> dict[str, int]:
    """The roles of a publication and their versions, as its snapshot says."""
    signed = Metadata[Any].from_bytes(snapshot).signed
    assert isinstance(signed, Snapshot)
    return {file.removesuffix(".json"): meta.version for file, meta in signed.meta.items()}
