"""The screen's hand on its decoder: started, asked, watched, ended, started again. It is treated as hostile.

Every read is bounded by what the job allows, and everything has one deadline. Used by one thread only.
"""

import fcntl
import os
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

import kiosk
from kiosk.media.jobs import (
    ANSWER_HEADER_BYTES,
    BYTES_A_PIXEL,
    PIXELS_LIMIT,
    REASON_LIMIT,
    Answer,
    BrokenFrameError,
    Job,
    Kind,
    pack_job,
    read_answer,
)
from signage.link.clock import moment

START_S: Final = 20.0
JOB_S: Final = 15.0
_PIPE_BYTES: Final = 1024 * 1024
_F_SETPIPE_SZ: Final = 1031
_LARGEST: Final = PIXELS_LIMIT * BYTES_A_PIXEL
_ROOT: Final = Path(kiosk.__file__).resolve().parents[1]


class PictureRefusedError(Exception):
    """The decoder works, and says that this is no such picture."""


class DecoderDiedError(Exception):
    """The decoder ended, hung, or said what it may not say; it has been put down, and starts anew with the next job."""


class Workshop:
    """One decoder process at a time."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-s", "-P", "-m", "kiosk.media.decoder")) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._told: str | None = None
        self._log = structlog.get_logger()

    @property
    def pid(self) -> int | None:
        """The decoder's, while there is one."""
        return self._process.pid if self._process is not None else None

    def decode(self, job: Job, encoded: bytes, job_s: float = JOB_S) -> bytes:
        """The pixels, exactly as many as the target has. Raises PictureRefusedError, DecoderDiedError."""
        try:
            process = self._running()
            deadline = moment().mono + job_s
            _write(process, pack_job(job) + encoded, deadline)
            answer = read_answer(_read(process, ANSWER_HEADER_BYTES, deadline), job.target)
            content = _read(process, answer.length, deadline)
        except (OSError, BrokenFrameError, TimeoutError, EOFError) as error:
            ended = self._put_down()
            raise DecoderDiedError(f"{str(error) or type(error).__name__}{ended}") from error
        return self._judged(answer, content)

    def _judged(self, answer: Answer, content: bytes) -> bytes:
        match answer.kind:
            case Kind.PIXELS:
                return content
            case Kind.REFUSED:
                raise PictureRefusedError(content.decode("ascii", "replace"))
            case _:
                self._put_down()
                raise DecoderDiedError("the decoder says that it is ready instead of answering")

    def close(self) -> None:
        """End the decoder."""
        self._put_down()

    def interrupt(self) -> None:
        """From another thread: what is being decoded ends with DecoderDiedError."""
        process = self._process
        if process is not None:
            with suppress(OSError):
                process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        """The decoder, ready. Raises OSError, BrokenFrameError, TimeoutError, EOFError."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._put_down()
        self._process = process = subprocess.Popen(  # noqa: S603  # this program's own module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
            bufsize=0,
        )
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            with suppress(OSError):  # a system may allow less; it is only slower then
                fcntl.fcntl(pipe, _F_SETPIPE_SZ, _PIPE_BYTES)
        deadline = moment().mono + START_S
        answer = read_answer(_read(process, ANSWER_HEADER_BYTES, deadline), (0, 0))
        if answer.kind is not Kind.READY:
            raise BrokenFrameError("the decoder does not say that it is ready")
        self._tell(_read(process, answer.length, deadline).decode("ascii", "replace"))
        return process

    def _tell(self, missing: str) -> None:
        """Once: how well it is locked in."""
        if self._told is None and missing:
            self._log.warning("the decoder of pictures is confined, but this kernel refuses it", missing=missing)
        elif self._told is None:
            self._log.info("the decoder of pictures is confined: no files, no network, bounded memory")
        self._told = missing

    def _put_down(self) -> str:
        process, self._process = self._process, None
        if process is None:
            return ""
        with suppress(OSError):
            process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        return f" (ended by {signal.Signals(-code).name})" if code < 0 else f" (ended with {code})"


def _write(process: subprocess.Popen[bytes], content: bytes, deadline: float) -> None:
    assert process.stdin is not None
    rest = memoryview(content)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdin, selectors.EVENT_WRITE)
        while rest:
            _await(selector, deadline)
            rest = rest[os.write(process.stdin.fileno(), rest) :]


def _read(process: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    """Exactly so many bytes. Raises EOFError, TimeoutError."""
    assert process.stdout is not None
    assert length <= max(_LARGEST, REASON_LIMIT)
    held = bytearray(length)
    view, done = memoryview(held), 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while done < length:
            _await(selector, deadline)
            count = os.readv(process.stdout.fileno(), [view[done:]])
            if count == 0:
                raise EOFError("the decoder has ended")
            done += count
    view.release()
    return bytes(held)


def _await(selector: selectors.BaseSelector, deadline: float) -> None:
    wait = deadline - moment().mono
    if wait <= 0 or not selector.select(wait):
        raise TimeoutError("the decoder takes too long")
