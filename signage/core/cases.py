"""Opinions and their cases: the closed lists that customers choose from, and the number by which a case is spoken of.

Words stand in the catalogues under ``opinion.subject.<name>``, ``opinion.phrase.<name>`` and ``opinion.answer.<name>``.
"""

from collections.abc import Mapping
from typing import Final

SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("kind-staff", "unkind-staff", "unclear-advice", "name-a-teller"),
    "waiting": ("long-wait", "few-counters", "queue-order", "quick-service"),
    "business": ("many-papers", "not-done", "different-word", "well-done"),
    "premises": ("not-clean", "few-seats", "hard-to-enter", "pleasant-hall"),
    "machines": ("out-of-order", "hard-to-use", "nobody-helps", "easy-to-use"),
    "other": ("suggestion", "praise", "question", "complaint"),
}
# Who says nothing but these complains of nothing.
FRIENDLY: Final = frozenset({
    "kind-staff", "name-a-teller", "quick-service", "well-done", "pleasant-hall", "easy-to-use", "suggestion", "praise",
    "question",
})  # fmt: skip
PHRASES_AT_MOST: Final = 3
ANSWERS: Final = ("thanks", "mended", "explained", "apology", "being-done", "passed-on")
_MODULUS: Final = 10**8


def case_number(case: str) -> str:
    """Eight digits that a customer and the staff both read for the case with this id: the same on every screen."""
    digest = 0
    for letter in case:
        digest = (digest * 131 + ord(letter)) % _MODULUS
    return f"{digest // 10_000:04d} {digest % 10_000:04d}"
