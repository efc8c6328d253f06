"""Pages that follow one another by time."""

from kiosk.design.tokens import TICKER_PAGE_S


class Turning:
    """Which of `count` pages stands. The owner lets time pass."""

    def __init__(self) -> None:
        self.index = 0
        self._count = 1
        self._since = 0.0

    def begin(self, count: int) -> None:
        """Anew, with so many pages."""
        self.index, self._count, self._since = 0, max(1, count), 0.0

    def advance(self, seconds: float) -> bool:
        """Whether another page stands now."""
        self._since += seconds
        if self._since < TICKER_PAGE_S or self._count == 1:
            return False
        self._since %= TICKER_PAGE_S
        self.index = (self.index + 1) % self._count
        return True
