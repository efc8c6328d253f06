"""A language that nobody speaks, made of English at run time: what is still plain is not translated, what is cut has no room.

Every letter gets an accent, every message stands in brackets and is two fifths longer. Pure.
"""

import re
from typing import Final

from signage.core.model import Text
from signage.core.phrases import Catalogue

LONGER: Final = 0.4
OPEN, CLOSE = "[", "]"
_FIELD: Final = re.compile(r"(\{[^}]*\})")
_ACCENTS: Final = str.maketrans("aeiouyncAEIOUYNC", "áéíóúýñçÁÉÍÓÚÝÑÇ")
_FILLER: Final = "óéáúóéá óéáúó "  # words of a usual length: no language adds one word as long as a line


class Disguise(Catalogue):
    """Words that came with the data are disguised as well, so that what is plain stands in the code."""

    def pick(self, text: Text) -> str:
        return disguised(super().pick(text))


def pseudo(catalogue: Catalogue) -> Catalogue:
    """The same messages, disguised, to stand in their language's place. Fields keep their names."""
    return Disguise(catalogue.locale, {key: disguised(text) for key, text in catalogue.messages.items()})


def disguised(text: str) -> str:
    """Without a letter of its own a message stays as it is: it only puts others together."""
    pieces = _FIELD.split(text)
    plain = "".join(pieces[::2])
    letters = sum(char.isalpha() for char in plain)
    if not letters:
        return text
    accented = "".join(piece if index % 2 else piece.translate(_ACCENTS) for index, piece in enumerate(pieces))
    more = max(1, round(letters * LONGER))
    filler = (_FILLER * (more // len(_FILLER) + 1))[:more].rstrip()
    return f"{OPEN}{accented} {filler}{CLOSE}" if more > 2 else f"{OPEN}{accented}{filler}{CLOSE}"


def is_disguised(text: str) -> bool:
    return OPEN in text or CLOSE in text or any(char in text for char in "áéíóúýñçÁÉÍÓÚÝÑÇ")
