"""Head office with a repository: keys on disk, publications signed by two, a roster, and its programs to be started."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from signage.content import minting, names
from signage.content.keys import Keys, public_hex
from signage.content.publishing import MEDIA_LIFE, ROOT_LIFE, TIMESTAMP_LIFE, Change, publish
from signage.content.repository import Office, Repository
from signage.content.signed import Declarations, Timetable
from signage.core.instants import Instant
from signage.core.programme import Asset, NoticeTemplate, OperationsKey, ProgrammeItem, Rendition
from signage.link.clock import now

COMMANDS = ("suspend", "resume", "notice.post", "notice.withdraw", "case.update")
TEMPLATES = (
    NoticeTemplate(id="leave", text={"zh": "请立即离开", "en": "Leave now"}, emergency=True),
    NoticeTemplate(id="storm", text={"zh": "台风{level}", "en": "Typhoon {level}"},
                   blanks={"level": {"red": {"zh": "红", "en": "red"}}}),
)  # fmt: skip
_ROOTS = ("root-1", "root-2", "root-3")
_PEOPLE = ("alice", "bob")
_BITS = 2


class OfficeBox:
    """One folder: `office.toml`, `roster.csv`, `repository`, `keys`, `root.json` (the root that branches pin)."""

    def __init__(self, folder: Path, port: int, branches: Sequence[tuple[str, str]]) -> None:
        self.folder = folder
        self.repository = Repository(folder / "repository")
        self.keys = Keys(folder / "keys")
        rows = "".join(f"{identity},支行,hz,{groups}\n" for identity, groups in branches)
        (folder / "roster.csv").write_text(f"id,name,region,groups\n{rows}")
        (folder / "office.toml").write_text(
            f'[broker]\nport = {port}\n[database]\nurl = "sqlite:///{folder}/office.db"\n[content]\n'
            f'repository = "{folder}/repository"\nkeys = "{folder}/keys"\n[roster]\nfile = "{folder}/roster.csv"\n'
        )
        self._assets: list[Asset] = []
        self._signers: dict[str, Any] = {
            name: self.keys.make(name) for name in (*_ROOTS, *_PEOPLE, "scheduler", "snapshot", "timestamp")
        }
        self._operations: list[OperationsKey] = []
        self._number = 0
        root = minting.root(
            1, Instant.of(now() + ROOT_LIFE), self._public(*_ROOTS), self._public(*_PEOPLE),
            *self._public("snapshot", "timestamp"),
        )  # fmt: skip
        self._root = minting.sign(root, [self._signers[name] for name in _ROOTS[:2]])
        (folder / "root.json").write_bytes(self._root)
        publishers = {name: self._public(name)[0].keyid for name in _PEOPLE}
        self.repository.write_office(Office(publishers=publishers, bits=_BITS))

    def operations_key(
        self, name: str, branches: tuple[str, ...] = ("all",), commands: tuple[str, ...] = COMMANDS
    ) -> None:
        """A key that the next publication names."""
        signer = self.keys.make(f"operations-{name}")
        self._operations.append(
            OperationsKey(
                keyid=signer.public_key.keyid, public=public_hex(signer), commands=commands, branches=branches
            )
        )

    def publish(
        self,
        *blobs: bytes,
        live: bool = True,
        alone: bool = False,
        seconds: int = 10,
        until: Instant | None = None,
        also: Sequence[tuple[Asset, ProgrammeItem]] = (),
        left: timedelta = TIMESTAMP_LIFE,
    ) -> int:
        """A new version, a picture for each of `blobs`, beside the earlier ones or `alone`, for `seconds` each; its number.

        `until`: the pictures' end; `also`: words and when they play; `left`: what is left of the timestamp's life.
        """
        self._number += 1
        if alone:
            self._assets.clear()
        self._assets += [self._asset(f"{self._number}-{index}.png", blob, until) for index, blob in enumerate(blobs)]
        people, at = [self._signers[name] for name in _PEOPLE], now()
        expires = Instant.of(at + MEDIA_LIFE)
        publishers, (scheduler,) = self._public(*_PEOPLE), self._public("scheduler")
        declared = Declarations(operations=tuple(self._operations), templates=TEMPLATES)
        targets = minting.targets(self._number, expires, publishers, scheduler, declared)
        files = {
            names.role_file(names.TARGETS): minting.sign(targets, people),
            names.role_file(names.MEDIA): minting.sign(minting.media(1, expires, publishers, _BITS), people),
        }
        if self.repository.published() is None:
            files[names.root_file(1)] = self._root
        for name in minting.bin_names(_BITS):
            assets = [
                asset
                for asset in (*self._assets, *(one for one, _ in also))
                if minting.bin_of(asset.ref, _BITS) == name
            ]
            files[names.role_file(name)] = minting.sign(minting.media_bin(self._number, expires, assets), people)
        items = tuple(
            ProgrammeItem(id=asset.ref, asset=asset.ref, cls="advertisement", seconds=seconds) for asset in self._assets
        )
        change = Change(
            by=_PEOPLE, note="test", documents=files, timetable=Timetable(items=(*items, *(item for _, item in also)))
        )
        version = publish(
            self.repository, self.keys, change, Instant.of(at + left - TIMESTAMP_LIFE - timedelta(seconds=1))
        )
        if live:
            self.repository.make_live(version)
        return version

    def _asset(self, ref: str, blob: bytes, until: Instant | None) -> Asset:
        sha256 = self.repository.put_blob(blob)
        rendition = Rendition(sha256=sha256, size=len(blob), width=64, height=64, media="image/png")
        return Asset(ref=ref, kind="picture", renditions=(rendition,), title={"zh": ref}, until=until)

    def _public(self, *wanted: str) -> list[Any]:
        return [self._signers[name].public_key for name in wanted]
