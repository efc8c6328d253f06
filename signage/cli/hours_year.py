"""A year's table on a terminal or in JSON."""

from collections.abc import Mapping
from typing import Any

from signage.core.hours_weeks import service_name
from signage.core.hours_year import Stretch, YearTable
from signage.core.phrases import Catalogue, Phrase
from signage.core.wording import day_and_month


def year_lines(table: YearTable, catalogue: Catalogue) -> list[str]:
    """The usual weeks, then each special stretch of dates in a line."""
    lines = [str(table.year)]
    for usual in table.usual:
        for service, words in usual.weeks:
            lines.append(f"{usual.first}–  {catalogue.render(service_name(service))}  {catalogue.render(words)}")
    lines += [_stretch_line(stretch, catalogue) for stretch in table.special]
    if table.known_until is not None:
        known = table.known_until
        words = Phrase("hours.year_unknown", {"year": known.year, "day": day_and_month(known)})
        lines.append(catalogue.render(words))
    return lines


def _stretch_line(stretch: Stretch, catalogue: Catalogue) -> str:
    dates = f"{stretch.first}" if stretch.first == stretch.last else f"{stretch.first}–{stretch.last:%m-%d}"
    note = catalogue.pick(stretch.note) or catalogue.text(f"day.kind.{stretch.kind}")
    told = "  ".join(f"{catalogue.render(service_name(name))} {catalogue.render(it)}" for name, it in stretch.hours)
    return f"{dates}  {note}  {told}"


def year_data(table: YearTable, catalogues: Mapping[str, Catalogue]) -> dict[str, Any]:
    """The same as plain data, with words in every locale."""

    def words(hours: tuple[tuple[str, Phrase], ...]) -> dict[str, dict[str, str]]:
        return {
            service: {locale: catalogue.render(phrase) for locale, catalogue in catalogues.items()}
            for service, phrase in hours
        }

    return {
        "year": table.year,
        "usual": [{"from": one.first.isoformat(), **words(one.weeks)} for one in table.usual],
        "special": [
            {
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "type": one.kind,
                "note": one.note,
                **words(one.hours),
            }
            for one in table.special
        ],
        "known_until": table.known_until.isoformat() if table.known_until is not None else None,
    }
