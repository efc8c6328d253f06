"""Large bundles are verified in the checker's thread, one at a time: a thousand media take longer than a main loop has."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from signage.link.checking import CheckOrder
from signage.wire.messages import Content

Work = Callable[[], object]
Bundle = tuple[Content, bytes]
WAITING: Final = 4  # bundles, of eight megabytes at most
_OF_A_BUNDLE: Final = "bundle "  # a blob of the same hash may be checked at the same time


@dataclass
class _Examination:
    hint: Content
    found: list[object] = field(default_factory=list)


class Examiner:
    """`check` gives work to a thread, False: it has enough. What a thread finds comes back as BlobChecked of that name."""

    def __init__(self, check: Callable[[CheckOrder], bool]) -> None:
        self._check = check
        self._present: _Examination | None = None
        self._waiting: deque[Bundle] = deque(maxlen=WAITING)

    def knows(self, hint: Content) -> bool:
        """Whether that bundle is being examined, or waits for it."""
        hints = [waiting for waiting, _ in self._waiting]
        if self._present is not None:
            hints.append(self._present.hint)
        return any(one.sha256 == hint.sha256 for one in hints)

    @property
    def busy(self) -> bool:
        return self._present is not None

    def wait(self, hint: Content, bundle: bytes) -> None:
        """Keep it for when the one in hand is done.

        The last few are kept, whatever they claim to be: a lie about a version must not take the place of the truth.
        """
        self._waiting.append((hint, bundle))

    def begin(self, hint: Content, work: Work) -> bool:
        """False: the thread has enough to do."""
        examination = _Examination(hint)

        def worked(_: str) -> bool:
            examination.found.append(work())
            return True

        if not self._check(CheckOrder(_OF_A_BUNDLE + hint.sha256, worked)):
            return False
        self._present = examination
        return True

    def done(self, name: str) -> tuple[Content, object] | None:
        """What was found, if it was a bundle that has been worked on."""
        present = self._present
        if present is None or name != _OF_A_BUNDLE + present.hint.sha256 or not present.found:
            return None
        self._present = None
        return present.hint, present.found[0]

    def next(self) -> Bundle | None:
        """What has waited longest, once."""
        return self._waiting.popleft() if self._waiting else None
