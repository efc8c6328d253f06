"""The demo, short: every program of the product together, and every press a row."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.system

SIGNAGE = str(Path(sys.executable).with_name("signage"))
SCREENS = ("lobby-touch", "lobby-wall", "counter-1", "counter-2", "counter-3", "fascia", "strip-1")


def left_running(directory: str) -> list[str]:
    """Command lines that still name the demo's directory."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        if directory in words:
            lines.append(words)
    return lines


@pytest.mark.parametrize("broker", ["embedded", "mosquitto"])
def test_a_morning_ends_with_a_row_for_every_press(tmp_path: Path, broker: str) -> None:
    out = tmp_path / "pictures"
    command = [SIGNAGE, "demo", "--headless", "--seconds", "15", "--broker", broker, "--out", str(out)]
    run = subprocess.run(command, capture_output=True, timeout=420, check=False, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    total = re.search(r"│ all\s+│\s+│ (\d+)\s+│ (\d+)", run.stdout)
    assert total is not None, run.stdout
    assert total[1] == total[2] == "8"
    directory = re.search(r"/\S*signage-demo-\w+", run.stdout)
    assert directory is not None
    assert not Path(directory[0]).exists()
    assert left_running(directory[0]) == []
    for screen in SCREENS:
        pictures = sorted(out.glob(f"*-{screen}.png"))
        assert len(pictures) == 16
        with Image.open(pictures[0]) as opening, Image.open(pictures[14]) as suspended:
            assert opening.tobytes() != suspended.tobytes(), f"{screen} never changed"
    assert {file.name for file in out.glob("*-panel.png")} == {"05-panel.png", "15-panel.png", "16-panel.png"}
    assert f"pictures of {len(SCREENS)} screens" in run.stdout
    assert re.search(r"^lobby-wall +(well|behind) .*content [0-9]+", run.stdout, re.MULTILINE), (
        "head office does not see the wall"
    )
    with Image.open(out / "15-branch-suspended-lobby-wall.png") as wall:
        assert wall.getpixel((640, 600)) == (0xA8, 0x20, 0x1A), "the wall's banner is not up"


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [SIGNAGE, "demo", "--headless", "--seconds", "30", "--out", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        directory = ""
        for line in demo.stdout:
            if found := re.search(r"/\S*signage-demo-\w+", line):
                directory = found[0]
            if "The branch opens" in line:
                break
        assert demo.poll() is None, "it has ended before it could be interrupted"
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0
    assert directory
    assert not Path(directory).exists()
    assert left_running(directory) == []
