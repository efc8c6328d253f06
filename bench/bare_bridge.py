"""The least possible serial-to-MQTT loop: read, split at the frame end, publish at QoS 1. No disk, no acknowledgement."""

import sys

import paho.mqtt.client as mqtt
import serial
from paho.mqtt.enums import CallbackAPIVersion

from bench.rig import no_delay


def main(port: str, broker_port: int, topic: str, end: bytes) -> None:
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.on_socket_open = no_delay
    client.connect("127.0.0.1", broker_port)
    client.loop_start()
    line = serial.Serial(port, 115200, timeout=1)
    pending = b""
    while True:
        pending += line.read(max(1, line.in_waiting))
        *frames, pending = pending.split(end)
        for frame in frames:
            client.publish(topic, frame, qos=1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], bytes.fromhex(sys.argv[4] if len(sys.argv) > 4 else "00"))
