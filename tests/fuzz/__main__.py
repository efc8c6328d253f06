"""Coverage-guided fuzzing of every reader: `python -m tests.fuzz [--minutes 0.5] [--seed 1] [READER…]`, two at a time.

One line each: seed, count, rate, and the process's memory after a tenth of the time and at the end, as the kernel tells it from
outside. Ends with 1 if one of them found something; the
input that did it stands in var/fuzz.
"""

import argparse
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.readers import READERS, SEEDS

FOUND = Path("var/fuzz")
LOOK_EVERY_S = 0.25
GROWTH_MB = 4.0  # what the fuzzer's own collection of inputs may take
GROWTH_MB_A_MINUTE = 2.0
INPUT_LIMIT_BYTES = 2048


@dataclass(frozen=True)
class Result:
    reader: str
    seed: int
    runs: int
    seconds: int
    memory_mb: tuple[float, float]
    trouble: str

    def __str__(self) -> str:
        begin, end = self.memory_mb
        rate = self.runs / max(self.seconds, 1)
        state = self.trouble or "nothing found"
        return (
            f"{self.reader:<16} seed {self.seed}  {self.runs:>9} runs  {rate:>7.0f}/s"
            f"  memory {begin:.1f} -> {end:.1f} MB  {state}"
        )


def fuzz(reader: str, seconds: int, seed: int, found: Path) -> Result:
    """Let one reader read until the time is over, or until it breaks."""
    found.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, one in enumerate(SEEDS[reader]):
            (corpus / str(number)).write_bytes(one)
        words = [sys.executable, "-m", "tests.fuzz.one", reader, str(corpus), f"-seed={seed}"]
        words += [f"-max_total_time={seconds}", f"-max_len={INPUT_LIMIT_BYTES}", "-timeout=10", "-print_final_stats=1"]
        words += [f"-artifact_prefix={found}/{reader}-"]
        output = Path(folder) / "said"
        with output.open("wb") as sink:
            child = subprocess.Popen(words, stdout=sink, stderr=sink)
            memory = _watch(child, output, seconds / 10)
        said = output.read_text(errors="replace")
    runs = re.search(r"stat::number_of_executed_units: *(\d+)", said)
    return Result(
        reader, seed, int(runs[1]) if runs else 0, seconds, memory, _trouble(child.returncode, said, memory, seconds)
    )


def _watch(child: subprocess.Popen[bytes], said: Path, first_s: float) -> tuple[float, float]:
    """Wait for its end. MB of memory `first_s` after its seeds were read, and when last seen alive."""
    first = last = 0.0
    began: float | None = None
    while True:
        with suppress(subprocess.TimeoutExpired):
            child.wait(LOOK_EVERY_S)
            return first or last, last
        last = _memory_mb(child.pid) or last
        if began is None and b"INITED" in said.read_bytes():
            began = time.monotonic()
        if not first and began is not None and time.monotonic() - began >= first_s:
            first = last


def _memory_mb(pid: int) -> float:
    """0.0: it is just ending, and has none any more."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0) / 1024


def _trouble(code: int, said: str, memory: tuple[float, float], seconds: int) -> str:
    if code != 0:
        reason = re.search(r"=== Uncaught Python exception: ===\n(.*)", said)
        return f"FAILED: {reason[1] if reason else said.strip()[-300:]}"
    if memory[1] - memory[0] > _growth_limit_mb(seconds):
        return "FAILED: its memory grows"
    return ""


def _growth_limit_mb(seconds: int) -> float:
    """The fuzzer keeps every input that reached something new: many at first, then fewer and fewer."""
    return GROWTH_MB + GROWTH_MB_A_MINUTE * seconds / 60


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("--minutes", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    wanted = parser.parse_args()
    strangers = set(wanted.readers) - set(READERS)
    if strangers:
        parser.error(f"no reader {', '.join(sorted(strangers))}; there are {', '.join(READERS)}")
    with ThreadPoolExecutor(2) as two:
        work = [
            two.submit(fuzz, reader, max(1, round(wanted.minutes * 60)), wanted.seed, FOUND)
            for reader in wanted.readers or READERS
        ]
        failed = 0
        for one in work:
            result = one.result()
            print(result, flush=True)
            failed += bool(result.trouble)
    print(f"{len(work)} readers, {failed} with findings" + (f"; see {FOUND}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
