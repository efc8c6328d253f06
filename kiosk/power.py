"""Whether this screen is lit now: its own hours or the branch's, somebody at it, an emergency."""

from kiosk.view.power import ALWAYS, AWAKE, FOLLOW, LIT_BY_HAND, Lit, by_hours, by_rule, woken
from signage.core.dayparts import Dayparts
from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan


class Power:
    """`rule`: opening_hours, "hours" to follow the branch's, None: always lit."""

    def __init__(self, rule: str | None) -> None:
        self.rule = rule
        self._plan: HoursPlan | None = None
        self._dayparts: Dayparts | None = None
        self._awake_until: Instant | None = None

    def touched(self, now: Instant) -> None:
        """Somebody is there."""
        self._stay(Instant.of(now + AWAKE))

    def switched_on(self, now: Instant) -> None:
        """Staff have switched it on."""
        self._stay(Instant.of(now + LIT_BY_HAND))

    def _stay(self, until: Instant) -> None:
        if self._awake_until is None or until > self._awake_until:
            self._awake_until = until

    def lit(self, plan: HoursPlan | None, hours: Hours | None, now: Instant, *, needed: bool) -> Lit:
        """`plan` and `hours` None: nothing is known of the branch, so it stays lit."""
        if self._awake_until is not None and self._awake_until - now > LIT_BY_HAND:  # a clock was put back
            self._awake_until = None
        if needed:
            self.touched(now)
        return woken(self._by_clock(plan, hours, now), now, self._awake_until, needed=needed)

    def _by_clock(self, plan: HoursPlan | None, hours: Hours | None, now: Instant) -> Lit:
        if self.rule is None or plan is None or hours is None:
            return ALWAYS
        if self.rule == FOLLOW:
            return by_hours(hours, now)
        if plan is not self._plan or self._dayparts is None:
            self._plan, self._dayparts = plan, Dayparts(plan, (self.rule,))
        return by_rule(self.rule, self._dayparts, now)
