"""A counter's display introduces who serves: a real file, the confined decoder, real pixels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kiosk.portraits import portraits_of
from kiosk.stage import Stage
from kiosk.view.portrait import Teller
from tests.screens.hall import RED, Hall, painted

OpenStage = Callable[[int, int], Stage]
SIZE = (1280, 800)
NAME = {"zh": "李晓梅", "en": "Li Xiaomei"}


def hall_with(stage: OpenStage, folder: Path, photo: Path) -> Hall:
    hall = Hall(stage(*SIZE), folder, "counter", SIZE, tellers=(Teller("0571017", NAME, photo),))
    hall.station.portraits = portraits_of(hall.station.settings, hall.darkroom)
    return hall


def share(hall: Hall, colour: tuple[int, int, int]) -> float:
    picture = hall.stage.pixels()
    counts: dict[Any, int] = {rgb: count for count, rgb in picture.getcolors(1 << 21) or []}
    return counts.get(colour, 0) / (picture.width * picture.height)


def served_by(hall: Hall, teller: str) -> None:
    counters = [replace(one, teller=teller) if one.number == "3" else one for one in hall.state.counters]
    hall.learn(replace(hall.state, counters=tuple(counters)))


def test_a_photo_stands_while_its_teller_serves_and_not_longer(stage: OpenStage, tmp_path: Path) -> None:
    photo = tmp_path / "li.png"
    photo.write_bytes(painted(RED, (600, 800)))
    hall = hall_with(stage, tmp_path, photo)
    hall.develop()
    assert abs(share(hall, RED) - 160 * 213 / (1280 * 800)) < 0.0005
    served_by(hall, "0571999")
    hall.draw()
    assert share(hall, RED) == 0
    served_by(hall, "0571017")
    sight = hall.draw()
    assert [one.key.sha256 for one in sight.pixels] == ["0571017"]
    assert share(hall, RED) > 0.03
    assert hall.status()["faults"] == []
    hall.close()


def test_a_photo_that_is_none_is_a_figure_and_a_fault(stage: OpenStage, tmp_path: Path) -> None:
    photo = tmp_path / "li.jpg"
    photo.write_bytes(b"no picture")
    hall = hall_with(stage, tmp_path, photo)
    hall.develop()
    card = hall.face.widget.face._teller  # what stands on the glass
    assert card.portrait.figure.parent is card.portrait
    hall.wait(61)
    (fault,) = hall.status()["faults"]
    assert fault["code"] == "teller-photo"
    assert str(photo) in fault["text"]
    hall.close()
