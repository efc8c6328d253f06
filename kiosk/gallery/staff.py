"""The gallery's staff pages: the keypad, the panel with all its lists, and the forms."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import timedelta
from typing import Any, Final

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.opinions import handwriting
from kiosk.gallery.touch_cases import GLASSES, NOW, SCREENS, STAFF, Case, at, inside
from kiosk.view.pages import (
    CasePage,
    Done,
    Expected,
    Intent,
    Keypad,
    LeaveForm,
    NoticeForm,
    Panel,
    Pending,
    Refused,
    ScreenForm,
    SignedOut,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    WentLocal,
)
from kiosk.view.reach import Heard
from kiosk.view.rounds import KeptRound, StepAnswer, Walking
from signage.core.checklists import Checklist, CheckStep
from signage.core.instants import Instant
from signage.core.model import Amenity, BranchState, Call, Finding, Round
from signage.core.model import Case as CustomerCase
from signage.wire.messages import Fault

_EARLIER: Final = Instant.of(NOW - timedelta(minutes=23))
_TELLER: Final = Staff("0571017", "teller", "token", STAFF.until, "李明", frozenset({"service-part"}))
_FAULT: Final = Fault(code="content-decode", since=_EARLIER, text="ad.png: cannot be decoded")
DEVICES: Final = {
    "lobby-touch": Heard("screen", online=True, since=_EARLIER, glass=GLASSES["lobby-touch"]),
    "lobby-wall": Heard("screen", online=True, since=_EARLIER, faults=(_FAULT,), glass=GLASSES["lobby-wall"]),
    "counter-3": Heard("screen", online=False, since=_EARLIER, glass=GLASSES["counter-3"]),
    "bridge-1": Heard("bridge", online=True, since=_EARLIER),
}
CALLS: Final = (
    Call(id="c-1", kind="rating", at=NOW, counter="2", device="bridge-1"),
    Call(id="c-2", kind="call", at=NOW, device="lobby-touch"),
    Call(id="c-3", kind="fault", at=NOW, counter="4", code="pad-lost", acknowledged_by="王芳"),
)
_MORE_CALLS: Final = (
    *CALLS,
    Call(id="c-4", kind="overdue", at=_EARLIER, counter="3", code="fault"),
    Call(id="c-5", kind="rating", at=_EARLIER, counter="5", device="bridge-1"),
)


def _case(name: str, state: BranchState, touch: Touch) -> Case:
    """Where the name says so, no controller has been heard for a while."""
    return Case(name, state, touch, known={"devices": DEVICES, "heard": not name.endswith("-unheard")})


def cases(branch: BranchState, third: BranchState) -> Iterator[Case]:
    """`branch` serves; in `third` its third counter is suspended."""
    yield _case("keypad", branch, at(Keypad("123")))
    yield _case("keypad-wrong", branch, at(Keypad(trouble=Trouble.WRONG, left=3)))
    yield _case(
        "keypad-locked", branch, at(Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30))))
    )
    yield _case("keypad-ended", branch, at(Keypad(trouble=Trouble.ENDED)))
    yield from _boards(branch, third)
    yield from _lists(branch)
    yield _case("suspend", branch, inside(SuspendForm("branch")))
    yield _case("suspend-branch", branch, inside(SuspendForm("branch", "other", Expected.UNKNOWN)))
    yield _case("suspend-branch-unheard", branch, inside(SuspendForm("branch", "other", Expected.UNKNOWN)))
    yield _case("suspend-ready", branch, inside(SuspendForm("counter:3", "fault", Expected.HALF)))
    was = Intent("counter:3", on=True, reason="fault")
    yield _case("refine", third, inside(SuspendForm("counter:3", "fault", was=was)))
    yield _case("notice", branch, inside(NoticeForm("cash-service", Expected.HALF)))
    yield _case("screen", branch, inside(ScreenForm("lobby-wall", on=True, brightness=70, volume=0)))
    yield _case("leave", branch, inside(LeaveForm("maintenance")))
    yield _case("screen-asking", branch, changed(inside(ScreenForm("lobby-wall")), pending=Pending("p", "screen", NOW)))
    yield _case(
        "screen-silent", branch, changed(inside(ScreenForm("lobby-wall")), outcome=Refused("no-answer", "no answer"))
    )
    yield _case("signed-out", branch, Touch(page=SignedOut("王芳"), home_at=Instant.of(NOW + timedelta(seconds=3))))


def _boards(branch: BranchState, third: BranchState) -> Iterator[Case]:
    ordered = Intent("counter:3", on=True, reason="break")
    told = Done("suspend", 1, NOW, ordered, Intent("counter:3", on=False))
    local = WentLocal(NOW, ordered, Intent("counter:3", on=False))
    yield _case("panel", branch, inside(Panel()))
    yield _case("panel-waiting", replace(branch, calls=_MORE_CALLS), inside(Panel()))
    yield _case("panel-shown", third, changed(inside(Panel()), outcome=told))
    yield _case("panel-busy", branch, changed(inside(Panel()), pending=Pending("p", "suspend", NOW)))
    yield _case("panel-refused", branch, changed(inside(Panel()), outcome=Refused("not-suspended", "")))
    yield _case("panel-leaving", branch, changed(inside(Panel()), home_at=Instant.of(NOW + timedelta(seconds=9))))
    yield _case("panel-local-unheard", third, changed(inside(Panel()), outcome=local))
    yield _case("panel-teller", third, changed(inside(Panel()), staff=_TELLER))
    yield _case("panel-many", _many(branch), inside(Panel()))
    yield _case(
        "panel-office",
        replace(samples.suspended("branch", "disaster", source="head-office"), screens=SCREENS),
        inside(Panel()),
    )
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    down = replace(samples.suspended("branch", "power", "15:00"), screens=SCREENS)
    yield _case("panel-emergency-unheard", down, changed(inside(Panel()), outcome=local, staff=alone))
    yield _case("panel-emergency-open-unheard", branch, changed(inside(Panel()), staff=alone))
    yield Case("panel-bare", None, inside(Panel()))
    yield from _one_counter(branch)


def _one_counter(branch: BranchState) -> Iterator[Case]:
    """The smallest branch there is."""
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    one = replace(branch, counters=branch.counters[:1])
    held = samples.suspended("counter:1", "break").suspensions
    down = replace(one, suspensions=samples.suspended("branch", "other").suspensions)
    yield _case("panel-one", one, inside(Panel()))
    yield _case("panel-one-suspended", replace(one, suspensions=held), inside(Panel()))
    yield _case("panel-one-emergency-unheard", down, changed(inside(Panel()), staff=alone))
    yield _case("panel-one-emergency-open-unheard", one, changed(inside(Panel()), staff=alone))


def _many(branch: BranchState) -> BranchState:
    """A branch with twelve counters: more than one sheet holds."""
    extra = tuple(replace(counter, number=str(int(counter.number) + 6)) for counter in branch.counters)
    return replace(branch, counters=(*branch.counters, *extra), calls=_MORE_CALLS)


ROUND: Final = Checklist(
    id="daily-opening",
    version=3,
    title={"zh": "营业前检查", "en": "Before opening"},
    due="08:50",
    steps=(
        CheckStep(
            id="door", text={"zh": "大门、卷帘门开关正常，通道畅通", "en": "Doors and shutters work; the way is clear"}
        ),
        CheckStep(
            id="lights",
            text={"zh": "门楣屏、大厅照明全部点亮", "en": "The fascia and the hall are lit"},
            phrases={
                "dark": {"zh": "有灯不亮", "en": "A light is out"},
                "flicker": {"zh": "灯光闪烁", "en": "A light flickers"},
                "fascia": {"zh": "门楣屏不亮", "en": "The fascia is dark"},
            },
        ),
        CheckStep(
            id="glasses", text={"zh": "老花镜、雨伞、轮椅在位", "en": "Glasses, umbrellas and wheelchair are there"}
        ),
    ),
)
_VAULT: Final = Checklist(
    id="vault-keys",
    version=1,
    title={"zh": "金库与钥匙交接", "en": "Vault and keys"},
    steps=ROUND.steps[:1],
    due="17:30",
)
_LIT: Final = StepAnswer("lights", ok=False, phrase="dark", note="有灯不亮")
_SEEN: Final = StepAnswer("door", ok=True)


def _rounds(branch: BranchState) -> Iterator[Case]:
    found = Finding(id="f-1", at=_EARLIER, checklist="daily-opening", step="lights", actor="0007", phrase="dark")
    mended = Finding(
        id="f-2",
        at=_EARLIER,
        checklist="daily-opening",
        step="glasses",
        actor="0007",
        phrase="missing",
        rectified_by="0012",
    )
    last = Round(checklist="vault-keys", version=1, at=_EARLIER, actor="0012")
    kept = (KeptRound("2026-11-24", "0007", "daily-opening", 3, (_SEEN,)),)
    lists: dict[str, Any] = {"devices": DEVICES, "checklists": (ROUND, _VAULT), "kept": kept}
    state = replace(branch, findings=(found, mended), rounds=(last,))
    yield Case("panel-checks", state, inside(Panel(Tab.CHECKS)), known=lists)
    yield Case("panel-overdue", state, inside(Panel()), known=lists)
    yield _case("panel-checks-none", branch, inside(Panel(Tab.CHECKS)))
    yield _case("check", branch, inside(Walking(ROUND, (_SEEN,), 1)))
    yield _case("check-what", branch, inside(Walking(ROUND, (_SEEN,), 1, noting=True)))
    yield _case("check-what-general", branch, inside(Walking(ROUND, noting=True)))
    yield _case("check-again", branch, inside(Walking(ROUND, (_SEEN, _LIT), 1)))
    yield _case("check-send", branch, inside(Walking(ROUND, (_SEEN, _LIT, StepAnswer("glasses", ok=True)), 3)))
    well = tuple(StepAnswer(step.id, ok=True) for step in ROUND.steps)
    yield _case("check-send-well", branch, inside(Walking(ROUND, well, 3)))
    yield from _long_rounds(branch)


def _long_rounds(branch: BranchState) -> Iterator[Case]:
    """More than one sheet holds: of what may be wrong, and of what was."""
    phrases = ROUND.steps[1].phrases
    many = {f"{key}-{lamp}": words for lamp in range(1, 5) for key, words in phrases.items()}
    steps = tuple(replace(step, id=f"{step.id}-{turn}", phrases=many) for turn in range(1, 4) for step in ROUND.steps)
    long = replace(ROUND, steps=steps)
    wrong = tuple(StepAnswer(step.id, ok=False, phrase="dark-1", note="有灯不亮") for step in steps)
    yield _case("check-what-many", branch, inside(Walking(long, (), 0, noting=True)))
    yield _case("check-send-many", branch, inside(Walking(long, wrong, len(steps))))


_LETTER: Final = {
    "text": "等了四十分钟才轮到我，只开了两个窗口，希望高峰时多开窗口。",
    "contact": "138 0571 2233",
    "phrases": ["long-wait", "few-counters"],
}


def _cases_and_amenities(branch: BranchState) -> Iterator[Case]:
    midnight = Instant.parse("2026-11-25T00:00:00+08:00")
    morning, tomorrow, later = (Instant.of(midnight + timedelta(hours=hours)) for hours in (-15, 24, 8 * 24))
    opened = CustomerCase(
        id="k-1", at=_EARLIER, source="opinion", subject="waiting", callback=True, step="investigated", due=tomorrow
    )
    rated = CustomerCase(id="k-2", at=_EARLIER, source="rating", counter="2", stars=1, action="assigned", owner="0007")
    plain = CustomerCase(id="k-3", at=NOW, source="opinion", step="investigated", due=tomorrow)
    today = replace(rated, step="investigated", remind=morning, due=midnight)
    late = replace(
        rated, id="k-4", stars=2, action="investigated", step="handled", due=Instant.of(midnight - timedelta(1))
    )
    urged = replace(late, id="k-5", action="handled", step="fed-back", urged=True, callback=True)
    calm = replace(rated, id="k-6", action="fed-back", step="whole", due=later)
    state = replace(branch, cases=(opened, rated, plain))
    pressing = replace(branch, cases=(urged, late, today, opened, plain, calm))
    yield _case("panel-cases-due", pressing, inside(Panel(Tab.CASES)))
    yield _case("panel-due", pressing, inside(Panel()))
    yield _case("panel-cases", state, inside(Panel(Tab.CASES)))
    yield _case("panel-cases-none", branch, inside(Panel(Tab.CASES)))
    yield _case("case", state, inside(CasePage("k-1", _LETTER)))
    ink = {key: words for key, words in _LETTER.items() if key != "text"} | {"strokes": handwriting().strokes()}
    yield _case("case-ink", state, inside(CasePage("k-1", ink)))
    yield _case("case-fetching", state, changed(inside(CasePage("k-2")), pending=Pending("p", "case.read", NOW)))
    yield _case("case-unwritten", state, changed(inside(CasePage("k-2")), outcome=Refused("no-letter", "")))
    there = Amenity(
        name="glasses",
        title={"zh": "老花镜", "en": "Reading glasses"},
        place={"zh": "填单台", "en": "Writing desk"},
        icon="glasses",
    )
    gone = Amenity(
        name="umbrella",
        title={"zh": "雨伞", "en": "Umbrellas"},
        place={"zh": "大门右侧", "en": "By the door"},
        icon="umbrella",
        available=False,
    )
    yield _case("panel-more", replace(branch, amenities=(there, gone)), inside(Panel(Tab.MORE)))


def _lists(branch: BranchState) -> Iterator[Case]:
    yield from _rounds(branch)
    yield from _cases_and_amenities(branch)
    yield _case("panel-notices", branch, inside(Panel(Tab.NOTICES)))
    yield _case("panel-alerts", replace(branch, calls=CALLS), inside(Panel(Tab.ALERTS)))
    yield _case("panel-alerts-none", branch, inside(Panel(Tab.ALERTS)))
    yield _case("panel-machine", samples.suspended("device:atm-1", "fault"), inside(Panel(Tab.DEVICES)))
    yield _case("panel-devices", replace(branch, bridges=("bridge-1", "bridge-2")), inside(Panel(Tab.DEVICES)))
