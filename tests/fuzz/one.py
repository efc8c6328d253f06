"""One reader under atheris, in a process of its own: `python -m tests.fuzz.one NAME [libFuzzer's options]`."""

import importlib
import sys

import atheris

_INSTRUMENTED = ["firmware_bridge", "signage", "cobs", "tests.fuzz.readers", "tests.fuzz.simulated"]


def main(name: str, options: list[str]) -> None:
    with atheris.instrument_imports(include=_INSTRUMENTED):
        readers = importlib.import_module("tests.fuzz.readers")
    atheris.Setup([sys.argv[0], *options], readers.READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
