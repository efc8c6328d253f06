"""The contact sheet: every new picture or film as it will stand on the glass, with its words, as PNG and HTML."""

import base64
import html
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from signage.content.files import write_file
from signage.content.repository import Repository
from signage.content.review import described
from signage.core.programme import Asset

_FONT: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_COLUMNS: Final = 2
_CELL: Final = (640, 520)
_PICTURE: Final = (592, 356)
_PAPER, _INK, _MUTED, _FLAG = "#F7F5F0", "#1B1F23", "#5A636E", "#A8201A"


def write_sheet(
    repository: Repository, assets: Sequence[Asset], lines: Sequence[str], flags: Sequence[str], folder: Path
) -> tuple[Path, Path]:
    """`sheet.png` and `sheet.html` in `folder`: the assets, the differences, and what to look at twice. Raises Refusal."""
    png, page = folder / "sheet.png", folder / "sheet.html"
    picture = _drawn(repository, assets, flags)
    write_file(png, picture)
    text = "".join(f"<li>{html.escape(line)}</li>" for line in (*flags, *lines))
    image = base64.b64encode(picture).decode()
    write_file(page, (f'<!doctype html><meta charset="utf-8"><title>Contact sheet</title><ul>{text}</ul>'
                      f'<img alt="contact sheet" src="data:image/png;base64,{image}">').encode())  # fmt: skip
    return png, page


def _drawn(repository: Repository, assets: Sequence[Asset], flags: Sequence[str]) -> bytes:
    rows = max(1, -(-len(assets) // _COLUMNS))
    top = 72 + 34 * len(flags)
    sheet = Image.new("RGB", (_COLUMNS * _CELL[0], top + rows * _CELL[1]), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((24, 20), f"待签内容 {len(assets)} 项", font=_font(28), fill=_INK)
    for number, flag in enumerate(flags):
        pen.text((24, 64 + 34 * number), f"▲ {flag}", font=_font(20), fill=_FLAG)
    for number, asset in enumerate(assets):
        _cell(sheet, pen, repository, asset, (number % _COLUMNS * _CELL[0], top + number // _COLUMNS * _CELL[1]))
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _cell(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, repository: Repository, asset: Asset, at: tuple[int, int]
) -> None:
    left, top = at[0] + 24, at[1] + 12
    still = next((one for one in asset.renditions if one.media.startswith("image/")), None)
    path = repository.blob(still.sha256) if still is not None else None
    if path is not None:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as source:
            small = source.convert("RGB")
        small.thumbnail(_PICTURE)
        sheet.paste(small, (left + (_PICTURE[0] - small.width) // 2, top + (_PICTURE[1] - small.height) // 2))
    else:
        rows = "\n".join(f"{row.name.get('zh', '')}  {row.value}" for row in asset.rows)
        pen.multiline_text((left, top), rows or _wrapped(asset.text.get("zh", ""), 20), font=_font(28), fill=_INK)
    pen.rectangle((left, top, left + _PICTURE[0], top + _PICTURE[1]), outline=_MUTED)
    words = asset.title.get("zh", "") or asset.ref
    pen.text((left, top + 366), _cut(words, 24), font=_font(24), fill=_INK)
    pen.text((left, top + 402), _cut(asset.risk.get("zh", "无风险提示"), 34), font=_font(17), fill=_FLAG)
    pen.multiline_text((left, top + 430), _wrapped(described(asset), 62), font=_font(15), fill=_MUTED)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(_FONT, size, index=2) if _FONT.exists() else ImageFont.load_default(size)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width)[:3])
