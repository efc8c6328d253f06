"""The catalogues: `assets/locale/<locale>.po` to `Catalogue`, beside the source or where the package was installed."""

import sys
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue

LOCALES: Final = ("zh", "en")  # Chinese first: the order in which they are spoken
_INSTALLED: Final = Path("share", "branch-signage", "assets")


@cache
def assets_directory() -> Path:
    """``<checkout>/assets``, else ``<prefix>/share/branch-signage/assets``. Raises Refusal (78) if neither is there."""
    checkout = Path(__file__).resolve().parents[2] / "assets"
    installed = Path(sys.prefix) / _INSTALLED
    for place in (checkout, installed):
        if (place / "locale").is_dir():
            return place
    raise Refusal(Exit.CONFIGURATION, f"assets: neither {checkout} nor {installed} is there; install the package again")


@cache
def load_catalogue(locale: str) -> Catalogue:
    """The messages of one of `LOCALES`. Raises Refusal (78) that names the file."""
    return read_catalogue(assets_directory() / "locale" / f"{locale}.po", locale)


def load_catalogues() -> dict[str, Catalogue]:
    """Every locale's catalogue, Chinese first."""
    return {locale: load_catalogue(locale) for locale in LOCALES}


def read_catalogue(path: Path, locale: str) -> Catalogue:
    """One file. Raises Refusal (78) that names it."""
    try:
        with path.open("rb") as file:
            messages = {
                str(message.id): str(message.string) for message in read_po(file, abort_invalid=True) if message.id
            }
    except OSError as error:
        raise Refusal(Exit.CONFIGURATION, f"{path}: {error.strerror}; install the package again") from error
    except (PoFileError, UnicodeDecodeError) as error:
        raise Refusal(Exit.CONFIGURATION, f"{path}: {error}; install the package again") from error
    return Catalogue(locale, messages)
