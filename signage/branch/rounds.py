"""Rounds that staff have walked: what was found, until somebody has seen it put right. Pure."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from signage.branch.facts import FINDINGS_KEPT, Change, Draft, Facts, Refused, without_none
from signage.core.checklists import STEPS
from signage.core.instants import Instant
from signage.core.model import Finding, Round

ROUNDS_KEPT: Final = 50  # checklists whose last round is remembered
Short = Annotated[str, Meta(min_length=1, max_length=64)]
Note = Annotated[str, Meta(max_length=200)]


class StepResult(Struct, frozen=True, kw_only=True):
    """Contract: checklist. `phrase`: the key of what was found, from the signed list; an addition."""

    step: Short
    ok: bool
    note: Note | None = None
    phrase: Short | None = None


class ResultArgs(Struct, frozen=True, kw_only=True):
    checklist: Short
    version: int
    steps: Annotated[tuple[StepResult, ...], Meta(min_length=1, max_length=STEPS)]


class FindingArgs(Struct, frozen=True, kw_only=True):
    finding: Annotated[str, Meta(min_length=1, max_length=120)]
    action: Literal["rectified", "verified"]


def walked(facts: Facts, args: ResultArgs, actor: str, identity: str, now: Instant) -> Change:
    """A round to its end. What it finds in order again is settled; what it finds wrong again is the old finding still."""
    seen = {step.step: step for step in args.steps}
    kept = tuple(
        one
        for one in facts.findings
        if one.checklist != args.checklist or one.step not in seen or not seen[one.step].ok
    )
    open_now = {(one.checklist, one.step) for one in kept}
    new = tuple(
        Finding(
            id=f"{identity}/{number}",
            at=now,
            checklist=args.checklist,
            step=step.step,
            actor=actor,
            note=step.note or "",
            phrase=step.phrase or "",
        )
        for number, step in enumerate(args.steps, 1)
        if not step.ok and (args.checklist, step.step) not in open_now
    )
    again = tuple(replace(one, rectified_by=None) if _wrong(one, args.checklist, seen) else one for one in kept)
    found = sum(1 for step in args.steps if not step.ok)
    last = Round(checklist=args.checklist, version=args.version, at=now, actor=actor, findings=found)
    others = tuple(one for one in facts.rounds if one.checklist != args.checklist)
    after = replace(facts, rounds=(*others, last)[-ROUNDS_KEPT:], findings=(*again, *new)[-FINDINGS_KEPT:])
    steps = [without_none(step=one.step, ok=one.ok, note=one.note, phrase=one.phrase) for one in args.steps]
    data = {"checklist": args.checklist, "version": args.version, "actor": actor, "steps": steps}
    return Change(after, (Draft("checklist", data),))


def _wrong(finding: Finding, checklist: str, seen: dict[str, StepResult]) -> bool:
    return finding.checklist == checklist and finding.step in seen and not seen[finding.step].ok


def follow(facts: Facts, args: FindingArgs, actor: str) -> Change:
    """Put right by one person, seen to be so by another. Raises Refused."""
    finding = next((one for one in facts.findings if one.id == args.finding), None)
    if finding is None:
        raise Refused("unknown-finding", "no such finding is open")
    if args.action == "rectified":
        mended = replace(finding, rectified_by=actor)
        findings = tuple(mended if one.id == finding.id else one for one in facts.findings)
    elif finding.rectified_by is None or finding.rectified_by == actor:
        raise Refused("not-yours", "somebody else than who put it right says that it is right")
    else:
        findings = tuple(one for one in facts.findings if one.id != finding.id)
    version = next((one.version for one in facts.rounds if one.checklist == finding.checklist), 0)
    told = {
        "checklist": finding.checklist,
        "version": version,
        "actor": actor,
        "steps": [{"step": finding.step, "ok": True}],
        "finding": finding.id,
        "action": args.action,
    }
    return Change(replace(facts, findings=findings), (Draft("checklist", told),))
