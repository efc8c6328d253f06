"""Closed lists of what a branch tells its customers: the topics of the business guide, and the pictures of amenities.

Words stand in the catalogues under ``guide.topic.<value>``; each value is also the name of an icon or has one.
"""

from enum import StrEnum
from typing import Final

MOST_ENTRIES: Final = 12  # what one page shows at a glance, so that everything is found in two taps
MOST_AMENITIES: Final = 12


class Topic(StrEnum):
    CARDS = "cards"
    CASH = "cash"
    TRANSFERS = "transfers"
    SAVINGS = "savings"
    LOANS = "loans"
    BILLS = "bills"
    CERTIFICATES = "certificates"
    CORPORATE = "corporate"
    OTHER = "other"


class AmenityIcon(StrEnum):
    GLASSES = "glasses"
    WHEELCHAIR = "wheelchair"
    UMBRELLA = "umbrella"
    WATER = "water"
    WIFI = "wifi"
    CHARGER = "charger"
    NOTES = "notes"  # a note counter
    PENCIL = "pencil"  # a desk for filling in forms
    FIRST_AID = "first-aid"
    SEAT = "seat"  # priority seats
    RESTROOM = "restroom"
    NURSING = "nursing"
    LOCKER = "locker"
    OTHER = "other"
