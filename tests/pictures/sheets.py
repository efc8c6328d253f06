"""Contact sheets: every picture at a glance, as a page to look through and as pictures; and what has become different."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.pictures.references import Difference, opened

_STYLE = """
body { font: 16px/1.4 "Noto Sans CJK SC", sans-serif; margin: 24px; background: #f7f5f0; color: #1b1f23 }
section { display: flex; flex-wrap: wrap; gap: 16px; margin-bottom: 40px; align-items: flex-end }
figure { margin: 0 } img { max-height: 320px; max-width: 480px; border: 1px solid #dcd8ce; display: block }
figcaption { font-size: 12px; color: #5a636e; max-width: 480px } h2 { margin: 0 0 8px }
"""
_HIGH, _GAP, _WORDS = 240, 12, 18  # px of a picture on a sheet, around it, and of its name beneath
_WIDE = 2400
_MOST_HIGH = 16_000  # of one PNG; more go on the next


def groups(titles: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """(group and size, titles): `touch-1080x1920`, and so on."""
    for key, some in groupby(sorted(titles), key=lambda title: "-".join(title.split("-")[:2])):
        yield key, list(some)


def write_page(titles: Sequence[str], folder: Path) -> Path:
    """`index.html`: small pictures, each leading to the full one."""
    parts = [f"<!doctype html><meta charset=utf-8><title>{len(titles)} pictures</title><style>{_STYLE}</style>"]
    for key, some in groups(titles):
        parts.append(f"<h2>{escape(key)} · {len(some)}</h2><section>")
        parts.extend(_figure(title, f"full/{title}.png", f"small/{title}.webp") for title in some)
        parts.append("</section>")
    page = folder / "index.html"
    page.write_text("\n".join(parts), encoding="utf-8")
    return page


def _figure(title: str, full: str, shown: str) -> str:
    name = escape(title)
    return (
        f'<figure><a href="{escape(full)}"><img loading=lazy src="{escape(shown)}" alt="{name}"></a>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def write_sheets(titles: Sequence[str], folder: Path) -> list[Path]:
    """`sheet-<group>.png`: the same without a browser."""
    written = []
    for key, some in groups(titles):
        for number, rows in enumerate(_pages(some, folder), 1):
            path = folder / (f"sheet-{key}.png" if number == 1 else f"sheet-{key}-{number}.png")
            _sheet(rows).save(path, compress_level=6)
            written.append(path)
    return written


Cell = tuple[str, Image.Image]


def _pages(titles: Sequence[str], folder: Path) -> Iterator[list[list[Cell]]]:
    """Rows of cells, as many as one PNG takes."""
    rows: list[list[Cell]] = [[]]
    for title in titles:
        cell = (title, _thumb(opened(folder / "small" / f"{title}.webp")))
        if rows[-1] and sum(one.width + _GAP for _, one in (*rows[-1], cell)) > _WIDE:
            if (len(rows) + 1) * (_HIGH + _GAP + _WORDS) > _MOST_HIGH:
                yield rows
                rows = []
            rows.append([])
        rows[-1].append(cell)
    yield rows


def _thumb(picture: Image.Image) -> Image.Image:
    share = min(1.0, _HIGH / picture.height)
    return picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))


def _sheet(rows: Sequence[Sequence[Cell]]) -> Image.Image:
    deep = _HIGH + _GAP + _WORDS
    wide = max(sum(one.width + _GAP for _, one in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (wide, deep * len(rows) + _GAP), "#3A4048")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)
    for index, row in enumerate(rows):
        x, y = _GAP, _GAP + deep * index
        for title, picture in row:
            sheet.paste(picture, (x, y))
            words = title.split("-", 2)[-1]
            while len(words) > 4 and pen.textlength(words, font=font) > picture.width:
                words = words[:-1]
            pen.text((x, y + picture.height + 2), words, fill="#F2F5F7", font=font)
            x += picture.width + _GAP
    return sheet


def write_differences(found: Sequence[Difference], drawn: Path, references: Path, folder: Path) -> Path:
    """`differences.html`: was, is, and the place framed; what could not be compared is listed."""
    place = folder / "differences"
    place.mkdir(parents=True, exist_ok=True)
    parts = [f"<!doctype html><meta charset=utf-8><title>{len(found)} differ</title><style>{_STYLE}</style>"]
    for one in found:
        parts.append(f"<h2>{escape(str(one))}</h2>")
        if one.likeness is not None:
            name = f"{one.title}.png"
            _beside(one, drawn, references).save(place / name)
            parts.append(f'<p><img style="max-width:none;max-height:none" src="differences/{escape(name)}"></p>')
    page = folder / "differences.html"
    page.write_text("\n".join(parts), encoding="utf-8")
    return page


def _beside(one: Difference, drawn: Path, references: Path) -> Image.Image:
    """Was at the left, is at the right, the place that differs most in a red frame on both."""
    assert one.likeness is not None
    was, now = (opened(folder / f"{one.title}.webp") for folder in (references, drawn))
    sheet = Image.new("RGB", (was.width + now.width + _GAP, max(was.height, now.height)), "#3A4048")
    left, top, right, bottom = one.likeness.place
    x = 0
    for picture in (was, now):
        ImageDraw.Draw(picture).rectangle((left - 3, top - 3, right + 2, bottom + 2), outline="#E0201A", width=2)
        sheet.paste(picture, (x, 0))
        x += was.width + _GAP
    return sheet
