"""What a branch tells its customers, as tables: the business guide with its QR codes, and the amenities."""

from typing import Annotated

from msgspec import Meta, field

from signage.config.leaves import CounterNumber, NodeName, Notes, Table, Words
from signage.core.guide import AmenityIcon, Topic

Domain = Annotated[
    str,
    Meta(
        pattern=r"^(?=.{4,100}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\Z",
        description='a domain in small letters, such as "bank.example"; its subdomains count too',
    ),
]
# No user, no port, no other alphabet: what stands before the first "/" is the host, as a customer reads it.
Url = Annotated[
    str,
    Meta(
        pattern=r"^https://[a-z0-9.-]{4,100}(/[!-~]*)?\Z",
        max_length=200,
        description='"https://domain/…" in plain letters, at most 200, without user or port',
    ),
]


class GuideEntryTable(Table, frozen=True, kw_only=True):
    """One matter that people come for. At least one of `counters`, `self_service`, `phone` says where it is done."""

    name: NodeName
    topic: Topic
    title: Words
    counters: tuple[CounterNumber, ...] = ()
    self_service: tuple[NodeName, ...] = ()
    phone: Notes = field(default_factory=dict)  # the way through the mobile bank
    bring: Notes = field(default_factory=dict)
    url: Url | None = None  # drawn as a QR code beside `phone`


class GuideTable(Table, frozen=True, kw_only=True):
    domains: tuple[Domain, ...] = ()  # the only ones that a QR code may lead to
    entry: tuple[GuideEntryTable, ...] = ()


class AmenityTable(Table, frozen=True, kw_only=True):
    """Staff say at the screen when it is not to be had."""

    name: NodeName
    title: Words
    place: Words
    icon: AmenityIcon
    available: bool = True


def led_to(url: str) -> str:
    """The host that a sound `Url` leads to."""
    return url.removeprefix("https://").partition("/")[0]


def within(host: str, domain: str) -> bool:
    """Whether a host is that domain or lies beneath it."""
    return host == domain or host.endswith(f".{domain}")
