"""The drawing loop's clock, in a process of its own: Kivy has one clock for each, and it is changed for good."""

import json
import subprocess
import sys

SCENARIO = """
import json, os
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1", KIVY_NO_CONFIG="1")
from kivy.config import Config
Config.set("kivy", "kivy_clock", "interrupt")
from kivy.clock import Clock
from kiosk.pace import at, beat, keep_exact_pace

keep_exact_pace(lambda _: None)
beat(4)
Clock.tick()
out = []
for seconds in (0.05, 0.3, 0.2499):
    came, rounds, set_at = [], 0, Clock.time()
    while Clock.time() < set_at + 0.02:
        pass  # what is set late in a round is due from then on
    due = Clock.time() + seconds
    at(seconds, lambda _: came.append(Clock.time()))
    while not came:
        Clock.tick()
        rounds += 1
    out.append((came[0] - due, rounds))
print(json.dumps(out))
"""


def test_an_event_comes_never_early_and_nothing_turns_round_until_then() -> None:
    done = subprocess.run([sys.executable, "-c", SCENARIO], capture_output=True, text=True, check=True)
    for late, rounds in json.loads(done.stdout):
        assert late >= 0
        assert rounds <= 4


SKEWED = """
import os
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1", KIVY_NO_CONFIG="1")
from kivy.config import Config
Config.set("kivy", "kivy_clock", "interrupt")
from kivy.clock import Clock
from kiosk.pace import keep_exact_pace

own = object.__getattribute__(Clock, "_obj")
kivys = own.time
if SKEW:
    own.time = lambda: kivys() - SKEW
own._last_tick = own.time()
before = own.time
came = []
Clock.schedule_once(lambda _: came.append(1))
keep_exact_pace(lambda _: None)
print(own.time is before)
while not came:
    Clock.tick()
"""


def test_a_clock_by_which_events_are_dated_already_is_kept() -> None:
    for skew, kept in ((0, "False"), (40000, "True"), (-40000, "True")):
        script = SKEWED.replace("SKEW", str(skew))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
        assert done.stdout.strip() == kept


KEPT = """
import os
os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONSOLELOG="1", KIVY_NO_FILELOG="1", KIVY_NO_CONFIG="1")
from kivy.config import Config
Config.set("kivy", "kivy_clock", "interrupt")
from kivy.cache import Cache
from kivy.clock import Clock
from kiosk.pace import beat, keep_exact_pace

keep_exact_pace(lambda _: None)
beat(60)
Cache.register("old", timeout=60)
Cache.append("old", "key", "value")
own = object.__getattribute__(Clock, "_obj")
begun, real, ahead, rounds = own.time(), own.time, 0.0, 0
own.time = lambda: real() + ahead
left = None
for _ in range(200):
    ahead += max(own.get_min_timeout() - own.time(), 0.0)
    Clock.tick()
    rounds += 1
    if Cache.get("old", "key") is None:
        break
    Cache._objects["old"]["key"]["lastaccess"] = begun  # looked at here, not used
print(rounds, own.time() - begun)
"""


def test_kivys_caches_wake_the_loop_seldom_and_are_emptied_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True, timeout=60)
    rounds, seconds = map(float, done.stdout.split())
    assert 60 <= seconds <= 120
    assert rounds <= seconds / 10
