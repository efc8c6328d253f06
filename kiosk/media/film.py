"""A film in a thread of its own: opened from this disk only, scaled to its place, round and round, mute unless it is to be heard.

The drawing thread only ever takes the newest frame. Whatever blocks here (opening, seeking, closing) blocks nobody else.
"""

import errno
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final

from signage.link.clock import moment

STALLED_S: Final = 4.0  # without a new frame a film is given up
OPENING_S: Final = 30.0  # from one piece of its file to the next, and for the library that the first film has to load
_AWAY_S: Final = 1.0  # who looks less often has stood still too, as the whole process does when it is stopped
_FIRST_S: Final = 1.5  # within which a decoder in hardware has shown that it works
_LONGEST_WAIT_S: Final = 0.5
_NOTHING_YET_S: Final = 0.02
_CHUNK: Final = 1024 * 1024
_NOT_THERE: Final = frozenset({None, errno.ENOENT, errno.EIO})  # None: of what is said below


_HARDWARE: Final = (
    ("h264_v4l2m2m", "/dev/video10"),
    ("h264_cuvid", "/dev/nvidia0"),
    ("h264_qsv", "/dev/dri/renderD128"),
)


class _NotDecodedError(Exception):
    """A decoder in hardware has brought no frame."""


def hardware_decoder(devices: Path = Path("/"), built: Collection[str] | None = None) -> str:
    """The H.264 decoder in hardware that this machine and this build of FFmpeg both have; empty: the processor decodes.

    `devices`: where the machine's /dev lies; `built`: the decoders' names, None: those of FFmpeg as it is installed.
    """
    if built is None:
        from ffpyplayer.tools import get_codecs  # noqa: PLC0415  # as below

        built = get_codecs(decode=True, video=True)
    return next((name for name, node in _HARDWARE if name in built and (devices / node[1:]).exists()), "")


@dataclass(frozen=True)
class Frame:
    """BGRA, top row first. `number` counts from 1."""

    number: int
    content: bytes


class Film:
    """Plays as soon as it is made.

    `position_s`: where in the film to begin. `volume`: from 0 to 1, to be changed at any time; None: without its sound.
    `decoder`: in hardware, empty: the processor; it is known with the first frame. `rotten`: it does not play because
    its blob is not what was signed, or is gone.
    """

    def __init__(
        self, path: Path, sha256: str, size: tuple[int, int], position_s: float = 0.0, volume: float | None = None
    ) -> None:
        self._path, self._sha256, self._size, self._position_s = path, sha256, size, position_s
        self.volume = volume
        self.decoder = ""
        self.rotten = False
        self._frame: Frame | None = None
        self._lock = Lock()
        self._ended = Event()
        self._trouble: str | None = None
        self._limit_s = OPENING_S
        self._newest_at = self._asked_at = self._excused_at = moment().mono
        self._thread = Thread(target=self._guarded, name="film", daemon=True)
        self._thread.start()

    def frame(self) -> Frame | None:
        """The newest frame."""
        with self._lock:
            return self._frame

    def trouble(self) -> str | None:
        """Why it does not play any more; None while it does. To be asked with every picture."""
        now = moment().mono
        if now - self._asked_at > _AWAY_S:
            self._excused_at = now
        self._asked_at = now
        if self._trouble is None and now - max(self._newest_at, self._excused_at) > self._limit_s:
            self._trouble = f"no frame for {self._limit_s:g} s"
            self._ended.set()
        return self._trouble

    def stop(self) -> None:
        """Say so and go: the thread closes the film by itself. No frame of it is held any more."""
        self._ended.set()
        with self._lock:
            self._frame = None

    @property
    def stuck(self) -> bool:
        """Told to stop, and still there."""
        return self._ended.is_set() and self._thread.is_alive()

    # ---- the thread --------------------------------------------------------------------------------------------------

    def _guarded(self) -> None:
        try:
            self._read()
            self._play()
        except Exception as error:  # noqa: BLE001 - the thread's outermost frame: the film is given up, its still stays
            self._trouble = f"{type(error).__name__}: {error}"

    def _read(self) -> None:
        """Raises OSError: the blob is not what was signed, or cannot be read."""
        try:
            self._check()
        except OSError as error:
            self.rotten = error.errno in _NOT_THERE
            raise

    def _check(self) -> None:
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                self._newest_at = moment().mono  # all of a long film takes longer than a frame may
                if self._ended.is_set():
                    return
        if digest.hexdigest() != self._sha256:
            raise OSError("its bytes are not what its name says")

    def _play(self) -> None:
        if self._ended.is_set():
            return
        self.decoder = hardware_decoder()
        try:
            self._run()
        except _NotDecodedError:
            self.decoder = ""  # what the machine promised it cannot do: the processor can
            self._run()

    def _run(self) -> None:
        player = self._open()
        self._newest_at, self._limit_s = moment().mono, STALLED_S
        try:
            self._turn(player)
        finally:
            player.close_player()

    def _open(self) -> Any:
        from ffpyplayer.player import MediaPlayer  # noqa: PLC0415  # 60 MB that a screen without films never needs
        from ffpyplayer.tools import set_log_callback, set_loglevel  # noqa: PLC0415  # only where a film plays

        set_log_callback(None)
        set_loglevel("quiet")
        width, height = self._size
        options = {
            "out_fmt": "bgra",
            "an": self.volume is None,
            "sn": True,
            "loop": 0,
            "x": width,
            "y": height,
            "f": "mp4",
            "sync": "video",
            "sws_flags": "fast_bilinear",
        }
        if self.volume is not None:
            options["volume"] = self.volume
        if self.decoder:
            options["vcodec"] = self.decoder
        if self._position_s > 0:
            options["ss"] = 0.0
        return MediaPlayer(
            str(self._path), ff_opts=options, lib_opts={"protocol_whitelist": "file"}, thread_lib="python"
        )

    def _turn(self, player: Any) -> None:
        number, sought, volume = 0, self._position_s <= 0, self.volume
        began = moment().mono
        while not self._ended.is_set():
            if self.volume is not None and self.volume != volume:
                volume = self.volume
                player.set_volume(volume)
            if self.decoder and number == 0 and moment().mono - began > _FIRST_S:
                raise _NotDecodedError
            found, wait = player.get_frame()
            if found is None:
                if wait == "eof":
                    player.seek(0, relative=False, accurate=False)
                self._ended.wait(_NOTHING_YET_S)
                continue
            if not sought:
                sought = True
                player.seek(self._position_s, relative=False, accurate=False)
                continue
            if not isinstance(wait, str) and wait > 0:
                self._ended.wait(min(wait, _LONGEST_WAIT_S))
            number += 1
            self._take(found[0], number)

    def _take(self, image: Any, number: int) -> None:
        if tuple(image.get_size()) != self._size:
            raise OSError(f"its frames are {image.get_size()}, not {self._size}")
        content = bytes(image.to_bytearray()[0])
        if len(content) != self._size[0] * self._size[1] * 4:
            raise OSError("a frame of another length")
        with self._lock:
            self._frame = None if self._ended.is_set() else Frame(number, content)
        self._newest_at = moment().mono
