"""The fuzzer is worth its time: it finds a defect that was put into a copy of the product."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]


def copy(tmp_path: Path, file: str, sound: str, planted: str) -> None:
    """The tree, with one thing changed in one file."""
    for folder in ("firmware_bridge", "signage", "tests/fuzz"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (tmp_path / file).read_text()
    assert text.count(sound) == 1
    (tmp_path / file).write_text(text.replace(sound, planted))


def fuzz(tmp_path: Path, reader: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tests.fuzz", "--minutes", "0.5", reader]
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    print(f"\n{done.stdout}")
    return done


def test_a_planted_defect_is_found(tmp_path: Path) -> None:
    """A text that is no UTF-8 escapes the reader of SHOW."""
    body = "firmware_bridge/padlink/body.py"
    copy(tmp_path, body, "except UnicodeDecodeError as error:", "except KeyError as error:")
    done = fuzz(tmp_path, "padlink")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "UnicodeDecodeError" in done.stdout
    assert list((tmp_path / "var" / "fuzz").glob("padlink-crash-*"))


def test_planted_slow_growth_is_found(tmp_path: Path) -> None:
    """Every reader of lines is remembered for ever, about a kilobyte each: no single input shows it."""
    held = "        self._held = bytearray()  # never longer than one byte past the limit\n"
    copy(tmp_path, "firmware_bridge/lines/codec.py", held, held + "        _ENDED.append(self)\n")
    with (tmp_path / "firmware_bridge/lines/codec.py").open("a") as file:
        file.write("\n\n_ENDED: list[object] = []\n")
    done = fuzz(tmp_path, "lines")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "its memory grows" in done.stdout
