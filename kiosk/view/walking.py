"""Walking a round: each press answers one step, and is kept before the next is asked."""

from dataclasses import replace

from kiosk.view.happenings import Effect, Happening, KeepRound, World
from kiosk.view.pages import Touch
from kiosk.view.rounds import KeptRound, StepAnswer, Walking, answered, back
from kiosk.view.staff_taps import FoundOk, FoundWrong, PickFinding, StepBack, TurnSheet


def walk(touch: Touch, page: Walking, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """Every answer is kept at once: whoever is called away in the middle goes on there."""
    step, staff = page.step, touch.staff
    match happening:
        case StepBack():
            return replace(touch, page=back(page)), ()
        case TurnSheet(sheet):
            return replace(touch, page=replace(page, sheet=sheet)), ()
        case FoundWrong() if step is not None:
            return replace(touch, page=replace(page, noting=True)), ()
        case FoundOk() if step is not None:
            after = answered(page, StepAnswer(step.id, ok=True))
        case PickFinding(phrase, words) if step is not None and page.noting:
            after = answered(page, StepAnswer(step.id, ok=False, phrase=phrase, note=words))
        case _:
            return touch, ()
    if staff is None:
        return touch, ()
    day = world.now.astimezone(world.zone).date().isoformat()
    kept = KeptRound(day, staff.actor, page.checklist.id, page.checklist.version, after.answers)
    return replace(touch, page=after), (KeepRound(kept),)
