"""What a picture of the gallery is, and the list of who makes them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from signage.core.phrases import Catalogue

Catalogues: TypeAlias = Mapping[str, Catalogue]
Size: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Picture:
    """One picture: `make` returns the widget for a window of `size`, called when Kivy has one."""

    group: str
    name: str
    size: Size
    make: Callable[[], Any]


Maker: TypeAlias = Callable[[Catalogues], Iterator[Picture]]
