"""What an approver reads before signing: each difference to what is published, one line each."""

from collections.abc import Iterator

from signage.content.catalogue import Catalogue
from signage.core.programme import Asset


def differences(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Lines that start with + (new), - (gone) or ~ (changed)."""
    for ref in sorted(old.assets.keys() | new.assets.keys()):
        before, after = old.assets.get(ref), new.assets.get(ref)
        if before != after:
            sign = "+" if before is None else "-" if after is None else "~"
            shown = after if after is not None else before
            assert shown is not None
            yield f"{sign} {described(shown)}"
    before_items = {item.id: item for item in old.timetable.items}
    after_items = {item.id: item for item in new.timetable.items}
    for one in sorted(before_items.keys() | after_items.keys()):
        if before_items.get(one) != after_items.get(one):
            sign = "+" if one not in before_items else "-" if one not in after_items else "~"
            item = after_items.get(one) or before_items[one]
            where = ", ".join((*item.screens, *item.groups)) or "everywhere"
            stay = f"on the page {item.page}" if item.page else f"{item.seconds} s"
            yield f"{sign} programme: {item.asset} as {item.cls}, {stay}, {where}"
    if old.declarations != new.declarations:
        for key in new.declarations.operations:
            until = f" until {key.until}" if key.until is not None else ""
            yield f"~ operations key {key.keyid[:12]}: {', '.join(key.commands)} at {', '.join(key.branches)}{until}"
        for template in new.declarations.templates:
            yield f"~ notice template {template.id}: {template.text.get('zh', '')}"
        for checklist in new.declarations.checklists:
            due = f", by {checklist.due}" if checklist.due else ""
            where = ", ".join(checklist.groups) or "everywhere"
            yield f"~ checklist {checklist.id} {checklist.title.get('zh', '')}: version {checklist.version}, {len(checklist.steps)} steps{due}, {where}"
            yield from (f"    {number}. {step.text.get('zh', '')}" for number, step in enumerate(checklist.steps, 1))
        yield f"~ calendar: {len(new.declarations.days)} days, {len(new.declarations.exceptions)} exceptions"


def described(asset: Asset) -> str:
    """An asset in one line."""
    words = asset.title.get("zh") or " / ".join(asset.text.get("zh", "").splitlines())
    words += "".join(f"; {row.name.get('zh', '')} {row.value}" for row in asset.rows)
    until = f", until {asset.until}" if asset.until is not None else ", without an end"
    risk = f", risk text: {asset.risk['zh']}" if asset.risk.get("zh") else ", no risk text"
    size = f", {asset.renditions[0].width} × {asset.renditions[0].height}" if asset.renditions else ""
    return f"{asset.kind} {asset.ref} {words}{size}{until}{risk}, may play as {' '.join(asset.uses)}"
