"""Canonical JSON and the chain of events."""

import json
import math
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.wire.chain import GENESIS, NotCanonical, canonical, link_hash, shortcut

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        ({"a": {"z": {}, "y": []}}, b'{"a":{"y":[],"z":{}}}'),
        (
            '\u20ac$\u000f\nA\'B"\\\\"/',
            b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
        ),  # the strings of RFC 8785, 3.2.2
        ("\b\t\f\r\x7f\u2028", '"\\b\\t\\f\\r\x7f\u2028"'.encode()),
        ({"\U0001f600": 1, "\ufb33": 2, "ö": 3}, '{"ö":3,"\ufb33":2,"\U0001f600":1}'.encode()),  # by code point
        (-(2**53), b"-9007199254740992"),
    ],
)
def test_canonical(value: Any, written: bytes) -> None:
    assert canonical(value) == written


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "floating-point number 1.0"),
        (math.nan, "floating-point number nan"),
        ([1.5], "floating-point number 1.5"),
        ({"a": {"b": math.inf}}, "floating-point number inf"),
        ({1: "a"}, "key 1 is no string"),
        ("\ud800", "a lone surrogate"),
        (({"a": 2.0},), "floating-point number 2.0"),
    ],
)
def test_what_has_no_canonical_form(value: Any, words: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical(value)
    assert str(refused.value) == words


@given(PLAIN)
def test_it_reads_back_and_is_one_form(value: Any) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written
    assert b"\n" not in written


def test_a_link_is_the_hash_of_the_whole_object() -> None:
    event = {"id": "x", "unknown": {"kept": 1}}
    assert link_hash(event) == sha256(b'{"id":"x","unknown":{"kept":1}}').hexdigest()
    assert len(GENESIS) == len(link_hash(event)) == 64
    assert link_hash({"id": "x"}) != link_hash(event)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), PLAIN, max_size=4), st.randoms())
def test_the_shortcut_takes_what_is_canonical_and_nothing_else(value: dict[str, Any], dice: Any) -> None:
    assert shortcut(canonical(value)) == value
    shuffled = list(value)
    dice.shuffle(shuffled)
    for other in (
        json.dumps(value, ensure_ascii=False).encode(),
        json.dumps(value, separators=(",", ":")).encode(),
        json.dumps({key: value[key] for key in shuffled}, ensure_ascii=False, separators=(",", ":")).encode(),
    ):
        assert shortcut(other) in (None, value)
        assert (shortcut(other) is not None) == (other == canonical(value))


@pytest.mark.parametrize(
    "raw",
    [b'{"a":1.0}', b'{"a":1e3}', b'{"a":-0}', b'{"a":NaN}', b"[1]", b"1", b"{", b"", b"[" * 5000, b'{"a":1,"a":1}'],
)
def test_the_shortcut_leaves_the_rest_to_the_long_way(raw: bytes) -> None:
    assert shortcut(raw) is None
