"""The guard's log lines: as the screen's own look, without the library that writes those."""

import sys
import time


def say(level: str, event: str, **values: object) -> None:
    """One line on standard error; JSON under `--log-json`."""
    seconds = time.time()  # noqa: TID251  # the time beside a line of the log
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03d}Z"
    if "--log-json" in sys.argv:
        import json  # noqa: PLC0415  # only where machines read

        line = json.dumps({"at": at, "program": "kiosk", "level": level, "event": event, **values}, ensure_ascii=False)
    else:
        rest = " ".join(f"{name}={value}" for name, value in values.items())
        line = f"{at} {level} kiosk: {event}" + (f" ({rest})" if rest else "")
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
