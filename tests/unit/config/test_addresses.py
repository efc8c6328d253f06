import stat
from pathlib import Path

import pytest

from signage.config.addresses import add_passwords, broker_address, is_loopback, read_passwords, write_private
from signage.config.branch_file import BrokerTable
from signage.config.load import BadConfiguration
from signage.core.exits import Exit, Refusal


def test_a_program_is_the_user_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    assert add_passwords(file, ["a", "b"]) == ("a", "b")
    before = read_passwords(file)
    assert add_passwords(file, ["b", "c"]) == ("c",)
    assert read_passwords(file).items() >= before.items()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    table = BrokerTable(password_file=str(file))
    address = broker_address(table, "a")
    assert (address.username, address.password) == ("a", before["a"])
    assert broker_address(BrokerTable(password_file=str(file), username="b"), "a").username == "b"
    assert broker_address(BrokerTable(), "a").username is None
    with pytest.raises(BadConfiguration, match="no line for the user 'z'"):
        broker_address(table, "z")


def test_files_that_are_not_as_they_should_be(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="no such file"):
        read_passwords(tmp_path / "none")
    with pytest.raises(BadConfiguration, match="cannot be read"):
        read_passwords(tmp_path)
    file = tmp_path / "passwords"
    file.write_bytes(b"\xff")
    with pytest.raises(BadConfiguration, match="not UTF-8"):
        read_passwords(file)
    file.write_text("# comment\n\na:1\nsecret-without-user\n:x\n")
    with pytest.raises(BadConfiguration) as caught:
        read_passwords(file)
    assert len(caught.value.lines) == 2
    assert "secret" not in str(caught.value)
    with pytest.raises(BadConfiguration, match="put the certificate"):
        broker_address(BrokerTable(ca_file=str(tmp_path / "none")), "a")
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal) as refused:
        write_private(tmp_path / "file" / "x", "")
    assert refused.value.code is Exit.CANNOT_WRITE


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "broker.branch", "127.0.0.1.evil.example"])
def test_no_loopback(host: str) -> None:
    assert not is_loopback(host)
