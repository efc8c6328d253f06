"""Commands from head office: who may what, by the present verified content; and what they change. Pure.

Such a command carries an operations key's signature. The key can suspend, resume, post signed templates with their
blanks filled from closed lists, and withdraw what such keys have posted. Free text is content: it takes two signatures.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from signage.branch import posting, suspending
from signage.branch.facts import Change, Facts, Refused
from signage.branch.orders import LONGEST, PostArgs, ResumeArgs, SuspendArgs, WithdrawArgs, read_args
from signage.branch.settings import ControllerSettings
from signage.branch.suspending import Lifter
from signage.core.instants import Instant
from signage.core.model import Branch, Notice, Suspension, Text
from signage.core.notices import EMERGENCY_PRIORITY
from signage.core.programme import NoticeTemplate, OperationsKey, SignedContent
from signage.wire.messages import Command
from signage.wire.signing import signed_by

ACTOR: Final = "head-office:"  # begins the actor of everything that an operations key has done
LONGEST_EMERGENCY: Final = timedelta(
    days=7
)  # it hides everything else: who forgets it must not have hidden it for ever
_BLANK: Final = re.compile(r"\{([^{}]*)\}")
_KEYID_SHOWN: Final = 12
_ACTOR_SHOWN: Final = 40


class Unproven(Refused):
    """Refused before it was known who sent it: anybody with a way to the broker may have."""


@dataclass(frozen=True)
class Allowed:
    """A command that may be carried out; `actor` is who the branch's records name."""

    command: Command
    actor: str
    content: SignedContent


def admitted(command: Command, content: SignedContent | None, branch: Branch, now: Instant) -> Allowed:
    """Whether an operations key of `content` may give this command to this branch now. Raises Refused, Unproven."""
    if content is None:
        text = "no trusted content names operations keys for this branch: it takes no command from afar"
        raise Unproven("untrusted", text)
    key = _key(command, content)
    targets = (branch.id, "all", *(f"group-{tag}" for tag in branch.groups))
    if command.target not in targets:
        raise Refused("wrong-target", f"it is for {command.target[:40]!r}")
    if not set(targets) & set(key.branches):
        raise Refused("not-permitted", f"this key is for {', '.join(key.branches) or 'no branch'}")
    if command.name not in key.commands:
        raise Refused("not-permitted", f"this key may {', '.join(key.commands) or 'do nothing'}")
    if key.until is not None and now >= key.until:
        raise Refused("key-expired", f"this key was good until {key.until}")
    if now >= command.expires_at:
        raise Refused("expired", f"it was good until {command.expires_at}")
    return Allowed(command, _actor(command, key), content)


def _key(command: Command, content: SignedContent) -> OperationsKey:
    """The key that has signed it. A revoked key stands in the content no more, and is as unknown as any other."""
    signature = command.signature
    if signature is None:
        raise Unproven("unsigned", "a command from head office carries an operations key's signature")
    key = next((one for one in content.operations if one.keyid == signature.keyid), None)
    if key is None:
        raise Unproven("unknown-key", f"content {content.version} names no operations key {signature.keyid[:12]!r}")
    if not signed_by(command, key.public):
        raise Unproven("bad-signature", "the signature is not that of this key over this command")
    return key


def _actor(command: Command, key: OperationsKey) -> str:
    """The key is proven; the person is what the key's holder says."""
    person = f"/{command.actor[:_ACTOR_SHOWN]}" if command.actor else ""
    return f"{ACTOR}{key.keyid[:_KEYID_SHOWN]}{person}"


def carry_out(facts: Facts, allowed: Allowed, settings: ControllerSettings, now: Instant) -> Change:
    """The facts after the command. Raises Refused if it is unknown or malformed; then nothing changes."""
    command = allowed.command
    match command.name:
        case "suspend":
            return _suspend(facts, allowed, read_args(command, SuspendArgs), settings, now)
        case "resume":
            wanted = read_args(command, ResumeArgs)
            _known(wanted.scope, settings)
            return suspending.resume(facts, wanted.scope, Lifter("head-office", allowed.actor), now)
        case "notice.post" if "text" in command.args:
            raise Refused("two-signatures", "free text from head office is content: author it and have it approved")
        case "notice.post":
            return posting.post(facts, _notice(facts, allowed, read_args(command, PostArgs), now), now)
        case "notice.withdraw":
            identity = read_args(command, WithdrawArgs).notice
            _own(facts, identity)
            return posting.withdraw(facts, identity, allowed.actor, "head-office")
        case name:
            raise Refused("unknown-command", f"{name[:40]!r} is nothing that head office can ask of a branch")


def _suspend(facts: Facts, allowed: Allowed, args: SuspendArgs, settings: ControllerSettings, now: Instant) -> Change:
    _known(args.scope, settings)
    if args.until is not None:
        _not_too_long(LONGEST, args.until, now)
    suspension = Suspension(
        id=allowed.command.id,
        scope=args.scope,
        reason=args.reason.value,
        source="head-office",
        since=now,
        until=args.until,
        actor=allowed.actor,
    )
    return suspending.suspend(facts, suspension, now)


def _notice(facts: Facts, allowed: Allowed, args: PostArgs, now: Instant) -> Notice:
    template = next((one for one in allowed.content.templates if one.id == args.template), None)
    if template is None:
        version = allowed.content.version
        raise Refused("unknown-template", f"content {version} has no template {str(args.template)[:40]!r}")
    _own(facts, args.notice)
    _not_too_long(LONGEST_EMERGENCY if template.emergency else LONGEST, args.until, now)
    return Notice(
        id=args.notice,
        text=filled(template, args.blanks),
        start=args.start or now,
        until=args.until,
        priority=_priority(template, args.priority),
        places=args.places,
        source="head-office",
        actor=allowed.actor,
        template=template.id,
    )


def filled(template: NoticeTemplate, blanks: Mapping[str, str]) -> Text:
    """Its words with every blank filled by one of the choices that were signed. Raises Refused."""
    surplus = sorted(set(blanks) - set(template.blanks))
    if surplus:
        raise Refused("bad-args", f"{template.id}: no blank is called {surplus[0][:40]!r}")
    chosen: dict[str, Text] = {}
    for name, choices in template.blanks.items():
        choice = blanks.get(name, "")
        if choice not in choices:
            raise Refused("bad-args", f"{template.id}: {name} {choice[:40]!r} is none of {', '.join(choices)}")
        chosen[name] = choices[choice]
    return {locale: _filled(text, locale, chosen) for locale, text in template.text.items()}


def _filled(text: str, locale: str, chosen: Mapping[str, Text]) -> str:
    """One locale's text. A choice without words in this locale is said in the first it has."""

    def said(blank: re.Match[str]) -> str:
        words = chosen.get(blank[1])
        return blank[0] if words is None else words.get(locale) or next(iter(words.values()), "")

    return _BLANK.sub(said, text)


def _priority(template: NoticeTemplate, asked: int | None) -> int:
    if template.emergency:
        return EMERGENCY_PRIORITY
    if asked is not None and asked >= EMERGENCY_PRIORITY:
        raise Refused("not-permitted", f"the template {template.id!r} was not signed for emergencies")
    return asked or 0


def _not_too_long(longest: timedelta, until: Instant, now: Instant) -> None:
    if until > now + longest:
        raise Refused("bad-args", f"until lies more than {longest.days} days ahead")


def _own(facts: Facts, identity: str) -> None:
    """Head office neither replaces nor withdraws what people in the branch have posted."""
    known = next((one for one in facts.notices if one.id == identity), None)
    if known is not None and not (known.actor or "").startswith(ACTOR):
        raise Refused("not-permitted", "that notice was posted in the branch")


def _known(scope: str, settings: ControllerSettings) -> None:
    if not settings.knows_scope(scope):
        raise Refused("unknown-scope", f"{scope[:60]!r} is no part of this branch")
