"""The stage the screens are tested on; it ships with the kiosk."""

from kiosk.stage import Stage, prepare

__all__ = ["Stage", "prepare"]
