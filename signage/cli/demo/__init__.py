"""`signage demo`: a whole branch and head office in a box (composition only; every part is the real program)."""
