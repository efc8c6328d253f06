from signage.core.required_display import Required


def test_a_screen_is_meant_by_its_name_or_its_kind() -> None:
    required = Required("hours", ("hours",), ("wall", "door"))
    assert required.concerns("lobby", "wall")
    assert required.concerns("door", "fascia")
    assert not required.concerns("lobby", "touch")
