"""What goes over the two pipes between a screen and its decoder. Pure: bytes to structures and back.

A job is a header and the encoded picture; an answer is a header and pixels (BGRA, top row first) or a reason. Sizes stand
in the headers, bounded on both sides before anything is read.
"""

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import Final, Literal

PictureMedia = Literal["image/png", "image/jpeg", "image/webp"]
MEDIA: Final[tuple[PictureMedia, ...]] = ("image/png", "image/jpeg", "image/webp")

ENCODED_LIMIT: Final = 32 * 1024 * 1024  # bytes of a picture as it was signed
PIXELS_LIMIT: Final = 7680 * 4320  # of a picture as it was signed, and as it is drawn
REASON_LIMIT: Final = 200
BYTES_A_PIXEL: Final = 4

_JOB: Final = Struct("<4sBBBBIIIII")
_ANSWER: Final = Struct("<4sB3xIII")
_UNSIGNED: Final = (0, 0)
_JOB_MAGIC: Final = b"JOB1"
_ANSWER_MAGIC: Final = b"ANS1"
JOB_HEADER_BYTES: Final = _JOB.size
ANSWER_HEADER_BYTES: Final = _ANSWER.size


class BrokenFrameError(ValueError):
    """A header that the other side may not send."""


@dataclass(frozen=True)
class Job:
    """`size`: as the signed content says it is, None: nobody has signed it; `target`: to be drawn; `ground`: what stands behind transparent pixels."""

    media: PictureMedia
    size: tuple[int, int] | None
    target: tuple[int, int]
    ground: tuple[int, int, int]
    length: int  # bytes that follow


class Kind(IntEnum):
    """READY comes once, first; its reason says what the kernel would not give."""

    READY = 0
    PIXELS = 1
    REFUSED = 2


@dataclass(frozen=True)
class Answer:
    kind: Kind
    width: int
    height: int
    length: int  # bytes that follow


def pack_job(job: Job) -> bytes:
    return _JOB.pack(_JOB_MAGIC, MEDIA.index(job.media), *job.ground, *(job.size or _UNSIGNED), *job.target, job.length)


def read_job(header: bytes) -> Job:
    """Raises BrokenFrameError."""
    magic, media, red, green, blue, width, height, wide, high, length = _JOB.unpack(header)
    size, target = (width, height), (wide, high)
    signed = size != _UNSIGNED
    if magic != _JOB_MAGIC or media >= len(MEDIA) or length > ENCODED_LIMIT or not bounded(target):
        raise BrokenFrameError("no job")
    if signed and not bounded(size):
        raise BrokenFrameError("no job")
    return Job(MEDIA[media], size if signed else None, target, (red, green, blue), length)


def pack_answer(kind: Kind, size: tuple[int, int], length: int) -> bytes:
    return _ANSWER.pack(_ANSWER_MAGIC, kind, *size, length)


def read_answer(header: bytes, target: tuple[int, int]) -> Answer:
    """Only what may follow a job for `target`. Raises BrokenFrameError."""
    magic, kind, width, height, length = _ANSWER.unpack(header)
    if magic != _ANSWER_MAGIC or kind not in {one.value for one in Kind}:
        raise BrokenFrameError("the decoder's answer is none")
    if kind == Kind.PIXELS:
        if (width, height) != target or length != width * height * BYTES_A_PIXEL:
            raise BrokenFrameError(
                f"the decoder answers {width} x {height} in {length} bytes, not {target[0]} x {target[1]}"
            )
    elif length > REASON_LIMIT:
        raise BrokenFrameError("the decoder's reason is too long")
    return Answer(Kind(kind), width, height, length)


def bounded(size: tuple[int, int]) -> bool:
    """Whether a picture of that size is one that may be held in memory."""
    width, height = size
    return width > 0 and height > 0 and width * height <= PIXELS_LIMIT


def plain(reason: str) -> bytes:
    """One line for a log, cut at the limit."""
    return " ".join(reason.split()).encode("ascii", "replace")[:REASON_LIMIT]
