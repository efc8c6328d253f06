"""A small branch as a controller would publish it."""

from signage.core.instants import Instant
from signage.core.model import Branch, BranchState, Counter, HoursPlan, Prompt, Suspension
from tests.unit.firmware_bridge.pads import START

PLAN = HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"})


def branch(
    revision: int = 1, *, suspension: Suspension | None = None, prompt: Prompt | None = None, teller: str | None = None
) -> BranchState:
    counter = Counter(
        number="1", business={"zh": "个人业务"}, state="open", prompt=prompt, teller=teller, level=4 if teller else None
    )
    return BranchState(
        revision=revision,
        at=START,
        branch=Branch(id="hz-1", name={"zh": "支行"}, hotline="95599", timezone="Asia/Shanghai"),
        hours=PLAN,
        counters=(counter,),
        suspensions=(suspension,) if suspension else (),
        notices=(),
        calls=(),
        content=0,
        v=1,
    )


def suspended(since: Instant, reason: str = "power", until: Instant | None = None) -> Suspension:
    return Suspension(id="s1", scope="counter:1", reason=reason, source="manager", since=since, until=until)
