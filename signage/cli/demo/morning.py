"""The scripted morning: what happens in the branch, step by step, and what is measured on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from signage.cli.demo import desk, hand, mains, places, publishing
from signage.cli.demo.office import ratings
from signage.cli.demo.plan import SCREENS, TELLERS, TOUCH, WALL
from signage.cli.demo.stage import SCREEN_NAMES, Stage, start_broker
from signage.core.model import Counter
from signage.link.clock import monotonic, now

_SETTLE_S: Final = 0.6  # a status tells of the frame before the window has it everywhere
_COUNTED_S: Final = 1.5  # for the panel to hear of the last display
_CLOSED: Final = "closed"
_CATCH_UP_S: Final = 60.0


@dataclass(frozen=True)
class Step:
    """`slug` goes into the pictures' names."""

    slug: str
    title: str
    act: Callable[[Stage], None]


def play(stage: Stage, pace_s: float) -> None:
    """Every step, a picture of each screen after it, and a pause of `pace_s` in which to look."""
    for number, step in enumerate(MORNING, 1):
        stage.teller.step(number, step.title)
        step.act(stage)
        stage.watch.pause(_SETTLE_S)
        for screen in SCREENS:
            stage.display.picture(screen, stage.pictures / f"{number:02d}-{step.slug}-{screen.name}.png")
        stage.watch.pause(pace_s)


def _opening(stage: Stage) -> None:
    opens = stage.house.opens
    wall = stage.watch.statuses
    if (left := (opens - now()).total_seconds()) > 0:
        stage.teller.line(
            f"    closed; the doors open in {left:.0f} s, and nothing will tell the screens but the clock"
        )

    def open_on_glass() -> bool:
        return all((status := wall[name].screen) is not None and status.scene != _CLOSED for name in SCREEN_NAMES)

    stage.watch.until("the opening on every screen", open_on_glass, max(left, 0) + 20)
    if left > 0:
        stage.teller.measured(f"opening instant → last of {len(SCREENS)} screens", (now() - opens).total_seconds())


def _serve(stage: Stage) -> None:
    teller = TELLERS[0]
    desk.tell(stage.house, "1", teller.id, "start")
    stage.watch.until("the teller in the branch's state", lambda: stage.counter("1").teller == teller.id)
    stage.until_drawn("the teller", ("counter-1",))


def _served(stage: Stage) -> None:
    desk.tell(stage.house, "1", TELLERS[0].id, "end")
    stage.watch.until("the request to rate", lambda: stage.counter("1").prompt is not None)
    stage.until_drawn("please rate", ("counter-1",))
    stage.watch.pause(_SETTLE_S)
    _rating(stage, "1", 5)


def _rating(stage: Stage, counter: str, stars: int) -> None:
    display = f"counter-{counter}"
    before = stage.counter(counter).thanks
    began = monotonic()
    stage.press(counter, stars)
    stage.watch.until("thanks in the branch's state", lambda: stage.counter(counter).thanks not in (None, before))
    stage.teller.measured(
        f"press at counter {counter} → thanks on its display", stage.until_drawn("thanks", (display,)) - began
    )


def _low_rating(stage: Stage) -> None:
    began = monotonic()
    _rating(stage, "2", 2)
    state = stage.watch.state
    assert state is not None
    stage.watch.until("the lobby manager's alert", lambda: _calls(stage, "rating"))
    stage.teller.measured("press → the lobby manager is alerted", monotonic() - began)


def _calls(stage: Stage, kind: str) -> bool:
    return stage.watch.state is not None and any(call.kind == kind for call in stage.watch.state.calls)


def _last_glass(stage: Stage, what: str, tapped: float, holds: Callable[[], bool]) -> None:
    """From a tap to the last screen that has drawn what it did, by the screens' own word."""
    stage.watch.until(what, holds)
    stage.teller.measured(f"tap → last of {len(SCREENS)} screens", stage.until_drawn(what) - tapped)


def _counter_2_is(stage: Stage, state: str) -> Callable[[], bool]:
    return lambda: stage.counter("2").state == state


def _leave(stage: Stage, picture: str) -> None:
    """A picture of the panel that says where it stands, and out."""
    stage.watch.pause(_COUNTED_S)
    stage.display.picture(TOUCH, stage.pictures / picture)
    hand.sign_out(stage)


def _suspend_counter(stage: Stage) -> None:
    stage.teller.line("    the emblem held for two seconds, the PIN, one tap")
    hand.sign_in(stage)
    tapped = hand.tap(stage, places.COUNTER_2)
    _last_glass(stage, "counter 2's suspension", tapped, _counter_2_is(stage, "suspended"))
    _leave(stage, "05-panel.png")


def _suspend_branch(stage: Stage) -> None:
    hand.sign_in(stage)
    hand.turn(stage, "the form", lambda: hand.tap(stage, places.BRANCH))
    hand.tap(stage, places.NETWORK)
    stage.watch.pause(_SETTLE_S)
    tapped = hand.tap(stage, places.CONFIRM)
    _last_glass(stage, "the branch's suspension", tapped, lambda: _held(stage))
    _leave(stage, "15-panel.png")


def _resume_both(stage: Stage) -> None:
    hand.sign_in(stage)
    tapped = hand.tap(stage, places.BRANCH)
    _last_glass(stage, "the branch's return", tapped, lambda: not _held(stage))
    stage.watch.pause(_SETTLE_S)
    tapped = hand.tap(stage, places.COUNTER_2)
    _last_glass(stage, "counter 2's return", tapped, _counter_2_is(stage, "open"))
    _leave(stage, "16-panel.png")


def _pad_is(stage: Stage, condition: str, state: str) -> Callable[[], bool]:
    def holds() -> bool:
        counter: Counter = stage.counter("3")
        return (counter.pad == "online") == (condition == "online") and counter.state == state

    return holds


def _pull(stage: Stage) -> None:
    began = monotonic()
    stage.pull("3")
    stage.watch.until("counter 3 suspended by its rule", _pad_is(stage, "lost", "suspended"))
    stage.teller.measured("pad pulled out → every screen", stage.until_drawn("the fault") - began)


def _put_back(stage: Stage) -> None:
    began = monotonic()
    stage.put_back("3")
    stage.watch.until("counter 3 open again", _pad_is(stage, "online", "open"), 40)
    stage.teller.measured("pad put back → every screen", stage.until_drawn("the repair") - began)


def _office_away(stage: Stage) -> None:
    stage.cast.kill("broker-office")
    stage.teller.line("    head office's broker is killed; customers go on")
    for stars in (4, 5, 3):
        _rating(stage, "1", stars)
        stage.press("3", stars)
        stage.watch.pause(0.5)
    arrived = ratings(stage.house).total()
    stage.teller.line(
        f"    presses made: {stage.made.total()}, rows at head office: {arrived}; the rest waits at the branch"
    )


def _office_back(stage: Stage) -> None:
    start_broker(stage.cast, stage.house, "office")
    began = monotonic()
    while ratings(stage.house) != stage.made and monotonic() - began < _CATCH_UP_S:
        stage.watch.pause(0.5)
    stage.teller.line(
        f"    rows at head office: {ratings(stage.house).total()}, {monotonic() - began:.1f} s after it was back"
    )


def _power_cut(stage: Stage) -> None:
    stage.teller.line("    " + ("the UPS reports it" if mains.with_ups() else "its probe finds it"))
    began = monotonic()
    mains.turn(stage.house, on=False)
    stage.watch.until("the branch suspended by its rule", lambda: _held(stage))
    stage.teller.measured("mains lost → every screen", stage.until_drawn("the power cut") - began)


def _power_back(stage: Stage) -> None:
    began = monotonic()
    mains.turn(stage.house, on=True)
    stage.watch.until("service after mains has held", lambda: not _held(stage), 30)
    stage.teller.measured("mains back → every screen, 2 s of holding included", stage.until_drawn("mains") - began)


def _held(stage: Stage) -> bool:
    return stage.watch.state is not None and stage.watch.state.suspension is not None


def _until_on_glass(stage: Stage, version: int, began: float) -> None:
    """The wall has drawn a frame of this version, by its own word."""

    def on_glass() -> bool:
        status = stage.watch.statuses[WALL.name].screen
        return status is not None and status.content >= version

    took = stage.watch.until(f"content {version} on the wall", on_glass, 40) - began
    stage.teller.measured(f"content {version}: head office's command ends → on the wall's glass", took)
    seen = f"on the glass {version}"
    rungs = publishing.ladder(stage.house)
    while not all(seen in rung.line for rung in rungs[1:]) and monotonic() - began < _CATCH_UP_S:
        stage.watch.pause(0.5)
        rungs = publishing.ladder(stage.house)
    for rung in rungs:
        stage.teller.line(f"    {rung.line}")


def _advertise(stage: Stage) -> None:
    stage.teller.line(
        f"    {publishing.AUTHOR} adds a picture and a programme, {publishing.APPROVER} signs, it is pushed"
    )
    version = publishing.advertise(stage.house, "spring-loan.png", "春季消费贷款", "Spring consumer loan")
    _until_on_glass(stage, version, monotonic())


def _tamper(stage: Stage) -> None:
    version = publishing.tamper(stage.house)
    stage.teller.line(f"    somebody sends a content {version} with one byte changed over head office's broker")
    began = monotonic()
    while not (refusals := [rung for rung in publishing.ladder(stage.house) if rung.refused]):
        if monotonic() - began > _CATCH_UP_S:
            raise RuntimeError("the tampered content was not refused")
        stage.watch.pause(0.5)
    for rung in refusals:
        stage.teller.line(f"    {rung.node} has refused it: {rung.refused}")
    wall = stage.watch.statuses[WALL.name].screen
    if wall is None or wall.content >= version:
        raise RuntimeError("the tampered content stands on the wall")


def _roll_back(stage: Stage) -> None:
    version = publishing.roll_back(stage.house)
    _until_on_glass(stage, version, monotonic())


MORNING: Final = (
    Step("opening", "The branch opens", _opening),
    Step("served", "A customer is served at counter 1; its display says by whom", _serve),
    Step("five-stars", "The customer is asked to rate, and gives five stars", _served),
    Step("two-stars", "Two stars at counter 2: the lobby manager is alerted", _low_rating),
    Step("counter-2-suspended", "Counter 2 suspended at the touch kiosk", _suspend_counter),
    Step("pad-3-pulled", "Counter 3's pad is pulled out: its rule suspends it", _pull),
    Step("pad-3-back", "The pad is put back", _put_back),
    Step("office-away", "Head office's broker is away, presses go on", _office_away),
    Step("office-back", "Head office's broker is back", _office_back),
    Step("advertisement", "Head office: a new advertisement, signed by two", _advertise),
    Step("tampered", "A tampered push is refused, the wall stays", _tamper),
    Step("rolled-back", "Head office rolls back", _roll_back),
    Step("power-cut", "Mains is lost", _power_cut),
    Step("power-back", "Mains is back", _power_back),
    Step("branch-suspended", "The whole branch suspended at the touch kiosk", _suspend_branch),
    Step("branch-resumed", "The branch resumed, counter 2 too", _resume_both),
)
