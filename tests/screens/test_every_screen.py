"""Everything in the gallery, in every size, language and type: whole, apart, legible and within reach."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from kiosk.gallery.registry import Picture, Size, every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from tests.screens import eye

OpenStage = Callable[[int, int], Stage]
GROUPS: dict[tuple[str, Size], list[Picture]] = defaultdict(list)
for one in every(load_catalogues()):
    GROUPS[one.group, one.size].append(one)


@pytest.mark.parametrize("key", GROUPS, ids=lambda key: f"{key[0]}-{key[1][0]}x{key[1][1]}")
def test_screens_are_whole_apart_legible_and_within_reach(stage: OpenStage, key: tuple[str, Size]) -> None:
    stage(*key[1])
    faults = []
    for picture in GROUPS[key]:
        screen = picture.make()
        found = [*eye.cut_short(screen), *eye.overlapping(screen), *eye.pale(screen)]
        if picture.group in {"touch", "design"}:
            found += eye.out_of_reach(screen, elder=picture.elder)
        faults += [f"{picture.title}: {fault}" for fault in found]
    assert faults == []
