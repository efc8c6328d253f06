"""The pictures: each screen draws a view and decides nothing."""
