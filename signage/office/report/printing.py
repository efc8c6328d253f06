"""HTML to PDF, and PDF pages to pictures. The same page, the same bytes: no clock, no chance, fonts by name."""

import io
import logging
from hashlib import sha256
from typing import Final

import pypdfium2
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from signage.core.exits import Exit, Refusal
from signage.office.report.uncollected import uncollected

FAMILY: Final = "Noto Sans CJK SC"  # that the style sheets name
_CSS_DPI: Final = 96
_PDF_DPI: Final = 72


def check_type(family: str = FAMILY) -> None:
    """Chinese set in whatever type is at hand looks like anything or nothing. Raises Refusal (78)."""
    probe = HTML(string=f"<p style=\"font-family: '{family}'\">通报</p>").render()
    probe.write_pdf()
    if family not in {font.family for font in probe.fonts.values()}:
        raise Refusal(Exit.CONFIGURATION, f"fonts: {family} is not installed; install fonts-noto-cjk")


def pdf(page: str) -> bytes:
    """A4 or whatever the page says of itself. Asks for no file and no address."""
    identifier = sha256(page.encode()).digest()[:16]
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with uncollected():
        document = HTML(string=page, base_url=None, url_fetcher=_nothing).render(font_config=FontConfiguration())
        made: bytes = document.write_pdf(pdf_identifier=identifier)
    return made


def png(page: bytes, number: int = 0) -> bytes:
    """One page of a PDF, a pixel for each CSS pixel."""
    opened = pypdfium2.PdfDocument(page)
    try:
        picture = opened[number].render(scale=_CSS_DPI / _PDF_DPI).to_pil().convert("RGB")
    finally:
        opened.close()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _nothing(url: str, *_args: object, **_options: object) -> dict[str, object]:
    raise ValueError(f"{url}: a page asks for nothing")
