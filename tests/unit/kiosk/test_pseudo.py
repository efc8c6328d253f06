from kiosk.gallery.pseudo import disguised, is_disguised, pseudo
from signage.core.phrases import Catalogue, given


def test_a_message_is_accented_longer_and_in_brackets() -> None:
    assert disguised("Open") == "[Ópéñóé]"
    assert disguised("Please rate us") == "[Pléásé ráté ús óéáúó]"


def test_fields_keep_their_names_and_what_only_joins_stays() -> None:
    assert disguised("Open until {time}") == "[Ópéñ úñtíl {time} óéáú]"
    assert disguised("{day} {month}") == "{day} {month}"


def test_words_of_the_data_are_disguised_as_well() -> None:
    catalogue = pseudo(Catalogue("en", {"text.given": "{text}", "state.open": "Open"}))
    assert catalogue.text("state.open") == "[Ópéñóé]"
    assert catalogue.render(given({"en": "Cash"})) == "[Çáshóé]"
    assert is_disguised(catalogue.pick({"zh": "现金", "en": "Cash"}))
    assert not is_disguised("Cash")
