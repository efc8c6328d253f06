"""Who is introduced at a counter: by staff number, while that teller serves, with a photo of this disk or a drawn figure."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace as with_fields

from kiosk.gallery import samples
from kiosk.media.album import PictureKey, Pixels
from kiosk.media.darkroom import Blame, Developed, Order, Spoilt
from kiosk.portraits import Portraits, portraits_of
from kiosk.settings import KioskSettings
from kiosk.view.counter import counter_view
from kiosk.view.counter_parts import Serving
from kiosk.view.portrait import Introduced, Teller, portrait_size, who_serves
from kiosk.view.voice import Pair, Voice
from kiosk.view.zones import hanging
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.core.scene import Scene, scene
from signage.link.catalogues import load_catalogues
from signage.link.client import Address

NOON = samples.AFTERNOON
LI = Teller("0571017", {"zh": "李晓梅", "en": "Li Xiaomei"}, Path("tellers/li.JPEG"))
WANG = Teller("0571041", {"zh": "王建国"})
HERE = hanging("counter", (1280, 800))
KEY = PictureKey(LI.id, *portrait_size(HERE.look))


def shown(state: BranchState | None, at: object = NOON) -> Scene:
    return scene(state, None, None, samples.COUNTER, at)  # type: ignore[arg-type]  # an instant


def served_by(teller: str | None) -> Scene:
    state = samples.house()
    return shown(with_fields(state, counters=(with_fields(state.counters[2], teller=teller),)))


def later(seconds: float) -> Instant:
    return Instant.of(NOON + timedelta(seconds=seconds))


class Desk:
    """Takes orders, as many as it has room for."""

    def __init__(self, room: int = 9) -> None:
        self.orders: list[Order] = []
        self.room = room
        self.portraits = Portraits((LI, WANG), self.take, HERE)

    def take(self, order: Order) -> bool:
        if len(self.orders) >= self.room:
            return False
        self.orders.append(order)
        return True


def test_only_who_serves_is_named() -> None:
    assert who_serves(shown(samples.house())) == "0571017"
    assert who_serves(served_by(None)) is None
    for state in (None, samples.prompted(), samples.thanked(), samples.suspended("counter:3", "fault")):
        assert who_serves(shown(state)) is None
    assert who_serves(shown(samples.house(), samples.EVENING)) is None
    assert who_serves(replace(shown(None), zones=())) is None


def test_a_photo_is_ordered_once_unsigned_and_shown_while_its_teller_serves() -> None:
    desk = Desk()
    for _ in range(2):
        assert desk.portraits.look(shown(samples.house()), NOON) == (Introduced(LI.name), ())
    (order,) = desk.orders
    assert (order.path, order.media, order.size, order.key) == (LI.photo, "image/jpeg", None, KEY)
    pixels = Pixels(KEY, b"")
    assert desk.portraits.answered(Developed(order, pixels), NOON)
    assert desk.portraits.look(shown(samples.house()), NOON) == (Introduced(LI.name, KEY), (pixels,))
    assert desk.portraits.look(shown(samples.prompted()), NOON) == (None, ())
    assert desk.portraits.look(served_by("0571041"), NOON) == (Introduced(WANG.name), ())
    assert desk.portraits.look(served_by("0571999"), NOON) == (None, ())
    assert desk.portraits.look(shown(samples.house()), NOON)[1] == (pixels,)
    assert len(desk.orders) == 1
    desk.portraits.hanging = hanging("counter", (800, 480))
    assert desk.portraits.look(shown(samples.house()), NOON) == (Introduced(LI.name), ())
    assert desk.orders[-1].key.width < KEY.width


def test_a_full_darkroom_is_asked_again() -> None:
    desk = Desk(room=0)
    desk.portraits.look(shown(samples.house()), NOON)
    desk.room = 1
    desk.portraits.look(shown(samples.house()), NOON)
    assert len(desk.orders) == 1


def test_a_photo_that_cannot_be_had_is_a_fault_once_and_a_figure_stands() -> None:
    desk = Desk()
    desk.portraits.look(shown(samples.house()), NOON)
    assert desk.portraits.answered(Spoilt(desk.orders[0], Blame.BLOB, "No such file"), NOON)
    assert desk.portraits.look(shown(samples.house()), NOON) == (Introduced(LI.name), ())
    assert len(desk.orders) == 1
    (fault,) = desk.portraits.faults
    assert (fault.code, fault.text) == ("teller-photo", "0571017: tellers/li.JPEG: No such file")


def test_a_photo_that_the_decoder_had_no_time_for_is_tried_again() -> None:
    desk = Desk()
    desk.portraits.look(shown(samples.house()), NOON)
    assert desk.portraits.answered(Spoilt(desk.orders[0], Blame.DECODER, "the decoder takes too long"), NOON)
    assert [one.code for one in desk.portraits.faults] == ["teller-photo"]
    assert desk.portraits.look(shown(samples.house()), later(59)) == (Introduced(LI.name), ())
    assert len(desk.orders) == 1
    desk.portraits.look(shown(samples.house()), later(60))
    assert len(desk.orders) == 2
    pixels = Pixels(KEY, b"")
    assert desk.portraits.answered(Developed(desk.orders[1], pixels), later(61))
    assert desk.portraits.faults == ()
    assert desk.portraits.look(shown(samples.house()), later(61)) == (Introduced(LI.name, KEY), (pixels,))


def test_an_answer_about_signed_content_is_not_ours() -> None:
    desk = Desk()
    signed = Order("ad.png", KEY, Path("x"), "image/png", (3, 4))
    assert not desk.portraits.answered(Spoilt(signed, Blame.PICTURE, ""), NOON)
    assert desk.portraits.faults == ()


def test_without_tellers_nobody_is_introduced_and_without_a_darkroom_no_photo() -> None:
    plain = KioskSettings("c", "counter", (1280, 800), Address("h", 1), Path(), counter="3")
    assert portraits_of(plain, None) is None
    known = portraits_of(replace(plain, tellers=(LI,)), None)
    assert known is not None
    assert known.look(shown(samples.house()), NOON) == (Introduced(LI.name), ())


def test_the_card_bears_the_name_and_the_photo() -> None:
    voice = Voice.of(load_catalogues(), "zh")
    face = counter_view(shown(samples.house()), "3", NOON, voice, introduced=Introduced(LI.name, KEY)).face
    assert isinstance(face, Serving)
    assert face.teller is not None
    assert (face.teller.teller, face.teller.name, face.teller.photo) == ("0571017", Pair("李晓梅", "Li Xiaomei"), KEY)
    bare = counter_view(shown(samples.house()), "3", NOON, voice).face
    assert isinstance(bare, Serving)
    assert bare.teller is not None
    assert (bare.teller.name, bare.teller.photo) == (None, None)
