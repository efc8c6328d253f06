"""A number as it is being typed. Each digit is a text of its own, so that no cache of texts ever holds the number."""

from typing import Final

from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.text import Text, text_width
from kiosk.design.tokens import Look, Step

_GAP_EM: Final = 0.36  # for a space between groups
_PITCH_EM: Final = 0.04  # between digits


class Figures(Part):
    """One line in the middle of its box; the size steps down before a digit would not fit."""

    def __init__(self, look: Look, step: Step, colour: str) -> None:
        super().__init__(look)
        self._step, self._colour = step, colour
        self._number = ""
        self._digits: list[Text] = []

    def show(self, number: str) -> None:
        """Digits and single spaces between groups."""
        if number == self._number:
            return
        self._number = number
        for digit in self._digits:
            self.remove_widget(digit)
        self._digits = []
        for figure in number.replace(" ", ""):
            digit = Text(self.look, self._step, self._colour, bold=True, align="centre")
            digit.show(figure)
            self._digits.append(digit)
            self.add_widget(digit)
        self.relayout()

    @property
    def count(self) -> int:
        """How many digits stand there."""
        return len(self._digits)

    def layout(self, box: Box) -> None:
        if not self._digits:
            return
        px = next((size for size in self._sizes() if self._width(size) <= box.w), self._sizes()[-1])
        x = box.cx - self._width(px) / 2
        wide = self._wide(px)
        digits = iter(self._digits)
        for figure in self._number:
            if figure == " ":
                x += _GAP_EM * px
                continue
            digit = next(digits)
            digit.only = px
            digit.place(Box(round(x), box.y, round(wide), box.h))
            x += wide

    def _sizes(self) -> list[int]:
        return self._digits[0].sizes()

    def _wide(self, px: int) -> float:
        return text_width("0", px, True) + _PITCH_EM * px

    def _width(self, px: int) -> float:
        return len(self._digits) * self._wide(px) + self._number.count(" ") * _GAP_EM * px
