"""`signage acl`: the broker's configuration, its users and who may publish and read what."""

import shutil
import subprocess
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from signage.cli.options import ConfigFile
from signage.cli.roster import roster_of
from signage.config.access import Grant, branch_access, office_access
from signage.config.addresses import add_passwords, is_loopback, read_passwords, write_private
from signage.config.branch_file import BranchConfig, BrokerTable
from signage.config.load import load_either
from signage.config.mosquitto import ServerFiles, acl_file, broker_conf
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit, Refusal


class BrokerProgram(StrEnum):
    MOSQUITTO = "mosquitto"


def acl(
    config: ConfigFile,
    *,
    broker: Annotated[BrokerProgram, typer.Option("--broker", help="Whose configuration.")] = BrokerProgram.MOSQUITTO,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write mosquitto.conf, acl and passwords there.", metavar="DIR")
    ] = None,
    new_passwords: Annotated[
        bool, typer.Option("--new-passwords", help="Add a password to [broker] password_file for each user without.")
    ] = False,
    server_cert: Annotated[Path | None, typer.Option("--server-cert", help="The broker's own certificate.")] = None,
    server_key: Annotated[Path | None, typer.Option("--server-key", help="The key of --server-cert.")] = None,
    shards: Annotated[int, typer.Option("--shards", min=1, max=1000, help="How many collectors run.")] = 1,
) -> None:
    """The broker's configuration and access rules for the configured nodes."""
    del broker  # there is one; the option says which, for those to come
    loaded = load_either(config)
    grants = grants_of(loaded, shards)
    table = loaded.broker
    _check(config, table, server_cert, server_key)
    if new_passwords and table.password_file is not None:
        add_passwords(Path(table.password_file), [grant.user for grant in grants])
    folder = (out or Path("/etc/mosquitto/conf.d")).absolute()
    files = ServerFiles(
        acl=folder / "signage.acl",
        passwords=folder / "signage.passwords" if table.password_file is not None else None,
        certificate=server_cert.absolute() if server_cert is not None else None,
        key=server_key.absolute() if server_key is not None else None,
    )
    conf = broker_conf(table, files)
    if out is None:
        print(f"# {folder / 'signage.conf'}\n{conf}\n# {files.acl}\n{acl_file(grants)}", end="")
        return
    write_private(folder / "mosquitto.conf", conf)
    write_private(files.acl, acl_file(grants))
    if table.password_file is not None and files.passwords is not None:
        _write_passwords(Path(table.password_file), grants, files.passwords)
    print(f"{folder}: mosquitto.conf for {len(grants)} users; start it with mosquitto -c {folder / 'mosquitto.conf'}")


def grants_of(config: BranchConfig | HeadOfficeConfig, shards: int = 1) -> tuple[Grant, ...]:
    """Every user of the configured broker."""
    if isinstance(config, BranchConfig):
        return branch_access(config)
    return office_access(config, [(branch.id, branch.groups) for branch in roster_of(config)], shards)


def _check(config: Path, table: BrokerTable, certificate: Path | None, key: Path | None) -> None:
    """Users must be told apart somehow, and a broker that others reach needs its own certificate for TLS."""
    if (certificate is None) != (key is None):
        raise Refusal(Exit.WRONG_USE, "--server-cert and --server-key: wanted both or neither")
    if table.password_file is None and table.cert_file is None:
        raise Refusal(
            Exit.CONFIGURATION,
            f"{config}: [broker], key password_file: found nothing, wanted a file of users and passwords "
            "(made by --new-passwords), or cert_file for users by certificate",
        )
    if table.ca_file is not None and certificate is None:
        raise Refusal(Exit.WRONG_USE, f"--server-cert: {config} sets [broker] ca_file; wanted the broker's certificate")
    if table.ca_file is None and not is_loopback(table.host):
        typer.echo(
            f"signage: {config}: [broker], key ca_file: found nothing, wanted a certificate authority: "
            f"without TLS passwords travel to {table.host} in the clear",
            err=True,
        )


def _write_passwords(source: Path, grants: tuple[Grant, ...], target: Path) -> None:
    """Mosquitto's own program hashes them; a plain one never stays beside the broker."""
    known = read_passwords(source)
    missing = [grant.user for grant in grants if grant.user not in known]
    if missing:
        raise Refusal(
            Exit.CONFIGURATION,
            *(
                f"{source}: no line for the user {user!r}; add {user}:<password>, or --new-passwords"
                for user in missing
            ),
        )
    program = shutil.which("mosquitto_passwd")
    if program is None:
        raise Refusal(Exit.UNREACHABLE, "mosquitto_passwd: not installed; apt install mosquitto")
    write_private(target, "".join(f"{grant.user}:{known[grant.user]}\n" for grant in grants))
    done = subprocess.run([program, "-U", str(target)], capture_output=True, text=True, check=False)  # noqa: S603 - found above
    if done.returncode != 0:
        target.unlink()
        raise Refusal(Exit.CANNOT_WRITE, f"{target}: mosquitto_passwd: {' '.join(done.stderr.split())}; mend that")
