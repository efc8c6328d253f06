"""The reference pictures: kept small, one file each, beside this module."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.pictures.comparing import Likeness, likeness

FOLDER = Path(__file__).parent / "references"


@dataclass(frozen=True)
class Difference:
    """A picture that is not as it was. `likeness` None: it has no reference, or nothing draws it any more."""

    title: str
    trouble: str
    likeness: Likeness | None = None

    def __str__(self) -> str:
        return f"{self.title}: {self.trouble}"


def renew(titles: Iterable[str], drawn: Path, folder: Path = FOLDER) -> tuple[int, int]:
    """What was drawn becomes the reference; references of nothing go. (how many changed, how many went)."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{title}.webp" for title in titles}
    gone = [path for path in folder.glob("*.webp") if path.name not in wanted]
    for path in gone:
        path.unlink()
    changed = [name for name in wanted if not _same(drawn / name, folder / name)]
    for name in changed:
        shutil.copyfile(drawn / name, folder / name)
    return len(changed), len(gone)


def differences(titles: Iterable[str], drawn: Path, folder: Path = FOLDER) -> list[Difference]:
    """What differs from its reference, what has none, and which references nothing draws, by title."""
    wanted = set(titles)
    found = [
        Difference(path.stem, "nothing draws it any more") for path in folder.glob("*.webp") if path.stem not in wanted
    ]
    for title in wanted:
        name = f"{title}.webp"
        if not (folder / name).exists():
            found.append(Difference(title, "it has no reference"))
        elif not _same(drawn / name, folder / name):
            like = likeness(opened(folder / name), opened(drawn / name))
            if not like.alike:
                left, top, *_ = like.place
                words = f"differs most at {left},{top} of the small picture (similarity {like.worst:.2f})"
                found.append(Difference(title, words, like))
    return sorted(found, key=lambda one: one.title)


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _same(one: Path, other: Path) -> bool:
    """The same bytes are the same picture; most are."""
    return other.exists() and one.read_bytes() == other.read_bytes()
