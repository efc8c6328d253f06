"""Words for people: pure code names a phrase, a catalogue of one locale turns it into text.

A ``Phrase`` is a key of the catalogues and its fields. A field may be another phrase (a date inside a sentence), a
``Text`` (words that came with the data, in several locales) or a tuple (a list, joined as the locale joins lists).

A message may ask for a field in another form: ``{numbers:or}`` is a list of which one is to be chosen, ``{count:thing|things}``
the word for one or the word for any other number (of a list: of its parts).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from signage.core.model import Text

Field: TypeAlias = "str | int | Phrase | Text | tuple[str | int | Phrase, ...]"

FALLBACK_LOCALE: Final = "zh"
_FALLBACKS: Final = (FALLBACK_LOCALE, "en")
_LIST_SEPARATOR: Final = "list.separator"
_LIST_LAST: Final = "list.last"
_LIST_OR: Final = "list.or"
_EITHER: Final = "or"


@dataclass(frozen=True)
class Phrase:
    """`key` names a message of the catalogues; `args` fill its named fields."""

    key: str
    args: Mapping[str, Field] = field(default_factory=dict)


def given(text: Text) -> Phrase:
    """Words that came with the data, as a phrase."""
    return Phrase("text.given", {"text": text})


def pick(text: Text, locale: str) -> str:
    """The words of `text` for `locale`; else those of the same language, Chinese, English, any; "" if there are none."""
    for wanted in (locale, locale.partition("-")[0].partition("_")[0], *_FALLBACKS):
        if text.get(wanted):
            return text[wanted]
    return next((words for words in text.values() if words), "")


@dataclass(frozen=True)
class Catalogue:
    """The messages of one locale: key to format string with ``{named}`` fields."""

    locale: str
    messages: Mapping[str, str]

    def __contains__(self, key: str) -> bool:
        return key in self.messages

    def render(self, phrase: Phrase) -> str:
        """The phrase in this locale. Raises KeyError for a key or field the catalogue or the phrase lacks."""
        return self.text(phrase.key, **phrase.args)

    def text(self, key: str, /, **args: Field) -> str:
        """The message `key` with its fields filled. Raises KeyError."""
        return self.messages[key].format_map({name: _Filled(self, value) for name, value in args.items()})

    def pick(self, text: Text) -> str:
        """Words that came with the data, in this locale or the nearest there is."""
        return pick(text, self.locale)

    def words(self, value: Field, last: str = _LIST_LAST) -> str:
        """A field in words. `last`: the message that stands before the last part of a list."""
        match value:
            case Phrase():
                return self.render(value)
            case dict():
                return self.pick(value)
            case tuple():
                return self._list([self.words(part) for part in value], last)
            case _:
                return str(value)

    def _list(self, parts: list[str], last: str) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return self.messages[_LIST_SEPARATOR].join(parts[:-1]) + self.messages[last] + parts[-1]


@dataclass(frozen=True)
class _Filled:
    """A field as a message asks for it."""

    catalogue: Catalogue
    value: Field

    def __format__(self, form: str) -> str:
        one, several, many = form.partition("|")
        if several:
            return one if self._alone() else many
        return self.catalogue.words(self.value, _LIST_OR if form == _EITHER else _LIST_LAST)

    def _alone(self) -> bool:
        return len(self.value) == 1 if isinstance(self.value, tuple) else str(self.value) == "1"
