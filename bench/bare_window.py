"""The least possible wall: one Kivy window that turns red with two words when a message arrives, and says when it drew.

Arguments: font file, broker's port, topic to listen to, topic to answer on, width, height.
"""

import os
import sys

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", SDL_VIDEODRIVER="x11")
font, port, listen, answer, width, height = sys.argv[1:7]

from kivy.config import Config  # noqa: E402 - Kivy reads the environment when it is imported

for key, value in {
    "width": width,
    "height": height,
    "borderless": 1,
    "maxfps": 60,
    "multisamples": 0,
    "vsync": 0,
}.items():
    Config.set("graphics", key, value)

import paho.mqtt.client as mqtt  # noqa: E402 - as above
from kivy.app import App  # noqa: E402  # after the environment is settled
from kivy.clock import Clock  # noqa: E402  # after the environment is settled
from kivy.core.window import Window  # noqa: E402  # after the environment is settled
from kivy.uix.label import Label  # noqa: E402  # after the environment is settled
from paho.mqtt.enums import CallbackAPIVersion  # noqa: E402  # after the environment is settled

from bench.rig import no_delay  # noqa: E402  # after the environment is settled


class Bare(App):
    def build(self) -> Label:
        self.pending: bytes | None = None
        self.label = Label(text="", font_name=font, font_size=int(height) // 6)
        Window.bind(on_flip=self.drawn)
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self.client.on_socket_open = no_delay
        self.client.on_message = lambda _c, _u, message: Clock.schedule_once(
            lambda _dt: self.show(bytes(message.payload))
        )
        self.client.on_connect = self.connected
        self.client.connect("127.0.0.1", int(port))
        self.client.loop_start()
        return self.label

    def connected(self, *_: object) -> None:
        self.client.subscribe(listen, qos=1)

    def show(self, payload: bytes) -> None:
        on = payload.startswith(b"on")
        self.label.text = "暂停服务" if on else "营业中"
        Window.clearcolor = (0.66, 0.13, 0.10, 1) if on else (0.06, 0.11, 0.17, 1)
        self.pending = payload
        self.label.canvas.ask_update()

    def drawn(self, *_: object) -> None:
        if self.pending is not None:
            self.client.publish(answer, self.pending, qos=1)
            self.pending = None


Bare().run()
