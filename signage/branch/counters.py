"""What goes on at a counter: who serves there, a transaction, “please rate”, thanks."""

from datetime import timedelta
from typing import Final, TypeVar

from msgspec.structs import replace

from signage.branch.facts import Change, Draft, Facts, Refused, without_none
from signage.branch.suspending import at_counter
from signage.core.instants import Instant
from signage.core.model import Prompt, Thanks

PROMPT_S: Final = 15  # a customer who turned to leave does not come back after that
PROMPT_MAX_S: Final = 255  # a pad counts the seconds in one byte
THANKS_FOR: Final = timedelta(seconds=6)
V = TypeVar("V")


def without(mapping: dict[str, V], key: str) -> dict[str, V]:
    return {known: value for known, value in mapping.items() if known != key}


def serve(facts: Facts, counter: str, teller: str | None) -> Facts:
    """`teller` serves there from now on; None changes nothing."""
    if teller is None or facts.tellers.get(counter) == teller:
        return facts
    return replace(facts, tellers={**facts.tellers, counter: teller})


def open_prompt(facts: Facts, counter: str, identity: str, timeout_s: int, now: Instant) -> Change:
    """“Please rate” at the counter, in place of an open one. Raises Refused while the counter is suspended."""
    if at_counter(facts, counter, now) is not None:
        raise Refused("suspended", f"counter {counter} is suspended")
    prompt = Prompt(id=identity, until=Instant.of(now + timedelta(seconds=timeout_s)), since=now)
    return Change(
        replace(facts, prompts={**facts.prompts, counter: prompt}, thanks=without(facts.thanks, counter)),
    )


def close_prompt(facts: Facts, counter: str, identity: str) -> Facts:
    """Its answer or its lapse has come; a newer prompt stays."""
    prompt = facts.prompts.get(counter)
    if prompt is None or prompt.id != identity:
        return facts
    return replace(facts, prompts=without(facts.prompts, counter))


def thank(facts: Facts, counter: str, now: Instant) -> Facts:
    thanks = Thanks(until=Instant.of(now + THANKS_FOR))
    return replace(facts, thanks={**facts.thanks, counter: thanks}, prompts=without(facts.prompts, counter))


def start_transaction(facts: Facts, counter: str, teller: str | None, now: Instant) -> Change:
    """The next customer: whatever the last one was asked is over."""
    served = serve(facts, counter, teller)
    told = Draft("transaction", without_none(counter=counter, teller=served.tellers.get(counter), phase="start"))
    begun = replace(
        served,
        transactions={**served.transactions, counter: now},
        prompts=without(served.prompts, counter),
        thanks=without(served.thanks, counter),
    )
    return Change(begun, (told,))


def end_transaction(facts: Facts, counter: str, teller: str | None, now: Instant) -> Change:
    """Its length in whole seconds, where its start was seen."""
    served = serve(facts, counter, teller)
    start = served.transactions.get(counter)
    seconds = None if start is None else max(0, (now - start) // timedelta(seconds=1))
    told = Draft(
        "transaction",
        without_none(counter=counter, teller=served.tellers.get(counter), phase="end", seconds=seconds),
    )
    return Change(replace(served, transactions=without(served.transactions, counter)), (told,))


def expire(facts: Facts, now: Instant) -> Facts:
    """Prompts and thanks whose time is up."""
    prompts = {counter: prompt for counter, prompt in facts.prompts.items() if prompt.until > now}
    thanks = {counter: thank for counter, thank in facts.thanks.items() if thank.until > now}
    if len(prompts) == len(facts.prompts) and len(thanks) == len(facts.thanks):
        return facts
    return replace(facts, prompts=prompts, thanks=thanks)
