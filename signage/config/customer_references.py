"""What must agree between the business guide, the amenities and the rest of a branch's file."""

from collections.abc import Iterator, Sequence

from signage.config.check import Checked
from signage.config.customer_entries import AmenityTable, GuideEntryTable, GuideTable, led_to, within
from signage.config.places import Mistake, nearest, one_of, shown
from signage.core.guide import MOST_AMENITIES, MOST_ENTRIES


def customer_contradictions(
    checked: Checked, counters: Sequence[str], machines: Sequence[str], domains: Sequence[str]
) -> Iterator[Mistake]:
    """`machines`: the names of [[self_service]]; `domains`: those of [guide], sound or not."""
    for place, numbers in checked.at("counters", GuideEntryTable):
        for number in numbers:
            if number not in counters:
                yield Mistake(
                    place, "counters", shown(number), f"a counter of [[counter]], {nearest(number, counters)}"
                )
    for place, names in checked.at("self_service", GuideEntryTable):
        for name in names:
            if name not in machines:
                wanted = f"a machine of [[self_service]], {nearest(name, machines)}"
                yield Mistake(place, "self_service", shown(name), wanted)
    yield from _addresses(checked, domains)
    for place, entry in checked.of(GuideEntryTable):
        if not (entry.counters or entry.self_service or entry.phone):
            yield Mistake(place, "", "no way to do it", "counters, self_service or phone")
    yield from _too_many(checked)


def _addresses(checked: Checked, domains: Sequence[str]) -> Iterator[Mistake]:
    """A QR code puts a page before a customer in the bank's name: only to where the branch's file allows."""
    for place, url in checked.at("url", GuideEntryTable):
        if not any(within(led_to(url), domain) for domain in domains):
            wanted = f"an address within {one_of(domains)}" if domains else "its domain in [guide] domains"
            yield Mistake(place, "url", shown(url), wanted)


def _too_many(checked: Checked) -> Iterator[Mistake]:
    entries, amenities = list(checked.of(GuideEntryTable)), list(checked.of(AmenityTable))
    guides = [place for place, _ in checked.of(GuideTable)]
    if len(entries) > MOST_ENTRIES and guides:
        yield Mistake(guides[0], "entry", f"{len(entries)} entries", f"at most {MOST_ENTRIES}, what one page shows")
    if len(amenities) > MOST_AMENITIES:
        place = amenities[MOST_AMENITIES][0]
        yield Mistake(place, "", f"{len(amenities)} amenities", f"at most {MOST_AMENITIES}, what one page shows")
