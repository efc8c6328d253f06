"""What one screen knows and says: the link below it, the state it shows, and the sight that it makes of both. Draws nothing.

One object, however long: whatever arrives may change any part of the next sight, and each pass looks at all of them at one moment.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import structlog

from kiosk.contents import Contents
from kiosk.displays import Displays
from kiosk.emergency import Emergency, EmergencyChecked
from kiosk.foresight import World
from kiosk.frames import Rounds
from kiosk.languages import offered
from kiosk.local import LocalStates
from kiosk.media.album import Pixels
from kiosk.media.darkroom import Developed, Spoilt
from kiosk.memory import Memory
from kiosk.portraits import Portraits
from kiosk.power import Power
from kiosk.receiving import Recollection
from kiosk.remote import Photographed, Remote
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.view.alarm import alarming
from kiosk.view.asked import next_step
from kiosk.view.attract import REST, attract_view, idle
from kiosk.view.dimming import Dimming
from kiosk.view.happenings import Tap
from kiosk.view.motion import Drawing
from kiosk.view.pages import Keypad
from kiosk.view.power import ALWAYS
from kiosk.view.reach import Glass
from kiosk.view.shown import Told, told
from kiosk.view.signed import playing, with_alarm, with_beside, with_halt
from kiosk.view.signed_pages import DemonstrationView, signed_pages, with_ready
from kiosk.view.sounds import Audible, audible
from kiosk.view.touch import Known, TouchView, scene_name, touch_view
from kiosk.view.voice import Voice
from kiosk.visitor import Visitor, sentences
from kiosk.witness import Witness
from signage.core.checklists import Checklist, concerns
from signage.core.hours import Hours, hours_or_none_known
from signage.core.instants import Instant
from signage.core.model import BranchState, HoursPlan
from signage.core.phrases import Catalogue
from signage.core.scene import Scene
from signage.link.checking import BlobChecked
from signage.link.clock import Moment
from signage.link.delivery import Delivery
from signage.link.figures import Figure
from signage.link.node import LinkUp, Node, Report
from signage.link.threads import describe
from signage.wire.messages import (
    Alive,
    Command,
    Fault,
    LocalState,
    Reply,
    ScreenStatus,
    Status,
)

ALONE_AFTER_S: Final = 15.0  # contract: no Alive for so long is no controller


class Station:
    """Belongs to the drawing thread; every method is quick, and none draws."""

    def __init__(
        self,
        settings: KioskSettings,
        node: Node,
        memory: Memory,
        catalogues: Mapping[str, Catalogue],
        moment: Moment,
        *,
        durable: bool = True,
        contents: Contents | None = None,
        delivery: Delivery | None = None,
        portraits: Portraits | None = None,
    ) -> None:
        self.settings = settings
        self.contents = contents
        self.portraits = portraits
        self._delivery = delivery
        self.memory = memory
        self.power = Power(settings.power)
        self._lit = ALWAYS
        self._notes: dict[str, Fault] = {}
        self._touched_at: Instant | None = None
        self.remote = Remote(memory)
        self.witness = Witness(settings.name, node, moment)
        self.rounds = Rounds()
        self.drawing: Drawing | None = None  # as soon as there is a window
        self.recollected: Callable[[], None] = lambda: None  # told once what was kept has been verified again
        self.local = LocalStates(node, memory, settings.name)
        self.emergency = _emergency(settings, memory)
        self.visitor = (
            Visitor(
                settings,
                node,
                memory,
                self.local,
                self.emergency,
                sentences(catalogues[settings.locale]),
                durable=durable,
            )
            if settings.kind == "touch"
            else None
        )
        self._node = node
        self._catalogues = catalogues
        self._displays = Displays()
        self._state: BranchState | None = None
        self._hours: Hours | None = None
        self._kept = 0
        self._started = moment
        self._heard_at = moment.at
        self._resting_since: Instant | None = moment.at
        self._faults: tuple[Fault, ...] = ()
        self._log = structlog.get_logger()
        if not durable:
            self._faults = (Fault(code="storage-broken", since=moment.at, text=str(settings.directory)),)
        self._recall(moment)

    def _recall(self, moment: Moment) -> None:
        """Begin with the last state known, so that a screen without a controller is not an empty one."""
        self._have(moment)
        state = self.memory.last_state()
        if state is not None:
            self._kept = state.revision
            self._adopt(state, moment)
        if self.visitor is not None:
            self.visitor.recover(moment)

    # ---- what happens ------------------------------------------------------------------------------------------------

    def handle(self, event: object, moment: Moment) -> bool:
        """An event of the link's, or of a thread that compares emergency PINs, decodes pictures or compresses one.

        False: it cannot make another sight, and nothing is to be done for it but to `send`.
        """
        match event:
            case EmergencyChecked():
                if self.visitor is not None:
                    self.visitor.checked(event, moment)
            case Developed() | Spoilt():
                ours = self.portraits is not None and self.portraits.answered(event, self._node.now(moment))
                if self.contents is not None and not ours:
                    self.contents.answered(event, self._node.now(moment))
            case BlobChecked():
                self._deliver(event, moment)
            case Photographed():
                self._node.reply(self.remote.photographed(event))
                return False
            case Recollection() if self._delivery is not None:
                try:
                    self._delivery.recollected(event.outcome, moment)
                    self._have(moment)
                finally:  # the link waits for it
                    self.recollected()
            case _:
                return self._hear(event, moment)
        return True

    def _deliver(self, arrival: object, moment: Moment) -> None:
        """Content's part of what arrives."""
        now = self._node.now(moment)  # a screen's own clock may be years off; its parent's time counts
        if self._delivery is not None and self._delivery.take(arrival, Moment(now, moment.mono)):
            self._have(moment)

    def _have(self, moment: Moment) -> None:
        """What this screen holds, for its parent."""
        revision = self._state.revision if self._state is not None else None
        delivery = self._delivery
        if delivery is None:
            self._node.have(revision=revision)
            return
        afresh = delivery.wants_all(self._node.now(moment))
        self._node.have(revision, delivery.version or None, afresh=afresh, offered=delivery.offered)

    def _hear(self, event: object, moment: Moment) -> bool:
        heard, ahead = self._heard(moment), self._node.now(moment) - moment.at
        arrivals = self._node.handle(event, moment)  # type: ignore[arg-type]  # the intake holds nothing else
        for arrival in arrivals:
            self._deliver(arrival, moment)
            match arrival:
                case LinkUp():
                    self.witness.present_since = self._node.now(moment)
                case BranchState() if self._state is None or arrival.revision >= self._state.revision:
                    self._adopt(arrival, moment)
                case Alive():
                    self._heard_at = now = self._node.now(moment)
                    self.witness.present_since = min(self.witness.present_since, now)
                case Status():
                    self._displays.heard(arrival, moment.mono, self._node.now(moment))
                case Reply() if self.visitor is not None:
                    self.visitor.replied(arrival, moment)
                case LocalState():
                    self.local.heard(arrival)
                    self._learn(moment)
                case Command():
                    self._carry_out(arrival, moment)
                case _:
                    pass
        only_alive = bool(arrivals) and all(isinstance(one, Alive) for one in arrivals)
        return not (only_alive and heard and ahead == self._node.now(moment) - moment.at)

    def _adopt(self, state: BranchState, moment: Moment) -> None:
        if self._state is None or state.hours != self._state.hours:
            self._hours = hours_or_none_known(state.hours)
        self._state = state
        self.local.learn(state)
        self._have(moment)
        self._learn(moment)

    def _learn(self, moment: Moment) -> None:
        state = self._shown_state(moment)
        if self.visitor is not None and self._hours is not None and state is not None:
            self.visitor.learn(state, self._hours, moment)

    @property
    def state(self) -> BranchState | None:
        """As the controller last told it; None: it never has."""
        return self._state

    def _shown_state(self, moment: Moment) -> BranchState | None:
        """What the controller has told, and over it what staff have meant without it."""
        return None if self._state is None else self.local.over(self._state, self._node.now(moment))

    def _carry_out(self, command: Command, moment: Moment) -> None:
        """What somebody afar wants of this screen."""
        touch = self.visitor.touch if self.visitor is not None else None
        staffed = touch is not None and (touch.staff is not None or isinstance(touch.page, Keypad))
        glass = self.witness.glass
        revision = glass.revision if glass is not None else 0
        now = self._node.now(moment)
        reply = self.remote.carry_out(command, now, staffed=staffed, revision=revision)
        if reply is not None:
            self._node.reply(reply)

    def tap(self, tap: Tap, moment: Moment) -> None:
        if self.visitor is not None:
            self._resting_since = self._node.now(moment)
            self.visitor.happen(tap, moment)
            self._learn(moment)

    @property
    def left(self) -> bool:
        """Whether staff have ended this screen."""
        return self.visitor is not None and self.visitor.left

    def touched(self, moment: Moment) -> None:
        """A finger is on the glass, wherever."""
        self._touched_at = self._node.now(moment)
        self.power.touched(self._touched_at)

    def note(self, code: str, text: str | None, moment: Moment) -> None:
        """A fault of this screen's own surroundings, for its status; None: there is none."""
        before = self._notes.pop(code, None)
        if text is not None:
            since = before.since if before is not None else self._node.now(moment)
            self._notes[code] = Fault(code=code, since=since, text=text[:200])

    def resettle(self, settings: KioskSettings, moment: Moment) -> None:
        """Other settings hold from now on."""
        self.settings = settings
        if settings.power != self.power.rule:
            self.power = Power(settings.power)
        if self.visitor is not None:
            self.visitor.resettle(settings)
        if self.contents is not None:
            self.contents.speak(Voice.of(self._catalogues, settings.locale))
        self._learn(moment)

    def tick(self, moment: Moment) -> tuple[float, Sight]:
        """Do what is due. The monotonic time at which to come again at the latest, and what there is to draw now."""
        now = self._node.now(moment)
        heard_until = self._last_heard() + ALONE_AFTER_S
        wakes: list[Instant | None] = [self.witness.play(now, moment)]
        if self.visitor is not None:
            wakes.append(self.visitor.tick(moment, heard=moment.mono < heard_until))
        deadlines = [heard_until] if moment.mono < heard_until else []
        local_at = self.local.tick(moment)
        if local_at is not None:
            deadlines.append(local_at)
        if self._delivery is not None:
            deadlines.append(self._delivery.tick(Moment(now, moment.mono)))
            self._have(moment)
        sight = self.sight(moment)
        wakes += [sight.scene.until, self.remote.identifying(now), self._attract_at(now), self._lit.until]
        if self.settings.kind == "wall" or sight.attracts:
            wakes.append(Instant.from_ms((now.ms // 60_000 + 1) * 60_000))  # its clock
        if self.settings.kind == "counter":
            wakes.append(next_step(sight.scene, now))
        deadlines += [moment.mono + max(0.0, (wake - now).total_seconds()) for wake in wakes if wake is not None]
        return min([self.send(moment), *deadlines]), sight

    def send(self, moment: Moment) -> float:
        """What is due to the parent; the monotonic time at which to come again at the latest."""
        self._report(moment)
        return self._node.tick(moment)

    # ---- what there is to draw ---------------------------------------------------------------------------------------

    def sight(self, moment: Moment) -> Sight:
        """Computed from the state, the clock and the visitor alone."""
        now = self._node.now(moment)
        heard = self._heard(moment)
        entry = self.settings.entry
        state = self._shown_state(moment)
        world = World(state, self._hours, entry, heard, now)
        picture, pixels = self._look(world)
        heard_at = None if heard else self._heard_at
        view = self._touch_view(picture, state, heard_at, now, moment)
        view, pixels = self._beside(view, pixels)
        introduced, photo = self.portraits.look(picture, now) if self.portraits is not None else (None, ())
        visitor, content = self.visitor, self.contents.drawn if self.contents is not None else None
        shown = told(picture, state, entry, now, view) if state is not None else frozenset()
        if content is not None and self.contents is not None:
            shown |= {Told("content", str(content.version), self.contents.verified_at)}
        return Sight(
            scene=picture,
            now=now,
            revision=self._state.revision if self._state is not None else 0,
            name=picture.name if visitor is None else scene_name(visitor.touch, view, picture.name),
            told=shown,
            local=self.local.newest(self._state, now),
            heard_at=heard_at,
            touch=view,
            ring=None if visitor is None else visitor.ring(now),
            content=content.version if content is not None else 0,
            pixels=(*pixels, *photo),
            introduced=introduced,
            playing=playing(self.settings.kind, picture, view),
            dimming=self._dimming(picture, now),
            dark_until=None if self._lit.on else self._lit.until,
            label=self.settings.name if self.remote.identifying(now) is not None else None,
            audible=self._audible(picture, view, state, now),
        )

    def _dimming(self, picture: Scene, now: Instant) -> Dimming:
        """As told from afar, and dark outside the hours in which it is to be lit; but an emergency is always to be read."""
        told, state = self.remote.dimming, self._state
        if self.remote.lit_by_hand is not None:
            self.power.switched_on(self.remote.lit_by_hand)
        here = self.visitor is not None and not idle(self.visitor.touch)
        emergency = alarming(picture)
        plan = state.hours if state is not None else None
        self._lit = self.power.lit(plan, self._hours, now, needed=here or emergency)
        if emergency:
            return Dimming(volume=told.volume)
        return told if self._lit.on else Dimming(False, told.brightness, told.volume)

    def _audible(self, picture: Scene, view: TouchView | None, state: BranchState | None, now: Instant) -> Audible:
        locale = self.visitor.touch.locale if self.visitor is not None else self.settings.locale
        number = self.settings.counter
        counters = state.counters if state is not None else ()
        serving = next((one.serving for one in counters if one.number == number), None)
        return audible(picture, now, locale, view, serving)

    @property
    def plan(self) -> HoursPlan | None:
        """The branch's hours as data, once known."""
        return self._state.hours if self._state is not None else None

    def _look(self, world: World) -> tuple[Scene, tuple[Pixels, ...]]:
        """Nothing that head office sends can keep this screen from its branch's own picture."""
        if self.contents is not None:
            try:
                return self.contents.look(world)
            except Exception as error:  # noqa: BLE001 - painting never depends on content: told, and the house slides stand
                self._log.error("content met a fault; the screen goes on without it", error=describe(error))
                self.contents.give_up(describe(error), world.now)
        return world.scene(None, frozenset()), ()

    def _beside(
        self, view: TouchView | None, pixels: tuple[Pixels, ...]
    ) -> tuple[TouchView | None, tuple[Pixels, ...]]:
        """The pictures of the page that a visitor is at: drawn once they are decoded."""
        if view is None or not isinstance(view.page, DemonstrationView) or self.contents is None:
            return view, pixels
        near = self.contents.beside((one.ref, one.key) for one in view.page.near)
        return replace(view, page=with_ready(view.page, {one.key for one in near})), (*pixels, *near)

    def _touch_view(
        self, picture: Scene, state: BranchState | None, heard_at: Instant | None, now: Instant, moment: Moment
    ) -> TouchView | None:
        """What a touch screen shows its visitor, or those who pass by."""
        visitor = self.visitor
        if visitor is None:
            return None
        emergency = self.emergency is not None
        known = Known(
            state,
            self._hours,
            heard_at is None,
            self._glasses(moment),
            self.settings.name,
            emergency,
            self._displays.devices(moment.mono),
            visitor.habits,
            self._checklists(state),
            visitor.kept,
            signed_pages(picture),
            self.contents.hanging if self.contents is not None else None,
        )
        spoken = offered(self._catalogues, self.settings, visitor.touch.locale)
        view = touch_view(known, visitor.touch, spoken, now)
        voice = Voice.of(spoken, visitor.touch.locale, elder=visitor.touch.elder)
        at = self._attract_at(now)
        if self.contents is not None and self._resting_since is not None and at is None:
            attraction = attract_view(picture, now, voice, heard_at, self.contents.hanging)
            if attraction is not None:
                return replace(view, page=attraction)
        hung = self.contents.hanging if self.contents is not None else None
        view = with_halt(with_beside(view, picture, voice), picture, voice)
        return with_alarm(view, picture, now, voice, hung)

    def _checklists(self, state: BranchState | None) -> tuple[Checklist, ...]:
        """The verified ones that are for this branch."""
        content = self._delivery.content if self._delivery is not None else None
        if content is None or state is None:
            return ()
        return tuple(one for one in content.checklists if concerns(one, state.branch))

    def _attract_at(self, now: Instant) -> Instant | None:
        """When this touch screen has rested for long enough to attract; None: it has, or somebody is at it."""
        if self.visitor is None:
            return None
        if not idle(self.visitor.touch):
            self._resting_since = None
            return None
        if self._resting_since is None or now < self._resting_since:  # a clock was put back
            self._resting_since = now
        at = Instant.of(self._resting_since + REST)
        return at if now < at else None

    def figures(self, moment: Moment) -> Iterator[Figure]:
        """For Prometheus. Raises StorageError."""
        self._report(moment)  # the frame's age is that of now
        return self._node.figures(moment)

    def now(self, moment: Moment) -> Instant:
        """The time to act by."""
        return self._node.now(moment)

    def _heard(self, moment: Moment) -> bool:
        """Whether the parent lives, as far as can be known."""
        return moment.mono - self._last_heard() < ALONE_AFTER_S

    def _last_heard(self) -> float:
        heard = self._node.parent_heard
        return self._started.mono if heard is None else heard

    def _glasses(self, moment: Moment) -> dict[str, Glass]:
        glasses = self._displays.glasses(moment.mono)
        own = self.witness.glass
        if own is not None:
            glasses[self.settings.name] = Glass(online=True, revision=own.revision, scene=own.name, local=own.local)
        return glasses

    # ---- what is on the glass ----------------------------------------------------------------------------------------

    def on_glass(self, sight: Sight, moment: Moment) -> bool:
        """A frame with these pixels has been drawn. Whether anybody is to be told of what is new in it."""
        if not self.witness.drawn(sight, moment):
            return False
        self._report(moment)
        self._keep()
        return True

    def moved(self, at: float) -> None:
        """One frame more of the sight that was last told of as on the glass. `at`: monotonic."""
        self.witness.frames.drawn(at)

    def _keep(self) -> None:
        state = self._state
        if state is None or state.revision <= self._kept:
            return
        try:
            self.memory.keep_state(state)
        except OSError as error:
            self._log.warning("the last state is kept in memory only", reason=str(error))
        self._kept = state.revision

    def _faults_of_pictures(self) -> tuple[Fault, ...]:
        return tuple(fault for one in (self.contents, self.portraits) if one is not None for fault in one.faults)

    def _report(self, moment: Moment) -> None:
        glass = self.witness.glass
        touch = self.visitor.touch if self.visitor is not None else None
        self._node.report(
            Report(
                faults=(*self._faults, *self._notes.values(), *self._faults_of_pictures()),
                delivery=self.contents.delivery if self.contents is not None else None,
                screen=ScreenStatus(
                    scene=glass.name if glass is not None else "safe",
                    revision=glass.revision if glass is not None else 0,
                    content=glass.content if glass is not None else 0,
                    frame_age_ms=self.witness.frames.age_ms(moment.mono),
                    fps=self.witness.frames.per_second(moment.mono),
                    stall_ms=self.rounds.longest_ms(moment.mono),
                    touched_at=self._touched_at,
                    locale=touch.locale if touch is not None else self.settings.locale,
                    elder=touch.elder if touch is not None else False,
                    local=glass.local if glass is not None else None,
                    renderer=self.drawing.renderer if self.drawing is not None else None,
                    presenting=self.drawing.presenting if self.drawing is not None else None,
                    decoder=self.contents.decoder if self.contents is not None else None,
                ),
            ),
            moment,
        )


def _emergency(settings: KioskSettings, memory: Memory) -> Emergency | None:
    if settings.kind != "touch" or settings.emergency_pin_file is None:
        return None
    return Emergency(settings.emergency_pin_file, memory, settings.name)
