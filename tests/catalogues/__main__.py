"""`python -m tests.catalogues`: writes Hong Kong's catalogue anew."""

import sys

from tests.catalogues.hong_kong import SOURCE, TARGET, made

if __name__ == "__main__":
    TARGET.write_text(made(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
