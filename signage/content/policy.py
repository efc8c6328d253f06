"""The rules of ours beyond TUF's, held by every screen: two people, distinct keys, and a programme that only narrows.

TUF counts key ids; two ids may name one key. Here public keys are counted, so that an author can never approve alone.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from securesystemslib.signer import Key
from tuf.api.metadata import Root, Targets

from signage.content import names
from signage.content.limits import BIN_BITS, BLOB_BYTES, CHECKLISTS, ITEMS, KEYS_IN_ROLE, RENDITIONS, SIDE_PIXELS
from signage.content.refusal import Code, RefusedError
from signage.content.signed import CUSTOM, Timetable, read_asset
from signage.core.checklists import STEPS, Checklist
from signage.core.programme import Asset, ProgrammeItem

PUBLISHERS: Final = 2  # signatures that whatever is shown takes
ROOT_SIGNATURES: Final = 2
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HEX_KEY: Final = re.compile(r"[0-9a-f]{64}")
_MEDIA_OF: Final = {"picture": ("image/",), "video": ("video/", "image/")}


def check_root(root: Root) -> None:
    """Root and targets take two people, each with a key of their own; online keys are nobody's. Raises RefusedError."""
    if not root.consistent_snapshot:
        raise _against("root: consistent snapshots are off")
    _check_role("root", root.roles[names.ROOT], root.keys, ROOT_SIGNATURES)
    publishers = _check_role("targets", root.roles[names.TARGETS], root.keys, PUBLISHERS)
    for role in (names.SNAPSHOT, names.TIMESTAMP):
        _apart(role, _check_role(role, root.roles[role], root.keys, 1), publishers)


def check_targets(targets: Targets) -> None:
    """Targets hands media to two publishers and the programme to a scheduler, and signs nothing itself. Raises RefusedError."""
    delegations = targets.delegations
    roles = delegations.roles if delegations is not None else None
    if targets.targets or roles is None or delegations is None or list(roles) != [names.MEDIA, names.PROGRAMME]:
        raise _against("targets: wanted exactly the delegations media and programme")
    publishers = _check_role("media", roles[names.MEDIA], delegations.keys, PUBLISHERS)
    scheduler = _check_role("programme", roles[names.PROGRAMME], delegations.keys, 1)
    _apart("programme", scheduler, publishers)
    for role, path in ((names.MEDIA, names.MEDIA_PATH), (names.PROGRAMME, names.PROGRAMME_PATH)):
        if roles[role].paths != [path + "*"]:
            raise _against(f"targets: {role} is given other paths than {path}*")


def check_media(media: Targets) -> None:
    """Media hands every asset to a hash bin, each signed by two publishers. Raises RefusedError."""
    delegations = media.delegations
    bins = delegations.succinct_roles if delegations is not None else None
    if media.targets or bins is None or delegations is None:
        raise _against("media: wanted hash bins and nothing beside them")
    if bins.name_prefix != names.MEDIA or not 1 <= bins.bit_length <= BIN_BITS:
        raise _against(f"media: {bins.bit_length} bits of bins, at most {BIN_BITS}")
    _check_role("media's bins", bins, delegations.keys, PUBLISHERS)


def check_leaf(role: str, targets: Targets) -> None:
    """A role that ends the tree: it delegates to nobody; the programme names no target. Raises RefusedError."""
    if targets.delegations is not None or (role == names.PROGRAMME and targets.targets):
        raise _against(f"{role}: it may not name or delegate that")


def assets_of(bin_role: Targets, bin_name: str, media: Targets) -> dict[str, Asset]:
    """Every asset that a verified bin signs, by ref. Raises RefusedError."""
    bins = media.delegations.succinct_roles if media.delegations is not None else None
    assets: dict[str, Asset] = {}
    for path, target in bin_role.targets.items():
        if bins is None or bins.get_role_for_target(path) != bin_name:
            raise _against(f"{bin_name}: it signs {path[:60]!r}, which is another bin's")
        asset = read_asset(path, target.unrecognized_fields.get(CUSTOM))
        if path != names.MEDIA_PATH + asset.ref or not names.is_ref(asset.ref):
            raise RefusedError(Code.NAME, f"{bin_name}: {path[:60]!r} is no name for an asset")
        _check_asset(asset, target.length, target.hashes)
        assets[asset.ref] = asset
    return assets


def check_programme(timetable: Timetable, assets: Mapping[str, Asset]) -> None:
    """Each item plays signed media as what they were signed for, when they were signed for. Raises RefusedError."""
    if len(timetable.items) > ITEMS:
        raise _widens(f"{len(timetable.items)} items, at most {ITEMS} are read")
    seen: set[str] = set()
    for item in timetable.items:
        if item.id in seen:
            raise _widens(f"two items are called {item.id[:40]!r}")
        seen.add(item.id)
        asset = assets.get(item.asset)
        if asset is None:
            raise _widens(f"{item.asset[:60]!r} is not signed by the publishers")
        _check_item(item, asset)


def checked_lists(checklists: tuple[Checklist, ...]) -> tuple[Checklist, ...]:
    """Each of its own name, with steps of their own names, none endless. Raises RefusedError."""
    if len({one.id for one in checklists}) < len(checklists) or len(checklists) > CHECKLISTS:
        raise _against(f"{len(checklists)} checklists: two of one name, or more than {CHECKLISTS}")
    for one in checklists:
        steps = {step.id for step in one.steps}
        if not steps or len(steps) < len(one.steps) or len(steps) > STEPS:
            raise _against(
                f"checklist {one.id[:40]!r}: {len(one.steps)} steps, wanted 1 to {STEPS}, each of its own name"
            )
        if one.due and not _TIME.fullmatch(one.due):
            raise _against(f"checklist {one.id[:40]!r}: {one.due[:20]!r} is no time of day")
    return checklists


def _check_item(item: ProgrammeItem, asset: Asset) -> None:
    if item.cls not in asset.uses:
        raise _widens(f"{asset.ref!r} may not play as {item.cls}")
    if item.until is not None and asset.until is not None and item.until > asset.until:
        raise _widens(f"{asset.ref!r} is signed until {asset.until}, not until {item.until}")
    if item.start is not None and asset.start is not None and item.start < asset.start:
        raise _widens(f"{asset.ref!r} is signed from {asset.start} on, not from {item.start}")
    if item.seconds < 1 or item.share < 0 or item.every_s < 0:
        raise _widens(f"{item.id[:40]!r}: seconds, share and every_s count upward")


def _check_asset(asset: Asset, length: int, hashes: Mapping[str, str]) -> None:
    kind = _MEDIA_OF.get(asset.kind)
    if (kind is not None) != bool(asset.renditions) or len(asset.renditions) > RENDITIONS:
        raise _against(f"{asset.ref!r}: {len(asset.renditions)} renditions of a {asset.kind}")
    for rendition in asset.renditions:
        whole = _HASH.fullmatch(rendition.sha256) and 0 < rendition.size <= BLOB_BYTES
        if not whole or not rendition.media.startswith(kind or ()):
            raise _against(f"{asset.ref!r}: a rendition of a wrong hash, size or medium")
        if not (0 < rendition.width <= SIDE_PIXELS and 0 < rendition.height <= SIDE_PIXELS):
            raise _against(f"{asset.ref!r}: {rendition.width} × {rendition.height} pixels")
    if asset.renditions and (asset.renditions[0].sha256, asset.renditions[0].size) != (hashes.get("sha256"), length):
        raise _against(f"{asset.ref!r}: its master is another file than the target")


def _check_role(place: str, role: Any, keys: Mapping[str, Key], threshold: int) -> set[str]:
    """The public keys of a role; there must be as many as key ids, and enough."""
    if role.threshold < threshold or len(role.keyids) > KEYS_IN_ROLE:
        raise _against(f"{place}: {role.threshold} of {len(role.keyids)} signatures, wanted at least {threshold}")
    public = {_public(place, keys[keyid]) for keyid in role.keyids if keyid in keys}
    if len(public) < len(role.keyids):
        raise _against(f"{place}: {len(role.keyids)} key ids, but {len(public)} keys")
    return public


def _public(place: str, key: Key) -> str:
    value = key.keyval.get("public")
    if key.keytype != "ed25519" or not isinstance(value, str) or not _HEX_KEY.fullmatch(value):
        raise _against(f"{place}: a key that is not Ed25519 in hex")
    return value


def _apart(role: str, online: Iterable[str], publishers: set[str]) -> None:
    if publishers.intersection(online):
        raise _against(f"{role}: a publisher's key serves an unattended machine")


def _against(text: str) -> RefusedError:
    return RefusedError(Code.POLICY, text)


def _widens(text: str) -> RefusedError:
    return RefusedError(Code.PROGRAMME, f"programme: {text}")
