"""Signed pictures and films become pixels here: decoded apart, checked, kept, never trusted."""
