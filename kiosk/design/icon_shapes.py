"""Every icon there is, as geometry; see `icon_geometry`."""

from enum import StrEnum
from typing import Final

from kiosk.design.icon_geometry import (
    Fill,
    Shape,
    Stroke,
    arc,
    bent,
    disc,
    ellipse,
    line,
    ring,
    rounded,
    shape,
    star_points,
)
from kiosk.design.icon_service import SERVICE

# What a screen with motion draws stroke by stroke before it stands as the icon.
DONE_RING: Final = 0.9
DONE_PEN: Final = 1.6
DONE_TICK: Final = ((5.8, 12.3), (10.4, 16.9), (18.2, 7.9))


class Icon(StrEnum):
    """Every icon there is."""

    OPEN = "open"
    ATTENTION = "attention"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CLOCK = "clock"
    PHONE = "phone"
    ARROW = "arrow"
    BACK = "back"
    UNDO = "undo"
    TICK = "tick"
    DONE = "done"
    CROSS = "cross"
    MEGAPHONE = "megaphone"
    POWER = "power"
    NETWORK = "network"
    FAULT = "fault"
    TRAINING = "training"
    BREAK = "break"
    CASH = "cash-handover"
    DISASTER = "disaster"
    OTHER = "other"
    SHIELD = "shield"
    BELL = "bell"
    PENCIL = "pencil"
    CHART = "chart"
    WHEELCHAIR = "wheelchair"
    GLOBE = "globe"
    ELDER = "elder"
    KEYPAD = "keypad"
    ERASE = "erase"
    GUIDE = "guide"
    BOOK = "book"
    COUNTER = "counter"
    HOME = "home"
    PERSON = "person"
    CALENDAR = "calendar"
    GLASSES = "glasses"
    UMBRELLA = "umbrella"
    WATER = "water"
    WIFI = "wifi"
    CHARGER = "charger"
    NOTES = "notes"
    UNLINKED = "unlinked"
    TOUCH = "touch"
    MORE = "more"
    MOBILE = "mobile"
    MACHINE = "machine"
    CARD = "card"
    TRANSFER = "transfer"
    SAVINGS = "savings"
    BILL = "bill"
    CERTIFICATE = "certificate"
    COMPANY = "company"
    FIRST_AID = "first-aid"
    SEAT = "seat"
    RESTROOM = "restroom"
    NURSING = "nursing"
    LOCKER = "locker"
    RATES = "rates"
    DEMONSTRATION = "demonstration"
    PLEDGE = "pledge"
    AMENITIES = "amenities"
    INFO = "info"


STAR: Final = star_points(12, 12.9, 11)

ICONS: Final[dict[Icon, tuple[Shape, ...]]] = {
    **{Icon(name): shapes for name, shapes in SERVICE.items()},
    Icon.OPEN: (disc(12, 12, 8),),
    Icon.ATTENTION: (
        Fill(((12, 2.6), (22.6, 20.6), (1.4, 20.6))),
        Stroke(((12, 2.6), (22.6, 20.6), (1.4, 20.6)), closed=True, pen=1.6),
        Fill(((10.8, 8.6), (13.2, 8.6), (12.8, 15), (11.2, 15)), cut=True),
        Fill(ellipse(12, 17.6, 1.25, 1.25)[:-1], cut=True),
    ),
    Icon.SUSPENDED: (
        Stroke(ellipse(12, 12, 9, 9)[:-1], closed=True, pen=2.8),
        Stroke(((6.5, 12), (17.5, 12)), pen=3.4),
    ),
    Icon.CLOSED: (Stroke(ellipse(12, 12, 7, 7)[:-1], closed=True, pen=2.6),),
    Icon.TOUCH: (
        line(
            (9.5, 14.5),
            (9.5, 6.6),
            (10, 5.6),
            (11, 5.2),
            (12, 5.6),
            (12.5, 6.6),
            (12.5, 11.5),
            (18, 12.6),
            (19.3, 13.6),
        ),
        line((19.3, 13.6), (19.4, 15.5), (18.4, 19), (17.2, 21.2), (11.6, 21.2), (10, 19.6), (5.6, 14.9), (5.8, 13.6)),
        line((5.8, 13.6), (7, 13), (8.2, 13.4), (9.5, 14.5)),
        arc(11, 6.6, 4.6, 200, 340),
    ),
    Icon.CLOCK: (ring(12, 12, 9), line((12, 6.5), (12, 12), (16, 14.2))),
    Icon.PHONE: (
        bent(
            (4.5, 3.5),
            (8.3, 3.5),
            (10, 8),
            (7.6, 9.8),
            (9, 12.6),
            (11.4, 15),
            (14.2, 16.4),
            (16, 14),
            (20.5, 15.7),
            (20.5, 19.5),
            (19.5, 20.5),
            (15.5, 20.2),
            (10.5, 17.9),
            (6.1, 13.5),
            (3.8, 8.5),
            (3.5, 4.5),
            reach=2,
            closed=True,
        ),
    ),
    Icon.ARROW: (line((4, 12), (20, 12)), line((13.5, 5.5), (20, 12), (13.5, 18.5))),
    Icon.BACK: (line((20, 12), (4, 12)), line((10.5, 5.5), (4, 12), (10.5, 18.5))),
    Icon.UNDO: (
        line((15, 9), (4, 9)),
        line((9.5, 3.5), (4, 9), (9.5, 14.5)),
        arc(15, 14.5, 5.5, -90, 90),
        line((15, 20), (8, 20)),
    ),
    Icon.TICK: (Stroke(((4.5, 12.5), (9.8, 17.8), (19.8, 6.6)), pen=2.6),),
    Icon.DONE: (
        Stroke(ellipse(12, 12, 11, 11)[:-1], closed=True, pen=DONE_RING),
        Stroke(DONE_TICK, pen=DONE_PEN),
    ),
    Icon.CROSS: (line((6, 6), (18, 18)), line((18, 6), (6, 18))),
    Icon.MEGAPHONE: (
        shape((3, 9.5), (8, 9.5), (17.5, 4.5), (17.5, 18.5), (8, 14.5), (3, 14.5)),
        line((6.5, 14.5), (8.2, 20.5), (11, 20.5), (10, 15.6)),
        arc(17.5, 11.5, 3.6, -50, 50),
    ),
    Icon.POWER: (
        line((9, 2.5), (9, 7.5)),
        line((15, 2.5), (15, 7.5)),
        Stroke(((5.5, 7.5), (18.5, 7.5), (18.5, 11), *ellipse(12, 11, 6.5, 6.5, 0, 180), (5.5, 7.5))),
        line((12, 17.5), (12, 21.8)),
    ),
    Icon.NETWORK: (
        rounded(9, 3, 6, 5, 1),
        rounded(2.8, 16, 6, 5, 1),
        rounded(15.2, 16, 6, 5, 1),
        line((12, 8), (12, 12)),
        line((5.8, 16), (5.8, 12), (18.2, 12), (18.2, 16)),
    ),
    Icon.FAULT: (
        Stroke(
            (
                *ellipse(16.2, 7.8, 5, 5, 20, 250)[::-1][:1],
                (14.5, 3.2),
                (17.6, 3),
                (14.8, 5.9),
                (15.3, 8.7),
                (18.1, 9.2),
                (21, 6.4),
                *ellipse(16.2, 7.9, 5, 5, -12, 104),
                (6.6, 20.9),
                (3.1, 17.4),
                (11.2, 9.1),
                *ellipse(16.2, 7.9, 5, 5, 168, 250),
            ),
            closed=True,
        ),
    ),
    Icon.TRAINING: (
        rounded(3, 3.5, 18, 12, 1.5),
        line((12, 15.5), (12, 18)),
        line((7.5, 21), (12, 17.5), (16.5, 21)),
        line((7, 11.5), (10.3, 8.5), (13, 10.5), (17, 7)),
    ),
    Icon.BREAK: (
        bent((17, 9), (17, 19.5), (4, 19.5), (4, 9), reach=5),
        line((4, 9), (17, 9)),
        Stroke(((17, 10.5), *ellipse(18, 13, 3, 2.8, -80, 80), (16.6, 15.7))),
        line((8.2, 5.8), (8.2, 3.4)),
        line((12.8, 5.8), (12.8, 3.4)),
    ),
    Icon.CASH: (
        rounded(2.5, 6, 19, 12, 1.5),
        ring(12, 12, 2.8),
        disc(6, 12, 1.1),
        disc(18, 12, 1.1),
    ),
    Icon.DISASTER: (
        shape((12, 2.5), (22, 21), (2, 21)),
        Stroke(((12.6, 8.5), (9.6, 14), (13.6, 14), (11.2, 18.2)), pen=1.8),
    ),
    Icon.OTHER: (ring(12, 12, 9), line((12, 11), (12, 16.5)), disc(12, 7.6, 1.4)),
    Icon.SHIELD: (
        bent(
            (12, 2.5),
            (20, 5.5),
            (20, 11.5),
            (18.2, 16),
            (12, 21.5),
            (5.8, 16),
            (4, 11.5),
            (4, 5.5),
            reach=2.4,
            closed=True,
        ),
        line((8.3, 11.7), (11, 14.5), (15.8, 8.8)),
    ),
    Icon.BELL: (
        bent((6, 16.5), (6, 4.6), (18, 4.6), (18, 16.5), reach=6),
        line((3.5, 16.8), (20.5, 16.8)),
        arc(12, 18.2, 2.4, 15, 165),
        line((12, 2.4), (12, 4)),
    ),
    Icon.PENCIL: (
        shape((4, 20), (5.2, 15.2), (16.2, 4.2), (19.8, 7.8), (8.8, 18.8)),
        line((13.7, 6.7), (17.3, 10.3)),
    ),
    Icon.CHART: (line((3.5, 3.5), (3.5, 20.5), (20.5, 20.5)), line((7.5, 15.5), (11.5, 11), (14.5, 13.5), (20, 6.5))),
    Icon.WHEELCHAIR: (
        disc(10, 4, 2.1),
        line((10, 8), (10.4, 13.6), (16, 13.6), (18.4, 19.4), (20.8, 18.6)),
        line((10.2, 10.4), (15, 10.4)),
        arc(10.2, 15.8, 5.4, 62, 246),
    ),
    Icon.GLOBE: (
        ring(12, 12, 9),
        Stroke(ellipse(12, 12, 4, 9)[:-1], closed=True),
        line((3.2, 12), (20.8, 12)),
    ),
    Icon.ELDER: (
        disc(10, 4.2, 2.2),
        line((9.6, 8.2), (8.2, 14.2), (11, 17), (11, 21.5)),
        line((8.4, 14.4), (5.8, 21.5)),
        line((10, 9), (12.6, 12), (15.6, 12.4)),
        line((17.5, 12), (17.5, 21.5)),
    ),
    Icon.KEYPAD: tuple(disc(x, y, 1.9) for y in (5, 12, 19) for x in (5, 12, 19)),
    Icon.ERASE: (
        shape((8.5, 5.5), (21, 5.5), (21, 18.5), (8.5, 18.5), (2.5, 12)),
        line((11.5, 9.4), (16.7, 14.6)),
        line((16.7, 9.4), (11.5, 14.6)),
    ),
    Icon.GUIDE: (
        rounded(4.5, 3, 15, 18, 1.5),
        line((8.5, 8), (15.5, 8)),
        line((8.5, 12), (15.5, 12)),
        line((8.5, 16), (12.5, 16)),
    ),
    Icon.BOOK: (
        Stroke(
            (
                (12, 6.5),
                (9, 4.8),
                (3, 4.8),
                (3, 18.6),
                (9, 18.6),
                (12, 20.3),
                (15, 18.6),
                (21, 18.6),
                (21, 4.8),
                (15, 4.8),
            ),
            closed=True,
        ),
        line((12, 6.5), (12, 20)),
    ),
    Icon.COUNTER: (
        rounded(3, 3.5, 18, 10.5, 1.2),
        line((2, 20.5), (22, 20.5)),
        disc(12, 7.4, 1.9),
        Stroke(ellipse(12, 14, 4, 3.2, 180, 360)),
        line((4.5, 14), (4.5, 20.3)),
        line((19.5, 14), (19.5, 20.3)),
    ),
    Icon.HOME: (
        line((2.5, 11.5), (12, 3), (21.5, 11.5)),
        line((5, 9.5), (5, 20.5), (19, 20.5), (19, 9.5)),
        line((10, 20.3), (10, 14.5), (14, 14.5), (14, 20.3)),
    ),
    Icon.PERSON: (ring(12, 7.5, 4.3), Stroke((*ellipse(12, 21, 8.5, 6.8, 180, 360),), closed=True)),
    Icon.CALENDAR: (
        rounded(3.5, 5, 17, 16, 1.5),
        line((3.5, 10), (20.5, 10)),
        line((8, 2.8), (8, 6.8)),
        line((16, 2.8), (16, 6.8)),
        disc(8.4, 14.4, 1.2),
        disc(12.2, 14.4, 1.2),
        disc(16, 14.4, 1.2),
    ),
    Icon.GLASSES: (
        ring(6.3, 14, 4),
        ring(17.7, 14, 4),
        arc(12, 14, 1.9, 200, 340),
        line((2.3, 13.6), (4.6, 6.5)),
        line((21.7, 13.6), (19.4, 6.5)),
    ),
    Icon.UMBRELLA: (
        Stroke((*ellipse(12, 12, 9.3, 8.6, 180, 360),), closed=True),
        Stroke(((12, 12), (12, 19), *ellipse(14.2, 19, 2.2, 2.2, 180, 0))),
        line((12, 2), (12, 3.4)),
    ),
    Icon.WATER: (Stroke(((12, 2.8), *ellipse(12, 14.3, 6.8, 6.9, -28, 208)), closed=True), arc(12, 14.3, 3.4, 90, 165)),
    Icon.WIFI: (arc(12, 19, 13.2, 225, 315), arc(12, 19, 8.4, 225, 315), arc(12, 19, 3.8, 222, 318), disc(12, 19, 1.3)),
    Icon.CHARGER: (
        rounded(2.5, 7, 16.5, 10, 1.5),
        line((22, 10.5), (22, 13.5)),
        line((11.8, 8.8), (8.8, 12.2), (12.6, 12.2), (9.8, 15.4)),
    ),
    Icon.NOTES: (
        rounded(2.5, 9, 16, 10.5, 1.3),
        Stroke(((6, 5), (20.2, 5), (21.5, 6.3), (21.5, 15.5))),
        ring(10.5, 14.25, 2.4),
    ),
    Icon.UNLINKED: (arc(7.6, 16.4, 4.6, 20, 290), arc(16.4, 7.6, 4.6, 200, 470), line((3.4, 3.4), (20.6, 20.6))),
}
