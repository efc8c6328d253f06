"""Many states that a power cut might leave, each opened again by the product and judged.

    judge(record("module:workload", folder), check, folder, states=1500, seed=1)

`workload(folder, acknowledge)` does the work and calls `acknowledge(word)` for what it promises, after it is safe.
`check(folder, acknowledged)` opens what is left and raises AssertionError, or whatever its programs raise, when a promise
of that list is broken. It may leave the folder changed.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Final

from tests.power_cut.disk import Disk
from tests.power_cut.recording import Record

_ATTEMPTS: Final = 4  # some cuts leave the same state; more are drawn until there are enough
Check = Callable[[Path, Sequence[str]], None]


@dataclass(frozen=True)
class Loss:
    """One state in which something was broken: after `position` records of the recording."""

    position: int
    acknowledged: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """`states` differ from one another; `records` is how long the recording is."""

    states: int
    records: int
    acknowledged: int
    losses: tuple[Loss, ...]

    def __str__(self) -> str:
        return (
            f"{self.states} states of {self.records} records, {self.acknowledged} acknowledged: "
            f"{len(self.losses)} with a loss" + (f", such as {self.losses[0]}" if self.losses else "")
        )


def judge(recording: Sequence[Record], check: Check, folder: Path, states: int, seed: int = 1) -> Verdict:
    """`folder` is where the recording was made; its `disk` is replaced again and again."""
    disk = folder / "disk"
    promises = _promises(recording, str(disk))
    assert promises, "the workload promised nothing: there is nothing to judge"
    seen: set[bytes] = set()
    losses = []
    for attempt in range(_ATTEMPTS):
        for position, left, promised in _cuts(recording, str(disk), promises, states, Random(f"{seed}/{attempt}")):
            mark = _digest(left, len(promised))
            if mark in seen or len(seen) >= states:
                continue
            seen.add(mark)
            _lay(disk, left)
            try:
                check(disk, promised)
            except Exception as error:  # noqa: BLE001 - whatever the product raises on an opened disk is the finding
                losses.append(Loss(position, len(promised), f"{type(error).__name__}: {error}"[:300]))
        if len(seen) >= states:
            break
    return Verdict(len(seen), len(recording), len(promises), tuple(losses))


def _cuts(
    recording: Sequence[Record], base: str, promises: Sequence[int], states: int, chance: Random
) -> Iterator[tuple[int, dict[str, bytes | None], list[str]]]:
    """Cuts at moments of all kinds; a third of them right after an acknowledgement, where a promise is youngest."""
    disk = Disk(base)
    often = Counter(chance.choices(range(1, len(recording) + 1), k=states - states // 3))
    often.update(chance.choices(promises, k=states // 3))
    for position, record in enumerate(recording, 1):
        disk.follow(record)
        for _ in range(often[position] if disk.unsynced else min(1, often[position])):
            yield position, disk.cut(chance), list(disk.acknowledged)


def _promises(recording: Sequence[Record], base: str) -> list[int]:
    """Positions right after an acknowledgement."""
    disk = Disk(base)
    found = []
    for position, record in enumerate(recording, 1):
        before = len(disk.acknowledged)
        disk.follow(record)
        if len(disk.acknowledged) > before:
            found.append(position)
    return found


def _digest(left: dict[str, bytes | None], promised: int) -> bytes:
    mark = blake2b(str(promised).encode(), digest_size=16)
    for path, contents in sorted(left.items()):
        mark.update(f"\0{path}\0".encode())
        mark.update(contents or b"")
    return mark.digest()


def _lay(disk: Path, left: dict[str, bytes | None]) -> None:
    shutil.rmtree(disk)
    disk.mkdir()
    for path, contents in sorted(left.items()):
        place = disk / path
        if contents is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(contents)
