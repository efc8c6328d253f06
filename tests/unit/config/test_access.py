import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage.config.access import branch_access, covers, node_grant, office_access
from signage.config.branch_file import BrokerTable
from signage.config.load import load_branch, load_head_office
from signage.config.mosquitto import ServerFiles, acl_file, broker_conf
from signage.core.exits import Refusal
from signage.wire.topics import Topics
from tests.unit.config.samples import ROOT

LEVELS = st.lists(st.sampled_from(["a", "b", ""]), min_size=1, max_size=4)
FILTERS = st.tuples(st.lists(st.sampled_from(["a", "b", "", "+"]), min_size=1, max_size=4), st.booleans()).map(
    lambda parts: "/".join([*parts[0], "#"] if parts[1] else parts[0])
)


def matches(pattern: str, topic: str) -> bool:
    """MQTT 3.1.1, 4.7.1, told by recursion."""

    def rest(levels: list[str], names: list[str]) -> bool:
        if levels[:1] == ["#"]:
            return True
        if not levels or not names:
            return levels == names or (not names and levels == ["#"])
        return levels[0] in ("+", names[0]) and rest(levels[1:], names[1:])

    return rest(pattern.split("/"), topic.split("/"))


@given(FILTERS, LEVELS)
def test_a_filter_covers_the_topics_it_matches(granted: str, names: list[str]) -> None:
    topic = "/".join(names)
    assert covers(granted, topic) == matches(granted, topic)


@given(FILTERS, FILTERS, LEVELS)
def test_what_a_covered_filter_matches_is_granted(granted: str, asked: str, names: list[str]) -> None:
    topic = "/".join(names)
    if covers(granted, asked) and matches(asked, topic):
        assert matches(granted, topic)


def test_a_branchs_users() -> None:
    config = load_branch(ROOT / "config" / "branch.toml")
    grants = {grant.user: grant for grant in branch_access(config)}
    assert set(grants) == {config.branch.id, *config.nodes}
    touch, wall = grants["lobby-touch"], grants["lobby-wall"]
    assert touch.may_write("bank/v1/all/local")
    assert not wall.may_write("bank/v1/all/local")
    assert not wall.may_write("bank/v1/all/down/state")
    assert not wall.may_write("bank/v1/lobby-touch/up/command")
    assert wall.may_read("bank/v1/group-city/down/command")
    assert not wall.may_read("bank/v1/lobby-touch/down/reply")
    assert not wall.may_read("bank/v1/#")
    assert not wall.may_read("bank/v1/+/up/events")
    assert grants[config.branch.id].may_write("bank/v1/all/down/state")


def test_head_offices_users() -> None:
    config = load_head_office(ROOT / "config" / "head-office.toml")
    grants = {grant.user: grant for grant in office_access(config, [("hz-1", ("city",))], shards=2)}
    assert set(grants) == {"collect-0", "collect-1", "publisher-0", "publisher-1", "hz-1"}
    assert not grants["collect-0"].may_write("bank/v1/hz-1/down/command")
    assert grants["collect-0"].may_write("bank/v1/hz-1/down/receipt")
    assert grants["hz-1"].may_write("bank/v1/hz-1/up/device/lobby/status")
    with pytest.raises(Refusal, match="another id"):
        office_access(config, [("collect", ())])


def test_texts_for_mosquitto(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("m")
    files = ServerFiles(folder / "acl", None, folder / "crt", folder / "key")
    table = BrokerTable(host="broker.branch", ca_file="ca", cert_file="c", key_file="k")
    lines = broker_conf(table, files).splitlines()
    assert "listener 1883" in lines
    assert "require_certificate true" in lines
    assert "use_identity_as_username true" in lines
    assert not any(line.startswith("password_file") for line in lines)
    assert "listener 1883 127.0.0.1" in broker_conf(BrokerTable(host="localhost"), files).splitlines()
    text = acl_file([node_grant(Topics("r"), "a", ["g"], local=False)])
    assert text.splitlines() == [
        "user a",
        "topic write r/a/up/#",
        "topic read r/a/down/#",
        "topic read r/group-g/down/#",
        "topic read r/all/#",
        "topic read r/+/up/status",
    ]
