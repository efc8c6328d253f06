"""A publisher's picture brought into shape: upright, sRGB, without metadata, in the sizes that screens show."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps

from signage.core.exits import Exit, Refusal
from signage.core.programme import Rendition

BOXES: Final = ((1920, 1080), (1440, 864), (1080, 1080), (1280, 720), (1080, 1920), (984, 984))  # zones of our screens
SOURCE_BYTES: Final = 64 * 1024 * 1024
SOURCE_PIXELS: Final = 50_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_LARGEST_BLOW_UP: Final = 2
_SMALLEST_SIDE: Final = 200
_QUALITY: Final = 90


@dataclass(frozen=True)
class Blob:
    """A file to be stored, and how the asset names it."""

    content: bytes
    rendition: Rendition


def picture_blobs(path: Path) -> tuple[Blob, ...]:
    """The renditions of a picture file, the largest first. Raises Refusal (65) that says what is wrong with it."""
    return blobs_of(_opened(path))


def blobs_of(picture: Image.Image) -> tuple[Blob, ...]:
    """One rendition for each size that fits a zone, the largest first; never blown up beyond twice."""
    sizes = {_within(picture.size, box) for box in BOXES}
    return tuple(_encoded(picture, size) for size in sorted(sizes, key=lambda size: (-size[0] * size[1], size)))


def _opened(path: Path) -> Image.Image:
    if path.stat().st_size > SOURCE_BYTES:
        raise Refusal(Exit.BAD_DATA, f"{path}: larger than {SOURCE_BYTES // 1024 // 1024} MiB; export it smaller")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library of this process may have asked for leniency
            with Image.open(path, formats=_FORMATS) as source:
                if source.width * source.height > SOURCE_PIXELS:
                    raise Refusal(
                        Exit.BAD_DATA,
                        f"{path}: {source.width} × {source.height} pixels; at most {SOURCE_PIXELS} are read",
                    )
                source.load()
                picture = _in_srgb(ImageOps.exif_transpose(source))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal(Exit.BAD_DATA, f"{path}: far more pixels than any screen has; export it smaller") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise Refusal(Exit.BAD_DATA, f"{path}: no picture ({error}); wanted PNG, JPEG or WebP") from None
    if min(picture.size) < _SMALLEST_SIDE:
        raise Refusal(
            Exit.BAD_DATA, f"{path}: {picture.width} × {picture.height} pixels; wanted at least {_SMALLEST_SIDE}"
        )
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """In sRGB, with transparency on white: what stands on a wall has no holes."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a broken profile says nothing
            converted = None
        if converted is not None:
            return converted
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _within(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    scale = min(box[0] / size[0], box[1] / size[1], _LARGEST_BLOW_UP)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _encoded(picture: Image.Image, size: tuple[int, int]) -> Blob:
    """JPEG from the pixels alone: nothing else of the source's file survives."""
    scaled = picture.resize(size, Image.Resampling.LANCZOS) if size != picture.size else picture
    clean = Image.new("RGB", size)
    clean.paste(scaled)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    content = out.getvalue()
    rendition = Rendition(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        width=size[0],
        height=size[1],
        media="image/jpeg",
    )
    return Blob(content, rendition)
