"""The face of a touch screen."""

from collections.abc import Callable

from kiosk.design.box import Box
from kiosk.design.tokens import palette
from kiosk.screens.films import Films
from kiosk.screens.textures import Shelf
from kiosk.screens.touch import TouchScreen
from kiosk.sight import Sight
from kiosk.view.cases_list import CaseView
from kiosk.view.check_view import CheckView
from kiosk.view.forms import FormView, KeypadView, RatingView
from kiosk.view.happenings import Tap
from kiosk.view.letter_views import ContactView, InkView
from kiosk.view.opinion_views import OpinionSentView, OpinionView
from kiosk.view.panel import PanelView
from signage.core.model import Brand

_ENTERING = (
    RatingView,
    OpinionView,
    OpinionSentView,
    InkView,
    ContactView,
    KeypadView,
    FormView,
    PanelView,
    CheckView,
    CaseView,
)


class TouchFace:
    def __init__(
        self,
        size: tuple[int, int],
        tap: Callable[[Tap], None],
        *,
        moving: bool,
        films: Films | None = None,
        brand: Brand = "green",
    ) -> None:
        self._shelf = Shelf()
        colours = palette(night=False, brand=brand)
        self.widget = TouchScreen(colours, size, tap, moving=moving, shelf=self._shelf, films=films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        if sight.touch is not None:
            self.widget.show(sight.touch, sight.ring)

    @property
    def playing(self) -> bool:
        return self.widget.playing

    @property
    def private(self) -> tuple[Box, ...]:
        view, page = self.widget.view, self.widget.page
        entering = view is not None and isinstance(view.page, _ENTERING)
        return (page.box,) if entering and page is not None else ()

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)
