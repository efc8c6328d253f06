"""Head office's traffic, made by a seed: branches that serve, rate, suspend and complain, and lines that lose and repeat.

    plan = Plan(seed=7, branches=25, days=30)          # about 66 events a branch and day: here some 50,000
    for event in happened(plan, "b-0001"): ...         # what really happened in one branch, in the order of its time
    for sent in traffic(plan): custody.accept(sent.batch, sent.at)    # the same as batches, bent on their way
    fill(store, plan)                                  # the same, through head office's custody into a prepared Store
    with Lines(plan, port): ...                        # the same over MQTT by branches that obey receipts (lines.py)
    held(plan)                                         # what head office must hold in the end: each event id once

What is made is a function of the plan alone: the same plan gives the same events, ids, batches and bytes, on every machine.

What a day holds (`day.py`): transactions with and without a prompt, prompts rated, unrated and cancelled; ratings of pads
and of the touch kiosk with every flag (`repeat`, `unprompted`, `suspended`, `test`), reasons and comments; suspensions of
counters, branches and devices that overlap, end by `until`, by a person, overnight or never; faults that clear or do not;
calls; cases out of low ratings and opinions, in time, too late, complex and left open; plays of required and other items,
`shown`, a checklist, notices, audit. Now and then somebody cheats (`Plan.tricks`).

What happens on the way (`way.py`): batches repeated, out of order, late by hours and days; branches whose disk is replaced
(a new epoch, part of the old events sent again); events lost for ever (a gap); broken chains; events that cannot be read.
"""

from tests.office_traffic.day import happened
from tests.office_traffic.filling import Held, fill, held
from tests.office_traffic.happening import Happened
from tests.office_traffic.plan import Plan
from tests.office_traffic.way import Sent, traffic, way

__all__ = ["Happened", "Held", "Plan", "Sent", "fill", "happened", "held", "traffic", "way"]
