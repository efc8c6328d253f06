"""Commands about cases: their arguments, who may give them, and what a customer wrote for who has signed in to read it."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from signage.branch import cases
from signage.branch.facts import Change, Facts, Refused, without_none
from signage.branch.head_office import Allowed
from signage.branch.letters import Letter
from signage.branch.orders import Args, Name, NoticeWords, Order, permitted, read_args
from signage.branch.staff import Right
from signage.branch.store import Store
from signage.core.case_history import Complication
from signage.core.cases import ANSWERS, SUBJECTS
from signage.core.instants import Instant
from signage.core.model import Case, CaseAction, Text
from signage.core.phrases import Catalogue
from signage.link.sealing import seal_for
from signage.wire.sealing import Unopened, unseal

UPDATE: Final = "case.update"
READ: Final = "case.read"
NOT_IN_AUDIT: Final[Mapping[str, frozenset[str]]] = {
    UPDATE: frozenset({"text", "released", "sealed"})
}  # may quote the customer


class UpdateArgs(Args, frozen=True, kw_only=True):
    """`text`: a note that stays in the house.

    `answer` from the closed list, or `released` in own words, is for everybody to read, and comes with `fed-back` only;
    `released` empty takes down what stands there. `complicated` gives the longer deadline. `opened` with what is known of the
    case, and `reminder`, are head office's.
    """

    case: Name
    action: CaseAction
    owner: Name | None = None  # none: who assigns takes it themselves
    text: Annotated[str, Meta(max_length=500)] | None = None
    answer: str | None = None
    released: NoticeWords | None = None
    sealed: dict[str, Any] | None = None  # a note that head office has sealed for itself
    complicated: Complication | None = None
    reminder: Literal["due", "overdue", "escalated"] | None = None
    at: Instant | None = None  # of `opened`
    source: Literal["rating", "opinion", "call"] = "call"
    counter: Annotated[str, Meta(max_length=20)] | None = None
    stars: Annotated[int, Meta(ge=1, le=5)] | None = None
    subject: str | None = None


class ReadArgs(Args, frozen=True, kw_only=True):
    case: Name
    reader: Annotated[str, Meta(max_length=64)] | None = (
        None  # a public key of the asker's: the answer is sealed for it
    )


def update(facts: Facts, order: Order, store: Store, words: Mapping[str, Catalogue], now: Instant) -> Change:
    """By somebody of the branch. Raises Refused, StorageError."""
    person = permitted(order, Right.CASE)
    args = read_args(order.command, UpdateArgs)
    if args.action == "opened" or args.reminder is not None:
        raise Refused("not-permitted", "cases are opened by customers and by head office, which also urges them")
    return _update(facts, args, person.id, store, words, now)


def update_from_afar(
    facts: Facts, allowed: Allowed, store: Store, words: Mapping[str, Catalogue], now: Instant
) -> Change:
    """By an operations key, whose answers are from the closed list. Raises Refused, StorageError."""
    if allowed.command.args.get("released"):
        raise Refused(
            "two-signatures", "free text from head office is content: answer from the list, or have it approved"
        )
    args = read_args(allowed.command, UpdateArgs)
    if args.action == "opened" and args.reminder is None:
        return cases.open_from_afar(facts, _case(args, now), allowed.actor)
    return _update(facts, args, allowed.actor, store, words, now)


def _case(args: UpdateArgs, now: Instant) -> Case:
    return Case(
        id=args.case,
        at=args.at or now,
        source=args.source,
        counter=args.counter,
        stars=args.stars,
        owner=args.owner,
        subject=args.subject if args.subject in SUBJECTS else None,
    )


def _update(
    facts: Facts, args: UpdateArgs, actor: str, store: Store, words: Mapping[str, Catalogue], now: Instant
) -> Change:
    letter = store.letter(args.case)
    wanted = cases.Update(
        case=args.case,
        action=args.action,
        actor=actor,
        owner=args.owner,
        note=args.text,
        sealed=args.sealed,
        complicated=None if args.complicated is None else args.complicated.value,
        urges=args.reminder is not None,
        answer=args.answer,
        released=_released(args, words),
        phrases=letter.phrases if letter is not None else (),
    )
    return cases.update(facts, wanted, now)


def _released(args: UpdateArgs, words: Mapping[str, Catalogue]) -> Text | None:
    if args.answer is None and args.released is None:
        return None
    if args.action != "fed-back":
        raise Refused("bad-args", "an answer is released with the action fed-back")
    if args.answer is None:
        return dict(args.released or {})
    if args.released is not None:
        raise Refused("bad-args", "either an answer from the list or a text of your own is wanted")
    if args.answer not in ANSWERS:
        raise Refused("unknown-answer", f"there is no answer {args.answer[:40]!r}")
    return {locale: catalogue.text(f"opinion.answer.{args.answer}") for locale, catalogue in words.items()}


def read(facts: Facts, order: Order, store: Store, key: bytes | None) -> dict[str, Any]:
    """What the customer of an open case wrote, for somebody who may follow it up. Raises Refused, StorageError.

    `key` opens what is sealed for this desk; the answer is sealed again for who asks.
    """
    permitted(order, Right.CASE)
    args = read_args(order.command, ReadArgs)
    if all(known.id != args.case for known in facts.cases):
        raise Refused("unknown-case", "no such case is open")
    letter = store.letter(args.case)
    if letter is None:
        raise Refused("no-letter", "what the customer wrote is not on this controller: head office has it")
    told = _told(letter) | _opened(letter, args.case, key)
    if args.reader is None:
        return told
    try:
        return seal_for(args.reader, args.case, told)
    except ValueError:
        raise Refused("bad-args", "reader is no public key") from None


def _opened(letter: Letter, case: str, key: bytes | None) -> dict[str, Any]:
    if letter.sealed is None:
        return {}
    if key is None:
        raise Refused("sealed", "what the customer wrote is sealed: only head office can open it")
    try:
        opened = unseal(letter.sealed, key, case)
        return {
            ("text" if name == "comment" else name): said for name, said in opened.items()
        }  # a rating's word for it
    except Unopened as error:
        raise Refused("sealed", f"what the customer wrote does not open here: {error}") from None


def _told(letter: Letter) -> dict[str, Any]:
    return without_none(
        text=letter.text,
        contact=letter.contact,
        consent=letter.consent,
        strokes=letter.strokes,
        phrases=list(letter.phrases),
    )
