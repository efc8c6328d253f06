"""The workload's own process: `python -m tests.power_cut.run module:function folder`."""

import importlib
import os
import sys
from pathlib import Path

from tests.power_cut.recording import ACKNOWLEDGEMENTS


def main(name: str, folder: Path) -> None:
    module, function = name.split(":")
    workload = getattr(importlib.import_module(module), function)
    handle = os.open(folder / ACKNOWLEDGEMENTS, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    workload(folder, lambda word: os.write(handle, word.encode()))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
