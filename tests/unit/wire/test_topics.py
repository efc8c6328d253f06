"""Topic names, there and back, and the names that may not be."""

import pytest

from signage.wire.topics import TopicName, Topics, check_node

TOPICS = Topics("bank/v1")


def test_names_of_the_contract() -> None:
    assert TOPICS.up("lobby", "status") == "bank/v1/lobby/up/status"
    assert TOPICS.down("all", "alive") == "bank/v1/all/down/alive"
    assert TOPICS.device_status("hz-1", "lobby") == "bank/v1/hz-1/up/device/lobby/status"
    assert TOPICS.local == "bank/v1/all/local"


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("bank/v1/lobby/up/status", TopicName("lobby", "up", "status")),
        ("bank/v1/hz-1/up/device/lobby/status", TopicName("hz-1", "up", "device/lobby/status")),
        ("bank/v1/lobby/down/blob/ab12/0", TopicName("lobby", "down", "blob/ab12/0")),
        ("bank/v1/all/local", TopicName("all", "local", "")),
        ("bank/v1/lobby", None),
        ("bank/v1//up/status", None),
        ("bank/v1", None),
        ("bank/v10/lobby/up/status", None),
        ("other/lobby/up/status", None),
        ("", None),
    ],
)
def test_taking_a_topic_apart(topic: str, name: TopicName | None) -> None:
    assert TOPICS.read(topic) == name


@pytest.mark.parametrize("root", ["", "/bank", "bank/", "bank//v1", "bank/+", "#", "$SYS", "bank v1", "bank.v1"])
def test_roots_that_no_broker_would_carry(root: str) -> None:
    with pytest.raises(ValueError, match="no topic root"):
        Topics(root)
    assert Topics("bank/v1") == TOPICS


@pytest.mark.parametrize("name", ["a", "hz-0571-001", "0", "a" * 32, "groupe", "alle"])
def test_node_names(name: str) -> None:
    assert check_node(name) == name


@pytest.mark.parametrize("name", ["", "-a", "A", "a_b", "a/b", "a" * 33, "a\n", "柜台", "all", "group-city"])
def test_names_no_node_may_have(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        check_node(name)
