"""What a customer wrote beside the facts that every screen reads: kept apart, and shown to who has signed in alone."""

from typing import Any

from msgspec import Struct


class Letter(Struct, frozen=True, omit_defaults=True):
    """`strokes` as in the event; `phrases` from signage.core.cases; `contact` with the instant of the consent."""

    text: str | None = None
    contact: str | None = None
    consent: str | None = None
    strokes: dict[str, Any] | None = None
    phrases: tuple[str, ...] = ()
    sealed: dict[str, Any] | None = None  # an envelope around `text`, `contact` and `strokes`
