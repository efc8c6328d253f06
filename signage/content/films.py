"""A publisher's film brought into shape with ffmpeg: one H.264 profile for every screen, and a still picture of it."""

import hashlib
import io
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PIL import Image

from signage.content.pictures import Blob, blobs_of
from signage.core.exits import Exit, Refusal
from signage.core.programme import Rendition

FILM_SUFFIXES: Final = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi")
SOURCE_BYTES: Final = 4 * 1024 * 1024 * 1024
LONGEST_MS: Final = 5 * 60 * 1000
_PROBE_S: Final = 30
_TRANSCODE_S: Final = 3600
_SCALE: Final = "scale='min(1920,iw)':'min(1080,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,fps=30"
_PROFILE: Final = ("-c:v", "libx264", "-profile:v", "main", "-level:v", "4.0", "-pix_fmt", "yuv420p", "-crf", "21",
                   "-maxrate", "8M", "-bufsize", "16M", "-g", "60", "-vf", _SCALE)  # fmt: skip
_SOUND: Final = ("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000")
_CLEAN: Final = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-movflags", "+faststart")


def film_blobs(path: Path, tell: Callable[[float], None]) -> tuple[tuple[Blob, ...], int]:
    """The film and its still picture's renditions, and its milliseconds. `tell` hears the share done. Raises Refusal."""
    if path.stat().st_size > SOURCE_BYTES:
        raise Refusal(Exit.BAD_DATA, f"{path}: larger than 4 GiB; export it smaller")
    length_ms = _probe(path)[0]
    if not 0 < length_ms <= LONGEST_MS:
        raise Refusal(Exit.BAD_DATA, f"{path}: {length_ms / 1000:.1f} s long; wanted at most {LONGEST_MS // 1000} s")
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        _transcode(path, film, length_ms, tell)
        duration, width, height = _probe(film)
        content = film.read_bytes()
        still = _still(film, duration)
    rendition = Rendition(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), width=width, height=height, media="video/mp4"
    )
    return (Blob(content, rendition), *still), duration


def _probe(path: Path) -> tuple[int, int, int]:
    """Milliseconds, width, height of the first video stream."""
    entries = "format=duration:stream=width,height"
    done = _run(["ffprobe", "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0",
                 "-show_entries", entries, "-of", "json", str(path.absolute())], _PROBE_S)  # fmt: skip
    try:
        found: dict[str, Any] = json.loads(done.stdout)
        stream = found["streams"][0]
        return round(float(found["format"]["duration"]) * 1000), int(stream["width"]), int(stream["height"])
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refusal(Exit.BAD_DATA, f"{path}: no film; wanted one that ffprobe reads, such as MP4") from None


def _transcode(source: Path, target: Path, length_ms: int, tell: Callable[[float], None]) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", str(source.absolute()),
               "-map", "0:v:0", "-map", "0:a:0?", *_PROFILE, *_SOUND, *_CLEAN, "-t", str(_TRANSCODE_S),
               "-progress", "pipe:1", str(target)]  # fmt: skip
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603 - no shell, own words
            assert process.stdout is not None
            last = ""
            for line in process.stdout:
                key, _, value = line.strip().partition("=")
                if key == "out_time_us" and value.isdigit():
                    tell(min(1.0, int(value) / 1000 / length_ms))
                elif not value:
                    last = line.strip()
    except FileNotFoundError:
        raise Refusal(Exit.UNREACHABLE, "ffmpeg: not installed; apt install ffmpeg") from None
    if process.returncode != 0:
        raise Refusal(Exit.BAD_DATA, f"{source}: ffmpeg: {last}; wanted a film that it reads")
    tell(1.0)


def _still(film: Path, duration_ms: int) -> tuple[Blob, ...]:
    at = min(1000, duration_ms // 2) / 1000
    done = _run(["ffmpeg", "-nostdin", "-v", "error", "-ss", f"{at:.3f}", "-i", str(film), "-frames:v", "1",
                 "-f", "image2pipe", "-c:v", "png", "pipe:1"], _PROBE_S)  # fmt: skip
    with Image.open(io.BytesIO(done.stdout), formats=("PNG",)) as picture:
        return blobs_of(picture.convert("RGB"))[:3]


def _run(command: list[str], limit_s: float) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=limit_s)  # noqa: S603 - no shell, own words
    except FileNotFoundError:
        raise Refusal(Exit.UNREACHABLE, f"{command[0]}: not installed; apt install ffmpeg") from None
    except subprocess.TimeoutExpired:
        raise Refusal(Exit.BAD_DATA, f"{command[-1]}: not read within {limit_s:.0f} s; export it anew") from None
