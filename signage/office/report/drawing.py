"""The charts of a month, as SVG drawn from the templates."""

from collections import Counter
from math import ceil
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from signage.core.measures import Tally
from signage.office.report import charts
from signage.office.report.document import BranchMonth, Document, Reason
from signage.office.report.numbers import decimal, percent, whole
from signage.office.report.views import summed
from signage.office.report.words import Words

_BEST, _WORST, _REASONS = 10, 5, 6
_HALF = 236.0  # points: two charts side by side


def drawn(document: Document, words: Words, environment: Environment, palette: Any) -> dict[str, Markup]:
    """By the names that pages use; what there is nothing to draw of is missing."""

    def draw(name: str, kind: str, chart: Any) -> Markup:
        template = environment.get_template(f"charts/{kind}.svg.j2")
        title = words.zh.text(f"report.chart.{name}")
        made = template.render(c=chart, p=palette, id=f"hatch-{name}", title=title)
        return Markup(made)  # noqa: S704 - drawn by our own templates, which escape

    charted: dict[str, Markup] = {"stars_chart": draw("stars", "bars", _stars(document, words))}
    if any(sum(day.stars) for day in document.days):
        charted["daily"] = draw("daily", "daily", charts.daily(document.days))
    ranked = [one for one in document.branches if one.rated.place is not None]
    if len(ranked) > 1:
        charted["best_chart"] = draw("best", "spans", _ranked(ranked[:_BEST]))
    if len(ranked) > _BEST + _WORST:
        charted["worst_chart"] = draw("worst", "spans", _ranked(ranked[-_WORST:]))
    if reasons := _suspended(document):
        charted["reasons_chart"] = draw("suspended", "bars", _suspended_bars(reasons, document, words))
    if document.support:
        charted["support_chart"] = draw("support", "spans", _support(document, words))
    if any(one.display for one in document.branches):
        charted["display_chart"] = draw("display", "bars", _display(document, words))
    if document.praise:
        charted["praise_chart"] = draw("praise", "bars", _picked(document.praise, words, hatched=False))
    if document.complaint:
        charted["complaint_chart"] = draw("complaint", "bars", _picked(document.complaint, words, hatched=True))
    scores = [one.score for one in document.branches if one.score is not None]
    if len(scores) > 1:
        charted["score_chart"] = draw("score", "histogram", charts.histogram(scores))
    return charted


def _stars(document: Document, words: Words) -> charts.Bars:
    tally = document.whole.tally
    entries = [
        charts.Entry(
            f"{number} 星 {words.zh.text(f'rate.level.{number}')}",
            words.en.text(f"rate.level.{number}"),
            tally.stars[number - 1],
            whole(tally.stars[number - 1]),
            percent(tally.stars[number - 1] / tally.n if tally.n else None),
            hatched=number <= 2,
        )
        for number in (5, 4, 3, 2, 1)
    ]
    return charts.bars(entries, label=104)


def _ranked(branches: list[BranchMonth]) -> charts.Spans:
    entries = []
    for one in branches:
        tally: Tally = one.rated.tally
        low, rate = tally.bound or 0.0, tally.satisfaction or 0.0
        name = f"{one.rated.place} · {one.name}"
        entries.append(charts.SpanEntry(name, "", low, rate, rate, percent(low), f"n = {whole(tally.n)}"))
    return charts.spans(entries, charts.percent_axis(min(one.low for one in entries)))


def _suspended(document: Document) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for one in document.branches:
        sums.update(one.suspended)
    return {
        reason: minutes for reason, minutes in sorted(sums.items(), key=lambda item: (-item[1], item[0])) if minutes
    }


def _suspended_bars(reasons: dict[str, float], document: Document, words: Words) -> charts.Bars:
    scheduled = sum(one.scheduled for one in document.branches)
    entries = [
        charts.Entry(
            (named := words.named("reason", reason))["zh"],
            named["en"],
            minutes,
            words.zh.text("report.minutes-of", n=whole(minutes)),
            percent(minutes / scheduled if scheduled else None, 2),
        )
        for reason, minutes in reasons.items()
    ]
    return charts.bars(entries)


def _support(document: Document, words: Words) -> charts.Spans:
    entries = []
    for one in document.support:
        if one.acknowledge_median is None or one.acknowledge_slow is None:
            continue
        named = words.fault(one.code)
        value = words.zh.text("report.minutes-of", n=whole(one.acknowledge_median))
        note = f"n = {one.acknowledged} / {one.faults}"
        entries.append(
            charts.SpanEntry(named["zh"], named["en"], 0.0, one.acknowledge_slow, one.acknowledge_median, value, note)
        )
    step = charts.round_up(ceil(max((one.high for one in entries), default=4.0) / 4))
    return charts.spans(entries, [(step * number, decimal(step * number, 0)) for number in range(5)])


def _display(document: Document, words: Words) -> charts.Bars:
    items = sorted({item for one in document.branches for item in one.display})
    entries = []
    for item in items:
        part = summed(one.display[item] for one in document.branches if item in one.display)
        named = words.named("report.item", item)
        rate = part.rate or 0.0
        note = f"{whole(part.part)} / {whole(part.whole)}"
        entries.append(charts.Entry(named["zh"], named["en"], rate, percent(part.rate), note, hatched=rate < 0.95))
    return charts.bars(entries, full=1.0)


def _picked(reasons: tuple[Reason, ...], words: Words, *, hatched: bool) -> charts.Bars:
    entries = []
    for one in reasons[:_REASONS]:
        named = words.named("rate.reason", one.name)
        entries.append(charts.Entry(named["zh"], named["en"], one.count, whole(one.count), hatched=hatched))
    return charts.bars(entries, width=_HALF, label=78, value=44)
