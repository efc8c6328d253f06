"""What was over when head office last signed the time stays over, whatever a clock says later."""

from datetime import timedelta

from signage.core.instants import Instant
from signage.core.programme import Asset, ProgrammeItem, SignedContent, without_ended

SIGNED_AT = Instant.parse("2026-11-24T04:00:00Z")


def at(seconds: float) -> Instant:
    return Instant.of(SIGNED_AT + timedelta(seconds=seconds))


def item(identity: str, asset: str, until: Instant | None = None) -> ProgrammeItem:
    return ProgrammeItem(id=identity, asset=asset, cls="advertisement", until=until)


def test_items_that_are_over_go_with_their_own_end_or_their_assets() -> None:
    content = SignedContent(
        version=7,
        expires=at(1000),
        assets=(
            Asset(ref="over", kind="picture", until=at(0)),
            Asset(ref="runs", kind="picture", until=at(0.001)),
            Asset(ref="ever", kind="text"),
        ),
        items=(
            item("1", "over"),
            item("2", "runs"),
            item("3", "ever", at(0)),
            item("4", "ever", at(0.001)),
            item("5", "ever"),
            item("6", "unsigned"),
        ),
    )
    left = without_ended(content, SIGNED_AT)
    assert [one.id for one in left.items] == ["2", "4", "5", "6"]
    assert left.assets == content.assets
    assert without_ended(left, at(-3600)) is left
