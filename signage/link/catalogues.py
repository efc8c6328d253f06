"""Reads the catalogues (`assets/locale/*.po`): the words for people, by locale."""

import sys
from pathlib import Path
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue

_CHECKOUT: Final = Path(__file__).resolve().parents[2] / "assets" / "locale"
_INSTALLED: Final = Path(sys.prefix) / "share" / "branch-signage" / "assets" / "locale"


def load_catalogues(directory: Path | None = None) -> dict[str, Catalogue]:
    """All catalogues by locale. Raises Refusal (78) if there are none or one cannot be read."""
    catalogues = {path.stem: _read(path) for path in catalogue_files(directory)}
    if not catalogues:
        where = directory or _usual()
        raise Refusal(Exit.CONFIGURATION, f"{where}: there are no catalogues; install the program again")
    return catalogues


def catalogue_files(directory: Path | None = None) -> list[Path]:
    """One for each locale, by its name."""
    return sorted((directory or _usual()).glob("*.po"), key=lambda path: path.stem)


def _usual() -> Path:
    return _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED


def _read(path: Path) -> Catalogue:
    try:
        with path.open("rb") as file:
            messages = read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise Refusal(Exit.CONFIGURATION, f"{path}: cannot be read: {error}; install the program again") from None
    return Catalogue(
        locale=path.stem,
        messages={str(message.id): str(message.string) for message in messages if message.id and message.string},
    )
