"""The fuzzer is worth its time: it finds a defect that was put into a copy of the product."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]


def test_a_planted_defect_is_found(tmp_path: Path) -> None:
    """A text that is no UTF-8 escapes the reader of SHOW."""
    for folder in ("firmware_bridge", "signage", "tests/fuzz"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    body = tmp_path / "firmware_bridge" / "padlink" / "body.py"
    sound = body.read_text()
    assert sound.count("except UnicodeDecodeError as error:") == 1
    body.write_text(sound.replace("except UnicodeDecodeError as error:", "except KeyError as error:"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--minutes", "0.5", "padlink"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "UnicodeDecodeError" in done.stdout
    assert list((tmp_path / "var" / "fuzz").glob("padlink-crash-*"))
    print(f"\n{done.stdout}")
