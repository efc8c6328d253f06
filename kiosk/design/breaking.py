"""Where lines break: Chinese between words as far as they are known, never before closing marks; Latin between words. Pure."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from kiosk.design.words_whole import UNITS, WHOLE

Measure = Callable[[str], float]
ELLIPSIS: Final = "…"

_NO_START: Final = "，。、；：！？）》」』】〉”’…—·,.;:!?)]}%"
_NO_END: Final = "（《「『【〈“‘([{"
_CLAUSE_ENDS: Final = "，。；：！？、"
_TORN: Final = 0.2  # what it costs an even text to end a line within a Chinese clause
_KNOWN: Final = "|".join(sorted(WHOLE, key=len, reverse=True))
_UNITS: Final = "|".join(sorted(UNITS, key=len, reverse=True))
_DATE: Final = r"\d+月\d+日"
_ATOMS: Final = re.compile(rf"\s+|{_KNOWN}|{_DATE}|\d[\d.,:–]* ?(?:{_UNITS})|[0-9A-Za-z.:/%+\-–'’]+|.", re.DOTALL)


def _wide(char: str) -> bool:
    return ord(char) >= 0x2E80


def atoms(text: str) -> list[str]:
    """What may not be torn apart: words, dates, figures with their unit, a character with the marks that cling to it."""
    out: list[str] = []
    for piece in _ATOMS.findall(text):
        space = piece.isspace()
        clings = bool(out) and not out[-1].isspace() and not space
        if clings and (piece[0] in _NO_START or out[-1][-1] in _NO_END or not _breakable(out[-1][-1], piece[0])):
            out[-1] += piece
        else:
            out.append(" " if space else piece)
    return out


def _breakable(before: str, after: str) -> bool:
    return _wide(before) or _wide(after)


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width`, as far as atoms allow. A newline begins a new line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for atom in atoms(paragraph):
            if not line or measure((line + atom).rstrip()) <= width:
                line = line + atom if line else atom.lstrip()
            else:
                lines.append(line.rstrip())
                line = atom.lstrip()
        lines.append(line.rstrip())
    return lines


def fits(lines: list[str], width: float, count: int, measure: Measure) -> bool:
    """Whether there are few enough lines, all narrow enough."""
    return len(lines) <= count and all(measure(line) <= width for line in lines)


def clip(lines: list[str], width: float, count: int, measure: Measure) -> list[str]:
    """The last resort: at most `count` lines, each cut with an ellipsis where it is too wide or goes on."""
    kept = lines[:count]
    out = []
    for index, line in enumerate(kept):
        goes_on = index == len(kept) - 1 and len(lines) > count
        text = line + ELLIPSIS if goes_on else line
        while measure(text) > width and len(text) > 1:
            text = text.rstrip(ELLIPSIS)[:-1].rstrip() + ELLIPSIS
        out.append(text)
    return out


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """Lines as even as they come, rather after a clause than within one, and no more of them than `wrap` takes."""
    lines = wrap(text, width, measure)
    if len(lines) < 2 or "\n" in text:
        return lines
    even = _even(atoms(text), len(lines), width, measure)
    return even if fits(even, width, len(lines), measure) else lines


def _even(pieces: Sequence[str], count: int, width: float, measure: Measure) -> list[str]:
    """The cheapest way to make `count` lines of the pieces; widths add up well enough to choose by."""
    reach = [0.0]
    for piece in pieces:
        reach.append(reach[-1] + measure(piece))
    target, size = reach[-1] / count, len(pieces)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        ways: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            for end in range(start + 1, size + 1):
                wide = reach[end] - reach[start]
                if wide > width and end > start + 1:
                    break
                price = cost + ((wide - target) / target) ** 2 + (_tears(pieces, end) if end < size else 0.0)
                if end not in ways or price < ways[end][0]:
                    ways[end] = (price, (*ends, end))
        best = ways
    ends = best[size][1] if size in best else (size,)
    return ["".join(pieces[start:end]).strip() for start, end in zip((0, *ends), ends, strict=False)]


def _tears(pieces: Sequence[str], end: int) -> float:
    last = pieces[end - 1].rstrip()[-1:]
    return _TORN if last and _wide(last) and last not in _CLAUSE_ENDS else 0.0
