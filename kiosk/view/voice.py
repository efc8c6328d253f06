"""Speaking to a person: the language they chose first, the other beneath it."""

from collections.abc import Mapping
from dataclasses import dataclass

from signage.core.model import Text
from signage.core.phrases import Catalogue, Field, Phrase


def chinese(locale: str) -> bool:
    return locale.partition("-")[0] == "zh"


def following(catalogues: Mapping[str, Catalogue], locale: str) -> str:
    """The language offered after this one; the first after the last, the same where there is one only."""
    names = list(catalogues)
    return names[(names.index(locale) + 1) % len(names)]


@dataclass(frozen=True)
class Pair:
    """One thing in two languages; `second` is empty where one is enough."""

    first: str
    second: str = ""


@dataclass(frozen=True)
class Voice:
    """The catalogues in the order in which they are spoken. Elder mode speaks one language only: it shows less."""

    first: Catalogue
    second: Catalogue | None = None

    @staticmethod
    def of(catalogues: Mapping[str, Catalogue], locale: str, *, elder: bool = False) -> "Voice":
        """`locale` first, and beneath it the first that is Chinese where it is not, or not where it is.

        KeyError for a locale without catalogue.
        """
        other = next((name for name in catalogues if chinese(name) is not chinese(locale)), None)
        return Voice(catalogues[locale], None if elder or other is None else catalogues[other])

    def say(self, key: str, /, **args: Field) -> str:
        """In the first language only."""
        return self.first.text(key, **args)

    def both(self, key: str, /, **args: Field) -> Pair:
        return self.render(Phrase(key, args))

    def render(self, phrase: Phrase) -> Pair:
        first = self.first.render(phrase)
        return _pair(first, self.second.render(phrase) if self.second is not None else "")

    def pick(self, text: Text) -> Pair:
        """Words that came with the data."""
        first = self.first.pick(text)
        return _pair(first, self.second.pick(text) if self.second is not None else "")


def _pair(first: str, second: str) -> Pair:
    return Pair(first, "" if second == first else second)
