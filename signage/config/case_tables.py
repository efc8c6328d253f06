"""Cases, mail and privacy at head office, as tables of its file."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, field

from signage.config.check import Checked
from signage.config.leaves import NodeName, Port, Table, Word
from signage.config.places import Mistake, Place, shown
from signage.core.cases import SUBJECTS

Days = Annotated[int, Meta(ge=1, le=365, description="days, 1 to 365")]
Minutes = Annotated[int, Meta(ge=1, le=1440, description="minutes, 1 to 1440")]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z", description='a time of day, such as "09:00"')]
Address = Annotated[
    str, Meta(pattern=r"^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}\Z", description='an address such as "cases@bank.example"')
]
Level = Literal["due", "overdue", "escalated"]
_KEYS_OF = {"rating": ("stars_at_most", "callback"), "opinion": ("subjects",), "call": ("unanswered_min",)}


class CaseRuleTable(Table, frozen=True, kw_only=True):
    """One way in which something becomes a case (signage.core.case_rules)."""

    name: NodeName
    on: Literal["rating", "opinion", "call"]
    stars_at_most: Annotated[int, Meta(ge=1, le=5, description="stars, 1 to 5")] | None = None
    callback: bool | None = None
    subjects: tuple[Word, ...] | None = None
    unanswered_min: Minutes | None = None


class CaseRecipientTable(Table, frozen=True, kw_only=True):
    """Who is written to, about which branches: all, if neither is named."""

    to: Annotated[tuple[Address, ...], Meta(min_length=1, description="a list of addresses")]
    on: tuple[Level, ...] = ("due", "overdue")
    regions: tuple[Word, ...] = ()
    branches: tuple[NodeName, ...] = ()


class CasesTable(Table, frozen=True, kw_only=True):
    """Clocks as in signage.core.timelies: working days, but for `whole_days` and `complex_days`."""

    investigated_days: Days = 1
    handled_days: Days = 5
    fed_back_days: Days = 1
    whole_days: Days = 15
    complex_days: Days = 30
    remind_at: Clock = "09:00"
    escalate_after_days: Days = 1
    rule: tuple[CaseRuleTable, ...] = ()
    recipient: tuple[CaseRecipientTable, ...] = ()


class MailTable(Table, frozen=True, kw_only=True):
    host: Word
    port: Port = 587
    sender: Address = field(name="from")
    tls: Literal["none", "starttls", "tls"] = "starttls"
    ca_file: Word | None = None
    username: Word | None = None
    password_file: Word | None = None  # lines user:password


class OfficePrivacyTable(Table, frozen=True, kw_only=True):
    """`public`: what notes of head office's own are sealed for; the private key is named on the command line alone."""

    public: Word | None = None
    keep_days: Annotated[int, Meta(ge=1, le=3650, description="days, 1 to 3650")] | None = (
        None  # None: not erased by date
    )


def case_mistakes(checked: Checked) -> Iterator[Mistake]:
    """What must agree within and between these tables."""
    yield from _rules(checked)
    for place, mail in checked.of(MailTable):
        yield from _mail(place, mail)
    for place, cases in checked.of(CasesTable):
        if cases.recipient and not list(checked.of(MailTable)):
            yield Mistake(place, "recipient", "addresses", "a [mail] table that says by which server")


def _rules(checked: Checked) -> Iterator[Mistake]:
    names: set[str] = set()
    for place, rule in checked.of(CaseRuleTable):
        others = [key for kind, keys in _KEYS_OF.items() if kind != rule.on for key in keys]
        for key in others:
            if getattr(rule, key) is not None:
                yield Mistake(place, key, shown(getattr(rule, key)), f'no such key for on "{rule.on}"')
        for subject in rule.subjects or ():
            if subject not in SUBJECTS:
                yield Mistake(place, "subjects", shown(subject), f"some of {', '.join(SUBJECTS)}")
        if rule.name in names:
            yield Mistake(place, "name", shown(rule.name), "a name of its own")
        names.add(rule.name)


def _mail(place: Place, mail: MailTable) -> Iterator[Mistake]:
    if mail.username is not None and mail.tls == "none":
        yield Mistake(place, "tls", '"none"', "starttls or tls: a password must not travel open")
    if (mail.username is None) != (mail.password_file is None):
        missing = "username" if mail.username is None else "password_file"
        yield Mistake(place, missing, "nothing", "username and password_file together")
