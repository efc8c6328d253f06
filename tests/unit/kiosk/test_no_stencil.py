"""The window may have no stencil (`kiosk.glass.visual`): what clips by one would clip nothing."""

import re
from pathlib import Path

import kiosk

STENCIL = re.compile(r"\b(Stencil\w+|StencilView|ScrollView|RecycleView|EffectWidget)\b")


def test_nothing_clips_by_stencil() -> None:
    folder = Path(kiosk.__file__).parent
    found = [path.name for path in folder.rglob("*.py") if STENCIL.search(path.read_text())]
    assert found == []
