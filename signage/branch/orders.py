"""Commands with typed arguments, checked against the branch and against who gives them. Pure: what is allowed changes the facts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final, Literal, TypeVar

from msgspec import Meta, Struct

from signage.branch import amenities, calls, counters, posting, rounds, suspending
from signage.branch.facts import Change, Facts, Refused
from signage.branch.settings import ControllerSettings
from signage.branch.staff import RIGHTS, SOURCES, Person, Right
from signage.branch.suspending import Lifter
from signage.core.instants import Instant
from signage.core.model import BRANCH_SCOPE, Notice, Reason, Suspension, Text
from signage.core.notices import EMERGENCY_PRIORITY
from signage.core.templates import BlankKind, Icon, fill, template
from signage.wire.codec import Malformed, convert
from signage.wire.messages import Command

ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
NoticeWords = dict[Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")], ShortText]
LONGEST: Final = timedelta(days=366)
A = TypeVar("A")


class Args(Struct, frozen=True, kw_only=True):
    """Base of a command's arguments; unknown ones are ignored."""


class SuspendArgs(Args, frozen=True, kw_only=True):
    scope: str
    reason: Reason
    until: Instant | None = None
    expected: Instant | None = None  # ends nothing: what customers are told, and when staff are reminded


class ResumeArgs(Args, frozen=True, kw_only=True):
    scope: str


class PostArgs(Args, frozen=True, kw_only=True):
    notice: Name
    until: Instant
    priority: Annotated[int, Meta(ge=0, le=EMERGENCY_PRIORITY)] | None = None  # none: the template's
    template: str | None = None
    blanks: dict[str, str] = {}
    text: NoticeWords | None = None
    start: Instant | None = None
    places: tuple[Name, ...] = ()
    icon: Icon | None = None  # none: the template's


class WithdrawArgs(Args, frozen=True, kw_only=True):
    notice: Name


class PromptArgs(Args, frozen=True, kw_only=True):
    counter: str
    teller: Name | None = None
    timeout_s: Annotated[int, Meta(ge=1, le=counters.PROMPT_MAX_S)] | None = None  # none: the counter's pad's


class TransactionArgs(Args, frozen=True, kw_only=True):
    counter: str
    phase: Literal["start", "end"]
    teller: Name | None = None


class AckArgs(Args, frozen=True, kw_only=True):
    call: Name


class AmenityArgs(Args, frozen=True, kw_only=True):
    name: Name
    available: bool


@dataclass(frozen=True)
class Order:
    """A command that has come from a device, and the person behind it, if a valid token came along."""

    command: Command
    device: str
    person: Person | None


PERSONAL: Final = frozenset(
    {"suspend", "resume", "notice.post", "notice.withdraw", "call.ack", "amenity", "checklist.result", "finding.update"}
)
MECHANICAL: Final = frozenset({"prompt", "transaction"})  # by a teller's system: the device's own right is enough


def carry_out(facts: Facts, order: Order, settings: ControllerSettings, now: Instant) -> Change:
    """The facts after the command. Raises Refused if it is unknown, malformed or not allowed; then nothing changes."""
    match order.command.name:
        case "suspend":
            return _suspend(facts, order, _args(order, SuspendArgs), settings, now)
        case "resume":
            return _resume(facts, order, _args(order, ResumeArgs), settings, now)
        case "notice.post":
            return _post(facts, order, _args(order, PostArgs), settings, now)
        case "notice.withdraw":
            person = permitted(order, Right.NOTICE)
            return posting.withdraw(facts, _args(order, WithdrawArgs).notice, person.id, SOURCES[person.role])
        case "call.ack":
            person = permitted(order, Right.CALL)
            return calls.acknowledge(facts, _args(order, AckArgs).call, person.id)
        case "amenity":
            permitted(order, Right.AMENITY)
            wanted = _args(order, AmenityArgs)
            return amenities.say(facts, wanted.name, settings, available=wanted.available)
        case "checklist.result":
            person = permitted(order, Right.CHECKLIST)
            return rounds.walked(facts, _args(order, rounds.ResultArgs), person.id, order.command.id, now)
        case "finding.update":
            person = permitted(order, Right.CHECKLIST)
            return rounds.follow(facts, _args(order, rounds.FindingArgs), person.id)
        case "prompt":
            return _prompt(facts, order, _args(order, PromptArgs), settings, now)
        case "transaction":
            return _transaction(facts, order, _args(order, TransactionArgs), settings, now)
        case name:
            raise Refused("unknown-command", f"{name[:40]!r} is no command for a branch controller")


def permitted(order: Order, right: Right) -> Person:
    """The person behind the order, if their role may do this. Raises Refused."""
    if order.person is None:
        raise Refused("not-signed-in", "this needs somebody who is signed in at this device")
    if right not in RIGHTS[order.person.role]:
        raise Refused("not-permitted", f"a {order.person.role} may not {right}")
    return order.person


def _args(order: Order, kind: type[A]) -> A:
    return read_args(order.command, kind)


def read_args(command: Command, kind: type[A]) -> A:
    """A command's arguments. Raises Refused."""
    try:
        return convert(_renamed(command.args), kind, command.name)
    except Malformed as error:
        raise Refused("bad-args", error.reason) from error


def _renamed(args: dict[str, Any]) -> dict[str, Any]:
    """`from` is a word of the contract and of Python."""
    return {("start" if name == "from" else name): value for name, value in args.items()}


def _known_scope(scope: str, settings: ControllerSettings) -> Right:
    if not settings.knows_scope(scope):
        raise Refused("unknown-scope", f"{scope[:60]!r} is no part of this branch")
    return Right.SERVICE_BRANCH if scope == BRANCH_SCOPE else Right.SERVICE_PART


def _from_keypad(order: Order, scope: str, settings: ControllerSettings) -> bool:
    """The bridge of that very counter, and no person: its teller's keypad, which may pause and call the next."""
    counter = settings.counter(scope.removeprefix("counter:")) if scope.startswith("counter:") else None
    return order.person is None and counter is not None and counter.pad_bridge == order.device


def _known_counter(number: str, settings: ControllerSettings) -> None:
    if settings.counter(number) is None:
        raise Refused("unknown-counter", f"there is no counter {number[:20]!r}")


def _not_for_ever(until: Instant | None, now: Instant) -> None:
    if until is not None and until > now + LONGEST:
        raise Refused("bad-args", "until lies more than a year ahead")


def _suspend(facts: Facts, order: Order, args: SuspendArgs, settings: ControllerSettings, now: Instant) -> Change:
    if args.reason is Reason.BREAK and _from_keypad(order, args.scope, settings):
        paused = Suspension(
            id=order.command.id,
            scope=args.scope,
            reason=args.reason.value,
            source="teller",
            since=now,
            actor=order.device,
        )
        return suspending.suspend(facts, paused, now)
    person = permitted(order, _known_scope(args.scope, settings))
    _not_for_ever(args.until, now)
    suspension = Suspension(
        id=order.command.id,
        scope=args.scope,
        reason=args.reason.value,
        source=SOURCES[person.role],
        since=now,
        until=args.until,
        expected=args.expected,
        actor=person.id,
    )
    return suspending.suspend(facts, suspension, now)


def _resume(facts: Facts, order: Order, args: ResumeArgs, settings: ControllerSettings, now: Instant) -> Change:
    if _from_keypad(order, args.scope, settings):
        made = any(
            (known.scope, known.source, known.actor) == (args.scope, "teller", order.device)
            for known in facts.suspensions
        )
        if not made:
            raise Refused("not-suspended", f"the keypad has not suspended {args.scope}")
        return suspending.resume(facts, args.scope, Lifter("teller", order.device), now)
    person = permitted(order, _known_scope(args.scope, settings))
    return suspending.resume(facts, args.scope, Lifter(SOURCES[person.role], person.id), now)


def _post(facts: Facts, order: Order, args: PostArgs, settings: ControllerSettings, now: Instant) -> Change:
    person = permitted(order, Right.NOTICE)
    _not_for_ever(args.until, now)
    text, priority, icon = _words(args, settings)
    notice = Notice(
        id=args.notice,
        text=text,
        start=args.start or now,
        until=args.until,
        priority=priority if args.priority is None else args.priority,
        places=args.places,
        source=SOURCES[person.role],
        icon=icon,
        actor=person.id,
        template=args.template,
    )
    return posting.post(facts, notice, now)


def _words(args: PostArgs, settings: ControllerSettings) -> tuple[Text, int, str]:
    """What it says in every locale, how urgent that is by itself, and the icon beside it."""
    if (args.template is None) == (args.text is None):
        raise Refused("bad-args", "either a template or a text is wanted")
    if args.text is not None:
        if not args.text:
            raise Refused("bad-args", "the text is empty")
        return dict(args.text), 0, args.icon or ""
    wanted = template(args.template or "")
    if wanted is None:
        raise Refused("unknown-template", f"there is no template {str(args.template)[:40]!r}")
    for name, kind in wanted.blanks.items():
        if kind is BlankKind.COUNTER:
            _known_counter(args.blanks.get(name, ""), settings)
    try:
        return fill(wanted, args.blanks, settings.catalogues.values()), wanted.priority, args.icon or wanted.icon
    except ValueError as error:
        raise Refused("bad-args", str(error)) from error


def _prompt(facts: Facts, order: Order, args: PromptArgs, settings: ControllerSettings, now: Instant) -> Change:
    _known_counter(args.counter, settings)
    served = counters.serve(facts, args.counter, args.teller)
    timeout_s = args.timeout_s or _prompt_s(args.counter, settings)
    return counters.open_prompt(served, args.counter, order.command.id, timeout_s, now)


def _prompt_s(number: str, settings: ControllerSettings) -> int:
    counter = settings.counter(number)
    return counters.PROMPT_S if counter is None or counter.prompt_s is None else counter.prompt_s


def _transaction(
    facts: Facts, order: Order, args: TransactionArgs, settings: ControllerSettings, now: Instant
) -> Change:
    """Its end asks the customer to rate, if the counter serves."""
    _known_counter(args.counter, settings)
    if args.phase == "start":
        return counters.start_transaction(facts, args.counter, args.teller, now)
    change = counters.end_transaction(facts, args.counter, args.teller, now)
    if suspending.at_counter(change.facts, args.counter, now) is not None:
        return change
    return change.then(
        lambda known: counters.open_prompt(
            known, args.counter, order.command.id, _prompt_s(args.counter, settings), now
        )
    )
