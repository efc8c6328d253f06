"""What mutmut left behind: each mutant's fate, and how it differs from the file."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# By the exit status of the tests, as mutmut keeps it.
STATUS: Final[dict[int | None, str]] = {
    0: "survived",
    1: "killed",
    3: "killed",  # pytest itself broke on it
    5: "no tests",
    24: "timeout",
    33: "no tests",
    36: "timeout",
    152: "timeout",
    255: "timeout",
    None: "not checked",
    -9: "timeout",
    -24: "timeout",
}


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    status: str


def differences(copy: Path, mutants: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its difference, without the lines that name files."""
    for one in mutants:
        words = [str(Path(sys.executable).parent / "mutmut"), "show", one.name]
        said = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=True).stdout.splitlines()
        yield one, "\n".join(line for line in said if not line.startswith(("#", "---", "+++")))
