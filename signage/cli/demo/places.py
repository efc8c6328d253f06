"""Where the touch kiosk's keys stand at the size that the plan gives it. A test lays the real pages out and holds this table."""

from typing import Final

Place = tuple[float, float]  # from the window's left and top, as parts of its width and height

EMBLEM: Final[Place] = (0.092, 0.043)
_COLUMNS: Final = (0.273, 0.5, 0.727)
_ROWS: Final = (0.579, 0.696, 0.812)
DIGITS: Final[dict[str, Place]] = {
    "0": (0.5, 0.929),
    **{str(1 + 3 * down + across): (x, y) for down, y in enumerate(_ROWS) for across, x in enumerate(_COLUMNS)},
}
SIGN_OUT: Final[Place] = (0.808, 0.039)
COUNTER_2: Final[Place] = (0.632, 0.566)  # suspends it, and resumes it
BRANCH: Final[Place] = (0.833, 0.798)  # opens the form, and resumes it
NETWORK: Final[Place] = (0.732, 0.427)  # on the form, the reason
CONFIRM: Final[Place] = (0.5, 0.95)
