"""All that a screen has to draw at one moment, as data."""

from dataclasses import dataclass, field

from kiosk.media.album import Pixels
from kiosk.view.attract import AttractView
from kiosk.view.dimming import Dimming
from kiosk.view.plays import Playing
from kiosk.view.portrait import Introduced
from kiosk.view.shown import Told
from kiosk.view.sounds import Audible
from kiosk.view.touch import TouchView
from signage.core.instants import Instant
from signage.core.scene import Scene
from signage.wire.messages import SceneName


@dataclass(frozen=True)
class Sight:
    """A scene, and what lies over and beside it.

    `touch`: on a touch screen only; `ring`: seconds until it goes home; `local`: when the newest of what staff meant
    without the controller was meant. `content`: the publication that it was made from; `pixels`: of its pictures, and of
    those that come next; `dark_until`: of a screen that is dark by its hours; `label`: the screen's name, where it is asked
    for; `audible`: what of it can be heard; `introduced`: who serves, on a counter's display.
    """

    scene: Scene
    now: Instant
    revision: int
    name: SceneName
    told: frozenset[Told]
    heard_at: Instant | None  # None while the controller is heard
    touch: TouchView | None = None
    ring: int | None = None
    local: Instant | None = None
    content: int = 0
    pixels: tuple[Pixels, ...] = ()
    playing: tuple[Playing, ...] = ()
    dimming: Dimming = field(default_factory=Dimming)
    dark_until: Instant | None = None
    label: str | None = None
    audible: Audible | None = None
    introduced: Introduced | None = None

    @property
    def essence(self) -> tuple[object, ...]:
        """What makes one sight another, to those who are told of it."""
        return (self.revision, self.name, self.told, self.touch, self.local, self.content)

    @property
    def marks(self) -> tuple[object, ...]:
        """What a frame proves, even one that looks like the one before."""
        pictures = tuple(one.picture for one in self.playing)
        return (self.revision, self.name, self.local, self.content, pictures)

    @property
    def attracts(self) -> bool:
        """Whether a touch screen shows the programme to those who pass by."""
        return self.touch is not None and isinstance(self.touch.page, AttractView)
