"""The keypad: who gets in. The controller decides; the screen asks, over a private link only."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kiosk.view.happenings import CheckPin, Effect, Erase, Happening, Order, PressDigit, Replied, World
from kiosk.view.pages import PIN_DIGITS, Keypad, Panel, Pending, Staff, Touch, Trouble
from signage.core.instants import Instant

ENTER: Final = "staff.enter"
NO_LINK: Final = "no-link"  # what a screen answers itself with when there is no connection


def sign_in(touch: Touch, happening: Happening, world: World) -> tuple[Touch, tuple[Effect, ...]]:
    """The keypad: the sixth digit asks the controller, over a private link only."""
    page = touch.page
    assert isinstance(page, Keypad)
    match happening:
        case PressDigit(digit) if touch.pending is None and not _locked(page, world.now):
            digits = page.digits + digit
            if len(digits) < PIN_DIGITS:
                return replace(touch, page=Keypad(digits)), ()
            if not world.heard and world.emergency:
                pending = Pending(world.fresh, ENTER, world.now)
                return replace(touch, page=Keypad(digits), pending=pending), (CheckPin(world.fresh, digits),)
            if not world.private:
                return replace(touch, page=Keypad(trouble=Trouble.NOT_PRIVATE)), ()
            pending = Pending(world.fresh, ENTER, world.now)
            return replace(touch, page=Keypad(digits), pending=pending), (Order(world.fresh, ENTER, {"pin": digits}),)
        case Erase() if touch.pending is None:
            return replace(touch, page=replace(page, digits=page.digits[:-1])), ()
        case _:
            return touch, ()


def _locked(page: Keypad, now: Instant) -> bool:
    return page.until is not None and now < page.until


def entered(touch: Touch, reply: Replied, world: World) -> Touch:
    """Who has been let in, or why nobody was."""
    if not reply.ok:
        return replace(touch, page=_refused(reply, world))
    try:
        until = Instant.parse(str(reply.result["until"]))
        actor, role, token = (str(reply.result[key]) for key in ("actor", "role", "token"))
    except (KeyError, ValueError):
        return replace(touch, page=Keypad(trouble=Trouble.REFUSED))
    rights = reply.result.get("rights")
    staff = Staff(
        actor,
        role,
        token,
        until,
        str(reply.result.get("name", actor)),
        frozenset(map(str, rights)) if isinstance(rights, list) else None,
    )
    return replace(touch, page=Panel(), staff=staff, outcome=None)


def _refused(reply: Replied, world: World) -> Keypad:
    if reply.code == NO_LINK:
        return Keypad(trouble=Trouble.NO_ANSWER)  # lost just now: no manager could let them in either
    left = reply.result.get("tries_left")
    wait_s = reply.result.get("wait_s")
    if isinstance(wait_s, int) and wait_s > 0:
        return Keypad(trouble=Trouble.LOCKED, until=Instant.of(world.now + timedelta(seconds=wait_s)))
    if isinstance(left, int):
        return Keypad(trouble=Trouble.WRONG, left=left)
    return Keypad(trouble=Trouble.REFUSED)
