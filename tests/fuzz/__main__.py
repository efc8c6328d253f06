"""Coverage-guided fuzzing of every reader: `python -m tests.fuzz [--minutes 0.5] [--seed 1] [READER…]`, two at a time.

One line each: seed, count, rate, memory after a tenth of the runs and at the end. Ends with 1 if one of them found something; the
input that did it stands in var/fuzz.
"""

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.readers import READERS, SEEDS

FOUND = Path("var/fuzz")
MEMORY_GROWTH_MB = 64  # what the fuzzer's own collection of inputs may take; a reader that keeps its input takes more
INPUT_LIMIT_BYTES = 2048


@dataclass(frozen=True)
class Result:
    reader: str
    seed: int
    runs: int
    seconds: int
    memory_mb: tuple[int, int]
    trouble: str

    def __str__(self) -> str:
        begin, end = self.memory_mb
        rate = self.runs / max(self.seconds, 1)
        state = self.trouble or "nothing found"
        return (
            f"{self.reader:<16} seed {self.seed}  {self.runs:>9} runs  {rate:>7.0f}/s"
            f"  memory {begin} -> {end} MB  {state}"
        )


def fuzz(reader: str, seconds: int, seed: int, found: Path) -> Result:
    """Let one reader read until the time is over, or until it breaks."""
    found.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as corpus:
        for number, one in enumerate(SEEDS[reader]):
            (Path(corpus) / str(number)).write_bytes(one)
        words = [sys.executable, "-m", "tests.fuzz.one", reader, corpus, f"-seed={seed}", f"-max_total_time={seconds}"]
        words += [f"-max_len={INPUT_LIMIT_BYTES}", "-timeout=10", "-print_final_stats=1"]
        words += [f"-artifact_prefix={found}/{reader}-"]
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode(errors="replace")
    runs = re.search(r"stat::number_of_executed_units: *(\d+)", said)
    memory = [(int(count), int(size)) for count, size in re.findall(r"^#(\d+)\t.*rss: (\d+)Mb", said, re.MULTILINE)]
    last = memory[-1] if memory else (0, 0)
    first = next((size for count, size in memory if count * 10 >= last[0]), 0)
    return Result(
        reader,
        seed,
        int(runs[1]) if runs else last[0],
        seconds,
        (first, last[1]),
        _trouble(done.returncode, said, (first, last[1])),
    )


def _trouble(code: int, said: str, memory: tuple[int, int]) -> str:
    if code != 0:
        reason = re.search(r"=== Uncaught Python exception: ===\n(.*)", said)
        return f"FAILED: {reason[1] if reason else said.strip()[-300:]}"
    if memory[1] - memory[0] > MEMORY_GROWTH_MB:
        return "FAILED: its memory grows"
    return ""


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
