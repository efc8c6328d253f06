"""Which languages a screen speaks, and in which order its touch screen offers them."""

from collections.abc import Collection, Mapping
from pathlib import Path

from kiosk.settings import KioskSettings
from kiosk.view.voice import chinese
from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue


def usual(locale: str) -> tuple[str, ...]:
    """What a screen of that language offers where nobody has said: its own, and English or Chinese."""
    return (locale, "en") if chinese(locale) else ("zh", locale)


def check_languages(known: Collection[str], settings: KioskSettings, file: Path) -> None:
    """`known`: the catalogues' locales. Raises Refusal (78) that names the key and what it may be."""
    names = ", ".join(f'"{locale}"' for locale in known)
    place = f'{file}: [[screen]] "{settings.name}"'
    if settings.locale not in known:
        found = f'found "{settings.locale}", wanted one of {names}'
        raise Refusal(Exit.CONFIGURATION, f"{place}, key locale: {found}")
    stranger = next((locale for locale in settings.languages if locale not in known), None)
    if stranger is not None:
        found = f'found "{stranger}", wanted some of {names}'
        raise Refusal(Exit.CONFIGURATION, f"{place}, key languages: {found}")
    if settings.languages and settings.locale not in settings.languages:
        missing = f'"{settings.locale}" is not among them, and it is the language of the screen (key locale)'
        raise Refusal(Exit.CONFIGURATION, f"{place}, key languages: {missing}")


def offered(catalogues: Mapping[str, Catalogue], settings: KioskSettings, spoken: str) -> dict[str, Catalogue]:
    """The catalogues of a screen's languages. `spoken`: what a person has chosen stays, though it be offered no more."""
    languages = settings.languages or usual(settings.locale)
    return {locale: catalogues[locale] for locale in (*languages, spoken)}
