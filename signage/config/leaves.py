"""The values that stand in configuration files, each with the words that say what is wanted there."""

from typing import Annotated, Any

from msgspec import Meta, Struct


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table of a configuration file."""


Word = Annotated[str, Meta(min_length=1, max_length=200, description="a text that is not empty")]
NodeName = Annotated[
    str,
    Meta(
        pattern=r"^(?!all$|group-)[a-z0-9][a-z0-9-]{0,31}\Z",
        description='a node name: a-z, 0-9 and "-", at most 32, not starting with "-", not "all", not "group-…"',
    ),
]
GroupTag = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,25}\Z", description='a group tag: a-z, 0-9 and "-", at most 26')
]
Root = Annotated[
    str,
    Meta(
        pattern=r"^[^.\s+#$/]+(/[^.\s+#$/]+)*\Z",
        description='a topic root such as "bank/v1": levels without ".", space, "+", "#", "$"',
    ),
]
CounterNumber = Annotated[
    str, Meta(pattern=r"^[^\s/+#$.:]{1,8}\Z", description='a counter\'s number as a text, such as "1" or "A12"')
]
Locale = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")]
Words = Annotated[
    dict[Locale, Word], Meta(min_length=1, description='texts by locale, such as { zh = "高新支行", en = "Gaoxin" }')
]
Notes = Annotated[dict[Locale, Word], Meta(description='texts by locale, such as { zh = "春节" }')]
Port = Annotated[int, Meta(ge=1, le=65535, description="a port number, 1 to 65535")]
Seconds = Annotated[float, Meta(ge=0, le=86400, description="seconds, 0 to 86400")]
Period = Annotated[float, Meta(ge=0.1, le=3600, description="seconds, 0.1 to 3600")]
Baud = Annotated[int, Meta(ge=300, le=921600, description="a line speed in baud, 300 to 921600")]
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d\Z", description='a date in quotes, such as "2027-02-06"')]
HostPort = Annotated[
    str,
    Meta(pattern=r"^[^\s:]+:\d{1,5}\Z|^\[[0-9a-fA-F:]+\]:\d{1,5}\Z", description='"host:port", such as "10.0.0.5:443"'),
]

Raw = dict[str, Any]
