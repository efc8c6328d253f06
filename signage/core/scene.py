"""The one function that says what a screen shows: pure, total, the same for controller, screens, `explain` and tests.

A screen draws the scene and sleeps until `until`: the first instant at which the picture is another one by the clock
alone, at the latest the branch's next midnight. Nothing polls; a newer state, or the controller falling silent, makes a new scene.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from signage.core.contest import Verdict, decide, turning
from signage.core.hours import Hours, hours_or_none_known
from signage.core.instants import Instant
from signage.core.layouts import SAFE_ITEM, Picture, SceneName, Zone, lay_out
from signage.core.model import BranchState, ScreenEntry
from signage.core.programme import SignedContent
from signage.core.reasons import Why
from signage.core.schedule import next_turn
from signage.core.situation import Situation


@dataclass(frozen=True)
class Scene:
    """`until`: the first instant at which the clock alone changes `name` or `zones`, or midnight; None: it does not.

    `why` names every candidate for the main zone with what won or what beat it, as it stood when the scene was made. It is
    worked out when it is read, and two scenes are equal whose pictures are.
    """

    name: SceneName
    zones: tuple[Zone, ...]
    until: Instant | None
    why: Sequence[Why] = field(compare=False)


def scene(
    state: BranchState | None,
    content: SignedContent | None,
    hours: Hours | None,
    screen: ScreenEntry,
    now: Instant,
    controller_heard: bool = True,
    absent: frozenset[str] = frozenset(),
    *,
    promotions: bool = True,
) -> Scene:
    """What `screen` shows at `now`. Total: without a state it is the safe scene, without hours they are read from it.

    `content` is what head office has signed and this device has verified; without it the built-in house slides stand.
    `absent` names assets that are not on this device yet: their turns go to a house slide, nobody else's share changes.
    Without `promotions` so do the turns of advertisements and campaigns.
    """
    if state is None:
        return Scene("safe", (Zone("main", SAFE_ITEM),), None, (Why("safe", True, "no branch state is known"),))
    hours = hours or hours_or_none_known(state.hours)
    here = Situation(state, hours, screen, now, controller_heard, content, absent, promotions)
    verdict = decide(here)
    picture = lay_out(here, verdict)
    return Scene(picture.name, picture.zones, _until(here, verdict, picture), verdict.why)


def _until(here: Situation, verdict: Verdict, picture: Picture) -> Instant:
    """Walk from edge to edge until the picture is another; at midnight every screen looks afresh."""
    midnight, there, later = here.midnight, here, picture
    while there.now < midnight:
        edge = there.next_edge(turning(there, verdict.winner))
        there = here.at(min(edge, next_turn(there.now)) if later.turns else edge)
        verdict = decide(there)
        later = lay_out(there, verdict)
        if (later.name, later.zones) != (picture.name, picture.zones):
            return there.now
    return midnight
