"""A film's thread, watched: which decoder it takes, and what counts as a stall while its file still comes from the disk."""

import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from kiosk.media import film as films
from kiosk.media.film import Film, hardware_decoder

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("built", "devices", "found"),
    [
        ((), ("dev/video10",), ""),
        (("h264", "mpeg4"), ("dev/video10", "dev/nvidia0", "dev/dri/renderD128"), ""),
        (("h264", "h264_v4l2m2m"), (), ""),
        (("h264", "h264_v4l2m2m"), ("dev/nvidia0",), ""),
        (("h264", "h264_v4l2m2m"), ("dev/video10",), "h264_v4l2m2m"),
        (("h264_cuvid", "h264"), ("dev/nvidia0",), "h264_cuvid"),
        (["h264_qsv"], ("dev/dri/renderD128",), "h264_qsv"),
        ({"h264_qsv", "h264_cuvid"}, ("dev/dri/renderD128", "dev/nvidia0"), "h264_cuvid"),
    ],
)
def test_a_decoder_in_hardware_is_one_that_this_build_and_this_machine_both_have(
    tmp_path: Path, built: Collection[str], devices: tuple[str, ...], found: str
) -> None:
    for name in devices:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert hardware_decoder(tmp_path, built) == found


class SlowDisk:
    """A film's file whose bytes come when they are handed on."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "slow.mp4"
        os.mkfifo(self.path)
        self.film = Film(self.path, "ab" * 32, (320, 180))
        self._end = self.path.open("wb", buffering=0)

    def hand_on(self, count: int) -> None:
        self._end.write(bytes(count))

    def close(self) -> None:
        self._end.close()
        self.film._thread.join(10)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    monkeypatch.setattr(films, "OPENING_S", 1.6)
    disk = SlowDisk(tmp_path)
    yield disk
    disk.close()


def watched(film: Film, seconds: float) -> str | None:
    """Asked as often as a picture is drawn."""
    ends = time.monotonic() + seconds
    while film.trouble() is None and time.monotonic() < ends:
        time.sleep(0.02)
    return film.trouble()


def test_a_long_film_may_take_its_time_to_be_read(slow: SlowDisk) -> None:
    for _ in range(6):
        slow.hand_on(MIB)
        assert watched(slow.film, 0.5) is None
    assert not slow.film.rotten
    slow.close()
    assert watched(slow.film, 5) == "OSError: its bytes are not what its name says"
    assert slow.film.rotten


def test_a_disk_that_hangs_is_a_stall_and_says_nothing_of_the_blob(slow: SlowDisk) -> None:
    slow.hand_on(MIB)
    assert watched(slow.film, 5) == "no frame for 1.6 s"
    assert not slow.film.rotten
    assert slow.film.stuck


def test_a_process_that_stood_still_does_not_blame_its_film(slow: SlowDisk) -> None:
    assert slow.film.trouble() is None
    time.sleep(2)
    assert slow.film.trouble() is None, "nobody has looked for so long: everything here was stopped"
    assert watched(slow.film, 1) is None
    assert watched(slow.film, 5) == "no frame for 1.6 s"


def test_a_film_that_is_gone_is_to_be_fetched_again(tmp_path: Path) -> None:
    gone = Film(tmp_path / "gone", "ab" * 32, (320, 180))
    assert (watched(gone, 5) or "").startswith("FileNotFoundError")
    assert gone.rotten
    folder = Film(tmp_path, "ab" * 32, (320, 180))
    assert (watched(folder, 5) or "").startswith("IsADirectoryError")
    assert not folder.rotten, "no word of its bytes"
