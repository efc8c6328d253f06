"""What a soak's samples say: a slope with its confidence interval, what stayed constant, and the plot."""

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from enum import Enum
from html import escape
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist, fmean, median
from typing import Final, NamedTuple

BLOCK_S: Final = 30.0
WARM_SHARE: Final = 1 / 3  # of a run, at most
WARM_S: Final = 900.0  # a kiosk that is tapped at random has been on every page by then
AIM_MB_H: Final = 1.0
AIM_STALL_MS: Final = 500.0
SILENT_S: Final = 10.0  # a process of which nothing was seen for so long at the end has gone
_PARTS: Final = 3
_Z: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Sample:
    """One process at one moment.

    `at`: real seconds since the start; `own_mb`: the part of `rss_mb` that no file can give back; `stall_ms`: the longest
    that the drawing loop was busy at a stretch in the last half minute, or up to a minute, as its last status said.
    """

    at: float
    content_h: float
    process: str
    rss_mb: float
    own_mb: float
    threads: int
    files: int
    stall_ms: float
    cpu_s: float
    pid: int


Amount = Callable[[Sample], float]


def resident(sample: Sample) -> float:
    """With the pages of files, which the system brings and takes away as it likes."""
    return sample.rss_mb


def own(sample: Sample) -> float:
    """What only the process itself can give back."""
    return sample.own_mb


MEMORY: Final[dict[str, Amount]] = {"resident": resident, "its own": own}


class Samples:
    """A CSV that grows line by line, so that a run that is cut short still says something."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", newline="", encoding="utf-8", buffering=1)
        self._writer = csv.writer(self._file)
        self._writer.writerow(field.name for field in fields(Sample))

    def put(self, sample: Sample) -> None:
        self._writer.writerow(astuple(sample))


def read(path: Path) -> list[Sample]:
    """What a run has left, a torn last line aside."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return [
        Sample(
            float(row[0]),
            float(row[1]),
            row[2],
            float(row[3]),
            float(row[4]),
            int(row[5]),
            int(row[6]),
            float(row[7]),
            float(row[8]),
            int(row[9]),
        )
        for row in rows
        if len(row) == len(fields(Sample))
    ]


@dataclass(frozen=True)
class Slope:
    """Megabytes an hour and half the width of the 95 % interval; `blocks`: means of half a minute that it is fitted to."""

    per_hour: float
    within: float
    blocks: int


class _Point(NamedTuple):
    """A block of samples: when, since the start, then hours and megabytes, and how many samples they are the means of."""

    at: float
    x: float
    y: float
    weight: int

    @classmethod
    def of(cls, block: Sequence[Sample], amount: Amount) -> "_Point":
        at = fmean(one.at for one in block)
        return cls(at, at / 3600, fmean(amount(one) for one in block), len(block))


def warm_from(samples: Sequence[Sample]) -> float:
    """When the warm-up is over, in seconds."""
    return min(WARM_S, max(sample.at for sample in samples) * WARM_SHARE)


def slope(samples: Sequence[Sample], amount: Amount = resident) -> Slope | None:
    """Least squares over block means, each as heavy as it has samples, one slope for two levels.

    A film brings threads and some 40 MB, and takes them with it: samples with more threads than the fewest have a level of
    their own, so that films are not taken for growth, nor for chance. The interval is widened by the residuals' likeness to
    their neighbours: samples seconds apart are anything but independent, and taken one by one they would promise a certainty
    that is not there. None: too few blocks.
    """
    fewest = min((sample.threads for sample in samples), default=0)
    blocks: dict[tuple[bool, int], list[Sample]] = {}
    for sample in samples:
        blocks.setdefault((sample.threads > fewest, int(sample.at // BLOCK_S)), []).append(sample)
    levels: dict[bool, list[_Point]] = {}
    for (playing, _), block in blocks.items():
        levels.setdefault(playing, []).append(_Point.of(block, amount))
    points = sorted(point for level in levels.values() for point in _centred(level))
    free = len(points) - len(levels) - 1
    if free < 2:
        return None
    spread = sum(one.weight * one.x * one.x for one in points)
    steep = sum(one.weight * one.x * one.y for one in points) / spread
    rest = [(one.y - steep * one.x) * math.sqrt(one.weight) for one in points]
    squares = sum(value * value for value in rest)
    error = math.sqrt(squares / free / spread)
    alike = sum(one * other for one, other in pairwise(rest)) / squares if squares else 0.0
    alike = min(max(alike, 0.0), 0.95)
    student = _Z * (1 + (_Z**2 + 1) / (4 * free))  # of few blocks
    return Slope(steep, student * error * math.sqrt((1 + alike) / (1 - alike)), len(points))


class Held(Enum):
    """Whether an aim is: UNKNOWN where the interval reaches over it on both sides."""

    YES = "held"
    UNKNOWN = "not shown"
    NO = "missed"


@dataclass(frozen=True)
class Finding:
    """One aim for one process, and what was seen of it."""

    process: str
    aim: str
    held: Held
    seen: str


def findings(samples: Sequence[Sample]) -> Iterator[Finding]:
    """Of a whole run: every aim, for every process."""
    warm, end = warm_from(samples), max(sample.at for sample in samples)
    for name in sorted({sample.process for sample in samples}):
        lived = [sample for sample in samples if sample.process == name]
        lives = len({sample.pid for sample in lived})
        silent = end - lived[-1].at
        yield Finding(
            name,
            "one life",
            _held(lives == 1 and silent < SILENT_S),
            f"{lives}, the last seen {silent:.0f} s before the end",
        )
        late = [sample for sample in lived if sample.at >= warm]
        if len(late) < 2 * _PARTS:
            continue
        for memory, amount in MEMORY.items():
            if (fitted := slope(late, amount)) is not None:
                seen = f"{fitted.per_hour:+.2f} ± {fitted.within:.2f}"
                yield Finding(name, f"memory, {memory} < {AIM_MB_H:g} MB/h", _grown(fitted), seen)
        for aim, counts in (("threads", [one.threads for one in late]), ("files", [one.files for one in late])):
            first, last = (median(third) for third in _ends(counts))
            yield Finding(
                name,
                f"{aim} constant",
                _held(last <= first),
                f"{first:g}, then {last:g}; {min(counts)} to {max(counts)}",
            )
        stall = max(sample.stall_ms for sample in late)
        yield Finding(name, f"longest gap < {AIM_STALL_MS:g} ms", _held(stall < AIM_STALL_MS), f"{stall:.0f}")


def _held(well: bool) -> Held:
    return Held.YES if well else Held.NO


def _grown(fitted: Slope) -> Held:
    if fitted.per_hour + fitted.within < AIM_MB_H:
        return Held.YES
    return Held.NO if fitted.per_hour - fitted.within >= AIM_MB_H else Held.UNKNOWN


def _ends(counts: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """The first third and the last. Their middles are compared: a film brings some for a while, a night's rest closes some."""
    third = len(counts) // _PARTS
    return counts[:third], counts[-third:]


def _centred(level: Sequence[_Point]) -> Iterator[_Point]:
    """How far each point is from its level's middle."""
    whole = sum(one.weight for one in level)
    mid_x = sum(one.weight * one.x for one in level) / whole
    mid_y = sum(one.weight * one.y for one in level) / whole
    return (one._replace(x=one.x - mid_x, y=one.y - mid_y) for one in level)


COLOURS: Final = {"wall": "#0B6B57", "touch": "#A8201A", "wall-guard": "#5A636E", "touch-guard": "#8A5A00"}
_W, _H, _LEFT, _TOP, _PLOT_W, _PLOT_H = 960, 520, 70, 60, 860, 380


def plot(samples: Sequence[Sample], title: str) -> str:
    """Memory over real time, as SVG."""
    last = max(sample.at for sample in samples) or 1.0
    high = max(sample.rss_mb for sample in samples) * 1.15
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_W} {_H}" font-family="sans-serif" font-size="14">',
        f'<rect width="{_W}" height="{_H}" fill="#FFFFFF"/><text x="{_LEFT}" y="28" font-size="18">{escape(title)}</text>',
    ]
    step = 50 if high > 150 else 20
    for level in range(0, int(high) + 1, step):
        y = _TOP + _PLOT_H * (1 - level / high)
        parts.append(f'<path d="M{_LEFT} {y:.1f}h{_PLOT_W}" stroke="#DCD8CE"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{level}</text>')
    warm = _LEFT + _PLOT_W * warm_from(samples) / last
    parts.append(f'<path d="M{warm:.1f} {_TOP}v{_PLOT_H}" stroke="#5A636E" stroke-dasharray="4 4"/>')
    parts.append(f'<text x="{warm + 6:.1f}" y="{_TOP + 14}" fill="#5A636E">warm from here</text>')
    every = max(1, round(last / 60 / 9))
    for minute in range(0, int(last / 60) + 1, every):
        x = _LEFT + _PLOT_W * minute * 60 / last
        parts.append(f'<text x="{x:.1f}" y="{_TOP + _PLOT_H + 22}" text-anchor="middle">{minute}</text>')
    parts.append(f'<text x="{_LEFT}" y="{_TOP - 12}">resident, MB; thin: what is not of files</text>')
    parts.append(f'<text x="{_LEFT + _PLOT_W}" y="{_TOP + _PLOT_H + 44}" text-anchor="end">real minutes</text>')
    for number, name in enumerate(sorted({sample.process for sample in samples})):
        drawn = [sample for sample in samples if sample.process == name]
        drawn = drawn[:: max(1, len(drawn) // _PLOT_W)]  # a pixel each
        colour = COLOURS.get(name, "#1B1F23")
        for width, amount in ((2, resident), (0.7, own)):
            line = " ".join(
                f"{_LEFT + _PLOT_W * one.at / last:.1f},{_TOP + _PLOT_H * (1 - amount(one) / high):.1f}"
                for one in drawn
            )
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        parts.append(f'<text x="{_LEFT + 170 * number}" y="{_H - 16}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])
