"""The gallery's pictures of the design itself: each sheet in both languages, by day and by night, in large type and in blue."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from kiosk.design.box import Box
from kiosk.design.tokens import Look, palette
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.view.voice import Voice
from signage.core.model import Brand

SIZE: Final[Size] = (1920, 1080)
NAMES: Final = ("colours", "type", "icons", "buttons", "states", "lists", "keys", "codes")
VARIANTS: Final[tuple[tuple[str, str, bool, bool, Brand], ...]] = (
    ("zh", "zh", False, False, "green"),
    ("en", "en", False, False, "green"),
    ("elder", "zh", True, False, "green"),
    ("night", "zh", False, True, "green"),
    ("blue", "zh", False, False, "blue"),
)


def make_sheet(
    catalogues: Catalogues, name: str, size: Size, *, locale: str, elder: bool, night: bool, brand: Brand
) -> Any:
    """One sheet, laid out for a window of that size."""
    from kiosk.screens.sheets import SheetView  # noqa: PLC0415  # opens Kivy, which wants its stage settled first

    look = Look.fit(palette(night=night, brand=brand), *size, elder=elder)
    sheet = SheetView(look, Voice.of(catalogues, locale, elder=elder), name)
    sheet.place(Box(0, 0, *size))
    return sheet


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    for variant, locale, elder, night, brand in VARIANTS:
        for name in (NAMES[0], *NAMES[3:]) if elder else NAMES:  # sizes and icons are the same in large type
            make = partial(make_sheet, catalogues, name, SIZE, locale=locale, elder=elder, night=night, brand=brand)
            yield Picture("design", f"{SIZE[0]}x{SIZE[1]}-{variant}-{name}", SIZE, make, locale, elder)
