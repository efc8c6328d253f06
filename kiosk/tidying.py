"""Cyclic garbage is collected between frames, and over little.

Every widget that is taken off the glass is a web of references to itself. Python's collector would come for it at any
allocation, in the middle of a frame or of a decoder, and seldom for what has grown old: a wall of signed pictures gathers
40 MB and then stands still for a third of a second. So it is asked for here, often, and what the program itself is made of
is left out. What that frees is the system's again a beat later, when the graphics have let go of theirs, too: otherwise what is
resident stays at the most that was ever used at once, and a kiosk that people tap on goes on to meet a worse moment.
"""

import gc
from collections.abc import Callable
from typing import Final

from kiosk.thrift import trim

DUE: Final = 1500  # objects more than at the last time: a picture of a wall or two. What waits for it makes the heap grow around it


class Tidying:
    """Of the main loop: the collector never comes by itself from `begin` on. `give_back`: free blocks, in some milliseconds."""

    def __init__(self, give_back: Callable[[], None] = trim) -> None:
        self._give_back = give_back
        self._freed = False

    def begin(self) -> None:
        """Everything that is there now stays for ever."""
        gc.disable()
        gc.collect()
        gc.freeze()

    def tend(self) -> bool:
        """Collect if enough has been made; whether it was. Else give back what the last time has freed."""
        if gc.get_count()[0] >= DUE:
            gc.collect()
            self._freed = True
            return True
        if self._freed:
            self._freed = False
            self._give_back()
        return False

    def end(self) -> None:
        gc.unfreeze()
        gc.enable()
