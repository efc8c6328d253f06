"""Mutants of pure files, and which of them no test notices: `python -m tests.mutation FILE… [--tests TEST…] [--only NAME…]`.

mutmut makes and runs them, one process at a time, in a copy of the tree under build/mutation/<first file>. Tests are those beside the files
(tests/unit/core for signage/core) unless named; of these a mutant meets only those that reach its function. Printed: the mutants'
counts and seconds, and each survivor's difference. Ends with 1 if a mutant survived or was reached by no test.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.report import STATUS, Mutant, differences

COPIES = Path("build/mutation")
FOLDERS = ("signage", "kiosk", "firmware_bridge", "assets", "tests")
# Random tests are long, and a mutant meets them hundreds of times.
FEWER = {"CASES": "25", "EXAMPLES": "5"}
SETTINGS = """[mutmut]
source_paths = {package}
only_mutate = {files}
also_copy = {others}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = -p
  no:cacheprovider
track_dependencies = false
timeout_multiplier = 8
timeout_constant = 2
"""


def main() -> int:
    """Copy, mutate, run, tell."""
    wanted = _arguments()
    began = time.monotonic()
    copy = COPIES / Path(wanted.files[0]).with_suffix("")
    _copy(wanted.files, copy)
    _configure(wanted.files, wanted.tests or sorted({_beside(file) for file in wanted.files}), copy)
    output = _run(wanted.only, copy)
    mutants = list(_mutants(wanted.files, wanted.only, copy))
    if not mutants or any(one.status == "not checked" for one in mutants):
        print(output)
        print("mutation: the tests did not run to their end; see above")
        return 2
    return _tell(mutants, copy, time.monotonic() - began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("files", nargs="+", help="Files to mutate, of one package.")
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


def _beside(file: str) -> str:
    """`signage/core/hours.py` is tested in tests/unit/core, `kiosk/view/wall.py` in tests/unit/kiosk."""
    package, folder = Path(file).parts[:2]
    return f"tests/unit/{folder if package == 'signage' else package}"


def _configure(files: list[str], tests: list[str], copy: Path) -> None:
    package = Path(files[0]).parts[0]
    others = [folder for folder in FOLDERS if folder not in {package, "tests"}]
    values = {"files": files, "tests": tests, "others": others}
    text = SETTINGS.format(package=package, **{name: "\n  ".join(value) for name, value in values.items()})
    (copy / "setup.cfg").write_text(text, encoding="utf-8")


def _run(only: list[str], copy: Path) -> str:
    """What mutmut printed, without its moving parts."""
    words = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", "1", *only]
    environment = FEWER | os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    return re.sub(r"^.*\r", "", done.stdout + done.stderr, flags=re.MULTILINE)


def _mutants(files: list[str], only: list[str], copy: Path) -> Iterator[Mutant]:
    for file in files:
        kept = copy / "mutants" / f"{file}.meta"
        if kept.is_file():
            for name, code in json.loads(kept.read_text("utf-8"))["exit_code_by_key"].items():
                if code is not None or not only:
                    yield Mutant(name, file, STATUS.get(code, "suspicious"))


def _tell(mutants: list[Mutant], copy: Path, seconds: float) -> int:
    open_ones = [one for one in mutants if one.status not in {"killed", "timeout"}]
    for one, text in differences(copy, [one for one in open_ones if one.status != "no tests"]):
        print(f"\n# {one.name}: {one.status}\n{text}")
    for one in open_ones:
        if one.status == "no tests":
            print(f"# {one.name}: no test reaches it")
    print()
    for file in sorted({one.file for one in mutants}):
        counted = Counter(one.status for one in mutants if one.file == file)
        told = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
        print(f"{file}: {counted.total()} mutants: {told}")
    print(f"{len(mutants)} mutants, {len(open_ones)} not noticed, {seconds:.0f} s")
    return int(bool(open_ones))


if __name__ == "__main__":
    sys.exit(main())
