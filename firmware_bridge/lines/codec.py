"""Text lines: bytes in, lines out (contract: lines). Total: no input raises, blocks or grows."""

import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Final

LIMIT_BYTES: Final = 256  # contract, without what ends it
_ENDS: Final = re.compile(rb"[\r\n]")


class Discard(StrEnum):
    """Why a line was thrown away. PATTERN and KEY are the session's: a line that says nothing, a key without stars."""

    OVERRUN = "overrun"
    ENCODING = "encoding"
    PATTERN = "pattern"
    KEY = "key"


class Reader:
    """One line's bytes to texts. An empty line is nothing, so CR, LF and both are all one end."""

    def __init__(self, thrown: Callable[[bytes, str], None] | None = None) -> None:
        """`thrown` is shown what is thrown away, as far as it was held, and why."""
        self.discarded: Counter[Discard] = Counter()
        self._thrown = thrown
        self._held = bytearray()  # never longer than one byte past the limit

    def feed(self, received: bytes) -> list[str]:
        """Take whatever arrived, in pieces of any size; the lines that are now complete, in order."""
        *closed, rest = _ENDS.split(received)
        found = []
        for piece in closed:
            self._hold(piece)
            line = self._close()
            if line is not None:
                found.append(line)
        self._hold(rest)
        return found

    def restart(self) -> None:
        """Forget a half-read line: the port was opened anew."""
        self._held.clear()

    def _hold(self, piece: bytes) -> None:
        self._held += piece[: LIMIT_BYTES + 1 - len(self._held)]

    def _close(self) -> str | None:
        raw = bytes(self._held)
        self._held.clear()
        if not raw:
            return None
        if len(raw) > LIMIT_BYTES:
            self._throw(raw, Discard.OVERRUN)
            return None
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self._throw(raw, Discard.ENCODING)
            return None

    def _throw(self, raw: bytes, reason: Discard) -> None:
        self.discarded[reason] += 1
        if self._thrown is not None:
            self._thrown(raw, reason)


def reply(template: str, key: str) -> bytes:
    r"""What is sent back: `\r`, `\n` and `{key}` in the template are replaced; nothing else is special."""
    return template.replace("\\r", "\r").replace("\\n", "\n").replace("{key}", key).encode()
