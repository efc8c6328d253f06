"""Cyclic garbage is collected between frames, and over little.

Every widget that is taken off the glass is a web of references to itself. Python's collector would come for it at any
allocation, in the middle of a frame or of a decoder, and seldom for what has grown old: a wall of signed pictures gathers
40 MB and then stands still for a third of a second. So it is asked for here, often, and what the program itself is made of
is left out.
"""

import gc
from typing import Final

DUE: Final = 1500  # objects more than at the last time: a picture of a wall or two. What waits for it makes the heap grow around it


class Tidying:
    """Of the main loop: the collector never comes by itself from `begin` on."""

    def begin(self) -> None:
        """Everything that is there now stays for ever."""
        gc.disable()
        gc.collect()
        gc.freeze()

    def tend(self) -> bool:
        """Collect if enough has been made; whether it was."""
        if gc.get_count()[0] < DUE:
            return False
        gc.collect()
        return True

    def end(self) -> None:
        gc.unfreeze()
        gc.enable()
