"""What a pad keeps without power: its count of power-ups, and the presses nobody has acknowledged."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Kept:
    """One press as it stands in non-volatile memory; without power a pad has no clock, so no time."""

    boot: int
    n: int
    prompt: int
    key: int


@dataclass(frozen=True)
class Flash:
    """The whole non-volatile memory."""

    boot: int = 0
    presses: tuple[Kept, ...] = ()


class Memory(Protocol):
    """Where the flash is. `write` returns only when it is safe."""

    def read(self) -> Flash: ...

    def write(self, flash: Flash) -> None: ...


class InMemory:
    """Survives a simulated power cut, not the end of the program."""

    def __init__(self) -> None:
        self._flash = Flash()

    def read(self) -> Flash:
        return self._flash

    def write(self, flash: Flash) -> None:
        self._flash = flash


class InFile:
    """Survives the program too: replaced as a whole, file and directory synced."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Flash:
        """Raises ValueError, naming the file, when it holds something else."""
        if not self._path.exists():
            return Flash()
        try:
            plain = json.loads(self._path.read_text())
            return Flash(int(plain["boot"]), tuple(Kept(**press) for press in plain["presses"]))
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{self._path}: no pad's memory ({error}); remove it to start with a new pad") from error

    def write(self, flash: Flash) -> None:
        plain = {"boot": flash.boot, "presses": [vars(press) for press in flash.presses]}
        draft = self._path.with_suffix(".new")
        with draft.open("w") as file:
            json.dump(plain, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        directory = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
