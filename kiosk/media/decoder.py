"""The decoder: a process of its own that turns one picture after the other into pixels, and can do nothing else.

`python -m kiosk.media.decoder`: jobs on standard input, answers on standard output (`kiosk.media.jobs`), until the pipe
closes. Whatever a picture does to it, the screen only loses a picture.
"""

import sys
import warnings
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from kiosk.media import sandbox
from kiosk.media.jobs import JOB_HEADER_BYTES, PIXELS_LIMIT, Job, Kind, pack_answer, plain, read_job

_ORIENTATION: Final = 0x0112  # the tag by which a camera says how it was held
CPU_S: Final = 10  # a picture of the largest size takes one
_FORMATS: Final = {
    "image/png": PngImagePlugin.PngImageFile.format,
    "image/jpeg": JpegImagePlugin.JpegImageFile.format,
    "image/webp": WebPImagePlugin.WebPImageFile.format,
}


class NotThatPictureError(ValueError):
    """What is inside is not what the signed content says."""


def decode(job: Job, encoded: bytes) -> bytes:
    """BGRA pixels of the target's size, top row first. Raises NotThatPictureError, OSError, SyntaxError, MemoryError."""
    with Image.open(BytesIO(encoded), formats=(_FORMATS[job.media],)) as picture:
        if job.size is not None and picture.size != job.size:
            raise NotThatPictureError(
                f"it is {picture.width} x {picture.height}, signed as {job.size[0]} x {job.size[1]}"
            )
        if job.size is None:
            return _pixels(_cut(picture, job.target), job)
        picture.draft("RGB", job.target)
        picture.load()
        return _pixels(picture, job)


def _cut(picture: Image.Image, target: tuple[int, int]) -> Image.Image:
    """The right way up, as large as the target at least, and of its shape: a photo's middle, and more of its top."""
    upright = ImageOps.exif_transpose(picture)
    solid = upright.convert("RGBA") if upright.mode in {"P", "PA", "LA"} else upright
    return ImageOps.fit(solid, target, Image.Resampling.LANCZOS, centering=(0.5, 0.3))


def _pixels(picture: Image.Image, job: Job) -> bytes:
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    solid = picture.convert("RGBA" if clear else "RGB")
    if solid.size != job.target:
        solid = solid.resize(job.target, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if clear:
        ground = Image.new("RGBA", job.target, (*job.ground, 255))
        ground.alpha_composite(solid)
        solid = ground
    return solid.convert("RGBA").tobytes("raw", "BGRA")


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Until there are no more jobs. Raises BrokenFrameError."""
    while len(header := jobs.read(JOB_HEADER_BYTES)) == JOB_HEADER_BYTES:
        _answer(read_job(header), jobs, answers)
        sandbox.give_back_memory()


def _answer(job: Job, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Nothing of the picture is held after it."""
    encoded = jobs.read(job.length)
    sandbox.allow_cpu(CPU_S)
    try:
        pixels = decode(job, encoded)
    except MemoryError:
        _refuse(answers, "it needs more memory than a picture may")
    except Exception as error:  # noqa: BLE001 - whatever a picture does, it is the picture that is told of
        _refuse(answers, f"{type(error).__name__}: {error}")
    else:
        answers.write(pack_answer(Kind.PIXELS, job.target, len(pixels)))
        answers.write(pixels)
        answers.flush()


def _refuse(answers: BinaryIO, reason: str) -> None:
    _say(answers, Kind.REFUSED, reason)


def _say(answers: BinaryIO, kind: Kind, reason: str) -> None:
    words = plain(reason)
    answers.write(pack_answer(kind, (0, 0), len(words)))
    answers.write(words)
    answers.flush()


def main() -> None:
    """Load all that decoding needs, lock the door, begin."""
    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    _warm_up()
    missing = sandbox.enter()
    _say(sys.stdout.buffer, Kind.READY, ", ".join(missing))
    serve(sys.stdin.buffer, sys.stdout.buffer)


def _warm_up() -> None:
    """One picture of each format, so that nothing has to be loaded later, not even to turn a photo the right way up."""
    turned = Image.Exif()
    turned[_ORIENTATION] = 6
    for media, name in _FORMATS.items():
        held = BytesIO()
        Image.new("RGB", (2, 2)).save(held, name, exif=turned)
        encoded = held.getvalue()
        for size in ((2, 2), None):
            decode(Job(media, size, (1, 1), (0, 0, 0), len(encoded)), encoded)  # type: ignore[arg-type]  # its keys


if __name__ == "__main__":
    main()
