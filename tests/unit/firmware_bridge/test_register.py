"""One register of drivers: what the configuration accepts and what a technician can listen with are held to it."""

from typing import get_args, get_type_hints

from firmware_bridge.drivers import PAD_DRIVERS, STRIP_DRIVERS
from firmware_bridge.sniffing import EARS
from signage.config.branch_file import PadDriver, StripTable


def test_the_configuration_names_every_driver_and_no_other() -> None:
    assert set(get_args(PadDriver)) == set(PAD_DRIVERS)
    assert set(get_args(get_type_hints(StripTable)["driver"])) == set(STRIP_DRIVERS)


def test_every_driver_can_be_listened_to() -> None:
    assert set(EARS) == {*PAD_DRIVERS, *STRIP_DRIVERS, "raw"}
