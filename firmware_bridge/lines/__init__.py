"""Pads that print a text line for each key (contract: lines)."""
