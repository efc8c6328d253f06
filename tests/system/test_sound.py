"""What really reaches the loudspeaker: SDL writes it to a file, and its loudness over time is read back."""

import array
import json
import math
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.media.speaker import built_in
from tests.system.lobby import Lobby

pytestmark = pytest.mark.system


def loudness(file: Path, first: int = 0) -> float:
    """Root mean square of 16-bit samples, from 0 to 1, from byte `first` on."""
    samples = array.array("h", file.read_bytes()[first:][: (file.stat().st_size - first) // 2 * 2])
    return math.sqrt(sum(one * one for one in samples) / max(1, len(samples))) / 32768


def plays(folder: Path, script: str, *arguments: str) -> tuple[Path, str]:
    """A process of its own whose loudspeaker is a file; its words."""
    heard = folder / "heard.raw"
    heard.unlink(missing_ok=True)
    surroundings = {
        "SDL_AUDIODRIVER": "disk",
        "SDL_DISKAUDIOFILE": str(heard),
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_FILELOG": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return heard, done.stdout + done.stderr


SPEAK = """
    import sys, time
    from pathlib import Path
    from kiosk.media.speaker import Speaker
    speaker = Speaker(Path(sys.argv[1]))
    for name, locale, volume in (one.split(",") for one in sys.argv[2:]):
        speaker.play(name, locale, float(volume))
    time.sleep(2)
"""


def test_a_sound_is_as_loud_as_it_is_told_to_be(tmp_path: Path) -> None:
    folder = str(built_in())
    loud = loudness(plays(tmp_path, SPEAK, folder, "please-rate,zh,1")[0])
    low = loudness(plays(tmp_path, SPEAK, folder, "please-rate,zh,0.25")[0])
    assert loud > 0.02
    assert 0.1 < low / loud < 0.4
    heard, _ = plays(tmp_path, SPEAK, folder, "please-rate,zh,0")
    assert not heard.exists() or loudness(heard) == 0, "mute: the sound card is not even opened"


def test_what_is_missing_or_broken_is_told_once_and_not_heard(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "welcome.wav").write_bytes(b"no sound at all")
    heard, words = plays(tmp_path, SPEAK, str(tmp_path), "welcome,zh,1", "welcome,zh,1", "thank-you,zh,1", "press,zh,1")
    assert not heard.exists() or loudness(heard) == 0
    assert words.count("a sound cannot be played") == 3


def test_a_language_without_sounds_of_its_own_takes_its_parents(tmp_path: Path) -> None:
    heard, words = plays(tmp_path, SPEAK, str(built_in()), "thank-you,zh-XX,1")
    assert loudness(heard) > 0.02
    assert "cannot be played" not in words


LONGEST_GAP_S = 1.0  # from one picture to the next of thirty a second, on a machine with much else to do

FILM = """
    import hashlib, json, sys, time
    from pathlib import Path
    from kiosk.media.film import Film
    path, volume = Path(sys.argv[1]), json.loads(sys.argv[2])
    film = Film(path, hashlib.sha256(path.read_bytes()).hexdigest(), (320, 180), volume=volume)
    last, at, gaps = 0, time.monotonic(), []
    ends = at + 5
    while time.monotonic() < ends:
        frame = film.frame()
        if frame is not None and frame.number != last:
            gaps.append(time.monotonic() - at)
            last, at = frame.number, time.monotonic()
        if last > 60 and len(sys.argv) > 3:
            film.volume = float(sys.argv[3])
        time.sleep(0.002)
    assert film.trouble() is None, film.trouble()
    film.stop()
    print(json.dumps({"frames": last, "longest": max(gaps[1:])}))
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    source = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=30:d=1", "-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
    coded = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *source, *coded], check=True)
    return path


def test_a_film_is_mute_by_default_and_goes_round_without_a_gap(tmp_path: Path, film: Path) -> None:
    heard, words = plays(tmp_path, FILM, str(film), "null")
    told = json.loads(words.splitlines()[0])
    print("a second's film, five times round:", told)
    assert not heard.exists() or loudness(heard) == 0
    assert told["frames"] > 60, "more than two rounds, however busy the machine is"
    assert told["longest"] < LONGEST_GAP_S, "of a second's film no round is left out"


def test_a_film_with_sound_falls_silent_when_quiet_hours_begin(tmp_path: Path, film: Path) -> None:
    heard, _ = plays(tmp_path, FILM, str(film), "1.0")
    through = loudness(heard)
    heard, _ = plays(tmp_path, FILM, str(film), "1.0", "0")
    assert through > 0.02
    assert loudness(heard, heard.stat().st_size * 4 // 5) < through / 10


# ---- a real counter display ------------------------------------------------------------------------------------------

QUIET = """
[sound]
quiet = "24/7"
"""


class Hearing(Lobby):
    """A lobby whose counter display has a loudspeaker."""

    @property
    def heard(self) -> Path:
        return self.folder / "heard.raw"

    def start(self, name: str, *command: str) -> None:
        audio = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(self.heard)} if name == "counter-1" else {}
        words = ["env", "-C", str(self.folder), *(f"{key}={value}" for key, value in audio.items())]
        self.cast.start(name, [*words, *command], {"DISPLAY": self.display})

    def ask(self, number: str) -> None:
        """As a teller's system does, in the counter display's name."""
        body = {
            "v": 1,
            "id": f"6b1f5e0a-2c1d-4b7e-9d57-0000000000{number}",
            "issuer": "counter-1",
            "target": "hz-1",
            "issued_at": "2026-11-24T02:00:00.000Z",
            "expires_at": "2036-11-24T02:00:00.000Z",
            "name": "prompt",
            "args": {"counter": "1", "timeout_s": 5},
        }
        self._watch.publish("bank/v1/counter-1/up/command", json.dumps(body).encode())


@pytest.fixture(params=["", QUIET], ids=["heard", "quiet"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Hearing, bool]]:
    lobby = Hearing(tmp_path, request.param)
    try:
        lobby.open_house()
        lobby.open_screens("counter-1")
        yield lobby, bool(request.param)
    finally:
        lobby.close()


def test_a_counter_asks_aloud_except_in_quiet_hours(counter: tuple[Hearing, bool]) -> None:
    lobby, quiet = counter
    lobby.ask("01")
    lobby.until("the question on the glass", lambda: lobby.screen("counter-1")["scene"] == "rating")
    lobby.until("the answer's time over", lambda: lobby.screen("counter-1")["scene"] != "rating", 20)
    time.sleep(0.5)
    if quiet:
        assert not lobby.heard.exists(), "the sound card is not even opened"
    else:
        assert loudness(lobby.heard) > 0.005
