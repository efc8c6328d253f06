"""The colours of printed pages and slides: the design's tokens by day and by night, held equal to the screens' by a test."""

from typing import Final, NamedTuple


class Palette(NamedTuple):
    paper: str
    surface: str
    ink: str
    muted: str
    line: str
    brand: str
    on_brand: str
    brand_muted: str
    accent: str
    open: str
    attention: str
    suspended: str
    star: str
    star_line: str


DAY: Final = Palette(
    paper="#F7F5F0",
    surface="#FFFFFF",
    ink="#1B1F23",
    muted="#5A636E",
    line="#DCD8CE",
    brand="#0B6B57",
    on_brand="#FFFFFF",
    brand_muted="#D6EBE5",
    accent="#0B6B57",
    open="#1F7A4D",
    attention="#8A5A00",
    suspended="#A8201A",
    star="#F0B93A",
    star_line="#8A5A00",
)
NIGHT: Final = Palette(
    paper="#0F1C2B",
    surface="#172A3F",
    ink="#F2F5F7",
    muted="#A9B6C2",
    line="#2B425A",
    brand="#0B6B57",
    on_brand="#FFFFFF",
    brand_muted="#D6EBE5",
    accent="#7FD9C2",
    open="#6FD6A4",
    attention="#F0B93A",
    suspended="#A8201A",
    star="#F0B93A",
    star_line="#F0B93A",
)
