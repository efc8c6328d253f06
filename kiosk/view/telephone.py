"""A number to call back: which are whole, and how people read them."""

import re
from typing import Final

DIGITS_AT_MOST: Final = 15  # ITU E.164
_WHOLE: Final = re.compile(
    r"1[3-9]\d{9}"  # a mobile number of the mainland
    r"|0[1-9]\d{9,10}"  # a landline with its area code
    r"|[2-9]\d{7}"  # Hong Kong and Macao; a landline of a large city without area code
    r"|00[1-9]\d{6,12}"  # from abroad
)


def whole(digits: str) -> bool:
    """Whether this can be a number to call."""
    return _WHOLE.fullmatch(digits) is not None


def spaced(digits: str) -> str:
    """In groups, also half-way: 138 0013 8000, 0571 8765 4321."""
    if not digits:
        return ""
    first = 4 if digits[0] == "0" or (len(digits) == 8 and digits[0] != "1") else 3
    rest = digits[first:]
    return " ".join([digits[:first], *(rest[at : at + 4] for at in range(0, len(rest), 4))])
