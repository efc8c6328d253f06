"""An event, and what was found about events, as rows of head office's tables. Pure."""

import json
from typing import Any, Final

import msgspec

from signage.core.instants import Instant
from signage.wire.custody import ChainBreak, Finding, Gap, NewEpoch, Taken
from signage.wire.messages import Batch

EventRow = tuple[Any, ...]
COLUMNS: Final = (
    *("branch", "received_at", "id", "at", "kind", "origin", "origin_epoch", "origin_seq"),
    *("data", "raw", "problem", "broken", "epoch", "seq"),
)  # of an EventRow, in this order; `key` is the database's to give

_NAME_LIMIT: Final = 200  # characters; an index entry of PostgreSQL must stay under 2,700 bytes
_INTEGER_LIMIT: Final = 2**63 - 1
_encoder: Final = msgspec.json.Encoder(order="sorted")


def identity(taken: Taken) -> str | None:
    """The id as a key; None where there is none that could be one."""
    return taken.id if taken.id is not None and len(taken.id) <= _NAME_LIMIT and "\0" not in taken.id else None


def event_row(batch: Batch, taken: Taken, key: str | None, received_at: str) -> EventRow:
    """`key`: its `identity`."""
    one, problem = taken.written, taken.problem
    if key is None and taken.id is not None:
        problem = problem or "id is no key"
    if one is None:
        told: EventRow = (None, _text(taken.kind), None, None, None, "{}")
    else:
        seq: int | None = one.origin_seq
        if abs(one.origin_seq) > _INTEGER_LIMIT:
            seq, problem = None, problem or "origin_seq is beyond 2**63"
        told = (one.at, _text(taken.kind), _text(one.origin), _text(one.origin_epoch), seq, _data(one.data))
    if problem is not None:
        problem = problem.replace("\0", "\ufffd")
    return batch.node, received_at, key, *told, taken.raw, problem, taken.broken, batch.epoch, taken.seq


def finding_row(batch: Batch, finding: Finding, at: Instant) -> dict[str, Any]:
    row = {"node": batch.node, "epoch": batch.epoch, "found_at": str(at), "problem": None}
    match finding:
        case Gap(first, last):
            return row | {"kind": "gap", "first": first, "last": last}
        case ChainBreak(seq):
            return row | {"kind": "break", "first": seq, "last": seq}
        case NewEpoch(before):
            numbers = {"first": batch.first, "last": batch.first}
            return row | numbers | {"kind": "epoch", "problem": f"follows the epoch {before}"}
        case _:
            problem = finding.problem.replace("\0", "\ufffd")
            return row | {"kind": "unreadable", "first": finding.seq, "last": finding.seq, "problem": problem}


def _text(value: str) -> str:
    """PostgreSQL's texts hold no NUL, its indices nothing long; the raw event keeps both."""
    if len(value) <= _NAME_LIMIT and "\0" not in value:
        return value
    return value.replace("\0", "\ufffd")[:_NAME_LIMIT]


def _data(data: dict[str, Any]) -> str:
    try:
        return _encoder.encode(data).decode()
    except (ValueError, TypeError, OverflowError):
        return json.dumps(data, ensure_ascii=False)  # its numbers are of any size
