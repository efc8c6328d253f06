"""Draws every screen in every state into pictures: `python -m kiosk.gallery --out DIR`."""
