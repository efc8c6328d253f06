"""A file replaced by another, done well and in the two ways that look well: what shows that the harness sees them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

TIMES = 12


def well(folder: Path, acknowledge: Callable[[str], object]) -> None:
    """Contents synced, renamed, folder synced."""
    _replace(folder, acknowledge, sync_file=True, sync_folder=True)


def folder_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    _replace(folder, acknowledge, sync_file=True, sync_folder=False)


def file_forgotten(folder: Path, acknowledge: Callable[[str], object]) -> None:
    _replace(folder, acknowledge, sync_file=False, sync_folder=True)


def check(folder: Path, acknowledged: Sequence[str]) -> None:
    if not acknowledged:
        return
    text = (folder / "kept").read_text()
    number, _, rest = text.partition(" ")
    assert rest == "x" * 2000
    assert int(number) >= int(acknowledged[-1])


def _replace(folder: Path, acknowledge: Callable[[str], object], sync_file: bool, sync_folder: bool) -> None:
    for number in range(1, TIMES + 1):
        draft = folder / "kept.new"
        with draft.open("w") as file:
            file.write(f"{number} " + "x" * 2000)
            file.flush()
            if sync_file:
                os.fsync(file.fileno())
        draft.replace(folder / "kept")
        if sync_folder:
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
        acknowledge(str(number))
