"""A publisher's film made by ffmpeg itself, and what becomes of it."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from signage.content.films import film_blobs
from signage.core.exits import Refusal


def film(path: Path, *more: str, size: str = "640x360", seconds: float = 2) -> Path:
    pattern = f"testsrc=size={size}:rate=25:duration={seconds}"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", pattern, *more, str(path)], check=True, timeout=60
    )
    return path


def probed(content: bytes, path: Path) -> dict[str, Any]:
    path.write_bytes(content)
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)],
        capture_output=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With sound, a title that nobody is to read, and pixels that no decoder of ours takes."""
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=2", "-shortest")
    words = ("-metadata", "title=a secret", "-pix_fmt", "yuv444p")
    return film(tmp_path_factory.mktemp("film") / "source.mp4", *sound, *words)


def test_it_becomes_one_profile_that_every_screen_plays(source: Path, tmp_path: Path) -> None:
    told: list[float] = []
    blobs, duration = film_blobs(source, told.append)
    found = probed(blobs[0].content, tmp_path / "out.mp4")
    video = next(one for one in found["streams"] if one["codec_type"] == "video")
    assert (video["codec_name"], video["profile"], video["level"]) == ("h264", "Main", 40)
    assert (video["pix_fmt"], video["r_frame_rate"]) == ("yuv420p", "30/1")
    sound = next(one for one in found["streams"] if one["codec_type"] == "audio")
    assert (sound["codec_name"], sound["sample_rate"]) == ("aac", "48000")
    assert "a secret" not in json.dumps(found)
    assert abs(duration - 2000) <= 100
    assert told[-1] == 1.0
    assert told == sorted(told)
    master = blobs[0].rendition
    assert (master.media, master.width, master.height, master.size) == ("video/mp4", 640, 360, len(blobs[0].content))


def test_its_index_stands_first(source: Path) -> None:
    content = film_blobs(source, lambda _: None)[0][0].content
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_it_has_still_pictures_of_itself(source: Path) -> None:
    stills = film_blobs(source, lambda _: None)[0][1:]
    assert 1 <= len(stills) <= 3
    for still in stills:
        assert still.rendition.media == "image/jpeg"
        with Image.open(io.BytesIO(still.content)) as picture:
            assert picture.size == (still.rendition.width, still.rendition.height)
            assert len(picture.resize((8, 8)).getcolors() or ()) > 8  # not a black frame
            assert abs(picture.width / picture.height - 16 / 9) < 0.02


def test_a_larger_one_is_made_to_fit_and_stays_in_shape(tmp_path: Path) -> None:
    blobs, _ = film_blobs(film(tmp_path / "large.mkv", size="2560x1920", seconds=0.2), lambda _: None)
    assert (blobs[0].rendition.width, blobs[0].rendition.height) == (1440, 1080)


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\x00" * 1000)
    with pytest.raises(Refusal, match="no film"):
        film_blobs(tmp_path / "a.mp4", lambda _: None)


def test_one_that_is_too_long_is_refused(tmp_path: Path) -> None:
    long = film(tmp_path / "long.mp4", "-r", "1", "-c:v", "mpeg4", size="64x64", seconds=301)
    with pytest.raises(Refusal, match="at most 300 s"):
        film_blobs(long, lambda _: None)
