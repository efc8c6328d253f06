"""Words of the pure core on a terminal or in JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct, to_builtins

from signage.config.places import one_of
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.phrases import Catalogue, Phrase


def catalogue_for(catalogues: Mapping[str, Catalogue], locale: str) -> Catalogue:
    """Raises Refusal (2) for a language there is no catalogue for."""
    if locale not in catalogues:
        raise Refusal(Exit.WRONG_USE, f'--locale: found "{locale}", wanted {one_of(sorted(catalogues))}')
    return catalogues[locale]


def spoken(value: Any, catalogue: Catalogue) -> Any:
    """A part of a scene as plain JSON data: phrases in words, structures as objects with their `type`."""
    match value:
        case Phrase():
            return catalogue.render(value)
        case Instant():
            return str(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Struct():
            return to_builtins(value)
        case tuple() | list():
            return [spoken(part, catalogue) for part in value]
        case dict():
            return {str(key): spoken(part, catalogue) for key, part in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            told = {field.name: spoken(getattr(value, field.name), catalogue) for field in fields(value)}
            return {"type": type(value).__name__} | told
        case _:
            return value
