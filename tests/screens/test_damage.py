"""Frames made from what changed beside whole frames of the same state, pixel by pixel, over the whole gallery."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from math import prod
from typing import Any

import pytest
from PIL import Image, ImageChops

from kiosk.design.box import Box
from kiosk.design.tokens import DAY, NIGHT, Look
from kiosk.gallery import counters, media, touches, walls
from kiosk.gallery.registry import Picture, every
from kiosk.gallery.touch_cases import view_of
from kiosk.glass.areas import Area
from kiosk.stage import Stage
from kiosk.view.media import MediaMain
from signage.link.catalogues import load_catalogues

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
MAGENTA = (1.0, 0.0, 1.0, 1.0)


class Glass:
    """A stage whose frames are made from what changed. `shown`: what was put on the glass, for each frame; (): a swap."""

    errors = 0

    def __init__(self, stage: Stage) -> None:
        self.stage, self.window = stage, stage.window
        self.shown: list[Sequence[Area]] = []
        self.window.flip = self.swap
        self.painter = importlib.import_module("kiosk.glass.painter").Painter(stage.window, self)
        self.settle()

    def show(self, areas: Sequence[Area]) -> None:
        self.shown.append(tuple(areas))

    def swap(self) -> None:
        self.shown.append(())
        type(self.window).flip(self.window)

    def settle(self) -> None:
        """Until nothing is drawn any more."""
        for _ in range(8):
            before = len(self.shown)
            self.stage.step()
            if len(self.shown) == before:
                return
        raise AssertionError("it draws, though nothing changes")

    def read(self) -> Image.Image:
        """The back buffer as it is."""
        gl = importlib.import_module("kivy.graphics.opengl")
        size = self.window.system_size
        return Image.frombytes("RGBA", size, gl.glReadPixels(0, 0, *size, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE)).convert(
            "RGB"
        )

    def whole(self) -> Image.Image:
        """The same state, drawn by Kivy."""
        self.painter.whole()
        self.window.dispatch("on_draw")
        picture = self.read()
        self.window.dispatch("on_flip")
        self.settle()  # what has a shader of its own is marked by Kivy when it is drawn without having changed
        return picture

    def spoil(self) -> None:
        gl = importlib.import_module("kivy.graphics.opengl")
        gl.glClearColor(*MAGENTA)
        gl.glClear(gl.GL_COLOR_BUFFER_BIT)

    @property
    def size(self) -> int:
        return int(self.window.system_size[0] * self.window.system_size[1])

    def drawn(self, frame: Sequence[Area]) -> int:
        """Pixels of a frame."""
        return sum(area.size for area in frame)


@pytest.fixture
def glass(stage: OpenStage) -> Iterator[Callable[..., Glass]]:
    opened: list[Glass] = []

    def open_glass(width: int, height: int) -> Glass:
        while opened:
            opened.pop().painter.close()
        opened.append(Glass(stage(width, height)))
        return opened[0]

    yield open_glass
    for one in opened:
        one.painter.close()


OpenGlass = Callable[[int, int], Glass]


def off(one: Image.Image, other: Image.Image) -> int:
    """By how much two pictures differ, in levels."""
    return max(most for _, most in ImageChops.difference(one, other).getextrema())  # type: ignore[misc]  # of RGB


def assert_same(glass: Glass, case: object, levels: int = 0) -> None:
    """What stands is what Kivy would have drawn."""
    parts = glass.read()
    whole = glass.whole()
    if off(parts, whole) > levels:
        where = ImageChops.difference(parts, whole).getbbox()
        raise AssertionError(f"{case}: {off(parts, whole)} levels at {where} of the picture upside down")


# ---- every picture of the gallery: any part of it can be drawn by itself ---------------------------------------------


LARGE = 1_000_000  # pixels


def halved(picture: Picture) -> Picture:
    """A large one at half its length and height: the same parts, painted by the same code, in a quarter of the time."""
    if prod(picture.size) <= LARGE:
        return picture
    size = (picture.size[0] // 2, picture.size[1] // 2)
    make = picture.make
    assert isinstance(make, partial)
    assert picture.size in make.args, f"{picture.title}: its size is none of the arguments"
    arguments = [size if one == picture.size else one for one in make.args]
    return replace(picture, size=size, make=partial(make.func, *arguments, **make.keywords))


def smallest() -> dict[str, list[Picture]]:
    """Every picture in Chinese, in the least of its sizes, by the window that it wants."""
    least: dict[tuple[str, str], Picture] = {}
    for picture in every(CATALOGUES, None, "-zh-"):
        case = (picture.group, picture.name.partition("-zh-")[2])
        if case not in least or prod(picture.size) < prod(least[case].size):
            least[case] = picture
    out: dict[str, list[Picture]] = {}
    for picture in map(halved, least.values()):
        out.setdefault(f"{picture.group}-{picture.size[0]}x{picture.size[1]}", []).append(picture)
    return out


PICTURES = smallest()


def tiles(width: int, height: int, across: int = 7, up: int = 5) -> Iterator[Area]:
    """A window cut up where nothing else is."""
    xs = [round(width * i / across) for i in range(across + 1)]
    ys = [round(height * i / up) for i in range(up + 1)]
    for left, right in pairwise(xs):
        for bottom, top in pairwise(ys):
            yield Area(left, bottom, right, top)


@pytest.mark.parametrize("window", sorted(PICTURES))
def test_every_picture_is_the_same_when_it_is_put_together_from_parts(glass: OpenGlass, window: str) -> None:
    size = PICTURES[window][0].size
    on = glass(*size)
    for picture in PICTURES[window]:
        on.window.add_widget(picture.make())
        on.settle()
        whole = on.whole()
        on.spoil()
        for tile in tiles(*size):
            on.painter.mend(tile)
        assert off(on.read(), whole) == 0, f"{picture.name}: a tile differs"
        on.spoil()
        for area in sorted(on.painter.damage.areas(), key=lambda one: -one.size):
            on.painter.mend(area.within(*size))
        assert off(on.read(), whole) == 0, f"{picture.name}: a widget paints where it does not say"
        on.stage.clear()
        on.settle()


# ---- every change from one state to another --------------------------------------------------------------------------


def tour(count: int) -> list[int]:
    """Each of so many states after each other one, in one go: an Euler circuit of the complete graph."""
    left = {one: [other for other in range(count) if other != one] for one in range(count)}
    stack, out = [0], []
    while stack:
        if left[stack[-1]]:
            stack.append(left[stack[-1]].pop())
        else:
            out.append(stack.pop())
    return out[::-1]


def test_the_tour_makes_every_change_once() -> None:
    steps = list(pairwise(tour(6)))
    assert len(steps) == len(set(steps)) == 30


ONE_OF_EACH = ("welcome", "hours", "notice", "emergency", "counter-suspended", "suspended", "closed", "unheard", "safe")


def walk(on: Glass, face: Any, views: Sequence[Any], show: Callable[[Any], None]) -> float:
    """How much of a window was drawn for a change, on average."""
    show(views[0])
    face.place(Box(0, 0, *on.window.size))
    on.window.add_widget(face)
    on.settle()
    drawn = []
    for before, after in pairwise(tour(len(views))):
        on.shown.clear()
        show(views[after])
        on.settle()
        drawn.append(sum(map(on.drawn, on.shown)))
        assert_same(on, (before, after))
    return sum(drawn) / len(drawn) / on.size


def test_a_wall_goes_from_every_state_to_every_other(glass: OpenGlass) -> None:
    size = (480, 270)
    on = glass(*size)
    made = [walls.make_wall(CATALOGUES, "zh", case, size) for case in walls.wall_cases() if case[0] in ONE_OF_EACH]
    made += [media.make_wall(CATALOGUES, "zh", case, size) for case in media.cases()[1:3]]
    views = [one.view for one in made]
    shelf = importlib.import_module("kiosk.screens.textures").Shelf()
    shelf.keep([media.pixels(view.main) for view in views if isinstance(view.main, MediaMain) and view.main.still])
    wall = importlib.import_module("kiosk.screens.wall").Wall(Look.fit(NIGHT, *size), shelf)
    assert walk(on, wall, views, wall.show) < 0.9


def test_a_counter_display_goes_from_every_state_to_every_other(glass: OpenGlass) -> None:
    size = (400, 240)
    on = glass(*size)
    views = [counters.make_counter(CATALOGUES, "zh", case, size).view for case in counters.counter_cases()]
    display = importlib.import_module("kiosk.screens.counter").CounterDisplay(Look.fit(NIGHT, *size))
    walk(on, display, views, display.show)


def test_a_touch_screen_goes_from_every_page_to_its_first_and_back(glass: OpenGlass) -> None:
    size = (270, 480)
    on = glass(*size)
    cases = list(touches.cases())
    cases += [case._replace(touch=replace(case.touch, elder=True)) for case in cases[:3]]
    views = [view_of(case, CATALOGUES) for case in cases]
    screen = importlib.import_module("kiosk.screens.touch").TouchScreen(DAY, size, lambda _: None)
    screen.place(Box(0, 0, *size))
    on.window.add_widget(screen)
    for number, view in enumerate([one for other in views[1:] for one in (views[0], other)]):
        screen.show(view, 9 if number % 4 else None)
        on.settle()
        assert_same(on, number)


# ---- motion ----------------------------------------------------------------------------------------------------------


def moving_wall(on: Glass, size: tuple[int, int], *cases: str) -> tuple[Any, list[Any]]:
    known = {case[0]: case for case in media.cases()}
    views = [media.make_wall(CATALOGUES, "zh", known[case], size).view for case in cases]
    shelf = importlib.import_module("kiosk.screens.textures").Shelf()
    shelf.keep([media.pixels(view.main) for view in views if isinstance(view.main, MediaMain) and view.main.still])
    wall = importlib.import_module("kiosk.screens.wall").Wall(Look.fit(NIGHT, *size, moving=True), shelf)
    wall.place(Box(0, 0, *size))
    wall.show(views[0])
    on.window.add_widget(wall)
    on.settle()
    return wall, views


def test_a_ticker_draws_its_own_line_and_nothing_else(glass: OpenGlass) -> None:
    on = glass(960, 540)
    wall, _ = moving_wall(on, (960, 540), "media-whole")
    box = wall.foot.ticker.box
    for _ in range(40):
        on.shown.clear()
        wall.advance(1 / 30)
        on.stage.step()
        assert on.shown == [(Area.around(box.x, box.y, box.w, box.h),)]
        assert_same(on, "ticker")


@pytest.mark.parametrize("after", ["media-standing", "media-words", "media-rates"])
def test_a_fade_is_the_same_within_a_level_in_each_of_its_frames(glass: OpenGlass, after: str) -> None:
    on = glass(960, 540)
    wall, views = moving_wall(on, (960, 540), "media-whole", after)
    old = on.read()
    wall.show(views[1])
    seen = []
    for _ in range(20):
        on.stage.step()
        seen.append(on.read())
        assert_same(on, after, levels=1)
        wall.advance(1 / 30)
    on.settle()
    assert off(seen[0], old) <= 1, "it begins with what stood"
    assert len({one.tobytes() for one in seen[:15]}) == 15, "and changes with every frame"
    assert not wall.slides.playing
    assert_same(on, "over")


def test_an_emergencys_picture_does_not_fade_in(glass: OpenGlass) -> None:
    """What is read from the glass with its first frame stands for it at the guard's."""
    on = glass(960, 540)
    wall, views = moving_wall(on, (960, 540), "media-whole", "media-emergency")
    wall.show(views[1])
    on.stage.step()
    first = on.read()
    assert not wall.slides.playing
    on.settle()
    assert off(first, on.read()) == 0


def test_a_still_wall_draws_nothing(glass: OpenGlass) -> None:
    on = glass(960, 540)
    moving_wall(on, (960, 540), "media-whole")
    on.shown.clear()
    on.stage.step(50)
    assert on.shown == []


# ---- the window ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_window_is_the_same(glass: OpenGlass, rotation: int) -> None:
    on = glass(960, 540)
    on.window.rotation = rotation
    on.window.update_viewport()
    on.settle()
    size = tuple(on.window.size)
    made = [walls.make_wall(CATALOGUES, "zh", case, size) for case in list(walls.wall_cases())[:6]]
    wall = made[0]
    on.window.add_widget(wall)
    on.settle()
    for other in made[1:]:
        on.shown.clear()
        wall.show(other.view)
        on.settle()
        assert sum(map(on.drawn, on.shown)) < on.size
        assert_same(on, rotation)
    on.window.rotation = 0
    on.window.update_viewport()


def test_whatever_asks_the_windows_canvas_gets_two_whole_frames(glass: OpenGlass) -> None:
    on = glass(960, 540)
    moving_wall(on, (960, 540), "media-whole")
    on.spoil()
    on.shown.clear()
    on.window.canvas.ask_update()  # as Kivy does after an expose
    on.settle()
    assert on.shown == [(Area(0, 0, 960, 540),)] * 2
    assert_same(on, "exposed")


def test_reading_the_glass_swallows_nothing_that_has_changed(glass: OpenGlass) -> None:
    on = glass(480, 270)
    fill = importlib.import_module("kiosk.design.paint").Fill(Look.fit(NIGHT, 480, 270), "#FFFFFF")
    fill.place(Box(40, 40, 100, 100))
    on.window.add_widget(fill)
    on.settle()
    on.shown.clear()
    fill.tint("#FF0000")
    picture = importlib.import_module("kiosk.glass.reading").read_glass(on.window, on.painter.whole)
    assert picture.getpixel((90, 270 - 90)) == (255, 0, 0, 255)
    assert on.shown == [], "read, and not presented"
    on.settle()
    assert on.shown == [(Area(0, 0, 480, 270),)]
    assert_same(on, "read")


def test_what_is_damaged_beyond_the_window_is_cut_at_its_edge(glass: OpenGlass) -> None:
    on = glass(480, 270)
    fill = importlib.import_module("kiosk.design.paint").Fill(Look.fit(NIGHT, 480, 270), "#FFFFFF")
    fill.place(Box(-40, 200, 100, 300))
    on.window.add_widget(fill)
    on.settle()
    on.shown.clear()
    fill.tint("#FF0000")
    on.settle()
    assert on.shown == [(Area(0, 200, 60, 270),)]
    fill.place(Box(-400, 200, 100, 300))
    on.settle()
    assert_same(on, "gone")
    assert on.read().getextrema() == ((0, 0),) * 3


def test_a_widget_that_moves_to_another_leaves_nothing_behind(glass: OpenGlass) -> None:
    on = glass(480, 270)
    look = Look.fit(NIGHT, 480, 270)
    part, paint = importlib.import_module("kiosk.design.part"), importlib.import_module("kiosk.design.paint")
    one, other, fill = part.Part(look), part.Part(look), paint.Fill(look, "#FFFFFF")
    for widget in (one, other):
        widget.place(Box(0, 0, 480, 270))
        on.window.add_widget(widget)
    fill.place(Box(10, 10, 50, 50))
    for before, after in ((None, one), (one, other), (other, one)):
        if before is not None:
            before.remove_widget(fill)
        after.add_widget(fill)
        fill.place(Box(10 if after is one else 200, 10, 50, 50))
        on.settle()
        assert_same(on, after)


def test_a_fault_gives_the_window_back_to_kivy(glass: OpenGlass, monkeypatch: pytest.MonkeyPatch) -> None:
    on = glass(480, 270)
    fill = importlib.import_module("kiosk.design.paint").Fill(Look.fit(NIGHT, 480, 270), "#FFFFFF")
    fill.place(Box(0, 0, 100, 100))
    on.window.add_widget(fill)
    on.settle()
    told: list[bool] = []
    on.painter.on_fault = lambda: told.append(True)
    monkeypatch.setattr(on.painter.damage, "found", lambda: 1 / 0)
    fill.tint("#00FF00")
    on.stage.step(2)
    assert told == [True]
    assert not on.painter.at_work
    assert on.read().getpixel((50, 50)) == (0, 255, 0)
    fill.tint("#0000FF")
    on.stage.step(2)
    assert on.read().getpixel((50, 50)) == (0, 0, 255)


def test_a_copy_that_is_refused_is_followed_by_whole_frames_however_often(glass: OpenGlass) -> None:
    on = glass(480, 270)
    fill = importlib.import_module("kiosk.design.paint").Fill(Look.fit(NIGHT, 480, 270), "#FFFFFF")
    fill.place(Box(0, 0, 100, 100))
    on.window.add_widget(fill)
    on.settle()
    on.shown.clear()
    for number in range(40):  # as a window is made smaller again and again
        on.shown.clear()
        on.errors += 1
        fill.tint(("#00FF00", "#0000FF")[number % 2])
        on.settle()
        assert on.shown == [(), (Area(0, 0, 480, 270),), (Area(0, 0, 480, 270),)]
    assert on.painter.at_work


def test_frames_that_only_prove_that_one_can_be_drawn_mend_the_whole_window_in_turn(glass: OpenGlass) -> None:
    picture = next(one for one in every(CATALOGUES, None, "-zh-") if one.group == "wall")
    on = glass(*picture.size)
    on.window.add_widget(picture.make())
    on.settle()
    whole = on.whole()
    on.spoil()
    bands = 12
    for count in range(1, bands + 1):
        on.shown.clear()
        on.painter.prove()
        on.settle()
        assert [len(frame) for frame in on.shown] == [1], "one frame, of one area"
        assert 0 < on.drawn(on.shown[0]) <= on.size // bands + on.window.system_size[0]
        assert (off(on.read(), whole) == 0) is (count == bands)


def test_a_frame_that_shows_a_change_proves_enough(glass: OpenGlass) -> None:
    on = glass(480, 270)
    fill = importlib.import_module("kiosk.design.paint").Fill(Look.fit(NIGHT, 480, 270), "#FFFFFF")
    fill.place(Box(20, 20, 50, 50))
    on.window.add_widget(fill)
    on.settle()
    on.shown.clear()
    fill.tint("#00FF00")
    on.painter.prove()
    on.settle()
    assert on.shown == [(Area(20, 20, 70, 70),)]


def test_where_every_copy_is_refused_kivy_draws_from_then_on(glass: OpenGlass) -> None:
    on = glass(480, 270)
    faults: list[str] = []
    on.painter.on_fault = lambda: faults.append("told")

    def refuse(areas: Sequence[Area]) -> None:
        on.shown.append(tuple(areas))
        on.errors += 1

    on.show = refuse  # type: ignore[method-assign]  # as an X server that can do nothing of it
    on.painter.whole()
    for _ in range(80):
        on.stage.step()
    assert faults == ["told"]
    assert not on.painter.at_work
    assert len(on.shown) < 80, "it no longer draws what has not changed"
