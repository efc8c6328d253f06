"""The least possible collector, to measure beside: a paho callback that puts each message's events into a table and commits.

No marks, no receipts, no chain, no ids that are stored once, nothing raw, no statuses; a message that is torn stops it.
The table is there already. Usage: python -m bench.collect_bare PORT DATABASE EXPECTED TOPIC…
"""

import json
import sqlite3
import sys
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

TABLE = "CREATE TABLE IF NOT EXISTS bare (branch TEXT, id TEXT, at TEXT, kind TEXT, data TEXT)"


def connect(database: str) -> tuple[Any, str]:
    if database.startswith("postgresql"):
        import psycopg  # noqa: PLC0415 - only where it is measured

        return psycopg.connect(database), "INSERT INTO bare VALUES (%s, %s, %s, %s, %s)"
    connection = sqlite3.connect(database, check_same_thread=False, timeout=60)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection, "INSERT INTO bare VALUES (?, ?, ?, ?, ?)"


def rows_of(payload: bytes | bytearray) -> list[tuple[str, ...]]:
    batch = json.loads(payload)
    return [(batch["node"], one["id"], one["at"], one["kind"], json.dumps(one["data"])) for one in batch["events"]]


def main(port: int, database: str, expected: int, topics: list[str]) -> None:
    connection, insert = connect(database)
    stored = 0

    def on_message(client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        nonlocal stored
        rows = rows_of(message.payload)
        connection.cursor().executemany(insert, rows)
        connection.commit()
        stored += len(rows)
        if stored >= expected:
            client.publish("bench/done", b"", qos=1)

    def on_connect(client: mqtt.Client, *_: object) -> None:
        client.subscribe([(topic, 1) for topic in topics])

    def on_subscribe(client: mqtt.Client, *_: object) -> None:
        client.publish("bench/ready", b"", qos=1)

    client = mqtt.Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.on_message = on_message
    client.on_connect = on_connect
    client.on_subscribe = on_subscribe
    client.connect("127.0.0.1", port)
    client.loop_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
