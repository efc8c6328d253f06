"""The one list of what can be seen: every screen in every state, size and language.

Pictures for people, the reference pictures, and the tests for clipping, overlap, contrast and target size all walk this
list: what stands in it is looked after, what does not is nobody's.

**To add screens**, add a module to this folder with a function `pictures(catalogues) -> Iterator[Picture]`; it is found by
itself. A page of the touch screen needs its cases only:

    def cases() -> Iterator[Case]:
        yield Case("opinions", branch(), at(Opinions()))
        yield Case("opinions-thanks", branch(), at(Opinions(step=Step.THANKED)))

    def pictures(catalogues: Catalogues) -> Iterator[Picture]:
        return drawn(catalogues, cases())

with `Case`, `at`, `branch` and `drawn` from `kiosk.gallery.touch_cases`. `drawn` turns each into both ways up, both
languages, large type, and, where the page then looks otherwise, into the branch suspended and the branch closed. What is
seen of other screens says `Picture(group, name, size, make)` itself, with what it shows in `locale` and `elder`. Such a module
imports nothing of Kivy outside its functions: Kivy opens its window when it is imported.

A name is `<width>x<height>-<variant>-<case>` and never changes without cause: the reference picture bears it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeAlias, cast

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
    locale: str = "zh"
    elder: bool = False

    @property
    def title(self) -> str:
        """What the picture is called among all of them."""
        return f"{self.group}-{self.name}"


Maker: TypeAlias = Callable[[Catalogues], Iterator[Picture]]


def makers() -> tuple[Maker, ...]:
    """Every module of this folder that has `pictures`, by name."""
    import kiosk.gallery  # noqa: PLC0415  # the folder that this module is of

    names = sorted(found.name for found in iter_modules(kiosk.gallery.__path__) if found.name != "__main__")
    modules = [import_module(f"kiosk.gallery.{name}") for name in names]
    return tuple(cast("Maker", module.pictures) for module in modules if hasattr(module, "pictures"))


def every(catalogues: Catalogues, only: str | None = None, match: str = "") -> Iterator[Picture]:
    """The pictures of a group, or all, whose name holds `match`. Raises ValueError for two of one name."""
    seen: set[str] = set()
    for maker in makers():
        for picture in maker(catalogues):
            if picture.title in seen:
                raise ValueError(f"two pictures are called {picture.title}")
            seen.add(picture.title)
            if only in {None, picture.group} and match in picture.title:
                yield picture
