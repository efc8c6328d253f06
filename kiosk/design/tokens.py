"""The only place where colour, size and motion live. Pure: no Kivy, no files.

Lengths are in `u`: 1 u is 1 px where the short side of the screen is 1080 px.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, get_args

from signage.core.model import Brand


class Step(IntEnum):
    """The type steps, in u."""

    CAPTION = 20
    NOTE = 26
    BODY = 34
    TITLE = 44
    HEAD = 58
    DISPLAY = 76
    HERO = 100
    GIANT = 132
    SHOUT = 172

    def up(self, steps: int) -> "Step":
        """The step that many places up (or down, negative), held at the ends."""
        ladder = tuple(Step)
        return ladder[max(0, min(len(ladder) - 1, ladder.index(self) + steps))]


class Space(IntEnum):
    """Distances, in u."""

    XS = 8
    S = 16
    M = 24
    L = 32
    XL = 48
    XXL = 64
    HUGE = 96


LEAST_PX: Final = 13  # of letters: 2.5 mm on the smallest display, 7 inches and 800 × 480
LINE_HEIGHT: Final = 1.35
LINE_CHARS: Final = 28  # Chinese characters a line, at most
CARD_CORNER: Final = 16
BUTTON_CORNER: Final = 28
HAIRLINE: Final = 1
EDGE_ELDER: Final = 3  # of cards and keys in elder mode

BAR: Final = 136  # the head of a touch screen's pages for staff, in u
PAGE_HEAD: Final = 112  # of those for customers, which nobody touches
PAGE_WAY: Final = 128  # the way back, low: over a tall page's foot, in a wide one's
PAGE_FOOT: Final = 120
PAGE_FOOT_ELDER: Final = 144

TOUCH_S: Final = 0.180
PICTURE_S: Final = 0.500
TICKER_U_PER_S: Final = 120
TICKER_PAGE_S: Final = 6.0


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean, as `#RRGGBB`. `on_x` is what is written upon `x`."""

    paper: str
    surface: str
    ink: str
    muted: str
    line: str
    idle: str  # the ground of what is not in service, and of what only guides the hand
    brand: str
    on_brand: str
    brand_muted: str  # the second language upon brand
    brand_pressed: str
    accent: str  # the brand as a line or a word upon paper and surface
    pressed: str
    open: str
    attention: str
    on_attention: str
    suspended: str
    on_suspended: str
    suspended_muted: str
    suspended_pressed: str
    closed: str
    star: str
    star_line: str


GREEN_BRAND: Final = "#0B6B57"
BLUE_BRAND: Final = "#12508F"

DAY: Final = Palette(
    paper="#F7F5F0",
    surface="#FFFFFF",
    ink="#1B1F23",
    muted="#5A636E",
    line="#DCD8CE",
    idle="#DCD8CE",
    brand=GREEN_BRAND,
    on_brand="#FFFFFF",
    brand_muted="#D6EBE5",
    brand_pressed="#084A3D",
    accent=GREEN_BRAND,
    pressed="#E6EFEA",
    open="#1F7A4D",
    attention="#8A5A00",
    on_attention="#FFFFFF",
    suspended="#A8201A",
    on_suspended="#FFFFFF",
    suspended_muted="#FBE3E1",
    suspended_pressed="#7C1511",
    closed="#5A636E",
    star="#F0B93A",
    star_line="#8A5A00",
)

NIGHT: Final = Palette(
    paper="#0F1C2B",
    surface="#172A3F",
    ink="#F2F5F7",
    muted="#A9B6C2",
    line="#2B425A",
    idle="#2B425A",
    brand=GREEN_BRAND,
    on_brand="#FFFFFF",
    brand_muted="#D6EBE5",
    brand_pressed="#084A3D",
    accent="#7FD9C2",
    pressed="#22405C",
    open="#6FD6A4",
    attention="#F0B93A",
    on_attention="#1B1F23",
    suspended="#A8201A",
    on_suspended="#FFFFFF",
    suspended_muted="#FBE3E1",
    suspended_pressed="#7C1511",
    closed="#A9B6C2",
    star="#F0B93A",
    star_line="#F0B93A",
)


def in_blue(palette: Palette) -> Palette:
    """The same palette under the second brand."""
    accent = BLUE_BRAND if palette.accent == palette.brand else "#9CC6F2"
    pressed = "#E4ECF5" if palette.accent == palette.brand else palette.pressed
    return replace(
        palette,
        brand=BLUE_BRAND,
        brand_muted="#D9E7F5",
        brand_pressed="#0C3865",
        accent=accent,
        pressed=pressed,
    )


_HIGH_DAY: Final[Mapping[str, str]] = {
    "muted": "#3F474F",
    "line": "#5A636E",
    "open": "#125233",
    "attention": "#5C3B00",
    "suspended": "#8A1812",
    "suspended_pressed": "#5E0F0B",
    "closed": "#3F474F",
    "star_line": "#5C3B00",
}
_HIGH_NIGHT: Final[Mapping[str, str]] = {
    "muted": "#D3DCE4",
    "line": "#8FA1B2",
    "pressed": "#1B3349",
    "open": "#8FE3BC",
    "suspended": "#8A1812",
    "suspended_pressed": "#5E0F0B",
    "closed": "#D3DCE4",
}


def in_high_contrast(palette: Palette) -> Palette:
    """The same palette for weak eyes: words stand out 7 to 1 and more, edges 3 to 1 (WCAG 2.2, 1.4.6 and 1.4.11)."""
    day = palette.accent == palette.brand
    brand = palette.brand_pressed
    return replace(
        palette,
        brand=brand,
        brand_pressed=_deeper(brand),
        accent=brand if day else palette.accent,
        **(_HIGH_DAY if day else _HIGH_NIGHT),
    )


def _deeper(colour: str) -> str:
    return "#" + "".join(f"{round(value * 0.6):02X}" for value in channels(colour))


BRANDS: Final = get_args(Brand)


def palette(*, night: bool, brand: Brand = "green") -> Palette:
    """The palette for a kind of screen (`night`: walls and counters) and a brand. KeyError for an unknown brand."""
    base = NIGHT if night else DAY
    return {"green": base, "blue": in_blue(base)}[brand]


def led_palette(brand: Brand = "green") -> Palette:
    """The palette for rows of light-emitting diodes: what is not lit is black."""
    return replace(palette(night=True, brand=brand), paper="#000000", surface="#000000")


def channels(colour: str) -> tuple[int, int, int]:
    """`#RRGGBB` to three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def rgba(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """`#RRGGBB` as Kivy wants it."""
    red, green, blue = channels(colour)
    return red / 255, green / 255, blue / 255, alpha


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(value) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Look:
    """What every widget is drawn with: a palette, the unit in pixels, the elder step-up and how much may move."""

    palette: Palette
    unit: float
    elder: bool = False
    moving: bool = False  # a GPU is there: fades and a sliding ticker; else cuts and pages
    family: str = "ui"  # of letters: `kiosk.design.fonts.family_of`

    @classmethod
    def fit(
        cls,
        palette: Palette,
        width: float,
        height: float,
        *,
        elder: bool = False,
        moving: bool = False,
        family: str = "ui",
    ) -> "Look":
        """The look for a screen of that size in pixels. Elder mode is in high contrast."""
        return cls(in_high_contrast(palette) if elder else palette, min(width, height) / 1080, elder, moving, family)

    def u(self, length: float) -> float:
        """A length in u to whole pixels, at least one where it is not nothing."""
        return max(1.0, float(round(length * self.unit))) if length > 0 else 0.0

    @property
    def edge(self) -> float:
        """How thick the edge of a card or a key is, in pixels."""
        return self.u(EDGE_ELDER if self.elder else HAIRLINE)

    def px(self, step: Step) -> int:
        """A type step to whole pixels, none too small to be read; elder mode stands two steps higher."""
        return max(LEAST_PX, round((step.up(2) if self.elder else step) * self.unit))
