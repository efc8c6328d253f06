"""Mutants of pure files, and which of them no test notices: `python -m tests.mutation FILE… [--tests TEST…] [--only NAME…]`.

mutmut makes them in a copy of the tree under build/mutation/<first file>; `forks` has the tests meet them, one process at a
time. Tests are those beside the files (tests/unit/core for signage/core) unless named; of these a mutant meets only those
that reach its function. Printed: each survivor's difference, the mutants' counts and seconds. Ends with 1 if a mutant survived
or was reached by no test.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents

from tests.mutation.report import Mutant, difference

COPIES = Path("build/mutation")
FOLDERS = ("signage", "kiosk", "firmware_bridge", "assets", "tests")
# Random tests are long, and a mutant meets them hundreds of times.
FEWER = {"CASES": "5", "EXAMPLES": "5"}


def main() -> int:
    """Copy, mutate, run, tell."""
    wanted = _arguments()
    began = time.monotonic()
    copy = COPIES / Path(wanted.files[0]).with_suffix("")
    _copy(wanted.files, copy)
    names = {file: _chosen(_mutate(file, copy), wanted.only) for file in wanted.files}
    fates = _run(
        wanted.tests or sorted({_beside(file) for file in wanted.files}),
        [name for those in names.values() for name in those],
        copy,
    )
    mutants = [Mutant(name, file, fates[name]) for file, those in names.items() for name in those]
    return _tell(mutants, copy, time.monotonic() - began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("files", nargs="+", help="Files to mutate.")
    parser.add_argument("--tests", nargs="+", help="Test files; those beside the files unless named.")
    parser.add_argument("--only", nargs="+", default=[], help="Only mutants of these names (* stands for anything).")
    return parser.parse_args()


def _copy(files: list[str], copy: Path) -> None:
    missing = [file for file in files if not Path(file).is_file()]
    if missing:
        sys.exit(f"mutation: no such file: {', '.join(missing)}")
    shutil.rmtree(copy, ignore_errors=True)
    for folder in FOLDERS:
        shutil.copytree(folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2("pyproject.toml", copy)


def _mutate(file: str, copy: Path) -> list[str]:
    """Write the file with all its mutants beside each function; their names."""
    mutated = mutate_file_contents(file, Path(file).read_text("utf-8"))
    (copy / file).write_text(mutated.code, encoding="utf-8")
    module = ".".join(Path(file).with_suffix("").parts)
    return [f"{module}.{name}" for name in mutated.mutant_names]


def _chosen(names: list[str], only: list[str]) -> list[str]:
    return [name for name in names if not only or any(fnmatch(name, one) for one in only)]


def _beside(file: str) -> str:
    """`signage/core/hours.py` is tested in tests/unit/core, `kiosk/view/wall.py` in tests/unit/kiosk."""
    package, folder = Path(file).parts[:2]
    return f"tests/unit/{folder if package == 'signage' else package}"


def _run(tests: Sequence[str], names: list[str], copy: Path) -> dict[str, str]:
    """Each mutant's fate."""
    kept = (copy / "mutants.json").absolute()
    kept.write_text(json.dumps(names), encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.forks", "-p", "no:cacheprovider", *tests]
    environment = FEWER | os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "MUTANTS": str(kept)}
    done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    fates = json.loads(kept.read_text("utf-8"))
    if not isinstance(fates, dict):
        sys.exit(f"{done.stdout}{done.stderr}\nmutation: the tests did not run to their end; see above")
    return fates


def _tell(mutants: list[Mutant], copy: Path, seconds: float) -> int:
    open_ones = [one for one in mutants if one.fate not in {"killed", "timeout"}]
    for one in open_ones:
        print(f"\n# {one.name}: {one.fate}\n{difference(copy, one)}")
    print()
    for file in sorted({one.file for one in mutants}):
        counted = Counter(one.fate for one in mutants if one.file == file)
        told = ", ".join(f"{count} {fate}" for fate, count in sorted(counted.items()))
        print(f"{file}: {counted.total()} mutants: {told}")
    print(f"{len(mutants)} mutants, {len(open_ones)} not noticed, {seconds:.0f} s")
    return int(bool(open_ones))


if __name__ == "__main__":
    sys.exit(main())
