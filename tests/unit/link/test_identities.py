"""Identities of events stand in the order of their times, and no two are the same."""

from uuid import RFC_4122, UUID

from signage.core.instants import Instant
from signage.link.identities import event_id

AT = Instant.parse("2026-11-24T01:00:00.123Z")


def test_it_is_a_uuid_of_version_7_that_begins_with_its_time() -> None:
    text = event_id(AT)
    one = UUID(text)
    assert str(one) == text
    assert (one.version, one.variant) == (7, RFC_4122)
    assert one.int >> 80 == AT.ms


def test_later_ones_stand_after_earlier_ones() -> None:
    later = Instant.from_ms(AT.ms + 1)
    assert all(event_id(AT) < event_id(later) for _ in range(100))
    assert event_id(Instant.from_ms(0)) < event_id(Instant.parse("2999-12-31T23:59:59.999Z"))


def test_no_two_are_the_same() -> None:
    made = [event_id(AT) for _ in range(1000)]
    assert len(set(made)) == 1000
    assert len({one[-12:] for one in made}) == 1000  # 48 of the bits below the variant are dice as well
