"""`python -m tests.metrics` writes docs/metrics.md anew from the definitions in the programs."""

from tests.metrics.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
print(PAGE)
