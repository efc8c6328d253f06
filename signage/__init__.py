"""The branch controller, head office's side, and the pure rules both share."""

__version__ = "0.1.0"
