"""Speaking to a person: the language they chose first, the other beneath it."""

from collections.abc import Mapping
from dataclasses import dataclass

from signage.core.model import Text
from signage.core.phrases import Catalogue, Field, Phrase


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
        """`locale` first and the other one, Chinese or English, beneath. KeyError for a locale without catalogue."""
        other = "en" if locale == "zh" else "zh"
        return Voice(catalogues[locale], None if elder else catalogues.get(other))

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
