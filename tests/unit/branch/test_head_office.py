"""Every reason to refuse a command from head office, beside the command that differs only in that and is carried out."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from signage.branch.facts import Change, Facts, Refused
from signage.branch.head_office import Unproven, admitted, carry_out, filled
from signage.core.instants import Instant
from signage.core.model import Branch, Notice, Suspension
from signage.core.programme import NoticeTemplate, OperationsKey, SignedContent
from signage.wire.messages import Command, Signature
from signage.wire.signing import sign
from tests.unit.branch.ground import NINE, after, settings, told

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYID = "0a" * 32
BRANCH = Branch(id="hz-1", name={"zh": "高新支行"}, hotline="95599", timezone="Asia/Shanghai", groups=("city",))
SETTINGS = settings(branch=BRANCH)
COMMANDS = ("suspend", "resume", "notice.post", "notice.withdraw")
TEMPLATES = (
    NoticeTemplate(
        id="storm",
        text={"zh": "台风{level}预警，{what}", "en": "Typhoon {level}: {what}"},
        blanks={
            "level": {"red": {"zh": "红色", "en": "red"}, "blue": {"zh": "蓝色"}},
            "what": {"home": {"zh": "提前打烊", "en": "we close early {level}"}},
        },
    ),
    NoticeTemplate(id="leave", text={"zh": "请立即离开", "en": "Leave now"}, emergency=True),
)


def key(**changes: Any) -> OperationsKey:
    public = KEY.public_key().public_bytes_raw().hex()
    values: dict[str, Any] = {"keyid": KEYID, "public": public, "commands": COMMANDS, "branches": ("hz-1",)}
    return OperationsKey(**values | changes)


def content(*keys: OperationsKey, version: int = 7) -> SignedContent:
    return SignedContent(version=version, expires=after(86400), operations=keys, templates=TEMPLATES)


def command(name: str = "suspend", life_s: float = 3600, target: str = "hz-1", **args: Any) -> Command:
    return Command(
        v=1,
        id="c-1",
        issuer="night-desk",
        target=target,
        issued_at=NINE,
        expires_at=after(life_s),
        name=name,
        args=args or {"scope": "branch", "reason": "disaster"},
        actor="li",
    )


def signed(name: str = "suspend", **given: Any) -> Command:
    return sign(command(name, **given), KEYID, KEY)


def code(sent: Command, known: SignedContent | None, now: Instant = NINE) -> str:
    """ "" if the branch takes it."""
    try:
        admitted(sent, known, BRANCH, now)
    except Refused as refused:
        return refused.code
    return ""


def unsigned(sent: Command) -> Command:
    return replace(sent, signature=None)


def forged(sent: Command) -> Command:
    """Signed by another key under the name of this one."""
    return sign(unsigned(sent), KEYID, OTHER)


GOOD = signed()
REVOKED = content(key(keyid="0b" * 32))


@pytest.mark.parametrize(
    ("case", "sent", "known", "at_s", "refusal"),
    [
        ("no content", GOOD, None, 0, "untrusted"),
        ("no signature", unsigned(GOOD), content(key()), 0, "unsigned"),
        ("a wrong key", forged(GOOD), content(key()), 0, "bad-signature"),
        ("an unknown key", sign(command(), "ff" * 32, OTHER), content(key()), 0, "unknown-key"),
        ("a revoked key", GOOD, REVOKED, 0, "unknown-key"),
        ("tampered arguments", replace(GOOD, args={"scope": "counter:1", "reason": "disaster"}), content(key()), 0,
         "bad-signature"),
        ("tampered expiry", replace(GOOD, expires_at=after(7200)), content(key()), 0, "bad-signature"),
        ("replayed to another target", replace(GOOD, target="all"), content(key()), 0, "bad-signature"),
        ("signed for another branch", signed(target="hz-2"), content(key(branches=("all",))), 0, "wrong-target"),
        ("signed for another group", signed(target="group-coast"), content(key(branches=("all",))), 0, "wrong-target"),
        ("beyond its commands", GOOD, content(key(commands=("resume",))), 0, "not-permitted"),
        ("beyond its branches", GOOD, content(key(branches=("hz-2", "group-coast"))), 0, "not-permitted"),
        ("for no branch", GOOD, content(key(branches=())), 0, "not-permitted"),
        ("for all, by a key that is not for this branch", signed(target="all"), content(key(branches=("hz-2",))), 0,
         "not-permitted"),
        ("beyond its time", GOOD, content(key(until=after(60))), 60, "key-expired"),
        ("expired", GOOD, content(key()), 3600, "expired"),
    ],
)  # fmt: skip
def test_refused(case: str, sent: Command, known: SignedContent | None, at_s: float, refusal: str) -> None:
    assert code(sent, known, after(at_s)) == refusal, case


@pytest.mark.parametrize(
    ("case", "sent", "known", "at_s"),
    [
        ("content, a known key, its signature", GOOD, content(key()), 0),
        ("the other key by its own name", sign(command(), "ff" * 32, OTHER), content(
            key(), key(keyid="ff" * 32, public=OTHER.public_key().public_bytes_raw().hex())), 0),
        ("not yet revoked", GOOD, content(key(), key(keyid="0b" * 32)), 0),
        ("the other arguments, signed", signed(scope="counter:1", reason="disaster"), content(key()), 0),
        ("a longer life, signed", signed(life_s=7200), content(key()), 0),
        ("for all", signed(target="all"), content(key()), 0),
        ("for a group of this branch", signed(target="group-city"), content(key()), 0),
        ("within its commands", GOOD, content(key(commands=("resume", "suspend"))), 0),
        ("for its group", GOOD, content(key(branches=("group-city",))), 0),
        ("for every branch", GOOD, content(key(branches=("all",))), 0),
        ("within its time", GOOD, content(key(until=after(60))), 59.999),
        ("not yet expired", GOOD, content(key()), 3599.999),
    ],
)  # fmt: skip
def test_its_accepted_twin(case: str, sent: Command, known: SignedContent, at_s: float) -> None:
    assert code(sent, known, after(at_s)) == "", case


def test_who_is_not_proven_is_told_from_who_may_not() -> None:
    for sent in (unsigned(GOOD), forged(GOOD), sign(command(), "ff" * 32, OTHER)):
        with pytest.raises(Unproven):
            admitted(sent, content(key()), BRANCH, NINE)
    with pytest.raises(Refused) as refused:
        admitted(GOOD, content(key(commands=())), BRANCH, NINE)
    assert not isinstance(refused.value, Unproven)
    assert "do nothing" in refused.value.text


def test_the_records_name_the_key_and_whom_its_holder_names() -> None:
    assert admitted(GOOD, content(key()), BRANCH, NINE).actor == "head-office:0a0a0a0a0a0a/li"
    nameless = sign(replace(command(), actor=None), KEYID, KEY)
    assert admitted(nameless, content(key()), BRANCH, NINE).actor == "head-office:0a0a0a0a0a0a"


# ---- carried out -----------------------------------------------------------------------------------------------------


def do(name: str, facts: Facts | None = None, now: Instant = NINE, **args: Any) -> Change:
    allowed = admitted(signed(name, life_s=80_000_000, **args), content(key()), BRANCH, now)
    return carry_out(facts or Facts(), allowed, SETTINGS, now)


def refused_as(name: str, facts: Facts | None = None, **args: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(name, facts, **args)
    return refused.value.code


def test_it_suspends_and_resumes_in_head_offices_name() -> None:
    change = do("suspend", scope="counter:2", reason="fault", until=str(after(60)))
    (made,) = change.facts.suspensions
    assert (made.id, made.scope, made.reason, made.source, made.until) == (
        "c-1", "counter:2", "fault", "head-office", after(60),
    )  # fmt: skip
    assert made.actor == "head-office:0a0a0a0a0a0a/li"
    assert told(change, "suspension")[0]["source"] == "head-office"
    managers = Suspension(id="m", scope="counter:2", reason="fault", source="manager", since=NINE)
    both = Facts(suspensions=(*change.facts.suspensions, managers))
    assert do("resume", both, scope="counter:2").facts.suspensions == ()


def test_it_posts_signed_templates_and_withdraws_them() -> None:
    change = do(
        "notice.post", notice="n", template="storm", until=str(after(60)), blanks={"level": "red", "what": "home"}
    )
    (notice,) = change.facts.notices
    assert notice.text == {"zh": "台风红色预警，提前打烊", "en": "Typhoon red: we close early {level}"}
    assert (notice.start, notice.until, notice.priority, notice.template) == (NINE, after(60), 0, "storm")
    assert told(change, "notice")[0]["actor"] == "head-office:0a0a0a0a0a0a/li"
    assert do("notice.withdraw", change.facts, notice="n").facts.notices == ()
    again = do("notice.post", change.facts, notice="n", template="leave", until=str(after(60)), priority=3)
    assert [one.priority for one in again.facts.notices] == [100]


def test_a_notice_may_begin_later_and_stand_in_some_places() -> None:
    args: dict[str, Any] = {"notice": "n", "template": "leave", "until": str(after(60)), "from": str(after(30))}
    (notice,) = do("notice.post", places=["wall"], **args).facts.notices
    assert (notice.start, notice.places) == (after(30), ("wall",))


def test_words_that_a_locale_lacks_are_said_in_another() -> None:
    text = filled(TEMPLATES[0], {"level": "blue", "what": "home"})
    assert text["en"] == "Typhoon 蓝色: we close early {level}"
    assert filled(NoticeTemplate(id="x", text={"zh": "{a}{b}"}, blanks={"a": {"k": {}}}), {"a": "k"}) == {"zh": "{b}"}


STORM: dict[str, Any] = {"notice": "n", "template": "storm", "until": str(after(60))}
FILLED: dict[str, Any] = {"level": "red", "what": "home"}


@pytest.mark.parametrize(
    ("name", "args", "refusal"),
    [
        ("notice.post", STORM | {"blanks": FILLED, "text": {"zh": "自由"}}, "two-signatures"),
        ("notice.post", {"notice": "n", "until": str(after(60)), "text": "自由"}, "two-signatures"),
        ("notice.post", STORM | {"blanks": FILLED, "template": "busy"}, "unknown-template"),
        ("notice.post", {"notice": "n", "until": str(after(60))}, "unknown-template"),
        ("notice.post", STORM | {"blanks": {"level": "red"}}, "bad-args"),
        ("notice.post", STORM | {"blanks": FILLED | {"level": "pink"}}, "bad-args"),
        ("notice.post", STORM | {"blanks": FILLED | {"more": "x"}}, "bad-args"),
        ("notice.post", STORM | {"blanks": FILLED, "priority": 100}, "not-permitted"),
        ("notice.post", STORM | {"blanks": FILLED, "until": str(NINE)}, "bad-args"),
        ("notice.post", {"notice": "n", "template": "leave"}, "bad-args"),
        ("notice.post", {"notice": "n", "template": "leave", "until": str(after(7 * 86400 + 1))}, "bad-args"),
        ("notice.post", STORM | {"blanks": FILLED, "until": str(after(366 * 86400 + 1))}, "bad-args"),
        ("notice.post", {"notice": "", "template": "leave", "until": str(after(60))}, "bad-args"),
        ("notice.withdraw", {"notice": "n"}, "unknown-notice"),
        ("suspend", {"scope": "counter:9", "reason": "fault"}, "unknown-scope"),
        ("suspend", {"scope": "branch", "reason": "bored"}, "bad-args"),
        ("suspend", {"scope": "branch", "reason": "fault", "until": str(after(366 * 86400 + 1))}, "bad-args"),
        ("resume", {"scope": "device:x"}, "unknown-scope"),
        ("resume", {"scope": "branch"}, "not-suspended"),
    ],
)
def test_what_a_key_may_not_say(name: str, args: dict[str, Any], refusal: str) -> None:
    assert refused_as(name, **args) == refusal


@pytest.mark.parametrize(
    "args",
    [
        STORM | {"blanks": FILLED, "priority": 99},
        STORM | {"blanks": FILLED, "until": str(after(366 * 86400))},
        {"notice": "n", "template": "leave", "until": str(after(7 * 86400))},
    ],
)
def test_on_the_edge_it_may(args: dict[str, Any]) -> None:
    assert len(do("notice.post", **args).facts.notices) == 1


def test_what_was_posted_in_the_branch_stays_the_branchs() -> None:
    own = Notice(id="n", text={"zh": "停电"}, start=NINE, until=after(60), actor="wang")
    nameless = replace(own, actor=None)
    for notice in (own, nameless):
        facts = Facts(notices=(notice,))
        assert refused_as("notice.withdraw", facts, notice="n") == "not-permitted"
        assert refused_as("notice.post", facts, **STORM, blanks=FILLED) == "not-permitted"


def test_a_command_that_is_none_of_head_offices() -> None:
    allowed = admitted(
        sign(command("prompt", counter="1"), KEYID, KEY), content(key(commands=("prompt",))), BRANCH, NINE
    )
    with pytest.raises(Refused, match="unknown-command"):
        carry_out(Facts(), allowed, SETTINGS, NINE)


def test_a_signature_that_is_no_hex_is_wrong() -> None:
    sent = replace(GOOD, signature=Signature(keyid=KEYID, sig="九"))
    assert code(sent, content(key())) == "bad-signature"
